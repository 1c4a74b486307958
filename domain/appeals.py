"""What may still be done against a decision, before whom, until when: one sentence each."""

from collections.abc import Iterator
from datetime import date

from domain.appeal_period import NOBODY_BARRED, by_an_assembly, confirms
from domain.citations import cited
from domain.contest import PRIOR
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.plan import Appeal, Plan
from domain.sentence import N_, Sentence, Verbatim

PRIOR_SAYS = N_(
    "{line} L'administration statuera sur la situation de fait et de droit à la date de sa décision (CRPA L412-3). "
    "Aucun autre recours administratif ne prolonge ce délai (CRPA L412-4)."
)
"""What the notification must also say of an appeal that must come first."""
CONFIRMS = N_(
    "Ce refus confirme le rejet par le silence du {day}, qui n'a pas été contesté à temps : il n'ouvre pas de nouveau "
    "délai (CJA R421-2)."
)


def appeal_line(appeal: Appeal) -> Sentence:
    """« Recours gracieux, devant …, dans un délai de 2 mois (CRPA L411-2). »; what is not sure says so."""
    texts = cited(appeal.reference, appeal.confidence)
    said = {"title": appeal.title, "before": Verbatim(appeal.before), "delay": appeal.within.in_words()}
    if not texts:
        line = Sentence("{title}, devant {before}, dans un délai de {delay}.", **said)
    else:
        line = Sentence("{title}, devant {before}, dans un délai de {delay} ({texts}).", **said, texts=Verbatim(texts))
    return Sentence(PRIOR_SAYS, line=line) if appeal.kind == PRIOR else line


def lines_told(dossier: Dossier, today: date) -> Iterator[Sentence]:
    """What a letter of `today` says of them: a late refusal only confirms, an assembly's silence bars nobody."""
    implied = confirms(dossier, today) if dossier.decision is not None else None
    if implied is not None:
        yield Sentence(CONFIRMS, day=day_in_words(implied))
        return
    yield from appeal_lines(dossier.plan)
    if dossier.decision is None and dossier.plan.clock.silence == "rejection" and by_an_assembly(dossier.plan):
        yield Sentence("{why} (CJA R421-3)", why=NOBODY_BARRED)


def appeal_lines(plan: Plan) -> Iterator[Sentence]:
    """Every way to contest that the plan knows, in its order: what is mandatory first comes first."""
    for appeal in sorted(plan.appeals, key=lambda each: not each.mandatory_first):
        yield appeal_line(appeal)
