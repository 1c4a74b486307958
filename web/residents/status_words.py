"""Where a request stands and what comes next, in plain words. The words are the catalogues'; the facts, the API's."""

from api.shown.dossier import DossierOut
from domain.dues import DUES
from domain.effects_of_silence import SILENCES
from domain.sentence import N_

STANDS = {
    "filed": N_("Votre demande est déposée. Le service va l'examiner."),
    "incomplete": N_("Il manque des pièces pour examiner votre demande."),
    "examining": N_("Le service examine votre demande."),
    "proposed": N_("Le service vous fait une proposition. Il attend votre réponse."),
    "decided": N_("Une décision est signée. Elle vous sera notifiée."),
    "granted": N_("Votre demande est accordée."),
    "refused": N_("Votre demande est refusée. Vous pouvez contester."),
    "implied_acceptance": N_("Le service n'a pas répondu à temps : votre demande est acceptée."),
    "implied_rejection": N_("Le service n'a pas répondu à temps : votre demande est rejetée. Vous pouvez contester."),
    "provisional": N_("Le service n'a pas décidé à temps : une aide vous est accordée à titre provisoire."),
    "deemed_refused": N_("La proposition n'a pas été acceptée : votre demande est réputée refusée."),
    "withdrawn": N_("Vous avez retiré votre demande. Personne ne l'examine plus."),
    "renounced": N_("Vous avez renoncé à ce qui vous était accordé."),
    "revoked": N_(
        "La décision est retirée. Le service examine de nouveau votre demande. Vous pouvez contester le retrait."
    ),
    "transmitted": N_("Votre demande est transmise à l'autorité qui doit y répondre."),
}
CHANGES = N_("Vous avez demandé des changements. Le service vous enverra une proposition définitive.")
TO_OPEN = N_("Le service vous fait une proposition. Ouvrez-la pour la lire et y répondre.")
BY_POST = {
    ("decided", "post"): N_("Une décision est signée. Elle vous est envoyée par la poste, en recommandé."),
    ("proposed", "post"): N_("Le service vous fait une proposition. Elle vous est envoyée par la poste."),
}


def stands(shown: DossierOut) -> str:
    """Where it stands, as a sentence of the catalogues."""
    if (shown.status, shown.on_its_way) in BY_POST:
        return BY_POST[shown.status, shown.on_its_way]
    if shown.status == "proposed" and shown.proposal is None:
        return TO_OPEN
    if shown.status == "proposed" and shown.proposal is not None and shown.proposal.answer == "changes":
        return CHANGES
    return STANDS.get(shown.status, shown.status_label)


def next_words(kind: str, silence: str = "") -> str:
    """What comes next if nobody acts: for the silence, what it will mean."""
    if kind == "silence" and silence in SILENCES:
        return SILENCES[silence].promised
    return DUES[kind].announced if kind in DUES else ""
