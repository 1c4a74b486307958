"""The shortest story that leads to a fault, told by the kernel: dated acts, what the law makes of them, the fault."""

from collections.abc import Callable, Iterable

from catalogue.checks.subject import Subject
from catalogue.checks.ways import Way
from domain.days_in_words import day_in_words
from domain.futures.simulation import Told, tell
from domain.plan import Step
from domain.sentence import Sentence

Story = tuple[str, ...]


def lines(told: Iterable[Told], end: str) -> Story:
    """Each line with its day and who acts, then what is wrong."""
    every = (_line(each) for each in told if not each.refused)
    return (*every, Sentence("→ {end}", end=end))


def _line(each: Told) -> Sentence:
    day = day_in_words(each.dated)
    return Sentence("{day} — {who} : {sentence}", day=day, who=each.who, sentence=each.sentence)


def along(subject: Subject, way: Way, end: str) -> Story:
    """The story of a way."""
    return lines(tell(subject.plan, way.acts, way.at).lines, end)


def shortest(subject: Subject, wanted: Callable[[Way], bool], end: str) -> Story:
    """The shortest way to what is wanted; the filing alone when nothing leads there."""
    way = subject.ways.first(wanted) or subject.ways.found[0]
    return along(subject, way, end)


def before(subject: Subject, step: Step, end: str) -> Story:
    """The shortest way to the moment when that step is awaited; to what was granted, when it follows a grant."""
    done = subject.ways.first(lambda way: way.last in step.acts)
    if done is None:
        return shortest(subject, lambda way: step.follows_grant and way.dossier.status == "granted", end)
    return lines(tell(subject.plan, done.acts[:-1], done.acts[-1].at).lines, end)


def closed(subject: Subject, end: str) -> Story:
    """The shortest way to a dossier that is over."""
    return shortest(subject, lambda way: way.dossier.closed, end)


def refused(subject: Subject, outcome: str, end: str) -> Story:
    """The shortest way to a dossier decided so; to the silence that rejects, for the empty outcome."""
    if not outcome:
        return shortest(subject, _unfavourable, end)
    return shortest(subject, lambda way: way.decided == outcome, end)


def _unfavourable(way: Way) -> bool:
    silence, decision = way.dossier.silence, way.dossier.decision
    return (silence is not None and silence.effect == "rejection") or (
        decision is not None and not decision.favourable and decision.notified is not None
    )
