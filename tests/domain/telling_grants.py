"""A grant in miniature: an opinion, two visas, a vote, a decision, then a convention, two payments and a report."""

from __future__ import annotations

from uuid import UUID

from domain.calendar import Delay
from domain.plan import Appeal, Outcome, Plan
from domain.steps.completeness import Completeness
from domain.steps.convention import Convention
from domain.steps.decision import Decide, Decision
from domain.steps.notice import Notice
from domain.steps.opinion import AskOpinion, GiveOpinion, Opinion
from domain.steps.payment import Part, Payment
from domain.steps.report import Report
from domain.steps.visa import GiveVisa, Visa
from domain.steps.vote import RecordVote, Vote
from tests.domain.telling import OUTCOMES, Telling, plan, when

ONE, TWO, THREE = UUID(int=11), UUID(int=12), UUID(int=13)
PARTS = (
    Part(key="avance", title="Avance", share="0.7", after="convention"),
    Part(key="solde", title="Solde", share="0.3", after="report"),
)
WAYS = (
    Appeal(kind="gracieux", title="Recours gracieux", before="le président", within=Delay(months=2, franc=True)),
    Appeal(kind="tribunal-administratif", title="Recours", before="le tribunal", within=Delay(months=2, franc=True)),
)


def grant_plan(*, optional: bool = False) -> Plan:
    """Two months, rejection; a convention above 23 000 euros; the report due six months after the project's end."""
    steps = (
        Completeness(),
        Opinion(by="Commission", within=Delay(months=1), optional=optional, reference=("T3",)),
        Visa(levels=("chef de service", "direction")),
        Vote(reference=("T4",)),
        Decision(),
        Notice(),
        Convention(above="23000.00"),
        Payment(parts=PARTS),
        Report(after="/projet/fin"),
    )
    outcomes = (Outcome(key="oui", title="Subvention", favourable=True), OUTCOMES[1])
    more = {"steps": steps, "outcomes": outcomes, "months": 2, "appeals": WAYS}
    return plan("rejection", start="filed", stopped_by="decision", **more)


def filed(*, optional: bool = False) -> Telling:
    """Filed on 4 January 2027 for a project that ends on 30 June."""
    return Telling(grant_plan(optional=optional)).file("2027-01-04", form={"projet": {"fin": "2027-06-30"}})


def voted(*, adopted: bool = True) -> Telling:
    """Up to the vote of 8 February."""
    telling = filed().do(AskOpinion(), "2027-01-05").do(GiveOpinion(view="favourable"), "2027-01-12")
    telling.do(GiveVisa(agent=ONE), "2027-01-13").do(GiveVisa(agent=TWO), "2027-01-14")
    session = when("2027-02-08").date()
    return telling.do(RecordVote(adopted=adopted, session=session, deliberation="2027-12"), "2027-02-09")


def granted(amount: str = "30000.00") -> Telling:
    """Decided on the 10th, notified on the 12th."""
    return voted().do(Decide(outcome="oui", content={"montant": amount}), "2027-02-10").notify("2027-02-12")
