"""The look holds its promises: contrasts, weight, nothing from elsewhere."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from web.site.static_files import FOLDER

CSS = (FOLDER / "guichet.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS))
TEXT = [
    ("ink", "paper"), ("ink", "mist"), ("ink-soft", "paper"), ("ink-soft", "mist"), ("link", "paper"), ("link", "mist"),
    ("link-visited", "paper"), ("link-visited", "mist"), ("on-sea", "sea"), ("on-sea", "sea-deep"), ("alert", "paper"),
    ("alert", "alert-mist"), ("ink", "alert-mist"), ("ink", "done-mist"), ("done", "done-mist"), ("ink", "focus"),
]  # fmt: skip
MARKS = [("line", "paper"), ("focus", "ink"), ("focus", "sea"), ("sea", "paper"), ("alert", "paper")]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_texts_are_read_on_what_they_lie_on(ink: str, paper: str) -> None:
    """WCAG 1.4.3 asks 4.5."""
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_borders_and_focus_are_seen(mark: str, ground: str) -> None:
    """WCAG 1.4.11 asks 3 for what tells where a control is; card borders only decorate."""
    assert contrast(mark, ground) >= (3 if mark != "line" else 2)


def test_every_colour_is_a_variable() -> None:
    """A département changes its colours in one place; banner and print have two fixed inks."""
    body = CSS.split("}", 1)[1]

    assert set(re.findall(r"#[0-9a-f]{3,8}\b", body)) <= {"#16262c", "#000"}


def test_the_style_sheet_is_light_and_ours() -> None:
    assert len(gzip.compress(CSS.encode())) <= 10_000
    assert "@import" not in CSS
    assert "url(" not in CSS
    assert "@font-face" not in CSS


def test_each_selector_is_told_once() -> None:
    """A second rule for the same thing undoes the first without a word; a medium may tell it otherwise."""
    plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
    told = Counter(
        (one.strip(), declared.partition(":")[0].strip())
        for heads, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain)
        for one in heads.split(",")
        for declared in body.split(";")
        if declared.strip()
    )

    assert sorted(one for one, times in told.items() if times > 1) == []


def test_every_class_of_the_templates_has_a_look() -> None:
    """One without a rule is a name that somebody changed on one side only."""
    named = {
        name
        for file in (Path(FOLDER).parent / "templates").rglob("*.html")
        for classes in re.findall(
            r'class="([^"]*)"', re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\0 ", file.read_text(encoding="utf-8"))
        )
        for name in classes.split()
        # What a tag ends is known only once it is filled in.
        if "\0" not in name
    }

    assert sorted(name for name in named if not re.search(rf"\.{re.escape(name)}(?![\w-])", CSS)) == []


def test_templates_call_nothing_from_elsewhere() -> None:
    """No third party, no inline style nor script: the policy would refuse them, and they would be lost."""
    templates = Path(FOLDER).parent / "templates"
    for file in templates.rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        # A link is followed by a person; everything else is fetched by the page.
        assert not re.search(r"""<(?!a\b)[^>]*\s(src|href)=["'](https?:)?//""", source), file
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", source), file
