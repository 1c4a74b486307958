"""What a page says of what was just done: a code in the address, a sentence on the page, nothing kept.

The sentence stands beside what it tells: on the act of a person (`Command.done`), or in the page's own module.
"""

from domain.commands import COMMANDS
from domain.sentence import N_

_SENTENCES: dict[str, str] = {}


def confirmation(code: str, sentence: str) -> str:
    """The code by which an address says that sentence. A code says one thing."""
    if _SENTENCES.setdefault(code, sentence) != sentence:
        raise ValueError(code)
    return code


def sentence_of(code: str) -> str:
    """The sentence of a code, or of an act by its name; empty for one that we did not write."""
    act = COMMANDS.get(code)
    return act.done if act is not None else _SENTENCES.get(code, "")


ALREADY = confirmation("deja", N_("C'était déjà fait : rien n'a été fait une seconde fois."))
FILE_KEPT = confirmation("piece", N_("Le fichier est enregistré."))
SIGNED_OUT = confirmation("deconnecte", N_("Vous êtes déconnecté."))
