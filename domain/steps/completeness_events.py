"""What happens to the pieces of a request, and to its form before it is examined."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from domain.calendar import Instant, civil
from domain.clock_facts import with_fact
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_OFFICE, THE_PERSON, Event, Shows
from domain.plan import Plan
from domain.sentence import N_, Listed, Sentence, Verbatim
from domain.states import Arrival, OpenRequest, Rest
from domain.steps.receptions import leaves, rest
from domain.steps.request_effect import why_asked

STEP = "completeness"
PIECES_CAME = tell("pieces", "les pièces demandées sont arrivées, ou leur délai est passé.", STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Event):
    """The last required piece arrived, of those it `rests_on`; dated that day, not the day somebody noticed."""

    rests_on: tuple[str, ...] = ()
    kind: Literal["completed"] = "completed"

    def upon(self, dossier: Dossier) -> Dossier:
        """The delay of a complete file may run."""
        before = replace(rest(dossier, self.rests_on), completes=True, complete=self.effective)
        return _rested(dossier, self, before)

    def in_french(self, plan: Plan) -> Sentence:
        """Nothing is missing."""
        del plan
        return Sentence("Le dossier est complet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Event):
    """The authority acknowledged a complete file."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("complete", N_("Dossier complet"), STEP),
        email(
            "complete",
            N_("Votre dossier est complet"),
            N_("Votre dossier est complet : l'accusé de réception vous attend."),
            STEP,
        ),
    )
    kind: Literal["acknowledged"] = "acknowledged"

    def upon(self, dossier: Dossier) -> Dossier:
        """The delay that starts from it may run."""
        return replace(dossier, acknowledged=self.effective, facts=with_fact(dossier, self, "acknowledged"))

    def in_french(self, plan: Plan) -> Sentence:
        """Of what."""
        del plan
        return Sentence("Le service a accusé réception du dossier complet.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPiece:
    """One piece asked for, with the text that requires it (CRPA L114-5: no other may be)."""

    key: str
    reason: str = ""
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesRequested(Event):
    """Pieces were asked for, to be given by `until`; `moves_clock` says whether the law's time moved, and `why`.

    `in_receipt`: asked for in the acknowledgement itself (CRPA R112-11-4), which lists them. `replaces`: a piece asked
    for twice is awaited by the later request alone; what is asked for in the receipt, as long as a text requires it.
    """

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("pieces", N_("Demande de pièces"), STEP),
        email(
            "pieces",
            N_("Des pièces vous sont demandées"),
            N_("Des pièces manquent à votre dossier. La liste, la raison de chacune et la date limite vous attendent."),
            STEP,
        ),
    )
    pieces: tuple[RequestedPiece, ...]
    until: date
    moves_clock: bool
    why: Annotated[str, Shows(elsewhere="the sentence says it in words that other languages have")]
    in_receipt: bool = False
    replaces: bool = False
    kind: Literal["pieces_requested"] = "pieces_requested"

    def upon(self, dossier: Dossier) -> Dossier:
        """One request more; what it asks for again is awaited by it alone, and still moves what it moved."""
        keys = tuple(piece.key for piece in self.pieces)
        facts = with_fact(dossier, self, "pieces_requested", until=self.until) if self.moves_clock else dossier.facts
        before = dossier.requests
        again = self.replaces and any(request.moves_clock and set(request.keys) & set(keys) for request in before)
        if self.replaces:
            before = tuple(replace(each, keys=tuple(key for key in each.keys if key not in keys)) for each in before)
        asked = OpenRequest(
            seq=dossier.seq,
            keys=keys,
            asked=keys,
            until=self.until,
            moves_clock=self.moves_clock or again,
            in_receipt=self.in_receipt and self.replaces,
        )
        return replace(dossier, requests=(*before, asked), facts=facts)

    def in_french(self, plan: Plan) -> Sentence:
        """Which, by when, and what it does to the delay."""
        return Sentence(
            "Pièces demandées, au plus tard le {day} : {titles}. {why}",
            day=day_in_words(self.until),
            titles=Listed(piece_title(plan, piece.key) for piece in self.pieces),
            why=why_asked(self.why, self.article),
        )

    def texts(self, plan: Plan) -> Iterator[tuple[Shows, str]]:
        """The reason of each piece too."""
        for asked in self.pieces:
            yield Shows(Sentence("Raison, {piece}", piece=piece_title(plan, asked.key))), asked.reason
        yield from Event.texts(self, plan)

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """The acknowledgement says what it asks for."""
        del after
        return () if self.in_receipt else self.follows


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceReceived(Event):
    """Documents were given for one piece; `entered`, when that was written down (None in entries of before).

    `by_hand`: somebody gave its date, and the counter did not establish it.
    """

    who: ClassVar[str] = THE_PERSON
    piece: Annotated[str, Shows(elsewhere="a key: the sentence says the piece's title")]
    documents: tuple[UUID, ...]
    entered: Instant | None = None
    by_hand: bool = False
    kind: Literal["piece_received"] = "piece_received"

    def upon(self, dossier: Dossier) -> Dossier:
        """It is awaited no more."""
        arrivals = dict(dossier.arrivals)
        if self.entered is not None:
            arrivals |= {self.piece: Arrival(seq=dossier.seq, entered=self.entered, by_hand=self.by_hand)}
        held = (*dossier.pieces.get(self.piece, ()), *self.documents)
        requests = tuple(
            replace(request, keys=tuple(key for key in request.keys if key != self.piece))
            for request in dossier.requests
        )
        return replace(
            dossier,
            pieces={**dossier.pieces, self.piece: held},
            received={**dossier.received, self.piece: self.effective},
            arrivals=arrivals,
            requests=requests,
        )

    def in_french(self, plan: Plan) -> Sentence:
        """Which."""
        return Sentence("Pièce reçue : {title}.", title=piece_title(plan, self.piece))


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesProvided(Event):
    """Every piece of the open requests has arrived, on the day of the last of those it `rests_on`."""

    follows: ClassVar[tuple[Effect, ...]] = (PIECES_CAME,)
    rests_on: tuple[str, ...] = ()
    kind: Literal["pieces_provided"] = "pieces_provided"

    def upon(self, dossier: Dossier) -> Dossier:
        """What was asked for is there. What no text requires may still come: the clock waits for it no more."""
        dated = {each.seq for each in dossier.facts}
        moving = tuple(each.seq for each in dossier.requests if each.moves_clock and each.seq in dated)
        left = tuple(replace(request, moves_clock=False) for request in dossier.awaiting())
        return replace(_rested(dossier, self, replace(rest(dossier, self.rests_on), moving=moving)), requests=left)

    def in_french(self, plan: Plan) -> Sentence:
        """All of them."""
        del plan
        return Sentence("Toutes les pièces demandées sont arrivées.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesLapsed(Event):
    """The time given for the pieces ran out."""

    follows: ClassVar[tuple[Effect, ...]] = (PIECES_CAME,)
    kind: Literal["pieces_lapsed"] = "pieces_lapsed"

    def upon(self, dossier: Dossier) -> Dossier:
        """Each request whose last day is past has run out."""
        on = civil(self.effective)
        lapsed = tuple(replace(each, lapsed=True) if on > each.until else each for each in dossier.requests)
        return replace(dossier, requests=lapsed)

    def in_french(self, plan: Plan) -> Sentence:
        """Whose time."""
        del plan
        return Sentence("Le temps donné pour fournir les pièces est passé.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """The resident corrected the form before examination began; `form` is the whole new form."""

    who: ClassVar[str] = THE_PERSON
    form: Mapping[str, Any]
    kind: Literal["corrected"] = "corrected"

    def upon(self, dossier: Dossier) -> Dossier:
        """Another form."""
        return replace(dossier, form=self.form)

    def in_french(self, plan: Plan) -> Sentence:
        """When that may be."""
        del plan
        return Sentence("Le formulaire est corrigé avant l'examen.")


def _rested(dossier: Dossier, event: Completed | PiecesProvided, before: Rest) -> Dossier:
    """The dossier after it, which remembers on what it rests where the event says so."""
    facts, complete = leaves(dossier, before, event.effective, dossier.complete)
    rests = (*dossier.rests, before) if before.on else dossier.rests
    return replace(dossier, facts=facts, complete=complete, rests=rests)


def piece_title(plan: Plan, key: str) -> str:
    """What a piece is called; its key when the plan does not know it."""
    piece = plan.piece(key)
    return piece.title if piece is not None else Verbatim(key)
