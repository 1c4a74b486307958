"""The French of the codes: where a dossier stands, and what each act is called."""

from __future__ import annotations

STATUS = {
    "filed": "Déposée",
    "incomplete": "Incomplète : pièces attendues",
    "examining": "En cours d'examen",
    "proposed": "Proposition à l'étude",
    "decided": "Décision signée, à notifier",
    "granted": "Accordée",
    "refused": "Refusée",
    "implied_acceptance": "Acceptée par le silence de l'administration",
    "implied_rejection": "Rejetée par le silence de l'administration",
    "provisional": "Accordée à titre provisoire",
    "deemed_refused": "Réputée refusée",
    "withdrawn": "Retirée",
    "renounced": "Accordée, puis abandonnée par la personne",
    "transmitted": "Transmise à l'autorité compétente",
}
ACTS = {
    "file": "Déposer la demande",
    "provide_piece": "Fournir une pièce",
    "correct": "Corriger le formulaire",
    "answer_proposal": "Répondre à la proposition",
    "read_notice": "Consulter un avis",
    "withdraw": "Retirer la demande",
    "send_message": "Écrire un message",
    "renounce": "Renoncer à ce qui est accordé",
    "request_attestation": "Demander l'attestation de l'acceptation",
    "take_over": "Reprendre le dossier",
    "take": "Prendre le dossier en charge",
    "request_pieces": "Demander des pièces",
    "acknowledge": "Accuser réception du dossier complet",
    "assess": "Enregistrer l'évaluation",
    "propose": "Envoyer une proposition",
    "record_reception": "Enregistrer la réception de la proposition",
    "decide": "Signer une décision",
    "notify": "Enregistrer la notification",
    "extend": "Prolonger le délai",
    "suspend": "Suspendre la procédure",
    "resume": "Reprendre la procédure",
    "ask_opinion": "Demander un avis",
    "give_opinion": "Enregistrer un avis",
    "give_visa": "Viser",
    "refuse_visa": "Refuser un visa",
    "record_vote": "Enregistrer un vote",
    "send_convention": "Envoyer la convention",
    "sign_convention": "Signer la convention",
    "order_payment": "Ordonner un paiement",
    "record_payment": "Enregistrer un paiement",
    "give_report": "Donner le compte rendu",
    "transmit": "Transmettre à l'autorité compétente",
    "receive_as_competent": "Enregistrer la réception par l'autorité compétente",
    "correct_date": "Corriger une date enregistrée",
    "migrate": "Appliquer une autre version de la démarche",
}


DUE = {
    "proposal_silence": "réputée refusée, faute de réponse à la proposition",
    "opinion_deemed": "avis réputé rendu",
    "notice_deemed": "lettre réputée reçue",
    "acknowledgement_due": "accusé de réception réputé donné",
    "pieces_lapse": "fin du temps donné pour fournir les pièces",
}
SILENCE = {
    "acceptance": "acceptation par le silence",
    "rejection": "rejet par le silence",
    "provisional": "accord provisoire par le silence",
}


def due_label(kind: str, silence: str) -> str:
    """What happens by itself, in a few words; `silence` is the effect that silence has there."""
    return SILENCE.get(silence, "fin du délai") if kind == "silence" else DUE.get(kind, kind)


def status_label(status: str) -> str:
    """The status as a person reads it; the code itself when a newer one has no word yet."""
    return STATUS.get(status, status)
