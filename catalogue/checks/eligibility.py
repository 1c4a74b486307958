"""`eligibility.toml`: whole sentences, each on a text, and procedures that exist."""

from collections import Counter
from collections.abc import Iterator

from catalogue.checks.subject import Subject
from catalogue.checks.texts import CONFIDENCE, REFERENCE, SURE
from catalogue.eligibility import FILE, Question, read
from catalogue.errors import CatalogueError, Fault
from catalogue.loader import catalogue
from domain.sentence import N_, Sentence


def eligibility(subject: Subject) -> Iterator[Fault]:
    """Every question is asked once, of one fact, and says what its answers mean."""
    try:
        asked = read(subject.folder).questions
    except CatalogueError as unreadable:
        yield from unreadable.faults
        return
    twice = {key for key, times in Counter(each.key for each in asked).items() if times > 1}
    for index, question in enumerate(asked):
        for name, what, right in _faults(subject, question, twice):
            yield subject.fault(["questions", index, name], what, right, file=FILE, where=f"{question.key}.{name}")


def _faults(subject: Subject, question: Question, twice: set[str]) -> Iterator[tuple[str, str, str]]:
    if question.key in twice:
        yield "key", Sentence("deux questions s'appellent « {key} ».", key=question.key), 'key = "age"'
    if not question.question.endswith(" ?"):
        yield (
            "question",
            N_("une question finit par un point d'interrogation."),
            'question = "Avez-vous 60 ans ou plus ?"',
        )
    for name in ("otherwise", "unsure"):
        text = getattr(question, name)
        if text and not text.endswith("."):
            yield name, N_("il faut une phrase entière, avec son point."), f'{name} = "Adressez-vous à la mairie."'
    if question.see and question.see not in (others := _others(subject)):
        known = ", ".join(sorted(others))
        yield (
            "see",
            Sentence("« {see} » n'est pas une autre démarche. Démarches : {known}.", see=question.see, known=known),
            'see = "mdph"',
        )
    if not question.reference or not all(text.strip() for text in question.reference):
        yield "reference", N_("cette condition ne dit pas sur quel texte elle se fonde."), REFERENCE
    if question.confidence not in CONFIDENCE or len(question.confidence) != 1:
        yield "confidence", N_("la sûreté de cette condition n'est pas dite."), SURE


def _others(subject: Subject) -> set[str]:
    """An author may write one procedure apart: those that are shipped are there to be seen all the same."""
    return {*subject.within.slugs(), *catalogue().slugs()} - {subject.slug}
