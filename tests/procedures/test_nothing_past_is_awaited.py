"""From every state that the cases reach, nothing is due, reminded of or shown as to come that is no longer possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from catalogue.loader import catalogue
from domain.act_description import command_of
from domain.actors import ActorKind
from domain.admissibility import acts_for
from domain.calendar import Instant
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.dues import DUES
from domain.effects import REMINDERS, reminders
from domain.explained.terms import term_lines
from domain.futures.least import least
from domain.kernel import act, dues, settle
from domain.refusals import Refused
from domain.silence import SilenceTookEffect
from tests.long import LONG
from tests.procedures.test_nothing_false_about_the_clock import fold_on, states

Act = tuple[ActorKind, str]
PIECE: tuple[Act, ...] = (("resident", "provide_piece"),)
ANSWER: tuple[Act, ...] = (("resident", "answer_proposal"),)
ACKNOWLEDGE: tuple[Act, ...] = (("agent", "acknowledge"),)
READ: tuple[Act, ...] = (("resident", "read_notice"),)
DECIDE: tuple[Act, ...] = (("agent", "decide"), ("agent", "notify"), ("agent", "transmit"))
REPORT: tuple[Act, ...] = (("resident", "give_report"),)
DONE_BY: Mapping[str, tuple[Act, ...]] = {
    "acknowledgement_due": ACKNOWLEDGE,
    "pieces_lapse": PIECE,
    "opinion_deemed": (("agent", "give_opinion"),),
    "proposal_silence": ANSWER,
    "silence": DECIDE,
    "notice_deemed": READ,
    "revocation_lapses": (("agent", "revoke"),),
    "tell:acknowledge": ACKNOWLEDGE,
    "email:pieces_reminder": PIECE,
    "tell:assess": (("agent", "assess"),),
    "tell:assessment_late": (("agent", "assess"),),
    "tell:propose": (("agent", "propose"),),
    "tell:final_proposal": (("agent", "propose"),),
    "email:answer_proposal": ANSWER,
    "tell:decide_after_opinion": DECIDE,
    "email:unread_notice": READ,
    "tell:last_useful_day": DECIDE,
    "email:report_due": REPORT,
    "tell:report_late": REPORT,
}
"""What is done about each, by whom: where none of it may be done any more, the thing is no longer to come."""
OPENS: tuple[Act | None, ...] = (None, ("agent", "request_pieces"), ("agent", "ask_opinion"), ("agent", "propose"))
ENDS: tuple[Act | None, ...] = (
    None,
    *(("agent", name) for name in ("decide", "transmit", "intend_revocation", "revoke", "cancel_decision")),
    *(("resident", name) for name in ("withdraw", "renounce", "answer_proposal")),
)
LATER = timedelta(days=150)
FIRST = ("n'est pas terminée", "n'est pas complet", "observations", "n'est pas encore notifiée", "doit d'abord")
"""A refusal that says what must come first: the thing is still possible."""
GIVEN = frozenset({"until", "provide_by", "answer_by"})
"""The last days that the person is given before the answer."""


def done(dossier: Dossier, what: Act | None, at: Instant) -> Dossier | None:
    """The dossier after that act, at its least; None when it is refused."""
    if what is None:
        return dossier
    by, name = what
    try:
        return act(dossier, command_of(name, least(dossier, name, {}, by, at)), at)[0]
    except Refused:
        return None


def reached(slug: str) -> Iterator[tuple[Dossier, Instant]]:
    """Each state of each case, after what opens a wait, then after what ends one, or when silence has spoken."""
    for dossier, at in states(slug):
        for opens in OPENS:
            opened = done(dossier, opens, at)
            if opened is None:
                continue
            yield fold_on(opened, settle(opened, at + LATER)), at + LATER
            yield from ((ended, at) for end in ENDS if (ended := done(opened, end, at)) is not None)


def impossible(dossier: Dossier, at: Instant) -> Iterator[str]:
    """What is said to come there and can no longer be."""
    ahead = {due.kind for due in dues(dossier)} | {each.kind for each in reminders(dossier)}
    if ahead:
        acts = {(by, each.act): each for by in ("agent", "resident") for each in acts_for(dossier, by, at)}
        for kind in ahead:
            ways = [acts[way] for way in DONE_BY[kind]]
            if not any(way.admitted or any(word in way.reason for word in FIRST) for way in ways):
                yield f"{kind} : {ways[0].reason}"
    made = Recorded(seq=1, event=SilenceTookEffect(effective=at, article="", effect="none"), recorded_at=at)
    shown = {line.key for line in term_lines(dossier, "agent", made)}
    if dossier.closed or dossier.settled:
        yield from (key for key in shown & GIVEN)
    if (dossier.closed or dossier.answered) and dossier.intended is None:
        yield from (key for key in shown if key.startswith("awaited:"))


def looks(dossier: Dossier) -> tuple[object, ...]:
    """What two states have in common of which the same is possible: one of each is enough but in `make test-long`."""
    ahead = frozenset({due.kind for due in dues(dossier)} | {each.kind for each in reminders(dossier)})
    answer = dossier.decision, dossier.silence, dossier.revocation, dossier.intended, dossier.proposal
    return (dossier.status, dossier.closed, ahead, *(each is None for each in answer))


def test_the_sweep_knows_everything_that_may_come() -> None:
    assert set(DONE_BY) == set(DUES) | set(REMINDERS)


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_nothing_that_is_no_longer_possible_is_awaited(slug: str) -> None:
    found, seen, count = set[tuple[str, str]](), set[tuple[object, ...]](), 0
    for dossier, at in reached(slug):
        count += 1
        alike = looks(dossier)
        if LONG or alike not in seen:
            seen.add(alike)
            found |= {(dossier.status, why) for why in impossible(dossier, at)}
    assert count > 100
    assert not found, "\n".join(map(str, sorted(found)))
