"""What serves pages stands behind the API's functions: it opens no transaction, and no role but its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVED = ("api", "web")
OPENED = {"transaction", "trips", "connections", "ask", "ask_all", "begin", "execute"}
"""Attributes by which a database is reached."""


def nodes(room: str) -> Iterator[tuple[Path, ast.AST]]:
    """Everything written in a room."""
    for file in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file.relative_to(ROOT), node


def test_pages_open_no_transaction_and_ask_the_database_nothing() -> None:
    reached = [
        (file, node.attr) for file, node in nodes("web") if isinstance(node, ast.Attribute) and node.attr in OPENED
    ]

    assert reached == []
    assert any(isinstance(node, ast.Attribute) and node.attr == "transaction" for _, node in nodes("api"))


def test_no_empty_answer_is_made_to_be_handed_around() -> None:
    """What an answer says by headers follows from its value (`versioned`, `Listed`), or is set on what is sent."""
    empty = [
        file
        for room in SERVED
        for file, node in nodes(room)
        if isinstance(node, ast.Call) and ast.unparse(node) == "Response()"
    ]

    assert empty == []


def test_what_serves_makes_one_database_as_its_own_role() -> None:
    """`guichet_app`, once, where the services are opened."""
    made = [
        (str(file), [ast.unparse(argument) for argument in node.args[1:]])
        for room in SERVED
        for file, node in nodes(room)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Database"
    ]

    assert made == [("api/services.py", ["'app'"])]
