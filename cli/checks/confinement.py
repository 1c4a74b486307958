"""What keeps a hostile file away from everything else: the walls of its examiner, secrets out of the environment."""

import os

from cli.checks.finding import Finding, bad, good, noted
from storage.documents.checks.walls import EVERY, lacking
from storage.documents.sandbox import standing_walls
from storage.engine.settings import secret_variables

_SAID = {
    "uid": "un autre compte",
    "network": "un réseau vide",
    "files": "aucun fichier (Landlock)",
    "calls": "peu d'appels au noyau (seccomp)",
}
_REACHED = {"network": "le réseau", "files": "les fichiers de la machine"}


def examiner() -> Finding:
    """Which walls stand around the process that reads what people send."""
    name, walls = "examen des documents", standing_walls()
    stand = ", ".join(_SAID[wall] for wall in walls) or "aucun mur"
    if reached := lacking(walls):
        what = " et ".join(_REACHED[each] for each in reached)
        return bad(name, f"{stand} : un fichier hostile atteindrait {what}", "un noyau Linux ≥ 5.13 avec seccomp")
    missing = [_SAID[wall] for wall in EVERY if wall not in walls]
    return noted(name, f"{stand} ; ce noyau refuse : {', '.join(missing)}") if missing else good(name, stand)


def secrets() -> Finding:
    """Whether secrets are given by files."""
    shown = [variable for variable in secret_variables() if os.environ.get(variable)]
    if not shown:
        return good("secrets", "hors de l'environnement")
    advice = f"donnez-les par fichiers, comme {shown[0]}_FILE"
    return noted("secrets", f"dans l'environnement, que tout processus lancé reçoit : {', '.join(shown)} ; {advice}")
