"""The French of the acts' fields: labels, hints and choices. The catalogues translate them."""

from __future__ import annotations

from collections.abc import Mapping

from domain.worded import N_

LABELS: Mapping[str, str] = {
    "pieces": N_("Pièces à demander"),
    "until": N_("À fournir au plus tard le"),
    "piece": N_("Pièce"),
    "documents": N_("Documents"),
    "effective": N_("Jour et heure du fait"),
    "channel": N_("Par quelle voie"),
    "evidence": N_("Preuve"),
    "confirmed": N_("Une date de plus d'un an"),
    "of": N_("Date à corriger"),
    "answer": N_("Réponse de la personne"),
    "text": N_("Texte"),
    "reason": N_("Raison donnée"),
    "reasons": N_("Motifs"),
    "reasons_law": N_("Motifs en droit"),
    "reasons_fact": N_("Motifs en fait"),
    "to": N_("Autorité compétente"),
    "version": N_("Version de la démarche"),
    "ground": N_("Fondement"),
    "article": N_("Article"),
    "view": N_("Sens de l'avis"),
    "adopted": N_("Le vote"),
    "session": N_("Jour de la séance"),
    "deliberation": N_("Numéro de la délibération"),
    "party": N_("Qui signe"),
    "part": N_("Part à payer"),
    "amount": N_("Montant, en euros"),
    "error": N_("Ce qui est écrit par erreur"),
    "instead": N_("Ce qu'il faut lire"),
    "heard_on": N_("Jour de l'entretien, si la personne a demandé à être entendue"),
    "request": N_("Preuve de sa demande, si la personne demande ce retrait"),
    "to_be_heard": N_("La personne demande-t-elle à être entendue ?"),
}
HINTS: Mapping[str, str] = {
    "until": N_("Laissez vide pour donner le temps que la loi prévoit."),
    "effective": N_("À l'heure de Paris. Laissez les trois champs vides si le fait a lieu maintenant."),
    "evidence": N_("Ce qui montre cette date : numéro de recommandé, tampon, récépissé."),
    "confirmed": N_("Une faute de frappe sur l'année fausse tous les délais : vérifiez-la avant de confirmer."),
    "reasons_law": N_("Les textes sur lesquels la décision repose (CRPA L211-5)."),
    "reasons_fact": N_("Ce qui, dans cette demande, conduit à cette décision (CRPA L211-5)."),
    "to": N_("Laissez vide pour l'autorité que la démarche désigne."),
    "amount": N_("Laissez vide quand la démarche fixe la part."),
    "documents": N_("Ceux que la personne a donnés, ou que vous avez numérisés."),
}
OF_ACT: Mapping[tuple[str, str], str] = {
    ("correct_date", "effective"): N_("La bonne date, jour et heure"),
    ("send_message", "text"): N_("Votre message"),
    ("give_opinion", "text"): N_("Ce que dit l'avis"),
    ("answer_proposal", "text"): N_("Changements demandés"),
    ("migrate", "text"): N_("Ce qui fonde le changement de version"),
    ("extend", "reasons"): N_("Motifs de la prolongation"),
    ("suspend", "reasons"): N_("Original demandé, et motifs"),
    ("refuse_visa", "reasons"): N_("Motifs du refus de visa"),
    ("record_payment", "part"): N_("Part payée"),
    ("cancel_decision", "reasons"): N_("Ce qui a été signé par erreur"),
    ("intend_revocation", "reasons"): N_("Pourquoi la décision pourrait être retirée"),
    ("intend_revocation", "until"): N_("La personne peut répondre jusqu'au"),
    ("give_observations", "text"): N_("Observations de la personne"),
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "confirmed": {"true": N_("Je l'ai vérifiée, et la confirme")},
    "of": {
        "filing": N_("Réception de la demande"),
        "proposal": N_("Réception de la proposition"),
        "decision": N_("Notification de la décision"),
    },
    "channel": {
        "paper": N_("Courrier"),
        "counter": N_("Guichet"),
        "registered_mail": N_("Lettre recommandée"),
        "hand": N_("Remise en main propre"),
    },
    "answer": {
        "accepted": N_("Elle accepte"),
        "changes": N_("Elle demande des changements"),
        "refused": N_("Elle refuse"),
    },
    "view": {"favourable": N_("Favorable"), "reserved": N_("Réservé"), "unfavourable": N_("Défavorable")},
    "adopted": {"true": N_("Adopté"), "false": N_("Rejeté")},
    "party": {"authority": N_("L'autorité"), "beneficiary": N_("Le bénéficiaire, sur papier")},
    "to_be_heard": {"true": N_("Oui, elle demande un entretien"), "false": N_("Non")},
    "ground": {
        "illegal": N_("La décision est illégale, et a moins de quatre mois"),
        "fraud": N_("La décision a été obtenue par fraude"),
        "conditions": N_("Les conditions mises à la subvention n'ont pas été respectées"),
        "asked": N_("La personne le demande : la décision est illégale, et a moins de quatre mois"),
        "better": N_("La personne le demande, pour une décision plus favorable"),
        "law_at_filing": N_("Cette version était en vigueur au dépôt"),
        "immediate_effect": N_("Un texte nouveau s'applique aux demandes en cours"),
    },
}


def label(act: str, name: str) -> str:
    """What a field asks; its own name when nobody wrote it."""
    return OF_ACT.get((act, name)) or LABELS.get(name, name)
