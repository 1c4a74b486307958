"""The four effects of the administration's silence: what each is in law, and every word that says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.sentence import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSilence:
    """One effect: its text where a procedure gives none, the status that it makes, what a request for pieces does.

    `annuls`: a request annuls the delay (CRPA L114-5 al. 2) instead of stopping it. `answers`: no step is awaited any
    more once it has taken effect.
    """

    article: str
    status: str = ""
    annuls: bool = False
    answers: bool = False
    promised: str
    """What the acknowledgement announces; the date follows."""
    happened: str
    """As the journal tells it."""
    rule: str
    """As the explanation of the clock names it."""
    due: str
    """As a queue names what comes by itself."""
    since: str
    """Why something is refused, once it has taken effect."""
    value: str
    """As a fact of the procedure, in a difference between two versions."""
    noun: str
    """The same, on the command line."""
    request: str
    """What becomes of the request, in letters."""
    one: str = ""
    many: str = ""
    """What becomes of a request, and of several, in a forecast."""


ACCEPTANCE = OfSilence(
    article="CRPA L231-1",
    status="implied_acceptance",
    annuls=True,
    answers=True,
    promised=N_("Sans réponse dans ce délai, votre demande sera acceptée"),
    happened=N_("Faute de réponse dans le délai, la demande est acceptée."),
    rule=N_("le silence vaut acceptation"),
    due=N_("acceptation par le silence"),
    since=N_("{what} : la demande est acceptée par le silence depuis le {day}."),
    value=N_("l'acceptation"),
    noun="acceptation",
    request="acceptée",
    one="acceptée",
    many=N_("acceptées par le silence de l'administration"),
)
REJECTION = OfSilence(
    article="CRPA L231-4",
    status="implied_rejection",
    answers=True,
    promised=N_("Sans réponse dans ce délai, votre demande sera rejetée"),
    happened=N_("Faute de réponse dans le délai, la demande est rejetée. Une décision expresse reste possible."),
    rule=N_("le silence vaut rejet"),
    due=N_("rejet par le silence"),
    since=N_("{what} : la demande est rejetée par le silence depuis le {day}."),
    value=N_("le rejet"),
    noun="rejet",
    request="rejetée",
    one="rejetée",
    many=N_("rejetées par le silence de l'administration"),
)
PROVISIONAL = OfSilence(
    article="CASF L232-14",
    status="provisional",
    annuls=True,
    promised=N_("Sans décision notifiée dans ce délai, l'aide forfaitaire vous sera accordée à titre provisoire"),
    happened=N_("Faute de décision notifiée dans le délai, l'aide est accordée à titre provisoire, au forfait."),
    rule=N_("le silence vaut accord provisoire"),
    due=N_("accord provisoire par le silence"),
    since=N_("{what} : le silence a accordé une aide provisoire depuis le {day}."),
    value=N_("l'accord provisoire"),
    noun="accord provisoire, au forfait",
    request="accordée à titre provisoire, au forfait",
    one="accordée à titre provisoire",
    many=N_("accordées à titre provisoire par le silence de l'administration"),
)
NONE = OfSilence(
    article="délai fixé par la démarche",
    promised=N_("Le silence de l'administration n'a pas d'effet sur cette demande"),
    happened=N_("Le délai est passé ; le silence n'a pas d'effet."),
    rule=N_("le silence n'a pas d'effet"),
    due="fin du délai",
    since=N_("{what} : le délai est fini depuis le {day}."),
    value=N_("aucun"),
    noun="sans effet",
    request="sans effet",
)
SILENCES: Mapping[str, OfSilence] = {
    "acceptance": ACCEPTANCE,
    "rejection": REJECTION,
    "provisional": PROVISIONAL,
    "none": NONE,
}
