"""What a text is found under, and what a question looks for. Pure.

Beside the stems of its words, a text is found by what people write in one breath: « lebras » finds Le Bras,
« Lhostis » L'Hostis; a telephone, a SIRET or a NIR is found with or without its blanks; a name that is a small word
(Le, Ma, Son) is found by itself.
"""

import re
from collections.abc import Iterator, Sequence

from domain.stems import is_small, plain, stem, stems, words

WORDS = 8
NAME = 4
"""Words that a name in one breath may have: longer texts are sentences and addresses."""
YES_OR_NO = frozenset({"oui", "non"})
_PARTICLES = re.compile(r"\b(?:[a-z]{1,3}[\s'’-]+)+[a-z]{2,}")
_NUMBER = re.compile(r"\+?\d(?:[\s.\-/]{0,5}\d){8,16}")
_TRUNK = re.compile(r"\(0\)")
_REFERENCE = re.compile(r"(?:(20\d\d)-)?(\d{1,6})")
SIREN, NATIONAL, ABROAD, NIR, SIRET, NIR_WITH_KEY = 9, 10, 11, 13, 14, 15
FRANCE = "33"


def found_under(text: str) -> Iterator[str]:
    """What finds a text: its stems, its name in one breath, its numbers without blanks, itself when one small word."""
    yield from stems(text)
    written, every = plain(text), words(text)
    if len(every) <= NAME:
        yield from (joined for _, joined in _in_one_breath(written))
    yield from (one for _, kept in _numbers(written) for one in kept)
    if len(every) == 1 and is_small(every[0]) and every[0] not in YES_OR_NO:
        yield every[0]


def looked_for(question: str) -> list[tuple[str, ...]]:
    """The ways to look for a question, the likeliest first: in each, all that must be found (eight words at most).

    Its words apart, then its names in one breath, then its words alone: what was filed before numbers and names were
    kept so is found by these.
    """
    rest, kept = plain(question), []
    for place, several in _numbers(rest):
        kept.append(several[0])
        rest = rest.replace(place, " ", 1)
    together, names = rest, []
    for place, joined in _in_one_breath(rest):
        names.append(joined)
        together = together.replace(place, " ", 1)
    ways = ((*kept, *stems(rest)), (*kept, *names, *stems(together)), tuple(stems(question)))
    # Small words are looked for when there is nothing else.
    said = [way for way in ways if way] or [tuple(words(question))]
    return [way for way in dict.fromkeys(tuple(dict.fromkeys(each))[:WORDS] for each in said) if way]


def references(question: str, years: Sequence[int]) -> list[str]:
    """The references that a question is a part of: « 123 », « 000123 » and « 2026-123 » say 2026-000123."""
    found = _REFERENCE.fullmatch(question.strip())
    if found is None:
        return []
    year, number = found.groups()
    return [f"{one}-{int(number):06d}" for one in ([year] if year else years)]


def _in_one_breath(written: str) -> Iterator[tuple[str, str]]:
    """The names that begin by short words, as they stand and joined: « le bras » → lebra, a stem."""
    for found in _PARTICLES.finditer(written):
        yield found[0], stem("".join(re.findall(r"[a-z]+", found[0])))


def _numbers(written: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The long numbers, as they stand and as they are kept: whole, then by their SIREN or without their key.

    A telephone of France is kept by its nine last digits, whether it begins by 0 or by +33.
    """
    for found in _NUMBER.finditer(_TRUNK.sub("   ", written)):
        digits = re.sub(r"\D", "", found[0]).removeprefix("00")
        kept = _kept(digits)
        if kept:
            yield written[found.start() : found.end()], kept


def _kept(digits: str) -> tuple[str, ...]:
    match len(digits):
        case n if n == ABROAD and digits.startswith(FRANCE):
            return (digits[2:],)
        case n if n == NATIONAL and digits.startswith("0"):
            return (digits[1:],)
        case n if n == SIRET:
            return (digits, digits[:SIREN])
        case n if n == NIR_WITH_KEY:
            return (digits, digits[:NIR])
        case n if n in {SIREN, NIR}:
            return (digits,)
        case _:
            return ()
