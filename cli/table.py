"""The commands of `guichet`: what each is called, in a module of `cli/commands/` of that name, with `_` for `-`.

Each module gives `app`, a `typer.Typer`: of one command that says its own name, or of the several of a group.
"""

import importlib
from collections.abc import Callable

import typer

ALONE = (
    "api",
    "clock",
    "doctor",
    "explain",
    "forecast",
    "fork",
    "impact",
    "migrate",
    "pg-service",
    "purge",
    "rules",
    "simulate",
    "up",
    "verify",
    "verify-readings",
    "worker",
)
GROUPS = ("campaign", "group", "organisation", "procedure", "token", "user", "words")


def typed(asked: str, root: Callable[[], None]) -> typer.Typer:
    """The command line of one command, the only module loaded; of every command when `asked` is none of them."""
    whole = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        help="Le guichet en ligne d'un département : démarches, délais légaux, dossiers.",
    )
    whole.callback()(root)
    every = sorted((*ALONE, *GROUPS))
    for name in [asked] if asked in every else every:
        module = importlib.import_module(f"cli.commands.{name.replace('-', '_')}")
        whole.add_typer(module.app, name=name if name in GROUPS else None)
    return whole
