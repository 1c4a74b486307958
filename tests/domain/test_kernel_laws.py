"""Laws of the kernel over generated stories: folding, settling, evolving."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.command import Command
from domain.contest import ConcludeAppeal, LodgeAppeal
from domain.dossier import Dossier
from domain.event import Event
from domain.evolve import evolve
from domain.extension import Resume, Suspend
from domain.in_charge import Take
from domain.kernel import act, fold, next_due, settle
from domain.messages import SendMessage
from domain.plan import Plan
from domain.refusals import Refused
from domain.serial import DOSSIER, EVENT, PLAN
from domain.silence import Settle
from domain.steps.assessment import Assess
from domain.steps.convention import SendConvention, SignConvention
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.pieces import Acknowledge, ProvidePiece, RequestPieces
from domain.steps.proposal import AnswerProposal, Propose
from domain.steps.report import GiveReport
from domain.steps.transmission import Transmit
from domain.steps.visa import GiveVisa, RefuseVisa
from domain.steps.vote import RecordVote
from domain.withdrawal import Withdraw
from tests.domain.telling import DOCUMENT, Telling, plan, plan_with_proposal, when
from tests.domain.telling_grants import ONE, THREE, TWO, grant_plan
from tests.long import draws

PLANS = [plan(s) for s in ("acceptance", "rejection", "provisional", "none")] + [plan_with_proposal(), grant_plan()]
ACTS: list[Command] = [
    RequestPieces(pieces={"certificat": "illisible"}),
    RequestPieces(pieces={"photo": ""}),
    ProvidePiece(piece="certificat", documents=(DOCUMENT,)),
    Acknowledge(),
    Take(agent=DOCUMENT),
    Assess(findings={"gir": 3}),
    Propose(content={"plan": "900.00"}),
    AnswerProposal(answer="accepted"),
    AnswerProposal(answer="changes"),
    Decide(outcome="oui"),
    Decide(outcome="non", reasons_law="a", reasons_fact="b"),
    Notify(),
    Suspend(reasons="original"),
    Resume(),
    Withdraw(),
    SendMessage(sender="agent", text="Bonjour"),
    AskOpinion(),
    GiveOpinion(view="favourable"),
    GiveVisa(agent=ONE),
    GiveVisa(agent=TWO),
    RefuseVisa(agent=THREE, reasons="à revoir"),
    RecordVote(adopted=True, session=when("2026-11-23").date(), deliberation="1"),
    Decide(outcome="oui", content={"montant": "30000.00"}),
    SendConvention(),
    SignConvention(party="beneficiary"),
    SignConvention(party="authority"),
    OrderPayment(part="avance"),
    RecordPayment(part="avance"),
    GiveReport(documents=(DOCUMENT,)),
    Transmit(to="une autre autorité"),
    LodgeAppeal(appeal=ONE, of="gracieux", filed=when("2026-12-01")),
    ConcludeAppeal(appeal=ONE, conclusion="refused", ended=when("2026-12-20")),
    Settle(),
]
STORIES = st.tuples(
    st.sampled_from(PLANS),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 40 * 24)), max_size=12),
)


def _tell(story: tuple[Plan, bool, list[tuple[Command, int]]]) -> tuple[Dossier, list[Event]]:
    of, complete, acts = story
    telling = Telling(of).file("2026-11-23", complete=complete)
    at = when("2026-11-23")
    for command, hours in acts:
        at += timedelta(hours=hours)
        try:
            telling.dossier, happened = act(telling.dossier, command, at)
        except Refused:
            continue
        telling.events.extend(happened)
    return telling.dossier, telling.events


@draws(120)
@given(STORIES)
def test_the_state_is_the_fold_of_the_journal(story: tuple[Plan, bool, list[tuple[Command, int]]]) -> None:
    """Even once the journal, the plan and the state have been to JSON and back."""
    dossier, events = _tell(story)
    stored = [EVENT.validate_json(EVENT.dump_json(event)) for event in events]

    assert fold(PLAN.validate_json(PLAN.dump_json(dossier.plan)), stored) == dossier
    assert DOSSIER.validate_json(DOSSIER.dump_json(dossier)) == dossier


@draws(120)
@given(STORIES, st.integers(0, 400))
def test_settling_twice_or_in_two_steps_is_settling_once(
    story: tuple[Plan, bool, list[tuple[Command, int]]], days: int
) -> None:
    """What the law makes happen depends on the instant alone, not on when machines looked."""
    dossier, _ = _tell(story)
    middle, end = when("2027-06-01") + timedelta(days=days), when("2030-01-01")
    at_once = settle(dossier, end)
    first = settle(dossier, middle)
    halfway = dossier
    for event in first:
        halfway = evolve(halfway, event)

    assert first + settle(halfway, end) == at_once
    settled = halfway
    for event in settle(halfway, end):
        settled = evolve(settled, event)
    assert settle(settled, end) == ()


@draws(120)
@given(STORIES)
def test_what_comes_next_lies_ahead_and_every_event_is_dated_in_its_past(
    story: tuple[Plan, bool, list[tuple[Command, int]]],
) -> None:
    """`next_due` of a settled dossier is later than the instant it was settled at."""
    dossier, events = _tell(story)
    at = max(event.effective for event in events)
    for event in settle(dossier, at):
        dossier = evolve(dossier, event)
    due = next_due(dossier)

    assert due is None or due.at > at
    assert sum(event.kind == "silence_took_effect" for event in events) <= 1 + sum(
        event.kind == "silence_voided" for event in events
    )
