"""What a page says of what was just done: a code in the address, a sentence on the page, nothing kept."""

from __future__ import annotations

SAID = {
    "deconnecte": "Vous êtes déconnecté.",
    "enregistre": "Vos réponses sont enregistrées.",
    "piece": "Le fichier est enregistré.",
    "piece_retiree": "Le fichier est supprimé.",
    "abandonne": "Le brouillon est abandonné.",
    "fait": "C'est fait.",
    "publication_demandee": "La publication est demandée : une autre personne la relira.",
    "publie": "La version est publiée.",
    "message": "Votre message est envoyé.",
}
"""Codes, and French sentences that the catalogues translate. A room that adds an act adds its sentence here."""


def sentence_of(code: str) -> str:
    """The sentence of a code; empty for one that we did not write."""
    return SAID.get(code, "")
