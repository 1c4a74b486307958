"""What the OpenAPI document says of acts: a generated client keeps its names, its types and its bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from api.http.openapi import describe
from api.routers import include_all

KEPT = Path(__file__).with_name("acts_in_openapi.txt")
SAID = {"description", "title", "summary", "examples"}
"""What people read there may be better said; problems are exemplified by those that the process knows."""


def test_the_acts_are_declared_as_they_were() -> None:
    """Each path, with its parameters and its answers; each body, with its fields. A new act only adds lines.

    What differs on purpose is written by `python -m tests.api.test_acts_in_openapi`.
    """
    kept, now = set(KEPT.read_text(encoding="utf-8").splitlines()), set(declared())

    assert not kept - now, "a line that a client may have read is no more"
    assert not now - kept, "a line is new: keep it"


def document_of_acts() -> dict[str, Any]:
    """The document, made from the routes alone."""
    app = FastAPI(title="Guichet")
    include_all(app)
    return describe(app)


def declared() -> list[str]:
    """One line for each act at each door, and one for each of their bodies."""
    document = document_of_acts()
    acts = {path: item for path, item in document["paths"].items() if "/acts/" in path}
    bodies = {each for item in acts.values() for each in _named(item["post"])}
    schemas = document["components"]["schemas"]
    of_bodies = (f"{name} {json.dumps(_unsaid(schemas[name]), sort_keys=True)}" for name in bodies)
    return sorted([*(f"{path} {_operation(item['post'])}" for path, item in acts.items()), *of_bodies])


def _operation(said: dict[str, Any]) -> str:
    parameters = [f"{each['in']} {each['name']} {each['required']}" for each in said["parameters"]]
    asked, answers = said["requestBody"], sorted(said["responses"])
    return json.dumps([said["operationId"], said["tags"], parameters, answers, asked, said["responses"]["200"]])


def _named(item: Any) -> set[str]:
    refs = json.dumps(item).split('"#/components/schemas/')[1:]
    return {each.partition('"')[0] for each in refs}


def _unsaid(value: Any, *, fields: bool = False) -> Any:
    """Without the sentences; a field may be called `title`."""
    if isinstance(value, dict):
        return {
            name: _unsaid(each, fields=name == "properties")
            for name, each in value.items()
            if fields or name not in SAID
        }
    return [_unsaid(each) for each in value] if isinstance(value, list) else value


if __name__ == "__main__":
    KEPT.write_text("\n".join(declared()) + "\n", encoding="utf-8")
