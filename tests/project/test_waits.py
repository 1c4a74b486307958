"""No test waits for ever: what may never end is waited for through `tests/ending.py`, which is bounded."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
BOUNDED = TESTS / "ending.py"


def unbounded(code: str) -> list[int]:
    """The lines where the result of a workflow is awaited with nothing to bound it."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Await)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "result"
    ]


@pytest.mark.parametrize("file", sorted({*TESTS.rglob("*.py")} - {BOUNDED}), ids=lambda file: file.stem)
def test_no_workflow_s_result_is_awaited_without_a_bound(file: Path) -> None:
    assert unbounded(file.read_text("utf-8")) == [], "Use `ended(handle)` of tests/ending.py."


def test_one_would_be_seen() -> None:
    assert unbounded("async def f(run):\n    await run.result()\n") == [2]
