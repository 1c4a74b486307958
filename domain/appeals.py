"""What may still be done against a decision, before whom, until when: one sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from domain.citations import cited
from domain.plan import Appeal, Plan


def appeal_line(appeal: Appeal) -> str:
    """« Recours gracieux, devant …, dans un délai de 2 mois (CRPA L411-2). »; what is not sure says so."""
    texts = cited(appeal.reference, appeal.confidence)
    because = f" ({texts})" if texts else ""
    return f"{appeal.title}, devant {appeal.before}, dans un délai de {appeal.within.in_words()}{because}."


def appeal_lines(plan: Plan) -> Iterator[str]:
    """Every way to contest that the plan knows, in its order: what is mandatory first comes first."""
    for appeal in sorted(plan.appeals, key=lambda each: not each.mandatory_first):
        yield appeal_line(appeal)
