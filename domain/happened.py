"""What every event and every act says of itself, and what an event that belongs to one step must know to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_type_hints
from uuid import UUID

from domain.actors import THE_WORKER, ActorKind, Kinds
from domain.asking import Field, Says, beside, fields_of
from domain.calendar import Instant
from domain.channels import BY_HAND, Channel
from domain.dossier import Dossier
from domain.effect import Effect
from domain.plan import Plan
from domain.refusals import not_now
from domain.worded import N_, Sentence

IMAGINED = "Motif imaginé."
"""What an imagined act gives as a reason when nobody gave one."""
PROOF = "Preuve imaginée."
NOBODY, ANY = UUID(int=0), UUID(int=1)
"""Stand for somebody or something outside the dossier: any will do."""
AT_PARIS = N_("À l'heure de Paris. Laissez les trois champs vides si le fait a lieu maintenant.")
SHOWS = N_("Ce qui montre cette date : numéro de recommandé, tampon, récépissé.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act: the class says what is true of it whoever does it, its fields what is asked (`domain/asking.py`).

    Nothing else is to be told of it: its route, its body, its page, its place in lists and futures come from here.
    """

    by: ClassVar[Kinds] = THE_WORKER
    """Who may ever do it."""
    label: ClassVar[str] = ""
    may_be_late: ClassVar[bool] = False
    """A fact that may be written down after it happened, with its channel and evidence."""
    signed: ClassVar[bool] = False
    """It binds the authority: it needs a delegation of signature (CRPA L212-1)."""
    ordered: ClassVar[bool] = False
    """It waits for the earlier steps of the plan."""
    when_closed: ClassVar[bool] = False
    """A closed dossier still admits it, or the act itself says when it is too late."""
    writes: ClassVar[bool] = False
    """A letter follows it, made before the agent signs: without it, nothing is recorded."""
    the_persons: ClassVar[bool] = False
    """The person's own: an agent only writes it down, with its channel and evidence."""
    stand_ins: ClassVar[Mapping[str, Any]] = {}
    """What identifies somebody or something outside the dossier, when the act is imagined."""

    effective: Annotated[Instant | None, Says(N_("Jour et heure du fait"), AT_PARIS)] = None
    channel: Annotated[Channel | None, Says(N_("Par quelle voie"), choices=BY_HAND)] = None
    evidence: Annotated[str, Says(N_("Preuve"), SHOWS)] = ""
    confirmed: Annotated[
        bool,
        Says(
            N_("Une date de plus d'un an"),
            N_("Une faute de frappe sur l'année fausse tous les délais : vérifiez-la avant de confirmer."),
            {"true": N_("Je l'ai vérifiée, et la confirme")},
        ),
    ] = False
    """An `effective` older than a year was looked at twice."""

    @property
    def kind(self) -> str:
        """The act's name, the same in the API, in `cases.toml` and here."""
        raise NotImplementedError

    @classmethod
    def act(cls) -> str:
        """The same, of the class."""
        return str(next(each.default for each in fields(cls) if each.name == "kind"))

    @classmethod
    def asks(cls, by: ActorKind) -> tuple[Field, ...]:
        """What the act asks of that kind of actor: agents alone date a fact after it happened."""
        dating = frozenset(each.name for each in fields(Asked))
        return fields_of(cls, by, dating, late=cls.may_be_late and by == "agent")

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """The events of an act that no step of the plan owns. Raises Refused."""
        del dossier, at
        raise not_now("Cette démarche ne prévoit pas cet acte.")

    def is_the_persons(self) -> bool:
        """Whether an agent who does it only writes it down."""
        return self.the_persons

    def refuse_other_hand(self, by: ActorKind) -> None:
        """Raises Refused when what it says of who does it is not so."""
        del by

    def older_than_the_end(self, dossier: Dossier) -> bool:
        """Whether it is a fact known late, that came before what closed the dossier."""
        del dossier
        return False

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self | None:
        """The least it can carry, as the state makes it likeliest: tried to know whether the act is admitted."""
        del dossier, by
        return cls()

    @classmethod
    def imagined(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """What a fork makes up beyond the probe, for an act that says only `given`."""
        del dossier, given, by, at
        return {}


THE_PERSON = N_("la personne")
THE_OFFICE = N_("le service")
THE_COUNTER = N_("le guichet")
LAW = Sentence("la loi")


@dataclass(frozen=True, slots=True)
class Shows:
    """What a text of an event is, as its `readers` see it; or where they find it `elsewhere`, and why.

    A text that nobody is shown was written for nothing: `tests/api/test_written.py` goes through every event.
    """

    label: str = ""
    readers: Literal["everybody", "agents"] = "everybody"
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event. The class says by whom it is and what follows it; an event, what it makes of a dossier, and in French.

    Nothing else is to be told of it: the fold, the journal's sentences, the e-mails and letters come from here.
    """

    who: ClassVar[str] = LAW
    """By whom it is when nobody is named: the law's own events say so too."""
    follows: ClassVar[tuple[Effect, ...]] = ()
    """All that may follow it outside the register, in the order to do it."""
    concludes: ClassVar[bool] = False
    """It may end an appeal: the dossier attacked is told of it."""
    agents_only: ClassVar[bool] = False
    """An internal move that agents see and residents need not."""
    effective: Instant
    article: Annotated[str, Shows(elsewhere="beside each entry, as its article")] = ""
    channel: Channel | None = None
    evidence: Annotated[str, Shows(N_("Preuve"))] = ""

    @property
    def kind(self) -> str:
        """The name by which the journal knows it: each class has its own, as its last field."""
        raise NotImplementedError

    def upon(self, dossier: Dossier) -> Dossier:
        """The dossier after this event, its `seq` being the event's own. Total: it never refuses and never fails."""
        raise NotImplementedError

    def in_french(self, plan: Plan) -> Sentence:
        """One sentence that a citizen understands, without names of people and without the article."""
        raise NotImplementedError

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """What follows it, `after` being the dossier once it happened."""
        del after
        return self.follows

    def texts(self, plan: Plan) -> Iterator[tuple[Shows, str]]:
        """What somebody wrote in it, each text with what it is."""
        del plan
        yield from ((shows, getattr(self, name)) for name, shows in self.shown().items())

    @classmethod
    def shown(cls) -> Mapping[str, Shows]:
        """The texts that say who reads them: its own first, then those of any event."""
        return _shown(cls)  # type: ignore[arg-type] # mypy takes the hash of instances for that of the class


@cache
def _shown(kind: type[Happened]) -> Mapping[str, Shows]:
    hints = get_type_hints(kind, include_extras=True)
    said = {
        each.name: beside(hints[each.name], Shows)
        for each in (*fields(kind)[len(fields(Happened)) :], *fields(Happened))
    }
    return {name: shows for name, shows in said.items() if shows is not None}


Event = Happened
Events = tuple[Happened, ...]
