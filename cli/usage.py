"""What `guichet` says of a command line it cannot read, in French."""

from __future__ import annotations

from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)


def sentence(error: UsageError) -> str:
    """What is wrong with the command line, and where to look."""
    return f"{_problem(error)}\n{_where(error)}"


def _problem(error: UsageError) -> str:
    match error:
        case NoSuchOption():
            near = f" Vouliez-vous dire {' ou '.join(sorted(error.possibilities))} ?" if error.possibilities else ""
            return f"L'option {error.option_name} n'existe pas.{near}"
        case MissingParameter():
            return f"Il manque {_named(error)}."
        case BadParameter():
            return f"{_named(error)} ne convient pas : {error.message}"
        case BadOptionUsage():
            return f"L'option {error.option_name} est mal employée : {error.message}"
    if error.message.startswith("No such command"):
        return f"La commande {error.message.split()[3].strip('.')} n'existe pas."
    if error.message == "Missing command.":
        return "Il manque une commande."
    return error.message


def _named(error: BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "un paramètre")
    if error.param.param_type_name == "option":
        return f"l'option {error.param.opts[0]}"
    return f"l'argument {error.param.name}"


def _where(error: UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "guichet"
    return f"« {path} --help » dit ce qui est attendu."
