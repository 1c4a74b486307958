"""How a command ends that cannot do what is asked: a sentence on standard error, and 1 (refused) or 2 (usage)."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

Errors = type[Exception] | tuple[type[Exception], ...]


@contextmanager
def leaving(*, refused: Errors = (), usage: Errors = ()) -> Iterator[None]:
    """Leaves so, with the sentence of what is raised meanwhile; an error of both kinds is one of usage."""
    try:
        yield
    except usage as error:
        raise left(str(error), 2) from error
    except refused as error:
        raise left(str(error), 1) from error


def left(sentence: str, code: int) -> typer.Exit:
    """What to raise, once the sentence is said."""
    typer.echo(sentence, err=True)
    return typer.Exit(code)
