"""The languages of the pages (`catalogue/languages.py`), and the one that a browser asks for."""

from catalogue.languages import CATALOGUES, CODES, DOMAINS, FRENCH, NAMES, Code, Words, words

__all__ = ["CATALOGUES", "CODES", "DOMAINS", "FRENCH", "NAMES", "Code", "Words", "preferred", "words"]


def preferred(header: str) -> Code:
    """The first of our languages that a browser asks for (`Accept-Language`, RFC 9110 §12.5.4), French otherwise."""
    wanted: list[tuple[float, int, Code]] = []
    for rank, part in enumerate(header[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        code = next((one for one in CODES if name.lower().split("-")[0] == one), None)
        if code is not None and (quality := _quality(weight)) > 0:
            wanted.append((-quality, rank, code))
    return min(wanted)[2] if wanted else FRENCH


def _quality(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
