"""What is wrong with a catalogue is found, sentence by sentence."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from web.wording.faults import faults
from web.wording.sentences import SourceSentence

DAYS = SourceSentence("%(num)s jour", "%(num)s jours", "a.html")
HELLO = SourceSentence("Bonjour %(name)s", "", "a.html")
LIMIT = SourceSentence("{limit} au plus.", "", "a.py")
STRONG = SourceSentence("<strong>Attention</strong>", "", "a.html")


def kinds(said: SourceSentence, translation: str | tuple[str, ...], *flags: str) -> list[str]:
    """What is wrong with one translation in English."""
    catalog = Catalog(locale="en")
    catalog.add((said.text, said.plural) if said.plural else said.text, translation, flags=flags)
    return [fault.kind for fault in faults(catalog, [said])]


@pytest.mark.parametrize(
    ("said", "translation"),
    [
        (HELLO, "Hello %(name)s"),
        (LIMIT, "At most {limit}."),
        (STRONG, "<strong>Beware</strong>"),
        (DAYS, ("%(num)s day", "%(num)s days")),
    ],
)
def test_a_right_translation_has_no_fault(said: SourceSentence, translation: str | tuple[str, ...]) -> None:
    """Places, tags and forms are those of the sentence."""
    assert kinds(said, translation) == []


@pytest.mark.parametrize(
    ("said", "translation", "kind"),
    [
        (HELLO, "", "missing"),
        (HELLO, "Hello", "places"),
        (HELLO, "Hello %(nom)s", "places"),
        (LIMIT, "At most {most}.", "places"),
        (STRONG, "Beware", "places"),
        (DAYS, ("%(num)s day", ""), "plural"),
        (DAYS, ("%(num)s day", "days"), "places"),
    ],
)
def test_each_wrong_translation_is_told(said: SourceSentence, translation: str | tuple[str, ...], kind: str) -> None:
    """Nothing, other places, a lost tag, a lost form."""
    assert kinds(said, translation) == [kind]


def test_an_uncertain_translation_is_not_one() -> None:
    """`fuzzy` is a translator's own doubt."""
    assert kinds(HELLO, "Hello %(name)s", "fuzzy") == ["fuzzy"]


def test_a_sentence_that_the_catalogue_does_not_know_is_missing() -> None:
    """Somebody wrote a page and did not extract it."""
    assert [fault.kind for fault in faults(Catalog(locale="en"), [HELLO])] == ["missing"]


def test_a_translation_of_what_nobody_says_is_told() -> None:
    """It would be kept for ever."""
    catalog = Catalog(locale="en")
    catalog.add("Adieu", "Farewell")
    assert [(fault.kind, fault.text) for fault in faults(catalog, [])] == [("unsaid", "Adieu")]
