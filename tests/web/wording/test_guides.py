"""Each shipped guide is told in Breton and in English: the same parts, the same texts of law, the same figures."""

from __future__ import annotations

import re

import pytest

from catalogue.guides import Guide, guide
from catalogue.loader import PROCEDURES
from web.site.guides import guide_file, guide_in
from web.site.languages import CODES, FRENCH, Code

SHIPPED = sorted(file.parent.name for file in PROCEDURES.glob("*/guide.md"))
TRANSLATED = [code for code in CODES if code != FRENCH]
ARTICLE = re.compile(r"\b(?:[LRDA]\\?\*?)?[0-9]+-[0-9]+(?:-[0-9]+)*\b")
GROUPED = re.compile(r"(?<=[0-9])[\s,](?=[0-9]{3}\b)")


def told(said: Guide) -> list[str]:
    """The title with its summary, then each part."""
    return [f"{said.title} {said.summary}", *(f"{heading} {body}" for heading, body in said.sections)]


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("slug", SHIPPED)
def test_each_guide_is_translated_part_by_part(slug: str, code: Code) -> None:
    """Write it in the file named below, in the order of the French one."""
    assert guide_file(code, slug).exists(), f"{guide_file(code, slug)} manque : traduisez procedures/{slug}/guide.md."
    assert len(guide_in(code, slug).sections) == len(guide(slug).sections)


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("slug", SHIPPED)
def test_each_part_names_the_same_texts_and_figures(slug: str, code: Code) -> None:
    """A delay that another language would lengthen, an article it would lose."""
    for french, other in zip(told(guide(slug)), told(guide_in(code, slug)), strict=True):
        assert ARTICLE.findall(other) == ARTICLE.findall(french), other
        assert figures(other) == figures(french), other


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("slug", SHIPPED)
def test_each_part_has_the_same_lists_and_doubts(slug: str, code: Code) -> None:
    """As many items; what is to be confirmed in French is so everywhere; what is strong too."""
    doubt = {"en": "to be confirmed", "br": "da gadarnaat"}[code]
    for french, other in zip(told(guide(slug)), told(guide_in(code, slug)), strict=True):
        assert shape(other) == shape(french), other
        assert other.count(doubt) == french.count("à confirmer"), other


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", SHIPPED)
def test_no_guide_shows_what_its_author_has_left_blank(slug: str, code: Code) -> None:
    """A resident is told to ask the office, not that something remains to be filled in."""
    blank = {"fr": "à renseigner", "en": "to be filled in", "br": "da leuniañ)"}[code]
    assert all(blank not in part for part in told(guide_in(code, slug)))


def test_a_translation_of_no_guide_is_removed() -> None:
    """A procedure that is gone takes its words with it."""
    files = {file.stem for code in TRANSLATED for file in guide_file(code, "x").parent.glob("*.md")}
    assert files == set(SHIPPED)


def figures(text: str) -> list[str]:
    """Every number, in no order: languages put words in their own."""
    return sorted(re.findall(r"[0-9]+", GROUPED.sub("", text)))


def shape(text: str) -> list[str]:
    """The items of lists, line after line, and how many passages are strong."""
    marks = (re.match(r"(- |[0-9]+\. )?", line) for line in text.splitlines() if line.strip())
    return [*(mark.group() if mark else "" for mark in marks), str(text.count("**"))]
