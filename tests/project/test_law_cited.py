"""What the code, the procedures and the pages cite is in the repository: the law that they rest on, read and dated."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

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

# An article, or a text by its number: « R*311-12 », « code civil 467 », « décret 2001-495 », « Cerfa 13394 ».
TEXT = re.compile(r"\b(?:[LRD]\*?\d[\d-]*|(?:code civil(?: art\.)?|décret|Cerfa|loi|annexe) \d[\d-]*)")


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


def references(told: Any) -> Iterator[str]:
    """What stands under `reference`, however deep; a pointer into a form is none."""
    match told:
        case dict():
            for name, value in told.items():
                if name.startswith("reference") and isinstance(value, str | list):
                    yield from (value,) if isinstance(value, str) else value
                else:
                    yield from references(value)
        case list():
            for value in told:
                yield from references(value)


def cited_by_procedures() -> set[str]:
    """Every reference of procedures and of what they ask."""
    tomls = (tomllib.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "procedures").rglob("*.toml"))
    forms = (json.loads(file.read_text(encoding="utf-8")) for file in (ROOT / "forms_schemas").rglob("*.json"))
    return {each for told in (*tomls, *forms) for each in references(told) if not each.startswith("/")}


@cache
def law() -> str:
    """All that `docs/law` says, on one line."""
    pages = (page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "law").glob("*.md")))
    return plain(" ".join(" ".join(pages).split()))


def plain(text: str) -> str:
    """As it is compared: « R*311-12 » is « R311-12 », « loi 2000-321 art. 10 » is « loi 2000-321 10 »."""
    return text.casefold().replace("**", "").replace("r*", "r").replace("art. ", "")


def tied(reference: str) -> bool:
    """Whether a page of `docs/law` tells of each text it names; of its first words, when it names none."""
    said = [plain(each) for each in TEXT.findall(reference)] or [re.split(r" \(| :| ;", plain(reference))[0]]
    return all(re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", law()) for each in said)


def test_every_reference_of_a_procedure_is_told_in_the_law() -> None:
    """With its confidence: who reads « CASF R232-23 » on a page finds what the product knows of it."""
    every = cited_by_procedures()

    assert len(every) > 100
    assert {each for each in every if not (each.startswith("docs/law/") or tied(each))} == set()


@pytest.mark.parametrize(
    "unknown", ["CASF R232-999", "CASF R232-2", "code civil 46", "règlement de la lune", "décret 2099-1"]
)
def test_one_that_nothing_tells_would_be_seen(unknown: str) -> None:
    """Neither by its beginning nor by another's number."""
    assert not tied(unknown)
