"""The commands of `guichet`, found in `cli/commands/`: a new file is a new command, and only the asked one is loaded.

Each module exports either `app` (a `typer.Typer`: one command, or a group when it has several) or
`register(app)`, which adds commands to the `typer.Typer` it is given. The file's name is the command's, with
`-` for `_`, unless the module says `NAME`.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import typer
from typer._click import Command, Context
from typer.core import TyperGroup
from typer.main import get_command

_FOLDER = Path(__file__).with_name("commands")


class Gathered(TyperGroup):
    """The group whose commands are the files of a folder."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 (typer's signature)
        """Every command, by name."""
        return sorted(name for stem in stems() for name in commands_of(stem))

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command of that name; its own file alone is loaded when it bears it."""
        likely = cmd_name.replace("-", "_")
        if likely in stems() and (found := commands_of(likely).get(cmd_name)):
            return found
        return next((found for stem in stems() if (found := commands_of(stem).get(cmd_name))), None)


def stems() -> list[str]:
    """The modules of `cli/commands/`."""
    return sorted(file.stem for file in _FOLDER.glob("*.py") if not file.stem.startswith("_"))


def commands_of(stem: str) -> dict[str, Command]:
    """The commands that one module gives, by name."""
    module = importlib.import_module(f"cli.commands.{stem}")
    name = getattr(module, "NAME", stem.replace("_", "-"))
    if hasattr(module, "register"):
        return _registered(module, name)
    command = _command(module.app)
    command.name = name
    return {name: command}


def _registered(module: ModuleType, name: str) -> dict[str, Command]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    module.register(app)
    command: Any = _command(app)
    if isinstance(command, TyperGroup):
        return dict(command.commands)
    return {command.name or name: command}


def _command(app: typer.Typer) -> Command:
    app.rich_markup_mode = None
    app._add_completion = False  # noqa: SLF001 (typer reads it when it makes the command)
    return get_command(app)
