"""What is said in French, in another language: its places too, and what nobody translated is marked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from catalogue import languages
from catalogue.languages import Words
from domain.amounts import in_euros
from domain.days_in_words import day_in_figures, day_in_words, instant_in_words
from domain.sentence import Counted, Listed, Sentence, Verbatim

DAY = day_in_words(date(2027, 3, 1))
PAGES = """
msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "{limit} au plus."
msgstr "At most {limit}."

msgid "Rien."
msgstr "Nothing."

msgid "Le {day} : {told}"
msgstr "On {day}: {told}"

msgid "{by}."
msgstr "{by}."

msgid "{count} jour"
msgid_plural "{count} jours"
msgstr[0] "{count} day"
msgstr[1] "{count} days"
"""
FORMS = """
msgid ""
msgstr ""

msgid "Prolongé de {delay} : {reasons}"
msgstr "Extended by {delay}: {reasons}"
"""


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    """A language with a handful of sentences, in its two catalogues."""
    (tmp_path / "en").mkdir()
    for domain, text in (("pages", PAGES), ("forms", FORMS)):
        (tmp_path / "en" / f"{domain}.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path)
    return Words("en")


def test_its_places_are_said_too(english: Words) -> None:
    told = Sentence("Le {day} : {told}", day=DAY, told=Sentence("{limit} au plus.", limit=4))
    assert told == "Le 1er mars 2027 : 4 au plus."
    assert english.say(told) == "On 1 March 2027: At most 4."
    assert [english.say(text) for text in ("Rien.", "")] == ["Nothing.", ""]


def test_days_instants_and_amounts_are_written_as_the_language_does(english: Words) -> None:
    instant = instant_in_words(datetime(2027, 3, 1, 13, 5, tzinfo=UTC))
    said = [DAY, day_in_figures(date(2027, 3, 1)), instant, in_euros("1682.3")]
    assert [english.say(one) for one in said] == ["1 March 2027", "1 March 2027", "1 March 2027, 14:05", "€1,682.30"]


def test_what_is_counted_and_what_is_listed(english: Words) -> None:
    assert [english.say(Counted("{count} jour", "{count} jours", count=count)) for count in (1, 2)] == [
        "1 day",
        "2 days",
    ]
    assert english.say(Listed(("Rien.", Verbatim("RIB")), " / ", french="Rien, RIB")) == "Nothing. / RIB"


def test_french_says_what_is_written() -> None:
    assert Words("fr").say(Listed(("a", "b"), french="a et b")) == "a et b"


def test_a_page_marks_what_stays_french_and_lets_no_tag_through(english: Words) -> None:
    """Somebody's reasons are theirs; a sentence that nobody translated is shown whole."""
    days = Counted("{count} jour", "{count} jours", count=2)
    reasons = Sentence("Prolongé de {delay} : {reasons}", delay=days, reasons=Verbatim("<b>pluie</b>"))
    marked = Markup('<span lang="fr">{}</span>').format
    assert english.say(reasons, escape, marked) == 'Extended by 2 days: <span lang="fr">&lt;b&gt;pluie&lt;/b&gt;</span>'
    assert english.say("<i>Inconnu</i>", escape, marked) == '<span lang="fr">&lt;i&gt;Inconnu&lt;/i&gt;</span>'
    assert english.say(Sentence("Le {jour}.", jour=DAY), escape, marked) == '<span lang="fr">Le 1er mars 2027.</span>'


def test_a_sentence_alike_in_both_languages_is_translated_all_the_same(english: Words) -> None:
    assert english.knows("{by}.")
    assert english.say(Sentence("{by}.", by="Rien.")) == "Nothing.."
