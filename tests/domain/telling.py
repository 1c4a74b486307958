"""A dossier told in dates: a small fluent voice for kernel tests, over plans written in code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.calendar import PARIS, Delay, Instant
from domain.clock.terms import Clock
from domain.command import Command
from domain.dossier import Dossier
from domain.event import Event
from domain.filing import File
from domain.kernel import act
from domain.plan import Office, Outcome, Piece, Plan
from domain.silence import Settle
from domain.steps.assessment import Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decide, Decision
from domain.steps.notice import Notice, Notify
from domain.steps.pieces import ProvidePiece, RequestPieces
from domain.steps.proposal import Proposal

DOCUMENT = UUID(int=1)
OUTCOMES = (
    Outcome(key="oui", title="Accord", favourable=True, needs=()),
    Outcome(key="non", title="Refus", favourable=False, reasons_required=True, needs=()),
)
PIECES = (
    Piece(key="certificat", title="Certificat", required=True, indispensable=True, reference=("T1",)),
    Piece(key="photo", title="Photo"),
)


def when(text: str) -> Instant:
    """`2026-11-30` is noon in Paris; `2026-11-30T16:00` is Paris time; a trailing Z or offset is kept."""
    moment = datetime.fromisoformat(text if "T" in text else f"{text}T12:00")
    return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)


def plan(
    silence: str = "acceptance", *, stopped_by: str = "notification", start: str = "complete", **more: Any
) -> Plan:
    """A three-month plan with every step but the proposal; `months` and any field of Plan may be given."""
    months = more.pop("months", 3)
    terms: dict[str, Any] = {"start": start, "stopped_by": stopped_by, "silence": silence}
    clock = Clock(delay=Delay(months=months), reference=("CASF L421-6",), **terms)
    steps = more.pop("steps", (Completeness(ask_within=Delay(days=15)), Assessment(), Decision(), Notice()))
    fields = {"pieces": PIECES, "outcomes": OUTCOMES, "attestation": "automatic"} | more
    return Plan(
        procedure="essai",
        version=1,
        form=1,
        title="Essai",
        authority="Président du conseil départemental",
        office=Office(key="essai", name="Service d'essai"),
        who=("resident",),
        clock=clock,
        steps=steps,
        **fields,
    )


def plan_with_proposal() -> Plan:
    """APA in miniature: two months, a proposal to answer in ten days, a provisional effect of silence."""
    steps = (
        Completeness(ask_within=Delay(days=10), acknowledge_within=Delay(days=10)),
        Assessment(),
        Proposal(reference=("CASF R232-7",)),
        Decision(),
        Notice(),
    )
    outcomes = (Outcome(key="oui", title="Accord", favourable=True), OUTCOMES[1])
    return plan("provisional", months=2, steps=steps, outcomes=outcomes)


class Telling:
    """A dossier and the events that made it so far; each method is an act at a date."""

    def __init__(self, of: Plan) -> None:
        self.dossier = Dossier(plan=of)
        self.events: list[Event] = []

    def do(self, command: Command, on: str) -> Telling:
        """Apply `command` at `on`. Raises Refused."""
        self.dossier, happened = act(self.dossier, command, when(on))
        self.events.extend(happened)
        return self

    def file(self, on: str, *, complete: bool = True, form: Mapping[str, Any] | None = None, **more: Any) -> Telling:
        """File, with or without the required piece."""
        pieces = {"certificat": (DOCUMENT,)} if complete else {}
        return self.do(File(form=form or {}, pieces=pieces, **more), on)

    def request(self, on: str, until: str, *keys: str) -> Telling:
        """Ask for pieces until a civil date."""
        last = datetime.fromisoformat(until).date()
        return self.do(RequestPieces(pieces=dict.fromkeys(keys or ("certificat",), "illisible"), until=last), on)

    def provide(self, on: str, key: str = "certificat") -> Telling:
        """Give one piece."""
        return self.do(ProvidePiece(piece=key, documents=(DOCUMENT,)), on)

    def refuse(self, on: str) -> Telling:
        """Sign a refusal with its reasons."""
        return self.do(Decide(outcome="non", reasons_law="Texte.", reasons_fact="Fait."), on)

    def grant(self, on: str) -> Telling:
        """Sign an agreement."""
        return self.do(Decide(outcome="oui"), on)

    def notify(self, on: str, *, effective: str | None = None) -> Telling:
        """Record the notification, now or as a fact known later."""
        if effective is None:
            return self.do(Notify(), on)
        return self.do(Notify(effective=when(effective), channel="registered_mail", evidence="AR 1A"), on)

    def wait(self, until: str) -> Telling:
        """Let the law do what it does by itself."""
        return self.do(Settle(), until)

    def kinds(self) -> list[str]:
        """The kinds of every event so far, in order."""
        return [event.kind for event in self.events]
