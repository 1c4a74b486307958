"""Codes of digits as people give them: in groups, with hyphens, with the point that ended the sentence."""

import unicodedata
from collections.abc import Callable

LONGEST = 60


def digits(length: int) -> Callable[[str], str]:
    """Reads a code of that many digits, whatever blanks, hyphens and points stand around. Raises ValueError."""

    def strictly(said: str) -> str:
        # Letters are kept, so that a code with one in it is not a code; blanks, signs and invisible ones go.
        kept = [sign for sign in unicodedata.normalize("NFKC", said) if unicodedata.category(sign)[0] in "LN"]
        if len(kept) != length or not all(sign.isdecimal() for sign in kept):
            raise ValueError(f"Le code fait {length} chiffres.")
        return "".join(str(unicodedata.decimal(sign)) for sign in kept)

    return strictly


def read(said: str, length: int) -> str:
    """The same, empty for what is not a code: no code is empty."""
    try:
        return digits(length)(said)
    except ValueError:
        return ""
