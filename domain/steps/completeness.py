"""Is the file complete? Only what a text requires may be asked for, and only in time (CRPA L114-5, L114-5-1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID

from domain.actors import ActorKind
from domain.calendar import Delay, Instant, civil, midnight
from domain.command import ANY, Command
from domain.days_in_words import day_in_figures
from domain.deadline import Deadline
from domain.document_loss import ASKED_FOR, Cause, DocumentCeased, cease
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Reminder, Reminding, email, reminding, tell
from domain.event import Events
from domain.refusals import Refused
from domain.sentence import N_, Sentence, Verbatim
from domain.step import StepBase
from domain.steps.completeness_events import (
    STEP,
    Acknowledged,
    PiecesLapsed,
    PiecesRequested,
    RequestedPiece,
)
from domain.steps.pieces import (
    Acknowledge,
    Correct,
    ProvidePiece,
    RequestPieces,
    acknowledge,
    correct,
    receive,
    refuse_when_settled,
)
from domain.steps.request_effect import moves_clock

ACKNOWLEDGE = reminding(
    tell("acknowledge", "le dossier complet doit faire l'objet d'un accusé de réception dans {delay}.", STEP),
    before=Delay(days=2),
)
PIECES_AWAITED = reminding(
    email(
        "pieces_reminder",
        N_("Rappel : des pièces sont attendues"),
        N_("Il reste quelques jours pour envoyer les pièces demandées."),
        STEP,
    ),
    before=Delay(days=7),
)
ACKNOWLEDGED = Coming(
    kind="acknowledgement_due",
    step="completeness",
    rank=5,
    announced=N_("Le dossier complet sera réputé avoir reçu son accusé de réception"),
    label=N_("accusé de réception réputé donné"),
)
LAPSE = Coming(
    kind="pieces_lapse",
    step="completeness",
    rank=30,
    announced=N_("Le temps donné pour fournir les pièces sera passé"),
    label=N_("fin du temps donné pour fournir les pièces"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CeaseDocument(Command):
    """Record that the content of `document` is no more, and why (worker)."""

    when_closed = True

    document: UUID
    cause: Cause
    kind: Literal["cease_document"] = "cease_document"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """The piece that it alone answered is asked for anew."""
        ceased, step = cease(dossier, self.document, self.cause, at), dossier.plan.step_of("completeness")
        without = ceased.upon(replace(dossier, seq=dossier.seq + 1))
        request = step.asked_anew(without, ceased, at) if isinstance(step, Completeness) else None
        return (ceased,) if request is None else (replace(ceased, asked_anew=True), request)

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The first document that was given."""
        del given, by, at
        held = (document for documents in dossier.pieces.values() for document in documents)
        return {"document": next(held, ANY), "cause": "lost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness(StepBase):
    """Pieces are asked for and given.

    A request moves the clock only when a text requires a piece of it and when it is made within `ask_within` of the
    filing; `give` is the time given by default to provide; `acknowledge_within`, when a text wants the complete file
    acknowledged.
    """

    kind: Literal["completeness"] = "completeness"
    ask_within: Delay | None = None
    give: Delay = field(default_factory=lambda: Delay(days=30))
    acknowledge_within: Delay | None = None
    decides: ClassVar[tuple[type[Command], ...]] = (RequestPieces, ProvidePiece, Acknowledge, Correct)
    label: ClassVar[str] = "Complétude"
    awaited: ClassVar[str] = N_("accusé de réception attendu")
    by_state: ClassVar[bool] = True
    general_text: ClassVar[str] = "CRPA L114-5"
    comes: ClassVar[tuple[Coming, ...]] = (ACKNOWLEDGED, LAPSE)
    reminders: ClassVar[tuple[Reminding, ...]] = (ACKNOWLEDGE, PIECES_AWAITED)

    def done(self, dossier: Dossier) -> bool:
        """Examination may go on as long as no indispensable piece is missing (CRPA L114-5-1)."""
        return not dossier.lacks_indispensable()

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Ask for pieces, receive one, acknowledge, correct."""
        match command:
            case RequestPieces():
                return (self._ask(dossier, command, at),)
            case ProvidePiece():
                return receive(dossier, command, at)
            case Acknowledge():
                return (acknowledge(dossier, at, self.article),)
            case Correct():
                return correct(dossier, command, at)
            case _:
                raise TypeError(command)

    def _ask(self, dossier: Dossier, command: RequestPieces, at: Instant) -> PiecesRequested:
        """Ask for pieces of the plan, once each. Raises Refused."""
        refuse_when_settled(dossier, Sentence("Des pièces ne peuvent plus être demandées"))
        if not command.pieces:
            raise Refused("no_piece", "Aucune pièce n'est demandée.", what_to_do="Nommez au moins une pièce.")
        unknown = sorted(key for key in command.pieces if dossier.plan.piece(key) is None)
        if unknown:
            raise Refused(
                "unknown_piece",
                Sentence("La démarche ne connaît pas la pièce « {piece} ».", piece=Verbatim(unknown[0])),
                article="CRPA L114-5",
                what_to_do="Seules les pièces de la démarche peuvent être demandées.",
            )
        until = self._until(dossier, command, civil(at))
        moves, why = moves_clock(dossier, command.pieces, civil(at), self.ask_within, self.article)
        pieces = tuple(
            RequestedPiece(key=key, reason=reason, reference=piece.reference)
            for key, reason in sorted(command.pieces.items())
            if (piece := dossier.plan.piece(key)) is not None
        )
        return PiecesRequested(
            effective=at,
            article=self.article,
            pieces=pieces,
            until=until,
            moves_clock=moves,
            why=why,
            replaces=True,
        )

    def _until(self, dossier: Dossier, command: RequestPieces, today: date) -> date:
        """The last day given: what was given for the same piece is never shortened. Raises Refused."""
        given = [request.until for request in dossier.awaiting() if set(request.keys) & set(command.pieces)]
        until = command.until or max([self.give.last_day(today), *given])
        if until <= today:
            raise Refused("until_too_early", "Le délai donné pour fournir les pièces doit finir après aujourd'hui.")
        if given and until < max(given):
            raise Refused(
                "until_too_early",
                Sentence(
                    "Cette pièce est déjà demandée, jusqu'au {day} : le temps donné ne se raccourcit pas.",
                    day=day_in_figures(max(given)),
                ),
                article=self.article,
                what_to_do="Donnez ce jour ou un jour plus lointain.",
            )
        return until

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """The time given for the pieces runs out at the end of its last day; a complete file is acknowledged on its."""
        return self._acknowledgement(dossier) + tuple(
            Due(
                what=LAPSE,
                at=(lapse := midnight(request.until + timedelta(days=1))),
                events=(PiecesLapsed(effective=lapse, article="CRPA L114-5"),),
                article="CRPA L114-5",
                cause=request.seq,
            )
            for request in dossier.expected()
            if not request.lapsed
        )

    def deadlines(self, dossier: Dossier) -> Iterator[Deadline]:
        """The acknowledgement, where a text gives a time for it."""
        if self.acknowledge_within is not None and dossier.filed is not None:
            kept = dossier.acknowledged is not None or bool(dossier.requests) or dossier.silence is not None
            last = self.acknowledge_within.last_day(civil(dossier.filed))
            yield Deadline(what=self.awaited, last=last, article=self.article, cause=1, kept=kept)

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """Agents, of the acknowledgement; the person, of what was asked for."""
        within, owed = self.acknowledge_within, dossier.acknowledged is None and not dossier.awaiting()
        if within is not None and dossier.filed is not None and owed and dossier.silence is None:
            yield ACKNOWLEDGE.of(within.last_day(civil(dossier.filed)), 1)
        for request in dossier.expected():
            if not request.lapsed:
                yield PIECES_AWAITED.of(request.until, request.seq)

    def _acknowledgement(self, dossier: Dossier) -> tuple[Due, ...]:
        """Where the delay runs from the acknowledgement, the last day for it stands for one that never came.

        No text says so outright (à confirmer); but nobody's inaction may keep a citizen's delay from running.
        """
        within, complete = self.acknowledge_within, dossier.complete
        if dossier.plan.clock.start != "acknowledged" or within is None or complete is None:
            return ()
        if dossier.acknowledged is not None or dossier.owed():
            return ()
        last = within.last_day(civil(complete))
        acknowledged, at = (
            Acknowledged(effective=midnight(last), article=self.article),
            midnight(last + timedelta(days=1)),
        )
        return (Due(what=ACKNOWLEDGED, at=at, events=(acknowledged,), article=self.article),)

    def asked_anew(self, dossier: Dossier, ceased: DocumentCeased, at: Instant) -> PiecesRequested | None:
        """The request for a piece that a text requires and that is no more, unless it is awaited already, or answered.

        `dossier` is the state without it. The delay is treated as for any missing piece, and the request says how.
        """
        awaited = any(ceased.piece in request.keys for request in dossier.awaiting())
        over = dossier.closed or dossier.settled
        if awaited or over or ceased.piece in dossier.pieces or not dossier.requires(ceased.piece):
            return None
        until = self.give.for_a_resident(civil(at))
        return self._ask(dossier, RequestPieces(pieces={ceased.piece: ASKED_FOR[ceased.cause]}, until=until), at)

    def in_receipt(self, dossier: Dossier, at: Instant) -> Events:
        """What the acknowledgement of an incomplete filing asks for, with its last day, reminded of and over like any.

        It stops a delay that is already running (CRPA R112-11-4, L114-5 al. 3); elsewhere none has begun.
        """
        owed = dossier.owed()
        if not owed:
            return ()
        command = RequestPieces(pieces=dict.fromkeys(owed, ""), until=self.give.for_a_resident(civil(at)))
        return (replace(self._ask(dossier, command, at), article="CRPA R112-11-4, L114-5", in_receipt=True),)
