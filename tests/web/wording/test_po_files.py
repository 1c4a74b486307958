"""A refresh adds what is said, removes what is not, and keeps what people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from web.wording.po_files import catalogue_of, refresh
from web.wording.sentences import SourceSentence

HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=utf-8\n"
"Last-Translator: Ada\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""
HELLO, BYE = SourceSentence("Bonjour", "", "a.html"), SourceSentence("Au revoir", "", "b.html")
DAYS = SourceSentence("%(num)s jour", "%(num)s jours", "b.html")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A catalogue signed by Ada, which translates one sentence."""
    folder = tmp_path / "en"
    folder.mkdir()
    made = folder / "pages.po"
    made.write_text(f'{HEADER}\n#: a.html\nmsgid "Bonjour"\nmsgstr "Hello"\n', encoding="utf-8")
    return made


def test_what_is_new_is_added_and_what_is_translated_kept(file: Path) -> None:
    """In the order of what is said, under the header as it was."""
    done = refresh(file, [BYE, HELLO, DAYS])
    assert (done.added, done.removed, done.kept) == (("Au revoir", "%(num)s jour"), (), 1)
    after = catalogue_of(file)
    assert [message.id for message in after if message.id] == ["Au revoir", "Bonjour", (DAYS.text, DAYS.plural)]
    assert after["Bonjour"].string == "Hello"
    assert file.read_text(encoding="utf-8").startswith(HEADER)


def test_what_nobody_says_is_removed(file: Path) -> None:
    """Its translation goes with it: the history of the file keeps it."""
    assert refresh(file, [BYE]).removed == ("Bonjour",)
    assert "Hello" not in file.read_text(encoding="utf-8")


def test_a_second_refresh_changes_nothing(file: Path) -> None:
    """Not a byte."""
    refresh(file, [HELLO, DAYS, BYE])
    once = file.read_bytes()
    done = refresh(file, [HELLO, DAYS, BYE])
    assert (file.read_bytes(), done.added, done.removed) == (once, (), ())


def test_a_sentence_that_begins_to_count_is_to_be_translated_again(file: Path) -> None:
    """One translation is not two forms."""
    refresh(file, [SourceSentence("Bonjour", "Bonjours", "a.html")])
    assert catalogue_of(file)["Bonjour"].string == ("", "")
