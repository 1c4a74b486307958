"""The way through a procedure: no dead end, every wait bounded, the steps it needs, its dues ranked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalogue.cases import Case, filing, instant
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from domain.commands import Acknowledge
from domain.due import DEFAULT_RANKS
from domain.plan import Plan
from domain.simulation import Planned, tell

A_DAY = "2026-11-23"
STEPS = {
    "decision": "sans elle, personne ne peut répondre à la demande",
    "notice": "sans elle, une décision n'est opposable à personne (CRPA L221-8)",
}


def steps(subject: Subject) -> Iterator[Fault]:
    """The steps that every procedure has, and those that its outcomes wait for."""
    kinds = [step.kind for step in subject.plan.steps]
    for kind, why in STEPS.items():
        # What another authority answers is transmitted, not decided here (CRPA L114-2).
        if kind not in kinds and "transmission" not in kinds:
            yield subject.fault(["steps"], f"il manque l'étape « {kind} » : {why}.", f'[[steps]] puis kind = "{kind}"')
    if subject.plan.pieces and "completeness" not in kinds:
        what = "des pièces sont prévues, et aucune étape « completeness » ne les demande ni ne les reçoit."
        yield subject.fault(["steps"], what, '[[steps]] puis kind = "completeness"')
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        yield subject.fault(["steps"], f"l'étape « {kind} » figure deux fois ; une démarche n'en a qu'une de chaque.")
    for index, outcome in enumerate(subject.plan.outcomes):
        for kind in sorted(set(outcome.needs or ()) - set(kinds)):
            what = f"l'issue « {outcome.key} » attend l'étape « {kind} », que la démarche n'a pas : impasse."
            yield subject.fault(["outcomes", index, "needs"], what, f'[[steps]] puis kind = "{kind}"')


def waits(subject: Subject) -> Iterator[Fault]:
    """Every wait has an end, or somebody is told."""
    for index, step in enumerate(subject.plan.steps):
        at: list[int | str] = ["steps", index]
        if step.kind == "assessment" and step.within is None:
            what = "l'évaluation n'a pas de terme : personne ne serait averti qu'elle tarde."
            yield subject.fault([*at, "within"], what, "within = { days = 30 }")
        if step.kind == "proposal" and step.propose_within is None:
            what = "la proposition n'a pas de terme : personne ne serait averti qu'elle tarde."
            yield subject.fault([*at, "propose_within"], what, "propose_within = { days = 30 }")
        if step.kind == "visa" and not step.levels:
            what = "le visa n'a pas de niveau."
            yield subject.fault([*at, "levels"], what, 'levels = ["responsable du service"]')
        if step.kind == "payment" and not step.parts:
            what = "le paiement n'a pas de part : rien ne serait jamais payé."
            yield subject.fault([*at, "parts"], what, 'parts = [{ key = "solde", title = "Versement", share = "1" }]')
        if step.kind == "transmission" and not step.to.strip():
            what = "la transmission ne dit pas à qui : la demande n'arriverait nulle part."
            yield subject.fault([*at, "to"], what, 'to = "Maison départementale des personnes handicapées"')
        never = step.kind == "completeness" and step.acknowledge_within is None
        if never and subject.plan.clock.start == "acknowledged":
            what = "le délai part de l'accusé de réception, et rien ne borne l'attente de cet accusé."
            yield subject.fault([*at, "acknowledge_within"], what, "acknowledge_within = { days = 10 }")


def ends(subject: Subject) -> Iterator[Fault]:
    """Told by the kernel: when nobody acts, something decides."""
    if subject.plan.clock.silence == "none":
        return
    alone = Case(name="personne", title="personne n'agit", filed=A_DAY)
    filed = Planned(at=instant(A_DAY), command=filing(subject.plan, alone))
    told = tell(subject.plan, [filed, *_acknowledged(subject.plan)])
    if told.dossier.silence is None:
        what = "personne n'agit, et rien n'arrive jamais : le délai ne part pas d'un dossier déposé complet. Impasse."
        yield subject.fault(["clock", "start"], what, 'start = "complete"')


def _acknowledged(plan: Plan) -> Iterator[Planned]:
    """The acknowledgement that starts the delay, on its last day: `waits` sees that it is bounded and somebody told."""
    step = plan.step_of("completeness")
    within = step.acknowledge_within if step is not None and step.kind == "completeness" else None
    if plan.clock.start == "acknowledged" and within is not None:
        last = within.last_day(date.fromisoformat(A_DAY))
        yield Planned(at=instant(last.isoformat()), command=Acknowledge())


def outcomes(subject: Subject) -> Iterator[Fault]:
    """Both ways to decide; none where another authority decides."""
    if subject.plan.step_of("transmission") is not None:
        return
    if not any(outcome.favourable for outcome in subject.plan.outcomes):
        example = 'key = "accord", title = "Accord", favourable = true'
        yield subject.fault(["outcomes"], "aucune issue n'est favorable.", f"[[outcomes]] puis {example}")
    if all(outcome.favourable for outcome in subject.plan.outcomes):
        example = 'key = "refus", title = "Refus", favourable = false, reasons_required = true'
        yield subject.fault(["outcomes"], "aucune issue n'est défavorable.", f"[[outcomes]] puis {example}")


def ranks(subject: Subject) -> Iterator[Fault]:
    """What may fall at the same instant has an order, and the order a reason."""
    plan, kinds = subject.plan, {step.kind for step in subject.plan.steps}
    for index, rank in enumerate(plan.ranks):
        if rank.due not in DEFAULT_RANKS:
            what, known = f"l'échéance « {rank.due} » n'existe pas.", ", ".join(DEFAULT_RANKS)
            yield subject.fault(["ranks", index, "due"], what, known)
        if not rank.reason.strip():
            what = "un rang dit pourquoi il précède les autres."
            yield subject.fault(["ranks", index, "reason"], what, 'reason = "Un avis réputé reçu arrête le délai."')
        if any(other.rank == rank.rank for other in plan.ranks[:index]):
            yield subject.fault(["ranks", index, "rank"], "deux échéances ont le même rang : l'ordre serait un hasard.")
    needed = {"silence": plan.clock.silence != "none", "proposal_silence": "proposal" in kinds}
    needed["notice_deemed"] = "notice" in kinds and plan.clock.stopped_by == "notification"
    needed["opinion_deemed"] = "opinion" in kinds
    for due in sorted({due for due, wanted in needed.items() if wanted} - {rank.due for rank in plan.ranks}):
        what = f"l'échéance « {due} » peut tomber au même instant qu'une autre : dites son rang, et pourquoi."
        example = f'[[ranks]] puis due = "{due}", rank = {DEFAULT_RANKS[due]}, reason = "…"'
        yield subject.fault(["ranks"], what, example)
