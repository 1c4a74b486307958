"""What a page says of what was just done: a code in the address, a sentence on the page, nothing kept."""

SAID = {
    "deconnecte": "Vous êtes déconnecté.",
    "enregistre": "Vos réponses sont enregistrées.",
    "piece": "Le fichier est enregistré.",
    "pieces": "Les fichiers sont enregistrés.",
    "piece_retiree": "Le fichier est supprimé.",
    "abandonne": "Le brouillon est abandonné.",
    "fait": "C'est fait.",
    "publication_demandee": "La publication est demandée : une autre personne la relira.",
    "publie": "La version est publiée.",
    "incident": "L'incident est clos.",
    "refaire": "C'est en train d'être refait. L'incident revient si cela échoue encore.",
    "campagne": "La campagne est prévue.",
    "depot": "Le dépôt est enregistré.",
    "acte": "L'acte est enregistré.",
    "mot_de_passe": "Votre mot de passe est changé.",
    "horloge": "Le temps légal a avancé.",
    "mandat_a_signer": "Le mandat est prêt à signer : il ne vaut pas encore.",
    "mandat_recu": "Le mandat est enregistré : il vaut dès maintenant.",
    "mandat_fini": "Le mandat est terminé.",
    "message": "Votre message est envoyé.",
    "proposition_accepted": "Vous avez accepté la proposition. Le service va prendre sa décision.",
    "proposition_changes": "Votre demande de changements est envoyée. Le service vous fera une proposition définitive.",
    "proposition_refused": "Vous avez refusé la proposition.",
    "signe": "La convention est signée.",
    "retire": "Votre demande est retirée.",
    "renonce": "Votre renonciation est enregistrée.",
    "atteste": "Votre attestation est délivrée : elle sera dans un instant parmi vos lettres.",
    "observe": "Vos observations sont transmises au service.",
    "repris": "Vous suivez maintenant cette demande seul. Votre médiateur ne la voit plus.",
    "lettre": "La lettre est ouverte. Vous pouvez la télécharger.",
    "mandat": "Le mandat est révoqué. Il ne permet plus rien.",
    "session": "La session est fermée.",
    "compte_rendu": "Votre compte rendu est donné.",
    "corrige": "Vos corrections sont enregistrées.",
    "piece_donnee": "Votre document est donné au service.",
    "pieces_donnees": "Vos documents sont donnés au service.",
    "lien": "Le lien vous est envoyé par courriel.",
    "renouvele": "Votre brouillon suit maintenant le nouveau formulaire.",
    "ordre": "Répondez d'abord à cette page : les suivantes en dépendent.",
    "depose": "Votre demande est déposée.",
    "depose_avant": "Cette demande est déjà déposée : la voici.",
    "depose_sans": "Cette demande était déjà déposée : ce que vous venez d'écrire n'y est pas ajouté. Vous pouvez "
    "corriger vos réponses tant que c'est permis, ou écrire au service.",
    "deja": "C'était déjà fait : rien n'a été fait une seconde fois.",
}
"""Codes, and French sentences that the catalogues translate. A room that adds an act adds its sentence here."""


def sentence_of(code: str) -> str:
    """The sentence of a code; empty for one that we did not write."""
    return SAID.get(code, "")
