"""The house's sizes: a file is read in one sitting, a function at one glance, and a file says on top what it needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE, FUNCTION = 300, 40
WRITTEN = sorted(
    file for file in ROOT.rglob("*.py") if not any(part.startswith(".") for part in file.relative_to(ROOT).parts)
)


def faults(code: str) -> Iterator[str]:
    """What is too long, and what is imported out of sight."""
    if (lines := code.count("\n")) > FILE:
        yield f"the file has {lines} lines"
    for function in ast.walk(ast.parse(code)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION:
            yield f"{function.name} has {lines} lines"
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
            yield f"{function.name} imports inside"


def test_files_and_functions_are_short_and_import_on_top() -> None:
    found = {str(file.relative_to(ROOT)): list(faults(file.read_text("utf-8"))) for file in WRITTEN}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_each_fault_would_be_seen() -> None:
    long = "def f():\n" + "    a = 1\n" * 40
    assert list(faults(long)) == ["f has 41 lines"]
    assert list(faults("def f():\n    import os\n")) == ["f imports inside"]
    assert list(faults("\n" * 301)) == ["the file has 301 lines"]
