"""The letters that an act would write, made before it is done: what an agent reads before signing."""

from functools import reduce

from domain.calendar import Instant
from domain.command import Command
from domain.commands import COMMANDS
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.evolve import evolve
from domain.kernel import decide
from letters.making import Made, Occasion, made

WRITES = frozenset(name for name, command in COMMANDS.items() if command.writes)
"""The acts of agents that a letter follows; a fact (a notification, a withdrawal) is never refused for its letter."""
PREFIX = "letter:"


def would_write(dossier: Dossier, command: Command, at: Instant, reference: str) -> tuple[Made, ...]:
    """The letters of `command` done at `at`. Blocking. Raises Refused (the act is not admitted), Unrenderable."""
    events = decide(dossier, command, at)
    after, called = dossier, []
    for event in events:
        after = evolve(after, event)
        called += [(event, each.kind) for each in effects_of(after, event) if each.kind.startswith(PREFIX)]
    whole = reduce(evolve, events, dossier)
    return tuple(
        made(
            Occasion(event=event, dossier=whole, written=at, reference=reference, tried=True), kind.removeprefix(PREFIX)
        )
        for event, kind in called
    )
