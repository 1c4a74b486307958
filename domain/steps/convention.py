"""A convention: what was granted is bound by a text that both sides sign (for grants: loi 2000-321 art. 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, PERSONS, ActorKind
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import ConventionState, Party
from domain.step import StepBase

SIGNS = {"authority": N_("L'autorité"), "beneficiary": N_("Le bénéficiaire, sur papier")}
PARTIES = {
    "beneficiary": N_("La convention est signée par la personne bénéficiaire."),
    "authority": N_("La convention est signée par l'autorité."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SendConvention(Command):
    """Send the convention to be signed; `content` follows the step's own form."""

    by = AGENTS
    label = N_("Envoyer la convention")
    ordered = True
    writes = True

    content: Annotated[Mapping[str, Any], Says()] = field(default_factory=dict)
    kind: Literal["send_convention"] = "send_convention"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignConvention(Command):
    """Sign it, for one of its two parties; the beneficiary's signature on paper is written down by an agent."""

    by = PERSONS | AGENTS
    label = N_("Signer la convention")
    done = N_("La convention est signée.")
    may_be_late = True
    signed = True

    party: Annotated[Party, Says(N_("Qui signe"), choices=SIGNS, by_agents=True)]
    kind: Literal["sign_convention"] = "sign_convention"

    def is_the_persons(self) -> bool:
        """The beneficiary's signature is theirs."""
        return self.party == "beneficiary"

    def refuse_other_hand(self, by: ActorKind) -> None:
        """An agent alone signs for the authority. Raises Refused."""
        if by != "agent" and self.party != "beneficiary":
            raise Refused("not_yours", "L'autorité signe elle-même.")

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """By the party whose signature is missing; a person signs for the beneficiary alone."""
        made = dossier.convention
        signed = made is not None and made.signed_by("beneficiary") is not None
        return cls(party="authority" if signed and by == "agent" else "beneficiary")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConventionSent(Event):
    """The convention awaits its signatures."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("convention", N_("Convention"), "convention"),
        email(
            "convention",
            N_("Une convention attend votre signature"),
            N_("Une convention est prête. Relisez-la et signez-la depuis votre espace."),
            "convention",
        ),
    )
    content: Mapping[str, Any] = field(default_factory=dict)
    kind: Literal["convention_sent"] = "convention_sent"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nobody has signed yet."""
        return replace(dossier, convention=ConventionState(seq=dossier.seq, sent=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """To the person."""
        del plan
        return Sentence("La convention est à signer.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConventionSigned(Event):
    """One party signed."""

    who: ClassVar[str] = N_("les parties")
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("convention", "la convention est signée par une partie.", "convention"),
    )
    party: Party
    kind: Literal["convention_signed"] = "convention_signed"

    def upon(self, dossier: Dossier) -> Dossier:
        """One signature more."""
        before = dossier.convention or ConventionState(seq=dossier.seq, sent=self.effective)
        if self.party == "beneficiary":
            return replace(dossier, convention=replace(before, beneficiary=self.effective))
        return replace(dossier, convention=replace(before, authority=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """By which."""
        del plan
        return Sentence(PARTIES[self.party])


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention(StepBase):
    """Needed where the decision's `amount` is above `above` euros (always, when `above` is empty)."""

    kind: Literal["convention"] = "convention"
    form: str = ""
    amount: str = "montant"
    above: str = ""
    decides: ClassVar[tuple[type[Command], ...]] = (SendConvention, SignConvention)
    label: ClassVar[str] = "Convention"
    under_way: ClassVar[bool] = True
    general_text: ClassVar[str] = "loi 2000-321 art. 10 (à confirmer)"
    follows_grant: ClassVar[bool] = True

    def needed(self, dossier: Dossier) -> bool:
        """Whether what was granted is enough to need one."""
        if not self.above or dossier.decision is None:
            return True
        granted = dossier.decision.content.get(self.amount)
        return isinstance(granted, str) and Decimal(granted) > Decimal(self.above)

    def done(self, dossier: Dossier) -> bool:
        """Once both parties signed, or where none is needed."""
        if not self.needed(dossier):
            return True
        made = dossier.convention
        return made is not None and made.beneficiary is not None and made.authority is not None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Send it, sign it."""
        match command:
            case SendConvention():
                return (self._sent(dossier, command, at),)
            case SignConvention():
                return (self._signed(dossier, command, at),)
            case _:
                raise TypeError(command)

    def _sent(self, dossier: Dossier, command: SendConvention, at: Instant) -> ConventionSent:
        if dossier.convention is not None:
            raise not_now("La convention est déjà à signer.", article=self.article)
        if not self.needed(dossier):
            raise not_now(
                Sentence("Aucune convention n'est prévue jusqu'à {above} €.", above=Verbatim(self.above)),
                article=self.article,
            )
        return ConventionSent(effective=at, article=self.article, content=command.content)

    def _signed(self, dossier: Dossier, command: SignConvention, at: Instant) -> ConventionSigned:
        made = dossier.convention
        if made is None:
            raise not_now("La convention n'est pas encore à signer.", article=self.article)
        if made.signed_by(command.party) is not None:
            raise not_now("Cette partie a déjà signé.", article=self.article)
        return ConventionSigned(
            effective=max(command.effective or at, made.sent),
            article=self.article,
            party=command.party,
            channel=command.channel,
            evidence=command.evidence,
        )
