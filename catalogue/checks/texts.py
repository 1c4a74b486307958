"""What the texts say: a reference and a confidence for each legal fact, reasons, appeals, retention."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from catalogue.checks import stories
from catalogue.checks.stories import Story
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from domain.sentence import N_, Sentence, Verbatim

CONFIDENCE = "ABCU"
REFERENCE = 'reference = ["CASF L421-6"]'
SURE = 'confidence = "B" (A : lu dans le texte ; B : copie du texte ; C : source tierce ; U : à confirmer)'


def references(subject: Subject) -> Iterator[Fault]:
    """The clock, each step, each piece, each outcome and each appeal stand on a text."""
    plan = subject.plan
    runs = partial(stories.shortest, subject, lambda way: bool(way.dossier.complete), N_("le délai court, sans texte."))
    yield from _text(subject, ["clock"], plan.clock.reference, plan.clock.confidence, N_("le délai"), runs)
    for index, step in enumerate(plan.steps):
        awaited = partial(stories.before, subject, step, N_("l'étape est attendue, sans texte."))
        what = Sentence("l'étape « {kind} »", kind=Verbatim(step.kind))
        yield from _text(subject, ["steps", index], step.reference, step.confidence, what, awaited)
    for index, appeal in enumerate(plan.appeals):
        yield from _text(
            subject,
            ["appeals", index],
            appeal.reference,
            appeal.confidence,
            Sentence("« {title} »", title=appeal.title),
        )
    for index, piece in enumerate(plan.pieces):
        optional = not piece.required and not piece.required_when
        # A piece that no text asks for may be offered, never required (CRPA L114-5).
        reference = piece.reference or (("facultative",) if optional and piece.confidence == "U" else ())
        yield from _text(
            subject,
            ["pieces", index],
            reference,
            piece.confidence,
            Sentence("la pièce « {key} »", key=Verbatim(piece.key)),
        )
    for index, outcome in enumerate(plan.outcomes):
        if not outcome.reference:
            what = Sentence("l'issue « {key} » ne dit pas sur quel texte elle se fonde.", key=outcome.key)
            yield subject.fault(["outcomes", index, "reference"], what, REFERENCE)


def _text(
    subject: Subject,
    at: Sequence[int | str],
    reference: Sequence[str],
    confidence: str,
    what: str,
    story: Callable[[], Story] = tuple,
) -> Iterator[Fault]:
    if not reference or not all(text.strip() for text in reference):
        said = Sentence(
            "{what} ne dit pas sur quel texte il ou elle se fonde ; on ne décide que sur un texte.", what=what
        )
        yield subject.fault([*at, "reference"], said, REFERENCE, story=story())
    if confidence not in CONFIDENCE or len(confidence) != 1:
        yield subject.fault(
            [*at, "confidence"], Sentence("{what} : dites à quel point ce fait est sûr.", what=what), SURE
        )


def unfavourable(subject: Subject) -> Iterator[Fault]:
    """A refusal has its reasons and its appeals."""
    for index, outcome in enumerate(subject.plan.outcomes):
        if not outcome.favourable and not outcome.reasons_required:
            what = Sentence(
                "l'issue « {key} » est défavorable : elle se motive (CRPA L211-2, L211-5).", key=outcome.key
            )
            story = stories.refused(subject, outcome.key, N_("la décision est admise sans un motif."))
            yield subject.fault(["outcomes", index, "reasons_required"], what, "reasons_required = true", story=story)
    refuses = not all(outcome.favourable for outcome in subject.plan.outcomes)
    if (refuses or subject.plan.clock.silence == "rejection") and not subject.plan.appeals:
        what = Sentence(
            "un refus est possible, et aucune voie de recours n'est dite : son délai ne courrait pas (CJA R421-5)."
        )
        example = 'kind = "tribunal-administratif", before = "…", within = { months = 2, franc = true }'
        story = stories.refused(subject, "", N_("personne ne peut dire devant qui contester, ni jusqu'à quand."))
        yield subject.fault(["appeals"], what, f"[[appeals]] puis {example}", story=story)


def retention(subject: Subject) -> Iterator[Fault]:
    """How long a closed dossier is kept: a duration, or an explicit U that says who must fix it."""
    kept = subject.plan.retention
    end = N_("le dossier est clos, et rien ne dit quand ses données seront détruites, ni qui doit le fixer.")
    if not kept.reference.strip():
        what = N_("la durée de conservation n'est pas dite : donnez-la, ou dites qui doit la fixer.")
        example = 'reference = "à fixer avec les Archives départementales", confidence = "U"'
        right, story = f"[retention] puis {example}", stories.closed(subject, end)
        yield subject.fault(["retention", "reference"], what, right, story=story)
    if kept.keep is None and kept.confidence != "U":
        what = N_("sans durée, la conservation est inconnue : cela se dit par « U ».")
        yield subject.fault(["retention", "confidence"], what, 'confidence = "U"', story=stories.closed(subject, end))
