"""What the code, the procedures and the pages cite is in the repository: the law that they rest on, read and dated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "api", "benchmarks", "catalogue", "cli", "departement", "docs", "domain", "forms_schemas", "letters", "migrations",
    "parts", "procedures", "storage", "tests", "web", "workers", "workflows",
)  # fmt: skip
KINDS = {".css", ".html", ".md", ".py", ".sql", ".toml", ".yaml"}
# Notes that were at hand when the product was written, and that who reads the repository does not have.
ELSEWHERE = re.compile(
    r"(?<![\w/])(facts|design|conventions|reliability|sketches)(\.md| §)|fiche de faits|/shared/", re.IGNORECASE
)
CITED = re.compile(r"(?<![\w/])docs/[\w./-]+\.md(?:#[\w-]+)?")
LINKED = re.compile(r"\]\(((?!https?:|mailto:)[^)\s#]*)(?:#([\w-]+))?\)")


def files() -> list[Path]:
    """What people write, at the root and in the rooms."""
    every = [*ROOT.glob("*"), *(file for room in ROOMS for file in (ROOT / room).rglob("*"))]
    return sorted(
        file for file in every if file.suffix in KINDS and file.is_file() and file != Path(__file__).resolve()
    )


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def unresolved(page: Path, anchor: str) -> bool:
    """Whether nothing is there."""
    return not page.exists() or (bool(anchor) and anchor not in anchors(page))


def test_nothing_is_cited_that_the_repository_does_not_hold() -> None:
    """A citation that its reader cannot open proves nothing."""
    told = [
        f"{each.relative_to(ROOT)}: {found[0]}" for each in files() for found in ELSEWHERE.finditer(each.read_text())
    ]

    assert told == []


def test_every_page_that_is_cited_is_there() -> None:
    """By its path, and by the title of the part that is meant."""
    told = [
        f"{file.relative_to(ROOT)}: {cited}"
        for file in files()
        for cited in CITED.findall(file.read_text(encoding="utf-8"))
        if unresolved(ROOT / cited.partition("#")[0], cited.partition("#")[2])
    ]

    assert told == []


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    """From one page to another, or inside one."""
    told = [
        f"{page.relative_to(ROOT)}: {path}#{anchor}"
        for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
        for path, anchor in LINKED.findall(page.read_text(encoding="utf-8"))
        if unresolved((page.parent / path) if path else page, anchor if path.endswith(".md") or not path else "")
    ]

    assert told == []


@pytest.mark.parametrize("letter", "ABCU")
def test_each_confidence_is_explained(letter: str) -> None:
    """Those that a procedure may write."""
    assert f"**{letter}** :" in (ROOT / "docs" / "law" / "README.md").read_text(encoding="utf-8")
