"""The French of the codes: where a dossier stands, and what each act is called."""

from domain.dues import DUES
from domain.effects_of_silence import NONE, SILENCES
from domain.sentence import N_
from domain.step_kinds import STEPS

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
    "revoked": "Décision retirée, à examiner de nouveau",
}


PURGED = N_("Contenu détruit")
"""What systems that follow a dossier are told once it is purged; no queue holds it any more."""


AWAITED_BY_STATUS = {
    "decided": N_("décision à notifier"),
    "provisional": N_("décision attendue : l'aide est provisoire"),
}
OF_THE_PERSON = {
    "incomplete": N_("attend les pièces de la personne"),
    "proposed": N_("attend la réponse de la personne"),
    "decided": N_("attend que la personne ouvre la décision"),
}


def awaited_label(status: str, step: str, due: str, *, of_office: bool) -> str:
    """What a request of a queue waits for: of the office, or else of the person or of nobody in particular."""
    if of_office and due == "revocation_lapses":
        return N_("retrait envisagé : à décider")
    if of_office:
        return AWAITED_BY_STATUS.get(status) or (STEPS[step].awaited if step in STEPS else "") or N_("réponse attendue")
    return OF_THE_PERSON.get(status) or N_("à traiter, sans échéance")


def due_label(kind: str, silence: str) -> str:
    """What happens by itself, in a few words; `silence` is the effect that silence has there."""
    if kind == "silence":
        return SILENCES.get(silence, NONE).due
    return DUES[kind].label if kind in DUES else kind


def status_label(status: str) -> str:
    """The status as a person reads it; the code itself when a newer one has no word yet."""
    return PURGED if status == "purged" else STATUS.get(status, status)
