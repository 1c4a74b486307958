"""What a request for pieces does to the law's time, and in which words: written in the event, read again from there."""

import re
from collections.abc import Collection
from datetime import date

from domain.calendar import Delay, civil
from domain.clock.history import annuls
from domain.days_in_words import day_in_figures
from domain.dossier import Dossier
from domain.sentence import N_, Sentence, Verbatim

NOT_REQUIRED = Sentence("Aucun texte n'exige ces pièces : le délai n'est pas modifié (CRPA L114-5).")
NOT_RUNNING = Sentence("Le délai ne court pas encore : il partira du jour où le dossier sera complet.")
NOT_RUNNING_YET = {
    "acknowledged": Sentence("Le délai ne court pas encore : il partira de l'accusé de réception du dossier complet."),
    "competent": Sentence("Le délai ne court pas encore : il partira de la réception par l'autorité compétente."),
}
"""By what starts the clock, where that is not the last piece."""
SUSPENDED = Sentence(
    "Le délai est suspendu jusqu'à la production des pièces, au plus tard à la date donnée (CRPA L114-5)."
)
TOO_LATE = N_(
    "La demande vient après le {day}, dernier jour pour demander des pièces : le délai n'est pas modifié ({article})."
)
ENDED = N_("Le délai est fini depuis le {day} : cette demande de pièces n'y change rien.")
ALSO_SUSPENDED = N_("La procédure est déjà suspendue (CRPA R113-6). {then}")
RESTARTS = N_("Le délai repartira pour sa durée entière du jour où la dernière pièce arrivera ({article}).")


def moves_clock(
    dossier: Dossier, keys: Collection[str], on: date, within: Delay | None, article: str
) -> tuple[bool, Sentence]:
    """Whether asking for those pieces that day moves the delay, and why.

    It does when a text requires one of them and it is asked within the text's own time `within`, while the delay runs.
    """
    if not any(dossier.requires(key) for key in keys):
        return False, NOT_REQUIRED
    reckoning = dossier.reckoning()
    if reckoning.expires is not None and on > reckoning.expires:
        return False, Sentence(ENDED, day=day_in_figures(reckoning.expires))
    if within is not None and dossier.filed is not None:
        last = within.last_day(civil(dossier.filed))
        if on > last:
            return False, Sentence(TOO_LATE, day=day_in_figures(last), article=Verbatim(article))
    if reckoning.started is None:
        return False, NOT_RUNNING_YET.get(dossier.plan.clock.start, NOT_RUNNING)
    then = SUSPENDED if not annuls(dossier.plan.clock) else Sentence(RESTARTS, article=Verbatim(article))
    return True, Sentence(ALSO_SUSPENDED, then=then) if dossier.suspended else then


def why_asked(why: str, article: str) -> str:
    """What a request for pieces does to the delay, as its event says it, in words that other languages have."""
    moves = (SUSPENDED, Sentence(RESTARTS, article=Verbatim(article)))
    known = [
        NOT_REQUIRED,
        NOT_RUNNING,
        *NOT_RUNNING_YET.values(),
        *moves,
        *(Sentence(ALSO_SUSPENDED, then=then) for then in moves),
    ]
    day = re.search(r"(?:après|depuis) le (\d{2})/(\d{2})/(\d{4})", why)
    if day is not None:
        last = day_in_figures(date(*(int(each) for each in reversed(day.groups()))))
        known += [Sentence(TOO_LATE, day=last, article=Verbatim(article)), Sentence(ENDED, day=last)]
    return next((text for text in known if text == why), Verbatim(why))
