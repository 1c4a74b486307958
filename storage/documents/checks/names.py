"""The name a person gives to a file: kept as they wrote it, unless it could deceive a person or a machine."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final, NoReturn

from domain.invisible_signs import SIGNS
from domain.sentence import N_, Sentence, Verbatim
from storage.documents.checks.refusals import DocumentRefused, Reason

LONGEST: Final = 255
_DEVICES: Final = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS: Final = frozenset({"\u200c", "\u200d"})


def checked_name(name: str) -> str:
    """The name in NFC, without the marks of direction that a copy leaves at its ends.

    Raises DocumentRefused: a path, an invisible character inside it, a device of Windows, too long.
    """
    name = unicodedata.normalize("NFC", name).strip(SIGNS)
    if not name.strip(" ."):
        _refuse("Le fichier n'a pas de nom.")
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST:
        _refuse(Sentence("Le nom du fichier dépasse {limit} octets.", limit=LONGEST))
    if any(unicodedata.category(c) in _FORBIDDEN_CATEGORIES and c not in _JOINERS for c in name):
        _refuse("Le nom du fichier contient un caractère invisible (retour à la ligne, sens d'écriture inversé…).")
    if "/" in name or "\\" in name:
        _refuse("Le nom du fichier contient un chemin (« / » ou « \\ »).")
    if _DEVICES.match(name):
        _refuse(Sentence("« {name} » est un nom réservé par Windows.", name=Verbatim(name)))
    if name != name.strip() or name.endswith("."):
        _refuse("Le nom du fichier commence ou finit par une espace, ou finit par un point.")
    return name


def checked_member(name: str) -> str:
    """The path of a member of an archive. Raises DocumentRefused when it could be written elsewhere than meant."""
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or re.match(r"^[A-Za-z]:", name)
    if outside or not name.strip("/") or any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
        raise DocumentRefused(
            Reason.NAME,
            "L'archive contient un nom de fichier qui sort de l'archive ou contient un caractère interdit. "
            "Refaites l'archive, ou envoyez les fichiers un par un.",
        )
    return name


def _refuse(what: str) -> NoReturn:
    then = N_("{what} Renommez le fichier, par exemple « justificatif.pdf », et renvoyez-le.")
    raise DocumentRefused(Reason.NAME, Sentence(then, what=what))
