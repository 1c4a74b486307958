"""`guichet words`, run as people run it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call
from web.site.languages import CATALOGUES

SENTENCE = "Aller au contenu"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogues in which one sentence of Breton lost its translation, and one is said no more."""
    copied = tmp_path / "translations"
    shutil.copytree(CATALOGUES, copied)
    pages = copied / "br" / "pages.po"
    lines = pages.read_text(encoding="utf-8").split("\n")
    at = lines.index(f'msgid "{SENTENCE}"')
    lines[at + 1 : at + 2] = ['msgstr ""', "", 'msgid "Adieu"', 'msgstr "Kenavo"']
    pages.write_text("\n".join(lines), encoding="utf-8")
    return copied


def test_check_tells_what_is_missing_and_what_is_too_much(folder: Path) -> None:
    """Each sentence with the file that says it; exit 1."""
    done = call("words", "check", "--folder", str(folder))
    assert done.returncode == 1
    assert f"web/templates/base.html : {SENTENCE}" in done.stdout
    assert "Adieu" in done.stdout
    told = json.loads(call("words", "check", "--folder", str(folder), "--json").stdout)
    assert [(each["kind"], each["text"]) for each in told["br/pages.po"]] == [
        ("missing", SENTENCE),
        ("unsaid", "Adieu"),
    ]


def test_extract_writes_the_files_again(folder: Path) -> None:
    """What is said no more goes; what is translated stays."""
    done = call("words", "extract", "--folder", str(folder), "--json")
    assert done.returncode == 0
    told = {each["file"]: each for each in json.loads(done.stdout)}
    assert told["br/pages.po"]["removed"] == ["Adieu"]
    assert told["br/forms.po"]["added"] == told["br/forms.po"]["removed"] == []
    assert (folder / "en" / "pages.po").read_bytes() == (CATALOGUES / "en" / "pages.po").read_bytes()


def test_check_is_content_with_what_is_shipped() -> None:
    """Exit 0."""
    done = call("words", "check")
    assert (done.returncode, done.stdout) == (0, "✓ Chaque phrase est traduite.\n")
