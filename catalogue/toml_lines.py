"""Finds the line of a TOML file where a value stands, or where its table begins."""

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}\s*(#.*)?$")


def line_of(text: str, loc: Sequence[int | str]) -> int:
    """The line (from 1) of the value at `loc`, as near as can be told; 0 when nothing of it is in the file."""
    lines = text.splitlines()
    start, depth = _table(lines, loc)
    rest = [part for part in loc[depth:] if isinstance(part, str)]
    end = next((index for index in range(start + 1, len(lines)) if HEADER.match(lines[index])), len(lines))
    for index in range(start, end):
        if rest and any(re.match(rf'\s*"?{re.escape(key)}"?\s*[=.]', lines[index]) for key in rest):
            return index + 1
    # An inline table: `fields = [{ key = … }]`.
    for index in range(start, end):
        if rest and re.search(rf"\b{re.escape(rest[-1])}\s*=", lines[index]):
            return index + 1
    return start + 1 if depth else 0


def _table(lines: Sequence[str], loc: Sequence[int | str]) -> tuple[int, int]:
    """The line index of the deepest table header that leads to `loc`, and how many parts of it were used."""
    counts: dict[str, int] = {}
    best, used = 0, 0
    for index, line in enumerate(lines):
        header = HEADER.match(line)
        if header is None:
            continue
        name = header.group(1)
        if line.lstrip().startswith("[["):
            _count(counts, name)
        parts = _parts(name, counts)
        if len(parts) > used and list(loc[: len(parts)]) == parts:
            best, used = index, len(parts)
    return best, used


def _count(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, -1) + 1
    for inner in [key for key in counts if key.startswith(f"{name}.")]:
        del counts[inner]


def _parts(name: str, counts: dict[str, int]) -> list[int | str]:
    parts: list[int | str] = []
    path = ""
    for word in name.split("."):
        path = f"{path}.{word}".lstrip(".")
        parts.append(word)
        if path in counts:
            parts.append(counts[path])
    return parts
