"""What `guichet` says of a command line it cannot read, in French.

Typer makes public `BadParameter` alone; its other refusals are known by what they bear.
"""

from typing import Any

import typer


def sentence(error: typer.TyperException) -> str:
    """What is wrong with the command line, and where to look."""
    return f"{_problem(error)}\n{_where(vars(error).get('ctx'))}"


def _problem(error: typer.TyperException) -> str:
    said = vars(error)
    if "param_type" in said:
        return f"Il manque {_named(said)}."
    if isinstance(error, typer.BadParameter):
        return f"{_named(said)} ne convient pas : {error.message}"
    if "possibilities" in said:
        near = f" Vouliez-vous dire {' ou '.join(sorted(said['possibilities']))} ?" if said["possibilities"] else ""
        return f"L'option {said['option_name']} n'existe pas.{near}"
    if "option_name" in said:
        return f"L'option {said['option_name']} est mal employée : {error.message}"
    if error.message.startswith("No such command"):
        return f"La commande {error.message.split()[3].strip('.')} n'existe pas."
    if error.message == "Missing command.":
        return "Il manque une commande."
    return error.message


def _named(said: dict[str, Any]) -> str:
    param = said["param"]
    if param is None:
        return str(said["param_hint"] or "un paramètre")
    if param.param_type_name == "option":
        return f"l'option {param.opts[0]}"
    return f"l'argument {param.name}"


def _where(context: typer.Context | None) -> str:
    path = context.command_path if context else "guichet"
    return f"« {path} --help » dit ce qui est attendu."
