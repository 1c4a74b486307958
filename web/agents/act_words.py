"""The French of the acts' fields: labels, hints and choices. The catalogues translate them."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "pieces": "Pièces à demander",
    "until": "À fournir au plus tard le",
    "piece": "Pièce",
    "documents": "Documents",
    "effective": "Jour et heure du fait",
    "channel": "Par quelle voie",
    "evidence": "Preuve",
    "answer": "Réponse de la personne",
    "text": "Texte",
    "reason": "Raison donnée",
    "reasons": "Motifs",
    "reasons_law": "Motifs en droit",
    "reasons_fact": "Motifs en fait",
    "to": "Autorité compétente",
    "version": "Version de la démarche",
    "ground": "Fondement",
    "article": "Article",
    "view": "Sens de l'avis",
    "adopted": "Le vote",
    "session": "Jour de la séance",
    "deliberation": "Numéro de la délibération",
    "party": "Qui signe",
    "part": "Part à payer",
    "amount": "Montant, en euros",
}
HINTS: Mapping[str, str] = {
    "until": "Laissez vide pour donner le temps que la loi prévoit.",
    "effective": "À l'heure de Paris. Laissez les trois champs vides si le fait a lieu maintenant.",
    "evidence": "Ce qui montre cette date : numéro de recommandé, tampon, récépissé.",
    "reasons_law": "Les textes sur lesquels la décision repose (CRPA L211-5).",
    "reasons_fact": "Ce qui, dans cette demande, conduit à cette décision (CRPA L211-5).",
    "to": "Laissez vide pour l'autorité que la démarche désigne.",
    "amount": "Laissez vide quand la démarche fixe la part.",
    "documents": "Ceux que la personne a donnés, ou que vous avez numérisés.",
}
OF_ACT: Mapping[tuple[str, str], str] = {
    ("send_message", "text"): "Votre message",
    ("give_opinion", "text"): "Ce que dit l'avis",
    ("answer_proposal", "text"): "Changements demandés",
    ("migrate", "text"): "Ce qui fonde le changement de version",
    ("extend", "reasons"): "Motifs de la prolongation",
    ("suspend", "reasons"): "Original demandé, et motifs",
    ("refuse_visa", "reasons"): "Motifs du refus de visa",
    ("record_payment", "part"): "Part payée",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "paper": "Courrier",
        "counter": "Guichet",
        "registered_mail": "Lettre recommandée",
        "hand": "Remise en main propre",
    },
    "answer": {"accepted": "Elle accepte", "changes": "Elle demande des changements", "refused": "Elle refuse"},
    "view": {"favourable": "Favorable", "reserved": "Réservé", "unfavourable": "Défavorable"},
    "adopted": {"true": "Adopté", "false": "Rejeté"},
    "party": {"authority": "L'autorité", "beneficiary": "Le bénéficiaire, sur papier"},
    "ground": {
        "law_at_filing": "Cette version était en vigueur au dépôt",
        "immediate_effect": "Un texte nouveau s'applique aux demandes en cours",
    },
}
AMOUNTS: Mapping[str, str] = {
    "participation": "Participation de la personne, par mois",
    "contribution": "À la charge du département, par mois",
    "ceiling": "Plafond du plan d'aide, par mois",
    "imputed": "Avance imputée, en une fois",
    "to_pay": "Reste à payer",
    "carried_over": "Avance à imputer plus tard",
}
"""What the rules compute, by its name in them."""


def label(act: str, name: str) -> str:
    """What a field asks; its own name when nobody wrote it."""
    return OF_ACT.get((act, name)) or LABELS.get(name, name)


CHANNELS: Mapping[str, str] = {
    "hand": "Remise en main propre",
    "registered_mail": "Lettre recommandée",
    "electronic": "Voie électronique",
    "paper": "Courrier",
    "counter": "Guichet",
}
