"""The way through a procedure: no dead end, every wait bounded, the steps it needs, its dues ranked."""

from collections.abc import Iterator

from catalogue.cases import Case, filing
from catalogue.checks import stories
from catalogue.checks.subject import Subject
from catalogue.checks.ways import A_DAY
from catalogue.errors import Fault
from domain.act_description import instant
from domain.dues import DUES
from domain.futures.simulation import Planned, tell
from domain.plan import Step
from domain.sentence import N_, Sentence
from domain.steps.assessment import Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.payment import Payment
from domain.steps.proposal import Proposal
from domain.steps.transmission import Transmission
from domain.steps.visa import Visa

STEPS = {
    "decision": N_("sans elle, personne ne peut répondre à la demande"),
    "notice": N_("sans elle, une décision n'est opposable à personne (CRPA L221-8)"),
}


def steps(subject: Subject) -> Iterator[Fault]:
    """The steps that every procedure has, and those that its outcomes wait for."""
    kinds = [step.kind for step in subject.plan.steps]
    for kind, why in STEPS.items():
        # What another authority answers is transmitted, not decided here (CRPA L114-2).
        if kind not in kinds and "transmission" not in kinds:
            yield subject.fault(
                ["steps"],
                Sentence("il manque l'étape « {kind} » : {why}.", kind=kind, why=why),
                f'[[steps]] puis kind = "{kind}"',
            )
    if subject.plan.pieces and "completeness" not in kinds:
        what = N_("des pièces sont prévues, et aucune étape « completeness » ne les demande ni ne les reçoit.")
        yield subject.fault(["steps"], what, '[[steps]] puis kind = "completeness"')
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        what = Sentence("l'étape « {kind} » figure deux fois ; une démarche n'en a qu'une de chaque.", kind=kind)
        yield subject.fault(["steps"], what, f'[[steps]] puis kind = "{kind}", une seule fois')
    for index, step in enumerate(subject.plan.steps):
        if isinstance(step, Decision) and step.after_opinion is not None and "opinion" not in kinds:
            what = N_("la décision attend un avis, et aucune étape « opinion » ne le demande.")
            yield subject.fault(["steps", index, "after_opinion"], what, '[[steps]] puis kind = "opinion"')
    for index, outcome in enumerate(subject.plan.outcomes):
        for kind in sorted(set(outcome.needs or ()) - set(kinds)):
            what = Sentence(
                "l'issue « {key} » attend l'étape « {kind} », que la démarche n'a pas : impasse.",
                key=outcome.key,
                kind=kind,
            )
            yield subject.fault(["outcomes", index, "needs"], what, f'[[steps]] puis kind = "{kind}"')


def waits(subject: Subject) -> Iterator[Fault]:
    """Every wait has an end, or somebody is told."""
    for index, step in enumerate(subject.plan.steps):
        for word, what, right in _endless(subject, step):
            story = stories.before(subject, step, N_("personne n'agit, et rien ne dit jusqu'à quand l'attendre."))
            yield subject.fault(["steps", index, word], what, right, story=story)


def _endless(subject: Subject, step: Step) -> Iterator[tuple[str, str, str]]:
    """The words that bound a step's wait and are missing: the word, what is wrong, what is right."""
    match step:
        case Assessment(within=None):
            what = N_("l'évaluation n'a pas de terme : personne ne serait averti qu'elle tarde.")
            yield "within", what, "within = { days = 30 }"
        case Proposal(propose_within=None):
            what = N_("la proposition n'a pas de terme : personne ne serait averti qu'elle tarde.")
            yield "propose_within", what, "propose_within = { days = 30 }"
        case Visa(levels=()):
            yield "levels", N_("le visa n'a pas de niveau."), 'levels = ["responsable du service"]'
        case Payment(parts=()):
            what = N_("le paiement n'a pas de part : rien ne serait jamais payé.")
            yield "parts", what, 'parts = [{ key = "solde", title = "Versement", share = "1" }]'
        case Transmission(to=to) if not to.strip():
            what = N_("la transmission ne dit pas à qui : la demande n'arriverait nulle part.")
            yield "to", what, 'to = "Maison départementale des personnes handicapées"'
        case Completeness(acknowledge_within=None) if subject.plan.clock.start == "acknowledged":
            what = N_("le délai part de l'accusé de réception, et rien ne borne l'attente de cet accusé.")
            yield "acknowledge_within", what, "acknowledge_within = { days = 10 }"


def ends(subject: Subject) -> Iterator[Fault]:
    """Told by the kernel: when nobody acts, something decides."""
    if subject.plan.clock.silence == "none":
        return
    alone = Case(name="personne", title="personne n'agit", filed=A_DAY)
    told = tell(subject.plan, [Planned(at=instant(A_DAY), command=filing(subject.plan, alone))])
    if told.dossier.silence is None:
        what = N_(
            "personne n'agit, et rien n'arrive jamais : le délai ne part pas d'un dossier déposé complet. Impasse."
        )
        story = stories.lines(told.lines, N_("personne n'agit, et plus rien n'arrive."))
        yield subject.fault(["clock", "start"], what, 'start = "complete"', story=story)


def outcomes(subject: Subject) -> Iterator[Fault]:
    """Both ways to decide; none where another authority decides."""
    if subject.plan.step_of("transmission") is not None:
        return
    if not any(outcome.favourable for outcome in subject.plan.outcomes):
        example = 'key = "accord", title = "Accord", favourable = true'
        yield subject.fault(["outcomes"], N_("aucune issue n'est favorable."), f"[[outcomes]] puis {example}")
    if all(outcome.favourable for outcome in subject.plan.outcomes):
        example = 'key = "refus", title = "Refus", favourable = false, reasons_required = true'
        yield subject.fault(["outcomes"], N_("aucune issue n'est défavorable."), f"[[outcomes]] puis {example}")


def ranks(subject: Subject) -> Iterator[Fault]:
    """What may fall at the same instant has an order, and the order a reason."""
    plan, kinds = subject.plan, {step.kind for step in subject.plan.steps}
    for index, rank in enumerate(plan.ranks):
        if rank.due not in DUES:
            what, known = Sentence("l'échéance « {due} » n'existe pas.", due=rank.due), ", ".join(DUES)
            yield subject.fault(["ranks", index, "due"], what, known)
        if not rank.reason.strip():
            what = Sentence("un rang dit pourquoi il précède les autres.")
            yield subject.fault(["ranks", index, "reason"], what, 'reason = "Un avis réputé reçu arrête le délai."')
        if any(other.rank == rank.rank for other in plan.ranks[:index]):
            what = Sentence("deux échéances ont le même rang : l'ordre serait un hasard.")
            yield subject.fault(["ranks", index, "rank"], what, f"rank = {rank.rank + 1}")
    needed = {"silence": plan.clock.silence != "none", "proposal_silence": "proposal" in kinds}
    needed["notice_deemed"] = "notice" in kinds and plan.clock.stopped_by == "notification"
    needed["opinion_deemed"] = "opinion" in kinds
    for due in sorted({due for due, wanted in needed.items() if wanted} - {rank.due for rank in plan.ranks}):
        what = Sentence(
            "l'échéance « {due} » peut tomber au même instant qu'une autre : dites son rang, et pourquoi.", due=due
        )
        example = f'[[ranks]] puis due = "{due}", rank = {DUES[due].rank}, reason = "…"'
        yield subject.fault(["ranks"], what, example)
