"""People who come to the pages as a browser would: cookies kept, forms sent with their hidden fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import FastAPI

from tests.api.counter import SPACE, Counter, Staff

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(slots=True)
class Site:
    """The pages, and the API beside them."""

    counter: Counter

    def visitor(self) -> Visitor:
        """Somebody with a browser of their own."""
        return Visitor(client_of(self.counter.app))

    async def resident(self, email: str | None = None) -> Visitor:
        """A resident signed in through the pages."""
        address = email or f"anne.{uuid4().hex[:8]}@example.org"
        visitor = self.visitor()
        asked = await visitor.post("/fr/connexion", {"email": address, "suite": ""})
        assert asked.status_code == 200, asked.text
        sent = hidden(asked.text) | {"code": self.counter.code_sent_to(address)}
        opened = await visitor.post("/fr/connexion/code", sent)
        assert opened.status_code == 303, opened.text
        visitor.email = address
        return visitor

    async def staff(self, staff: Staff, *, drift: int = 0) -> Visitor:
        """A member of staff whose browser has a session; a second one at once asks for another step's code."""
        visitor = self.visitor()
        factors = {**staff.factors(drift=drift), "transport": "cookie"}
        opened = await visitor.client.post(f"/v1/{SPACE[staff.audience]}/sign-in", json=factors)
        assert opened.status_code == 201, opened.text
        return visitor


@dataclass(slots=True)
class Visitor:
    """A browser without scripts."""

    client: httpx2.AsyncClient
    email: str = ""

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        """Ask for a page."""
        return await self.client.get(path, **options)

    async def post(self, path: str, fields: Mapping[str, Any], **options: Any) -> httpx2.Response:
        """Send a form's fields."""
        return await self.client.post(path, data=dict(fields), **options)

    async def submit(self, at: str, action: str, fields: Mapping[str, Any] | None = None) -> httpx2.Response:
        """Open the page `at`, and send its form to `action` with its hidden fields."""
        page = await self.get(at)
        assert page.status_code == 200, page.text
        return await self.post(action, {**hidden(page.text), **(fields or {})})


def client_of(app: FastAPI) -> httpx2.AsyncClient:
    """A client of the pages, who reads them as people do: a space that does not break is a space."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    hooks = {"response": [_spaces]}
    return Browser(transport=transport, base_url="http://guichet.test", event_hooks=hooks)


class Browser(httpx2.AsyncClient):
    """Goes where a page that answers a form is shown, as browsers do; not with the extension `stay`."""

    async def request(self, method: str, url: Any, **options: Any) -> httpx2.Response:
        """One request, and the next one when a form is answered by a page."""
        stays = (options.get("extensions") or {}).get("stay", False)
        answer = await super().request(method, url, **options)
        away = answer.headers.get("location", "")
        if method != "POST" or stays or not re.search(r"[?&]essai=", away):
            return answer
        return await super().request("GET", away)


async def _spaces(answer: httpx2.Response) -> None:
    if answer.headers.get("content-type", "").startswith("text/html"):
        answer._content = (await answer.aread()).replace("\N{NO-BREAK SPACE}".encode(), b" ")


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page, the last of each name."""
    return {unescape(name): unescape(value) for name, value in _HIDDEN.findall(html)}
