"""Blocking work of a server never waits in the threads that everything shares: a heavy one would hold everybody."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHORT = {
    "storage/mail.py": "one small file written",
    "api/mail.py": "a demonstration's folder, read",
    "workers/activities/letters.py": "a letter laid out in milliseconds, in a process that answers nobody",
}
"""Where the shared threads are taken, and why it holds nobody."""


def shared_threads(code: str) -> list[int]:
    """The lines where work goes to the event loop's own threads."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [(call, call.func.attr) for call in calls if isinstance(call.func, ast.Attribute)]
    return [
        call.lineno
        for call, name in named
        if name == "to_thread"
        or (name == "run_in_executor" and isinstance(call.args[0], ast.Constant) and call.args[0].value is None)
    ]


@pytest.mark.parametrize("room", ["api", "storage", "web", "workers"])
def test_heavy_work_has_threads_of_its_own(room: str) -> None:
    found = {
        str(file.relative_to(ROOT)) for file in sorted((ROOT / room).rglob("*.py")) if shared_threads(file.read_text())
    }
    assert found <= set(SHORT), "Use a FairQueue (storage/engine/fair_queue.py), or say here why it is short."


def test_one_would_be_seen() -> None:
    code = "async def f(loop):\n    await asyncio.to_thread(g)\n    loop.run_in_executor(None, g)\n"
    assert sorted(shared_threads(code)) == [2, 3]
