"""Finds the line of a JSON file where the value at a pointer stands, or what is nearest to it."""

import re
from collections.abc import Iterator

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def line_of(text: str, pointer: str) -> int:
    """The line (from 1) of the value at `pointer` (`/properties/nom`), else of the nearest value around it."""
    wanted = [part for part in pointer.split("/") if part]
    best, line = 0, 1
    for path, at in _places(text):
        if len(path) > best and path == wanted[: len(path)]:
            best, line = len(path), at
    return line


def _places(text: str) -> Iterator[tuple[list[str], int]]:
    """Each key and each element, with the path that leads to it and its line."""
    path: list[str] = []
    counts: list[int | None] = []
    before = ""
    for token in TOKEN.finditer(text):
        word = token.group()
        opens_element = bool(counts) and counts[-1] is not None and before in {"[", ","} and word != "]"
        if opens_element:
            path[-1] = str(counts[-1])
            counts[-1] = (counts[-1] or 0) + 1
        names = bool(counts) and counts[-1] is None and before in {"{", ","} and word.startswith('"')
        if names:
            path[-1] = word[1:-1]
        if opens_element or names:
            yield list(path), text.count("\n", 0, token.start()) + 1
        if word in "{[":
            counts.append(None if word == "{" else 0)
            path.append("")
        elif word in "}]":
            counts.pop()
            path.pop()
        before = word
