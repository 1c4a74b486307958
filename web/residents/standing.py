"""Where a request stands and what comes next, in plain words. The words are the catalogues'; the facts, the API's."""

from __future__ import annotations

from api.shown.dossier import DossierOut
from domain.acknowledgement import EFFECTS
from domain.explanation import DUE

STANDS = {
    "filed": "Votre demande est déposée. Le service va l'examiner.",
    "incomplete": "Il manque des pièces pour examiner votre demande.",
    "examining": "Le service examine votre demande.",
    "proposed": "Le service vous fait une proposition. Il attend votre réponse.",
    "decided": "Une décision est signée. Elle vous sera notifiée.",
    "granted": "Votre demande est accordée.",
    "refused": "Votre demande est refusée. Vous pouvez contester.",
    "implied_acceptance": "Le service n'a pas répondu à temps : votre demande est acceptée.",
    "implied_rejection": "Le service n'a pas répondu à temps : votre demande est rejetée. Vous pouvez contester.",
    "provisional": "Le service n'a pas décidé à temps : une aide vous est accordée à titre provisoire.",
    "deemed_refused": "La proposition n'a pas été acceptée : votre demande est réputée refusée.",
    "withdrawn": "Vous avez retiré votre demande. Personne ne l'examine plus.",
    "transmitted": "Votre demande est transmise à l'autorité qui doit y répondre.",
}
CHANGES = "Vous avez demandé des changements. Le service vous enverra une proposition définitive."
TO_OPEN = "Le service vous fait une proposition. Ouvrez-la pour la lire et y répondre."


def stands(shown: DossierOut) -> str:
    """Where it stands, as a sentence of the catalogues."""
    if shown.status == "proposed" and shown.proposal is None:
        return TO_OPEN
    if shown.status == "proposed" and shown.proposal is not None and shown.proposal.answer == "changes":
        return CHANGES
    return STANDS.get(shown.status, shown.status_label)


def next_words(kind: str, silence: str = "") -> str:
    """What comes next if nobody acts: for the silence, what it will mean."""
    if kind == "silence" and silence in EFFECTS:
        return EFFECTS[silence]
    return DUE.get(kind, "")
