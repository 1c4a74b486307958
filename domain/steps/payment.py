"""Payments: what was granted is paid in the parts that the plan names, each ordered, then paid by the accountant."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, ActorKind
from domain.amounts import InvalidFacts, cents, in_euros, money
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, email
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import PaymentState
from domain.step import StepBase


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPayment(Command):
    """Order the part of that key to be paid; `amount` in euros, a decimal text, where the plan states no share."""

    by = AGENTS
    label = N_("Ordonner un paiement")
    signed = True
    ordered = True

    part: Annotated[str, Says(N_("Part à payer"), key=True)]
    amount: Annotated[str, Says(N_("Montant, en euros"), N_("Laissez vide quand la démarche fixe la part."))] = ""
    kind: Literal["order_payment"] = "order_payment"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The first part not ordered yet."""
        del by
        step = dossier.plan.step_of("payment")
        ordered = {payment.part for payment in dossier.payments}
        parts = step.parts if isinstance(step, Payment) else ()
        return cls(part=next((part.key for part in parts if part.key not in ordered), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment(Command):
    """Record that the accountant paid the part."""

    by = AGENTS
    label = N_("Enregistrer un paiement")
    may_be_late = True

    part: Annotated[str, Says(N_("Part payée"), key=True)]
    kind: Literal["record_payment"] = "record_payment"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The first that waits for it."""
        del by
        return cls(part=next((payment.part for payment in dossier.payments if payment.paid is None), ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrdered(Event):
    """A part was ordered."""

    who: ClassVar[str] = THE_OFFICE
    part: Annotated[str, Shows(elsewhere="a key: the sentence says the part's title")]
    amount: str
    kind: Literal["payment_ordered"] = "payment_ordered"

    def upon(self, dossier: Dossier) -> Dossier:
        """One part more."""
        ordered = PaymentState(seq=dossier.seq, part=self.part, amount=self.amount, ordered=self.effective)
        return replace(dossier, payments=(*dossier.payments, ordered))

    def in_french(self, plan: Plan) -> Sentence:
        """How much, for which part."""
        return Sentence(
            "Un paiement de {amount} est ordonné : {title}.",
            amount=in_euros(self.amount),
            title=part_title(plan, self.part),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(Event):
    """A part was paid."""

    who: ClassVar[str] = N_("le comptable")
    follows: ClassVar[tuple[Effect, ...]] = (
        email("paid", N_("Un paiement est fait"), N_("Un paiement lié à votre demande vient d'être fait."), "payment"),
    )
    part: Annotated[str, Shows(elsewhere="a key: the sentence says the part's title")]
    kind: Literal["paid"] = "paid"

    def upon(self, dossier: Dossier) -> Dossier:
        """That part is over."""
        return paid_on(dossier, self.part, self.effective)

    def in_french(self, plan: Plan) -> Sentence:
        """Which part."""
        return Sentence("Le paiement est fait : {title}.", title=part_title(plan, self.part))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of what was granted: its `share` of it (a decimal text), or an amount to be given; `after` which step."""

    key: str
    title: str
    share: str = ""
    after: Literal["", "convention", "report"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(StepBase):
    """The `parts` of the decision's `amount`, in their order; together never more than it."""

    kind: Literal["payment"] = "payment"
    amount: str = "montant"
    parts: tuple[Part, ...] = ()
    decides: ClassVar[tuple[type[Command], ...]] = (OrderPayment, RecordPayment)
    label: ClassVar[str] = "Paiement"
    under_way: ClassVar[bool] = True
    general_text: ClassVar[str] = "décision d'attribution"
    follows_grant: ClassVar[bool] = True

    def done(self, dossier: Dossier) -> bool:
        """Once every part is paid."""
        paid = {payment.part for payment in dossier.payments if payment.paid is not None}
        return paid >= {part.key for part in self.parts}

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Order a part, or record that it was paid."""
        match command:
            case OrderPayment():
                return (self._ordered(dossier, command, at),)
            case RecordPayment():
                return (self._paid(dossier, command, at),)
            case _:
                raise TypeError(command)

    def _ordered(self, dossier: Dossier, command: OrderPayment, at: Instant) -> PaymentOrdered:
        part = next((part for part in self.parts if part.key == command.part), None)
        if part is None:
            known = ", ".join(part.key for part in self.parts)
            raise Refused(
                "unknown_part",
                Sentence("« {part} » n'est pas une part.", part=Verbatim(command.part)),
                what_to_do=Sentence("Parts : {known}.", known=Verbatim(known)),
            )
        if any(payment.part == part.key for payment in dossier.payments):
            raise not_now("Cette part est déjà ordonnée.")
        self._refuse_before_others(dossier, part)
        step = dossier.plan.step_of(part.after) if part.after else None
        if step is not None and not step.done(dossier):
            raise not_now(Sentence("Cette part vient après l'étape « {step} ».", step=step.label), article=step.article)
        amount = self._amount(dossier, part, command.amount)
        return PaymentOrdered(effective=at, article=self.article, part=part.key, amount=str(amount))

    def _refuse_before_others(self, dossier: Dossier, part: Part) -> None:
        """The last share is what the others leave: paid first, it would leave them nothing, for ever."""
        ordered = {payment.part for payment in dossier.payments}
        first = next((each for each in self.parts if each.key not in ordered), part)
        if first.key != part.key:
            raise not_now(
                Sentence("Les parts se paient dans leur ordre : « {title} » vient d'abord.", title=first.title),
                article=self.article,
            )

    def _amount(self, dossier: Dossier, part: Part, said: str) -> Decimal:
        granted = self.granted(dossier)
        left = granted - sum((Decimal(payment.amount) for payment in dossier.payments), Decimal(0))
        try:
            amount = cents(granted * Decimal(part.share)) if part.share else money("amount", said)
        except InvalidFacts as invalid:
            raise Refused("amount_invalid", str(invalid), what_to_do="Donnez le montant de cette part.") from invalid
        if part == self.parts[-1] and part.share:
            amount = left  # the last share takes what rounding left
        if amount > left:
            raise Refused(
                "amount_above_grant",
                Sentence(
                    "Il reste {left} à payer sur {granted} accordés.", left=in_euros(left), granted=in_euros(granted)
                ),
            )
        return amount

    def granted(self, dossier: Dossier) -> Decimal:
        """What the decision grants, in euros. Raises Refused when it says no amount."""
        content = dossier.decision.content if dossier.decision is not None else {}
        try:
            return money(self.amount, content.get(self.amount))
        except InvalidFacts as invalid:
            raise Refused("amount_unknown", "La décision ne dit aucun montant à payer.") from invalid

    def _paid(self, dossier: Dossier, command: RecordPayment, at: Instant) -> Paid:
        payment = next((payment for payment in dossier.payments if payment.part == command.part), None)
        if payment is None or payment.paid is not None:
            raise not_now("Aucun paiement de cette part n'attend.")
        if command.effective is not None and command.effective < payment.ordered:
            raise Refused("effective_too_early", "Un paiement ne peut être fait avant d'avoir été ordonné.")
        return Paid(
            effective=command.effective or at,
            article=self.article,
            channel=command.channel,
            evidence=command.evidence,
            part=command.part,
        )


def paid_on(dossier: Dossier, part: str, on: Instant) -> Dossier:
    """That part is paid, that day."""
    payments = tuple(replace(each, paid=on) if each.part == part else each for each in dossier.payments)
    return replace(dossier, payments=payments)


def part_title(plan: Plan, key: str) -> str:
    """What a part is called; its key when the plan does not know it."""
    step = plan.step_of("payment")
    parts = step.parts if isinstance(step, Payment) else ()
    return next((part.title for part in parts if part.key == key), key)
