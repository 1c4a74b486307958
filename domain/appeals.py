"""What may still be done against a decision, before whom, until when: one sentence each."""

from collections.abc import Iterator

from domain.citations import cited
from domain.plan import Appeal, Plan
from domain.sentence import Sentence, Verbatim


def appeal_line(appeal: Appeal) -> Sentence:
    """« Recours gracieux, devant …, dans un délai de 2 mois (CRPA L411-2). »; what is not sure says so."""
    texts = cited(appeal.reference, appeal.confidence)
    said = {"title": appeal.title, "before": Verbatim(appeal.before), "delay": appeal.within.in_words()}
    if not texts:
        return Sentence("{title}, devant {before}, dans un délai de {delay}.", **said)
    return Sentence("{title}, devant {before}, dans un délai de {delay} ({texts}).", **said, texts=Verbatim(texts))


def appeal_lines(plan: Plan) -> Iterator[Sentence]:
    """Every way to contest that the plan knows, in its order: what is mandatory first comes first."""
    for appeal in sorted(plan.appeals, key=lambda each: not each.mandatory_first):
        yield appeal_line(appeal)
