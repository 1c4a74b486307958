"""The catalogues that are shipped: nothing that people read is left in French alone, and counts are said right."""

from __future__ import annotations

import gettext

import pytest
from babel import Locale

from web.site.languages import CATALOGUES, CODES, DOMAINS, FRENCH, words
from web.wording.faults import faults, in_words
from web.wording.po_files import catalogue_of
from web.wording.sentences import sentences

TRANSLATED = [code for code in CODES if code != FRENCH]
COUNTS = (*range(2_001), 1_000_000, 1_000_001, 2_000_000, 71_000_000)
HOW = (
    "Traduisez-les dans web/translations/ ; « guichet words extract » ajoute et retire, « guichet words check » redit."
)


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_sentence_is_translated(code: str, domain: str) -> None:
    """With the same places to fill in and every form of the plural, none of them uncertain."""
    found = faults(catalogue_of(CATALOGUES / code / f"{domain}.po"), sentences()[domain])
    told = "\n".join((*in_words(found, f"web/translations/{code}/{domain}.po"), HOW))
    assert not found, told


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_plural_forms_are_those_of_cldr(code: str, domain: str) -> None:
    """Five in Breton: one, two, few, many, other; Babel's default header says six."""
    catalog = catalogue_of(CATALOGUES / code / f"{domain}.po")
    rule = Locale.parse(code).plural_form
    chosen = gettext.c2py(catalog.plural_expr)
    order = ("one", "two", "few", "many", "other") if code == "br" else ("one", "other")
    assert catalog.num_plurals == len(order) == len(rule.tags | {"other"})
    assert [order[chosen(count)] for count in COUNTS] == [rule(count) for count in COUNTS]


def test_breton_counts_as_breton_does() -> None:
    """Two mutates what it counts, and a number is followed by the singular."""
    said = [words("br").ngettext("%(num)s démarche", "%(num)s démarches", count) for count in (1, 2, 3, 5, 22)]
    assert [each.split()[1] for each in said] == ["difrae", "zifrae", "difrae", "difrae", "zifrae"]


def test_nobody_has_signed_breton_yet() -> None:
    """Its pages say « brezhoneg da adlenn » until somebody writes their name in both files."""
    signed = [catalogue_of(CATALOGUES / "br" / f"{domain}.po").last_translator for domain in DOMAINS]
    assert words("br").proofread == all(signed)
