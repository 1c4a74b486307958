"""What no sequence of admitted acts ever reaches, and where a dossier stays for ever: told by the kernel."""

from collections.abc import Iterator

from catalogue.checks.stories import Story, along
from catalogue.checks.subject import Subject
from catalogue.checks.ways import MOST_STATES, Move, Way, follow
from catalogue.errors import Fault
from domain.plan import Step
from domain.refusals import Refused
from domain.sentence import N_, Sentence, Verbatim

# Whose acts are known to every procedure: what they wait for is not a branch of the plan.
ALWAYS_THERE = frozenset({"completeness"})


def unreachable_steps(subject: Subject) -> Iterator[Fault]:
    """Each step may begin and be over, in some story."""
    for index, step in enumerate(subject.plan.steps):
        if step.kind in ALWAYS_THERE or _over(subject, step):
            continue
        tried = [move for move in subject.ways.moves if move.act in step.acts]
        what = Sentence(
            "l'étape « {label} » n'est jamais terminée, quoi qu'on fasse : elle ne sert à rien, ou bloque tout.",
            label=step.label,
        )
        right = N_("placez-la après ce qui doit la précéder, et avant la décision si elle la prépare")
        yield subject.fault(["steps", index, "kind"], what, right, story=_blocked(subject, tried))


def unreachable_outcomes(subject: Subject) -> Iterator[Fault]:
    """Each outcome may be decided, in some story."""
    kinds, decided = {step.kind for step in subject.plan.steps}, {way.decided for way in subject.ways.found}
    for index, outcome in enumerate(subject.plan.outcomes):
        if "decision" not in kinds or not set(outcome.needs or ()) <= kinds:
            continue  # the check of the steps tells it
        if outcome.key not in decided:
            tried = [move for move in subject.ways.moves if move.data.get("outcome") == outcome.key]
            what = Sentence("l'issue « {key} » n'est jamais décidée, quoi qu'on fasse : impasse.", key=outcome.key)
            right = 'needs = ["assessment"], des étapes qui précèdent la décision'
            yield subject.fault(["outcomes", index, "key"], what, right, story=_blocked(subject, tried))


def dead_ends(subject: Subject) -> Iterator[Fault]:
    """No dossier stays open with nothing that anybody, or time, can do about it."""
    stuck = subject.ways.first(lambda way: not way.leads_on)
    if stuck is not None:
        what = N_("un dossier reste ouvert pour toujours : plus aucun acte n'est admis, et rien n'arrive de soi-même.")
        awaited = {name for step in subject.plan.steps if not step.done(stuck.dossier) for name in step.acts}
        tried = tuple(move for move in subject.ways.moves if move.act in awaited)
        why = _why(stuck, tried) or N_("aucun acte ne reste à faire, et le dossier n'est pas clos.")
        right = N_("une suite d'étapes qui se termine : guichet simulate")
        yield subject.fault(["steps"], what, right, story=along(subject, stuck, why))


def too_many(subject: Subject) -> Iterator[Fault]:
    """A plan whose ways cannot be counted cannot be checked either."""
    if len(subject.ways.found) >= MOST_STATES:
        what = Sentence(
            "plus de {most} états ont été essayés : la démarche ne peut pas être vérifiée jusqu'au bout.",
            most=MOST_STATES,
        )
        yield subject.fault(["steps"], what, N_("moins d'étapes, de parts ou d'issues"))


def _over(subject: Subject, step: Step) -> bool:
    begun = subject.ways.first(lambda way: any(move.act in step.acts for move in way.moves))
    return begun is not None and subject.ways.first(lambda way: step.done(way.dossier)) is not None


def _blocked(subject: Subject, tried: list[Move]) -> Story:
    """The way that goes furthest without an answer, and why it goes no further."""
    deciding = any(move.act == "decide" for move in tried)
    waiting = (way for way in subject.ways.found if not way.dossier.closed and way.dossier.silence is None)
    ways = [way for way in waiting if not (deciding and way.decided)]
    furthest = max(ways, key=lambda way: _progress(subject, way), default=subject.ways.found[0])
    return along(subject, furthest, _why(furthest, tuple(tried)) or N_("aucun acte n'y mène."))


def _progress(subject: Subject, way: Way) -> tuple[int, int]:
    return sum(step.done(way.dossier) for step in subject.plan.steps), -len(way.moves)


def _why(way: Way, moves: tuple[Move, ...]) -> str:
    """The first refusal that those acts meet there."""
    for move in moves:
        try:
            follow(way, move)
        except Refused as refused:
            if refused.code != "nothing_due":
                return Sentence("{act} refusé : {why}", act=Verbatim(move.act), why=refused.sentence)
        except ValueError as unsaid:
            return Sentence("{act} : {why}", act=Verbatim(move.act), why=str(unsaid))
    return ""
