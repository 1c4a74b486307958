"""Every route, called by everybody with what nobody should send: never a defect, always a problem when refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.api.counter import Counter, SignedIn
from tests.api.http.test_routes import DOCUMENT
from tests.api.sampled import Sampler

ROUNDS = 6
SPACES = ("public", "residents", "mediators", "agents", "systems", "admin")
KEEPS = ("/sign-in", "/session")
"""Signing in has its own limits, and signing out would end the run's own sessions."""


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("seed", [29])
async def test_no_input_makes_a_defect(counter: Counter, space: str, seed: int) -> None:
    """`seed` and the operation tell how to play a failure again."""
    caller = await somebody(counter, space)
    sampler = Sampler(DOCUMENT["components"]["schemas"], seed)
    defects = []
    for path, item in DOCUMENT["paths"].items():
        if not path.startswith(f"/v1/{space}/") or any(kept in path for kept in KEEPS):
            continue
        for method, operation in item.items():
            for _ in range(ROUNDS):
                request = _request(sampler, path, operation)
                answer = await caller.call(method.upper(), **request)
                if wrong := _wrong(answer):
                    defects.append(f"{method.upper()} {request} → {wrong}")

    assert not defects, "\n".join(one[:600] for one in defects[:20])


async def somebody(counter: Counter, space: str) -> SignedIn:
    """Somebody who may call the operations of a space."""
    match space:
        case "mediators":
            return (await counter.mediator())[0]
        case "agents":
            return await counter.agent("fuzzers", procedures=("apa-domicile",))
        case "systems":
            return await counter.system("*:deposit", "*:read", "*:webhook")
        case "admin":
            return await counter.administrator()
    return await counter.resident()


def _request(sampler: Sampler, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    """One request: parameters and body drawn from their schemas, then spoiled."""
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    for parameter in operation.get("parameters", []):
        value = sampler.valid(parameter["schema"])
        text = str(sampler.spoiled(value))[:500]
        match parameter["in"]:
            case "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(text, safe="") or "-")
            case "query":
                query[parameter["name"]] = text
            case "header":
                headers[parameter["name"]] = "".join(sign for sign in text if " " < sign < "\x7f")
    content = operation.get("requestBody", {}).get("content", {})
    request: dict[str, Any] = {"path": path, "params": query, "headers": headers}
    for media, described in content.items():
        if media.endswith("json"):
            request["json"] = sampler.spoiled(sampler.valid(described.get("schema", {})))
            headers["Content-Type"] = media
    return request


def _wrong(answer: httpx2.Response) -> str:
    """What an answer should not be; empty when it is well."""
    if answer.status_code >= 500 and answer.json().get("type") != "/problems/unavailable":
        return f"{answer.status_code} {answer.text[:300]}"
    if answer.status_code >= 400 and answer.headers["Content-Type"] != "application/problem+json":
        return f"{answer.status_code} not a problem: {answer.text[:300]}"
    return ""
