"""What every act says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from domain.act_fields import Field, Says, fields_of, least
from domain.actors import THE_WORKER, ActorKind, Kinds
from domain.calendar import Instant
from domain.channels import BY_HAND, Channel
from domain.dossier import Dossier
from domain.event import Events
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_

IMAGINED = "Motif imaginé."
"""What an imagined act gives as a reason when nobody gave one."""
PROOF = "Preuve imaginée."
NOBODY, ANY = UUID(int=0), UUID(int=1)
"""Stand for somebody or something outside the dossier: any will do."""
IN_PARIS = N_("À l'heure de Paris.")
AT_PARIS = N_("À l'heure de Paris. Laissez les trois champs vides si le fait a lieu maintenant.")
SHOWS = N_("Ce qui montre cette date : numéro de recommandé, tampon, récépissé.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An act: the class says what is true of it whoever does it, its fields what is asked (`domain/act_fields.py`).

    Nothing else is to be told of it: its route, its body, its page, its place in lists and futures come from here.
    """

    by: ClassVar[Kinds] = THE_WORKER
    """Who may ever do it."""
    label: ClassVar[str] = ""
    done: ClassVar[str] = N_("C'est fait.")
    """What the person reads once they have done it."""
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
        dating = frozenset(each.name for each in fields(Command))
        return fields_of(cls, by, dating, late=cls.may_be_late and by == "agent")

    @classmethod
    def never(cls, plan: Plan) -> frozenset[str]:
        """The choices of its fields that this procedure never admits: nobody is offered them."""
        del plan
        return frozenset()

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
        kind: Any = cls  # mypy takes the hash of instances for that of the class
        return cls(**least(kind))

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """What a fork makes up beyond the probe, for an act that says only `given`."""
        del dossier, given, by, at
        return {}
