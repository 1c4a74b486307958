"""The French of a plan's facts, for who compares two versions of it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from domain.calendar import Delay
from domain.days_in_words import day_in_words
from domain.effects_of_silence import SILENCES
from domain.sentence import N_, Listed, Verbatim

LISTS = {
    "steps": (
        N_("L'étape « {title} »"),
        N_("L'étape « {title} » est ajoutée"),
        N_("L'étape « {title} » est supprimée"),
    ),
    "pieces": (
        N_("La pièce « {title} »"),
        N_("La pièce « {title} » est ajoutée"),
        N_("La pièce « {title} » est supprimée"),
    ),
    "outcomes": (
        N_("L'issue « {title} »"),
        N_("L'issue « {title} » est ajoutée"),
        N_("L'issue « {title} » est supprimée"),
    ),
    "appeals": (
        N_("La voie de recours « {title} »"),
        N_("La voie de recours « {title} » est ajoutée"),
        N_("La voie de recours « {title} » est supprimée"),
    ),
    "ranks": (
        N_("Le rang de l'échéance « {title} »"),
        N_("Le rang de l'échéance « {title} » est ajouté"),
        N_("Le rang de l'échéance « {title} » est supprimé"),
    ),
    "queue_fields": (
        N_("Le champ « {title} » montré dans les files"),
        N_("Le champ « {title} » est ajouté aux files"),
        N_("Le champ « {title} » est supprimé des files"),
    ),
}
"""Each list of the plan: how it names one of its own, and says that one comes or goes."""

FIELDS = {
    "version": "La version",
    "place": "Le champ de la commune",
    "recipients": "La liste des destinataires des lettres",
    "in_force_from": "L'entrée en vigueur",
    "form": "La version du formulaire",
    "title": "L'intitulé",
    "authority": "L'autorité",
    "who": "La liste des personnes qui peuvent déposer",
    "extension": "La prolongation possible du délai",
    "attestation": "L'attestation d'acceptation",
    "campaign": "Le dépôt pendant une campagne seulement",
    "rank_by": "La note qui classe les demandes d'une campagne",
    "amount_by": "Le montant comparé au budget d'une campagne",
    "open_data": "Ce qui est publié de ce qui est accordé",
    "open_data.columns": "La liste des colonnes publiées",
    "open_data.until": "Le dernier jour de versement publié",
    "clock.delay": "Le délai",
    "clock.start": "Le départ du délai",
    "clock.stopped_by": "Ce qui arrête le délai",
    "clock.silence": "L'effet du silence",
    "clock.reference": "Le texte du délai",
    "clock.confidence": "La sûreté du délai",
    "clock.whose": "Celui à qui le délai s'impose",
    "retention.keep": "La durée de conservation",
    "retention.reference": "Le texte de la conservation",
}
HASHES = {
    "content_sha256": "Les fichiers de la démarche (lettres, règles, valeurs, cas) changent",
    "form_sha256": "Le fichier du formulaire change",
}
WITHIN = {
    "ask_within": "le délai pour demander des pièces",
    "give": "le délai laissé pour fournir les pièces",
    "acknowledge_within": "le délai pour accuser réception",
    "within": "le délai",
    "propose_within": "le délai pour proposer",
    "answer_within": "le délai pour répondre",
    "final_within": "le délai de la proposition définitive",
    "after_opinion": "le délai pour décider après l'avis",
    "deemed_after": "le délai au bout duquel l'avis est réputé reçu",
    "reference": "le texte",
    "confidence": "la sûreté",
    "title": "l'intitulé",
    "description": "l'explication",
    "required_when": "la condition qui la rend obligatoire",
    "form": "le formulaire",
    "letter": "la lettre",
    "needs": "les étapes qui doivent précéder",
    "signatory": "le signataire",
    "before": "l'autorité saisie",
    "team": "l'équipe",
    "rank": "le rang",
    "reason": "la raison",
}
IS = {
    "required": "obligatoire",
    "indispensable": "indispensable",
    "identity": "une pièce d'identité",
    "favourable": "favorable",
    "reasons_required": "à motiver",
    "computed": "calculée par les règles",
    "mandatory_first": "un préalable obligatoire",
}
PARTS = {
    "name": N_("nom"),
    "address": N_("adresse"),
    "at": N_("chez"),
    "quality": N_("qualité"),
    "jointly": N_("avec"),
    "when": N_("si"),
    "instead": N_("à la place de la personne"),
    "reference": N_("texte"),
    "confidence": N_("sûreté"),
    "key": N_("nom"),
    "title": N_("intitulé"),
    "phone": N_("téléphone"),
    "email": N_("adresse électronique"),
    "table": N_("table"),
    "columns": N_("colonnes"),
    "until": N_("jusqu'à"),
}
"""What a thing within a fact is made of."""
VALUES = {
    **{effect: said.value for effect, said in SILENCES.items()},
    "filed": "le dépôt",
    "complete": "le dossier complet",
    "acknowledged": "l'accusé de réception du dossier complet",
    "competent": "la réception par l'autorité compétente",
    "decision": "la signature de la décision",
    "notification": "la notification de la décision",
    "automatic": "délivrée d'office",
    "on_request": "délivrée sur demande",
    "resident": "la personne",
    "mediator": "le médiateur",
    "system": "un autre service",
}


def said(value: Any) -> str:
    """A value as a person reads it; « rien » for what is absent."""
    match value:
        case None | "" | ():
            return N_("rien")
        case bool():
            return N_("oui") if value else N_("non")
        case Delay():
            return value.in_words()
        case date():
            return day_in_words(value)
        case tuple():
            return Listed((said(each) for each in value), " ; " if any(map(is_dataclass, value)) else ", ")
        case Mapping():
            return Listed(Listed((Verbatim(name), said(each)), " = ") for name, each in value.items()) or N_("rien")
        case _ if is_dataclass(value):
            every = ((each.name, getattr(value, each.name)) for each in fields(value))
            told = ((name, each) for name, each in every if each not in (None, "", (), False, {}))
            return Listed(Listed((PARTS.get(name) or Verbatim(name), said(each)), " : ") for name, each in told)
        case _:
            return VALUES.get(str(value)) or Verbatim(value)
