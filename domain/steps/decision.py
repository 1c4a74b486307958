"""An express decision: its reasons in law and in fact (CRPA L211-5), and what silence has already made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from domain.act_fields import IN_FACT, IN_LAW, LONG, Says
from domain.actors import AGENTS, ActorKind
from domain.blank import is_blank
from domain.calendar import Delay, Instant, civil
from domain.command import IMAGINED, Command
from domain.days_in_words import day_in_figures, day_in_words
from domain.deadline import Deadline
from domain.derivation import Line
from domain.dossier import Dossier
from domain.effect import Reminder, Reminding, reminding, tell
from domain.event import Events
from domain.extension import Extend, Extended
from domain.plan import Outcome, Plan, Step
from domain.refusals import Refused, not_now
from domain.revocation_period import revocable
from domain.sentence import N_, Sentence, Verbatim
from domain.step import StepBase
from domain.steps.decision_events import Decided
from domain.steps.opinion import Opinion
from domain.steps.vote import refuse_against_vote

AFTER_OPINION = reminding(
    tell(
        "decide_after_opinion",
        "l'avis est rendu, ou réputé rendu : la décision doit être signée dans {delay}.",
        "decision",
    ),
    before=Delay(days=7),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Command):
    """Sign a decision, with its reasons in law and in fact (CRPA L211-5), and its content on the outcome's own form.

    The answer gives the last useful day of notification, channel by channel.
    """

    by = AGENTS
    label = N_("Signer une décision")
    signed = True
    writes = True

    outcome: Annotated[str, Says(key=True)]
    reasons_law: Annotated[str, Says(N_("Motifs en droit"), IN_LAW, most=LONG)] = ""
    reasons_fact: Annotated[str, Says(N_("Motifs en fait"), IN_FACT, most=LONG)] = ""
    content: Annotated[Mapping[str, Any], Says()] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)
    signatory: str = ""
    kind: Literal["decide"] = "decide"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The outcome that asks the least: after the fewest steps, favourable first."""
        del by
        steps = len(dossier.plan.steps)
        outcomes = sorted(
            dossier.plan.outcomes,
            key=lambda o: (steps if o.needs is None else len(o.needs), not o.favourable, o.key),
        )
        return cls(outcome=outcomes[0].key if outcomes else "")

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """What is asked for, once its steps are done; before, the outcome that waits for the fewest."""
        del at
        ready = (o.key for o in dossier.plan.outcomes if o.favourable and first_awaited(dossier, o) is None)
        likeliest = next(ready, cls.probe(dossier, by).outcome)
        outcome = dossier.plan.outcome(str(given.get("outcome", likeliest)))
        motivated = outcome is not None and outcome.reasons_required
        reasons = {"reasons_law": IMAGINED, "reasons_fact": IMAGINED} if motivated else {}
        return {"outcome": likeliest, **reasons}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(StepBase):
    """Signed by `signatory`; its outcomes are the plan's.

    `after_opinion` is the authority's own time once the body consulted has answered, or may no longer: agents are
    reminded of it. It decides nothing by itself, the clock's silence does.
    """

    kind: Literal["decision"] = "decision"
    signatory: str = ""
    after_opinion: Delay | None = None
    decides: ClassVar[tuple[type[Command], ...]] = (Decide, Extend)
    label: ClassVar[str] = "Décision"
    by_state: ClassVar[bool] = True
    reminders: ClassVar[tuple[Reminding, ...]] = (AFTER_OPINION,)
    general_text: ClassVar[str] = "CRPA L211-2, L211-5"

    def done(self, dossier: Dossier) -> bool:
        """Once signed."""
        return dossier.decision is not None

    def last_day(self, dossier: Dossier) -> date | None:
        """The last day to decide after the opinion; None without one, and once the request is answered."""
        step = dossier.plan.step_of("opinion")
        over = step.over(dossier) if isinstance(step, Opinion) else None
        if self.after_opinion is None or over is None or dossier.decision is not None or dossier.silence is not None:
            return None
        return self.after_opinion.last_day(over)

    def deadlines(self, dossier: Dossier) -> Iterator[Deadline]:
        """The time that runs from the opinion."""
        asked = dossier.plan.step_of("opinion")
        over = asked.over(dossier) if isinstance(asked, Opinion) else None
        if self.after_opinion is not None and over is not None and dossier.opinion is not None:
            last, what = self.after_opinion.last_day(over), N_("décision attendue après l'avis")
            yield Deadline(what=what, last=last, article=self.article, cause=dossier.opinion.seq, kept=False)

    def terms_of_office(self, dossier: Dossier) -> Iterator[Line]:
        """The same: passed, it changes nothing."""
        last, opinion = self.last_day(dossier), dossier.opinion
        if self.after_opinion is None or last is None or opinion is None:
            return
        given = self.after_opinion.in_words()
        yield Line(
            about="term",
            key="decide_by",
            at=last,
            sentence=Sentence(
                "La décision est attendue {delay} après l'avis, le {day} au plus tard ; passé ce jour, elle reste "
                "possible, et le délai de la demande n'en est pas changé.",
                delay=given,
                day=day_in_words(last),
            ),
            rule=Sentence("délai de {delay} pour décider après l'avis", delay=given),
            article=self.article,
            seq=opinion.seq,
        )

    def lost(self, dossier: Dossier, target: Plan) -> str:
        """A signed decision that the target could not have signed."""
        decision = dossier.decision
        outcome = target.outcome(decision.outcome) if decision is not None else None
        if decision is not None and (outcome is None or outcome.favourable != decision.favourable):
            return N_("La décision signée n'est pas une issue de la version visée.")
        return ""

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """Agents, before their time after the opinion is over."""
        last = self.last_day(dossier)
        if last is not None and dossier.opinion is not None:
            yield AFTER_OPINION.of(last, dossier.opinion.seq)

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Sign a decision, or prolong the delay where a text allows it."""
        match command:
            case Decide():
                return (self._sign(dossier, command, at),)
            case Extend():
                return (_extend(dossier, command, at, self.article),)
            case _:
                raise TypeError(command)

    def _sign(self, dossier: Dossier, command: Decide, at: Instant) -> Decided:
        outcome = dossier.plan.outcome(command.outcome)
        if outcome is None:
            known = ", ".join(o.key for o in dossier.plan.outcomes)
            raise Refused(
                "unknown_outcome",
                Sentence("« {outcome} » n'est pas une issue.", outcome=Verbatim(command.outcome)),
                what_to_do=Sentence("Issues : {known}.", known=Verbatim(known)),
            )
        if dossier.decision is not None:
            raise not_now("La décision est déjà signée.")
        if not outcome.favourable:
            refuse_against_acceptance(dossier)
        _refuse_before_its_steps(dossier, outcome)
        refuse_against_vote(dossier, favourable=outcome.favourable)
        if outcome.reasons_required and any(map(is_blank, (command.reasons_law, command.reasons_fact))):
            raise Refused(
                "reasons_missing",
                "Cette décision doit être motivée, en droit et en fait.",
                article="CRPA L211-2, L211-5",
                what_to_do="Écrivez les deux motifs.",
            )
        return Decided(
            effective=at,
            article=", ".join(outcome.reference) or self.article,
            outcome=outcome.key,
            favourable=outcome.favourable,
            reasons_law=command.reasons_law,
            reasons_fact=command.reasons_fact,
            content=command.content,
            used=command.used,
            signatory=command.signatory or self.signatory,
        )


ACQUIRED = {
    "notification": N_(
        "Le dossier ne peut plus être refusé. L'acceptation est acquise depuis le {day} à minuit, "
        "faute de notification dans le délai"
    ),
    "decision": N_(
        "Le dossier ne peut plus être refusé. L'acceptation est acquise depuis le {day} à minuit, "
        "faute de décision dans le délai"
    ),
}
"""What silence gave, by what should have stopped it."""


def refuse_against_acceptance(dossier: Dossier) -> None:
    """An acceptance acquired by silence stands; only a withdrawal may undo it (CRPA L242-1, L122-1). Raises Refused."""
    silence = dossier.silence
    if silence is None or silence.effect != "acceptance":
        return
    since, given = silence.dated, revocable(dossier)
    until = given.until if given is not None else since
    texts = ", ".join(dossier.plan.clock.reference)
    raise Refused(
        "acceptance_acquired",
        Sentence(ACQUIRED[dossier.plan.clock.stopped_by], day=day_in_figures(since)),
        article=texts,
        what_to_do=Sentence(
            "Si l'acceptation est illégale, elle peut être retirée jusqu'au {day}, "
            "après une procédure contradictoire (CRPA L242-1, L122-1).",
            day=day_in_figures(until),
        ),
    )


def first_awaited(dossier: Dossier, outcome: Outcome) -> Step | None:
    """The first step that must still be done before deciding so; None when nothing stands in the way."""
    for step in dossier.plan.steps:
        if step.kind == "decision":
            return None
        if (outcome.needs is None or step.kind in outcome.needs) and not step.done(dossier):
            return step
    return None


def _refuse_before_its_steps(dossier: Dossier, outcome: Outcome) -> None:
    step = first_awaited(dossier, outcome)
    if step is not None:
        raise not_now(
            Sentence("L'étape « {step} » n'est pas terminée.", step=step.label),
            article=step.article,
            what_to_do="Terminez-la avant de décider ainsi.",
        )


def _extend(dossier: Dossier, command: Extend, at: Instant, article: str) -> Extended:
    if dossier.plan.extension is None:
        raise not_now("Aucun texte ne permet de prolonger le délai de cette démarche.")
    if dossier.decision is not None or dossier.silence is not None:
        raise not_now("Le délai est déjà éteint.")
    expires = dossier.reckoning().expires
    if expires is not None and civil(at) > expires:
        raise not_now(Sentence("Le délai est fini depuis le {day}.", day=day_in_figures(expires)), article=article)
    if any(dated.fact.kind == "extended" for dated in dossier.facts):
        raise not_now("Le délai a déjà été prolongé.", article=article)
    if is_blank(command.reasons):
        raise Refused("reasons_missing", "La prolongation doit être motivée.", article=article)
    return Extended(effective=at, article=article, by=dossier.plan.extension, reasons=command.reasons)
