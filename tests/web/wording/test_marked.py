"""A French sentence that Python keeps for a page is marked, or nobody would know that it is to be translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.departement import ROOT

SAID = frozenset({"N_", "gettext", "ngettext"})
IN_FRENCH = frozenset({"Problem", "Refused", "Fault"})
"""What they say is shown in French, which prevails, and marked so."""
ELSEWHERE = frozenset({"web/wording/faults.py", "web/site/languages.py"})
"""What the command says; a format of dates."""
FRENCH = re.compile(
    r"[àâçèéêëîïôûùœ]|\b(la|le|les|est|une|des|vous|votre|pas|pour|qui|sur|du|au|et)\b|\b[dlns]'[a-zé]", re.IGNORECASE
)
HOW = 'Écrivez N_("…") (catalogue/sentences.py), puis « guichet words extract », et traduisez.'


def unmarked(code: str) -> list[str]:
    """The French sentences of a module that nothing marks; its docstrings are in English.

    A word alone is seen where its neighbours of the same table are marked.
    """
    tree = ast.parse(code)
    sentences = [text for text in _texts(tree, marked=False) if " " in text.strip() and FRENCH.search(text)]
    return sentences + [text for text in _forgotten(tree) if text not in sentences]


def _forgotten(tree: ast.Module) -> Iterator[str]:
    for table in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
        if any(_marks(value) for value in table.values):
            plain = (one.value for one in table.values if isinstance(one, ast.Constant))
            yield from (text for text in plain if isinstance(text, str) and text)


def _texts(node: ast.AST, *, marked: bool) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and not marked:
            yield child.value
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not docstring:
            yield from _texts(child, marked=marked or _marks(child))


def _marks(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in SAID | IN_FRENCH


@pytest.mark.parametrize("file", sorted((ROOT / "web").rglob("*.py")), ids=lambda file: file.stem)
def test_every_french_sentence_of_the_pages_is_marked(file: Path) -> None:
    """In constants as in code."""
    if file.relative_to(ROOT).as_posix() not in ELSEWHERE:
        assert unmarked(file.read_text(encoding="utf-8")) == [], HOW


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('SAID = "Le fichier est enregistré."', ["Le fichier est enregistré."]),
        ('SAID = {"a": "Vous avez tort."}', ["Vous avez tort."]),
        ('SAID = N_("Le fichier est enregistré.")', []),
        ('raise Problem(NOT_FOUND, "Rien de ce nom pour vous.")', []),
        ('SAID = {"a": N_("en cours"), "b": "fini"}', ["fini"]),
        ('"""Le la les : a docstring."""', []),
        ('log.info("sign-in refused")', []),
    ],
)
def test_one_would_be_seen(code: str, found: list[str]) -> None:
    """Marked, said in French on purpose, or not French at all: nothing to say of it."""
    assert unmarked(code) == found
