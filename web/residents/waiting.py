"""What waits for the person on a request: pieces asked, a proposal, a letter to open, a convention, a report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.shown.dossier import DossierOut
from domain.effects_of_silence import SILENCES
from domain.sentence import N_

MISSING = N_("Il manque des pièces à votre demande.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """One thing to do: its sentence, where it is done (a path under the dossier's), by when, explained by `key`."""

    sentence: str
    path: str
    by: date | None = None
    key: str = ""


def waiting(shown: DossierOut) -> tuple[Waits, ...]:
    """What the person has to do, the most pressing kind first."""
    return tuple(_waiting(shown))


def admitted(shown: DossierOut, act: str) -> bool:
    """Whether this audience may do that act now."""
    return any(one.act == act and one.admitted for one in shown.acts)


def _waiting(shown: DossierOut) -> Iterator[Waits]:
    for notice in shown.notices:
        if notice.read_at is None and notice.deemed_at is None:
            yield Waits(sentence=N_("Un courrier important vous attend. Ouvrez-le."), path="lettres")
    if (proposal := shown.proposal) is not None and admitted(shown, "answer_proposal"):
        sentence = N_("Le service attend votre réponse à sa proposition.")
        yield Waits(sentence=sentence, path="proposition", by=proposal.answer_by, key="answer_by")
    if (said := shown.intended_revocation) is not None and not said.observed:
        sentence = N_("Une décision favorable pourrait être retirée. Donnez d'abord votre avis.")
        yield Waits(sentence=sentence, path="observations", by=said.until, key="observe_by")
    if admitted(shown, "provide_piece"):
        yield from _pieces(shown)
    if admitted(shown, "sign_convention"):
        yield Waits(sentence=N_("Une convention attend votre signature."), path="convention")
    if admitted(shown, "give_report"):
        yield Waits(
            sentence=N_("Le compte rendu de l'aide reçue est à donner."),
            path="compte-rendu",
            by=shown.report_by,
            key="report_by",
        )


def _pieces(shown: DossierOut) -> Iterator[Waits]:
    asked = [one for one in shown.requests if not one.lapsed]
    for request in asked:
        if request.in_receipt:
            yield Waits(sentence=MISSING, path="pieces", by=request.until, key="provide_by")
        else:
            yield Waits(sentence=N_("Des pièces vous sont demandées."), path="pieces", by=request.until, key="until")
    answered = shown.silence is not None and SILENCES[shown.silence.effect].answers
    if not asked and not answered and any(piece.missing for piece in shown.pieces):
        yield Waits(sentence=MISSING, path="pieces", by=shown.provide_by, key="provide_by")
