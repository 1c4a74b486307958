"""From every state that the cases reach, each act that is admitted says nothing false about the law's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from catalogue.cases import cases, story
from catalogue.letter_sources import context, letter, name_of
from catalogue.loader import catalogue
from domain.act_description import command_of
from domain.actors import ActorKind
from domain.calendar import Instant, civil
from domain.clock.terms import Reckoning
from domain.commands import WHO
from domain.dossier import Dossier
from domain.effects import effects_of
from domain.event import Event, Events
from domain.evolve import evolve
from domain.futures.least import least
from domain.kernel import act, fold, settle
from domain.refusals import Refused
from letters.source import fill, in_french

BY: tuple[ActorKind, ...] = ("agent", "resident")
MOVE = frozenset(
    {
        "acknowledged",
        "completed",
        "corrected",
        "decision_revoked",
        "extended",
        "pieces_provided",
        "pieces_requested",
        "received_by_competent",
        "resumed",
        "silence_voided",
        "suspended",
    }
)
"""The only events that may change the ledger."""
PROMISES = ("letter:complete", "letter:pieces")
"""Letters that say what silence will do, and when."""


@dataclass(frozen=True, slots=True)
class Done:
    """One event of an act: the state before the act, before and after the event, and when it was done."""

    settled: Dossier
    before: Dossier
    event: Event
    after: Dossier
    at: Instant

    @property
    def says(self) -> str:
        return str(self.event.in_french(self.after.plan))

    @property
    def was(self) -> Reckoning:
        return self.before.reckoning()

    @property
    def is_(self) -> Reckoning:
        return self.after.reckoning()

    @property
    def answered(self) -> bool:
        """Whether the request had its answer before the act."""
        return self.settled.decision is not None or self.settled.silence is not None


def states(slug: str) -> Iterator[tuple[Dossier, Instant]]:
    """Each state of each case, once, on its day and a month later, settled."""
    plan, seen = catalogue().plan(slug), set[tuple[str, ...]]()
    for case in cases(slug):
        events: Events = story(plan, case).events
        for length in range(1, len(events) + 1):
            way = tuple(event.kind for event in events[:length])
            if way in seen:
                continue
            seen.add(way)
            reached, now = fold(plan, events[:length]), max(event.effective for event in events[:length])
            for at in (now, now + timedelta(days=31)):
                yield fold_on(reached, settle(reached, at)), at


def fold_on(dossier: Dossier, events: Events) -> Dossier:
    """The dossier after those events."""
    for event in events:
        dossier = evolve(dossier, event)
    return dossier


def done_from(dossier: Dossier, at: Instant) -> Iterator[Done]:
    """Each event of each act that is admitted there, done in full."""
    for by in BY:
        for name in sorted(name for name, who in WHO.items() if by in who and name not in {"file", "migrate"}):
            command = command_of(name, least(dossier, name, {}, by, at))
            try:
                _, events = act(dossier, command, at)
            except Refused:
                continue
            before = dossier
            for event in events:
                after = evolve(before, event)
                yield Done(dossier, before, event, after, at)
                before = after


def _stopped(done: Done) -> bool:
    return any(not each.running and each.start <= civil(done.at) for each in done.is_.ledger)


def _unchanged(done: Done) -> bool:
    return (done.was.expires, done.was.ledger) == (done.is_.expires, done.is_.ledger)


def _annulled(done: Done) -> bool:
    return done.is_.started is not None and done.is_.expires is None


def _ended(done: Done) -> bool:
    return done.is_.expires is not None and done.is_.expires < civil(done.at)


def _begins_again(done: Done) -> bool:
    """A decision withdrawn leaves the request to be answered: none stands, and the delay runs whole from that day."""
    return done.after.decision is None and done.is_.started in {None, civil(done.at)}


def _longer(done: Done) -> bool:
    return done.was.expires is None or (done.is_.expires is not None and done.is_.expires > done.was.expires)


TRUE: Mapping[str, Callable[[Done], bool]] = {
    "délai est suspendu": _stopped,
    "repartira pour sa durée entière": _annulled,
    "n'est pas modifié": _unchanged,
    "n'y change rien": _unchanged,
    "ne court pas encore": lambda done: done.is_.started is None,
    "délai est fini depuis": _ended,
    "délai est prolongé": _longer,
    "de nouveau à examiner": _begins_again,
    "accusé réception du dossier complet": lambda done: not done.answered,
}
"""What a sentence says of the delay, and when that is so."""


def false_of(done: Done) -> Iterator[str]:
    """What that event says of the law's time that is not so."""
    if done.event.kind not in MOVE and not _unchanged(done):
        yield "le délai change sans qu'on le dise"
    taken_back = done.event.kind == "decision_revoked"
    if done.answered and not taken_back and done.was.expires != done.is_.expires:
        yield "le délai change alors que la réponse est donnée"
    yield from (words for words, is_so in TRUE.items() if words in done.says and not is_so(done))
    yield from _false_letters(done)


def _false_letters(done: Done) -> Iterator[str]:
    plan, born = done.after.plan, done.is_.born
    for effect in effects_of(done.after, done.event):
        if effect.kind not in PROMISES or born is None:
            continue
        source = letter(plan.procedure, name_of(plan, effect.kind.partition(":")[2], done.event))
        text = fill(source.text, context(done.after, done.event, "2026-000001", "Anna Le Goff"))
        answered = done.after.silence or done.after.stopped()
        if in_french(born) in text and (answered or born < civil(done.at)):
            yield f"promet pour le {born} : {text}"


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_no_admitted_act_says_anything_false_about_the_clock(slug: str) -> None:
    found, count = set[tuple[str, str, str, str]](), 0
    for dossier, at in states(slug):
        for done in done_from(dossier, at):
            count += 1
            found |= {(dossier.status, done.event.kind, done.says, why) for why in false_of(done)}
    assert count > 100
    assert not found, "\n".join(map(str, sorted(found)))


@pytest.mark.parametrize(
    ("act_name", "why"),
    [("acknowledge", "silence|décision"), ("withdraw", "retirée|retirer"), ("correct", "corrigé")],
)
def test_what_is_answered_admits_none_of_these(act_name: str, why: str) -> None:
    """In every state of every case where the answer is given, expressly or by silence."""
    tried = 0
    for slug in catalogue().slugs():
        for dossier, at in states(slug):
            if (dossier.decision is None and dossier.silence is None) or dossier.closed:
                continue
            if not any(act_name in step.acts for step in dossier.plan.steps) and act_name != "withdraw":
                continue
            command = command_of(act_name, least(dossier, act_name, {}, "agent", at))
            with pytest.raises(Refused, match=why):
                act(dossier, command, at)
            tried += 1
    assert tried > 20
