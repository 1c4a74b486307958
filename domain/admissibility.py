"""Which acts a dossier admits now, and why it does not admit the others.

Each act is tried, in memory, with the least it can carry: a refusal that belongs to the state of the dossier
(and not to what the probe lacks) means that the act is not admitted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from domain.actors import THE_WORKER, ActorKind
from domain.calendar import Instant
from domain.command import Command
from domain.commands import COMMANDS
from domain.dossier import Dossier
from domain.kernel import decide
from domain.refusals import Refused

STATE = frozenset({"not_now", "acceptance_acquired"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An act by its name; `reason` (French, with its article) is empty when it is admitted."""

    act: str
    admitted: bool
    reason: str = ""


def acts_for(dossier: Dossier, kind: ActorKind, at: Instant) -> tuple[Admitted, ...]:
    """Every act that this kind of actor may ever do, admitted or not at `at`; `dossier` is settled."""
    probes = (probe_of(dossier, act, kind) for act, command in COMMANDS.items() if kind in command.by)
    return tuple(_try(dossier, probe, at) for probe in probes if probe is not None)


def admitted_late(dossier: Dossier, act: str, by: ActorKind, moments: Iterable[Instant], at: Instant) -> bool:
    """Whether the act is admitted at `at` once it is said to have happened at one of these moments, with its proof.

    A notification made in time and entered after the silence, a piece handed in before the dossier was closed.
    """
    probe: Any = probe_of(dossier, act, by)
    if probe is None:
        return False
    dated = (
        replace(probe, effective=moment, channel="registered_mail", evidence=".", confirmed=True)
        for moment in moments
        if moment <= at
    )
    return any(_try(dossier, one, at).admitted for one in dated)


def probe_of(dossier: Dossier, act: str, by: ActorKind) -> Command | None:
    """That act with the least it can carry when `by` does it; None for one that nobody does by hand."""
    command = COMMANDS[act]
    return None if command.by == THE_WORKER else command.probe(dossier, by)


def _try(dossier: Dossier, probe: Command, at: Instant) -> Admitted:
    try:
        decide(dossier, probe, at)
    except Refused as refused:
        if refused.code in STATE:
            return Admitted(act=probe.kind, admitted=False, reason=refused.sentence)
    return Admitted(act=probe.kind, admitted=True)
