"""Looking for a procedure by a few words: any of them finds it, the best first."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from catalogue.guides import Guide, guide
from catalogue.search_words import search_words
from domain.stems import stems
from web.site.guides import guide_in
from web.site.languages import FRENCH, Code

TITLE, OWN_WORDS, SUMMARY, SECTION = 8.0, 6.0, 4.0, 1.0
"""What a word is worth by where it stands; once is enough."""
ALIKE = 0.5
"""A word that begins like another, « habitation » for « habiter »."""
SHORTEST = 4
WORTH_SHOWING = 0.15
"""Of the best: less is a word that every guide says."""


def ranked(slugs: Iterable[str], asked: str, code: Code) -> tuple[str, ...]:
    """Those that some of the words find, the best first; rare words weigh more. In French or in that language."""
    known = {slug: _weights(slug, code) for slug in slugs}
    rarity = _rarity(known.values())
    wanted = tuple(dict.fromkeys(stems(asked)))
    scores = {slug: sum(_worth(stem, weights) * rarity(stem) for stem in wanted) for slug, weights in known.items()}
    best = max(scores.values(), default=0.0)
    found = [slug for slug, score in scores.items() if score > best * WORTH_SHOWING]
    return tuple(sorted(found, key=lambda slug: -scores[slug]))


def _worth(stem: str, weights: Mapping[str, float]) -> float:
    if stem in weights:
        return weights[stem]
    alike = (weight for known, weight in weights.items() if _begins(known, stem) or _begins(stem, known))
    return ALIKE * max(alike, default=0.0)


def _begins(whole: str, start: str) -> bool:
    return len(start) >= SHORTEST and whole.startswith(start)


def _rarity(known: Iterable[Mapping[str, float]]) -> Callable[[str], float]:
    every = list(known)
    count = Counter(stem for weights in every for stem in weights)
    return lambda stem: math.log(1 + len(every) / max(1, count[stem]))


@lru_cache(maxsize=256)
def _weights(slug: str, code: Code) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    parts = [(OWN_WORDS, search_words(slug).said(code)), *_parts(guide(slug))]
    for weight, text in parts if code == FRENCH else [*parts, *_parts(guide_in(code, slug))]:
        for stem in stems(text):
            weights[stem] = max(weight, weights.get(stem, 0.0))
    return MappingProxyType(weights)


def _parts(said: Guide) -> list[tuple[float, str]]:
    sections = [(SECTION, f"{heading} {body}") for heading, body in said.sections]
    return [(TITLE, said.title), (SUMMARY, said.summary), *sections]
