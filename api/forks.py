"""Forking a dossier into the future, whoever asks: what is sent, and what is answered. Nothing is recorded."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from api.http.inputs import Content, In
from api.http.problem_types import VALIDATION_FAILED
from api.http.problems import FieldError, Problem, pointer
from api.shown.fork import ForkOut, shown_fork
from catalogue.writing import FromTheCatalogue
from domain.act_description import ActDescription, Misdescribed, instant
from domain.before_notification import decision_reached
from domain.derivation import Viewer
from domain.dossier import Dossier
from domain.futures.fork import MOST_ACTS, Live, Question, fork
from domain.refusals import Refused
from domain.sentence import Sentence
from storage.register.reading import Seen


def _instant(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("une date s'écrit comme un texte, par exemple 2027-03-01")  # noqa: TRY004 (pydantic reads ValueError)
    return instant(value)


DayOrMoment = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
"""A civil day, which is noon in Paris, or an instant; kept in UTC."""


class ThenIn(In):
    """An act to imagine, by its name in the API; what `data` leaves out takes the least that the act admits."""

    at: DayOrMoment
    act: Annotated[str, Field(max_length=100)]
    data: Content = Field(default_factory=dict)


class ForkIn(In):
    """Until when, and which acts meanwhile; none: "and if nobody acts?"."""

    until: DayOrMoment
    then: Annotated[tuple[ThenIn, ...], Field(max_length=MOST_ACTS)] = ()

    def question(self, viewer: Viewer) -> Question:
        """The question as the domain reads it."""
        then = tuple(ActDescription(at=each.at, act=each.act, data=each.data) for each in self.then)
        return Question(until=self.until, then=then, by=viewer)


def forked(seen: Seen, body: ForkIn, viewer: Viewer) -> ForkOut:
    """The dossier's future, as this audience may see it. Raises Problem for what was badly asked, Refused."""
    if viewer != "agent":
        refuse_unless_reached(seen.dossier)
    live = Live(plan=seen.dossier.plan, entries=seen.entries, written=seen.header.version, now=seen.at)
    try:
        told = fork(live, body.question(viewer), FromTheCatalogue())
    except Misdescribed as bad:
        raise misdescribed(bad) from bad
    return shown_fork(told, viewer, reference=seen.header.reference, now=seen.at, until=body.until)


def refuse_unless_reached(dossier: Dossier) -> None:
    """What a decision says reaches the person by its notification, not by their future. Raises Refused before."""
    if dossier.decision is not None and not decision_reached(dossier):
        raise Refused(
            "not_now",
            "Une décision est signée et ne vous a pas encore été notifiée : la suite dépend de ce qu'elle dit.",
            article="CRPA L221-8",
            what_to_do="Consultez-la d'abord, ou attendez sa notification.",
        )


def misdescribed(bad: Misdescribed) -> Problem:
    """The problem of what cannot be read, with the field at fault."""
    error = FieldError(pointer(bad.where), "misdescribed", bad.sentence)
    told = Sentence("{what} Rien n'a été enregistré.", what=bad.told)
    return Problem(VALIDATION_FAILED, told, (error,))
