"""Somebody who fills a form in with a browser without scripts: what each page shows is what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2

from api.offer import form_of, in_force
from tests.api.journeys import PDF, example
from tests.web.forms.browsing import Page
from tests.web.forms.every_form import FormPage
from tests.web.visitors import Visitor, hidden

MOST_TURNS = 12


def read_page(html: str) -> Page:
    """A page as the browser reads it."""
    page = Page()
    page.feed(html.removeprefix("<!doctype html>"))
    page.close()
    return page


@dataclass(slots=True)
class Applicant:
    """A visitor, and the answers that they have in mind for this procedure."""

    visitor: Visitor
    procedure: str
    draft: str = ""
    counter: str = "/fr"

    @property
    def at(self) -> str:
        """Where the draft is."""
        return f"{self.counter}/brouillons/{self.draft}"

    async def begins(self) -> httpx2.Response:
        """From the procedure's page to the draft."""
        start = f"{self.counter}/demarches/{self.procedure}/commencer"
        begun = await self.visitor.submit(start, f"{self.counter}/brouillons")
        assert begun.status_code == 303, begun.text
        self.draft = begun.headers["location"].rpartition("/")[2]
        return begun

    async def turns(self, page: str, **typed: str) -> httpx2.Response:
        """Fill a page in and go on; what an answer opens is answered in its turn. `typed` replaces answers."""
        at = f"{self.at}/pages/{page}"
        answer = await self.visitor.get(at)
        for _ in range(MOST_TURNS):
            assert answer.status_code == 200, answer.text
            more = self._lacking(answer.text)
            answer = await self.sends(at, [*self.filled(answer.text, page, typed), *more])
            if answer.status_code != 200:
                break
        return answer

    def _lacking(self, html: str) -> list[tuple[str, str]]:
        """The button that adds a block, when this person has more to say than the page has blocks."""
        shown = read_page(html)
        names = [each.get("name") for each in shown.of("input", "select", "textarea")]
        for button in (each for each in shown.of("button") if each.get("name") == "_add"):
            block = button.get("value")
            there = {name.removeprefix(f"{block}.").partition(".")[0] for name in names if name.startswith(f"{block}.")}
            if len(there) < len(self._meant_at(block)):
                return [("_add", block)]
        return []

    def _meant_at(self, block: str) -> list[Any]:
        found: Any = example(self.procedure)["form"]
        for part in block.split("."):
            found = found[int(part)] if isinstance(found, list) else found.get(part, [])
        return list(found)

    async def sends(self, at: str, pairs: list[tuple[str, str]]) -> httpx2.Response:
        """Post the pairs as a browser does, names repeated in their order."""
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return await self.visitor.client.post(at, data=fields)

    def filled(self, html: str, page: str, typed: dict[str, str] | None = None) -> list[tuple[str, str]]:
        """What this page sends once filled in: only what it shows."""
        shown = read_page(html)
        names = {each.get("name") for each in shown.of("input", "select", "textarea")}
        meant = self._meant(page)
        answered = [(name, value) for name, value in meant if name in names and not name.startswith("_")]
        mine = {name for name, _ in answered}
        own = [pair for pair in shown.posted().pairs if pair[0] not in mine and pair[0]]
        said = typed or {}
        kept = [pair for pair in (*own, *answered) if pair[0] not in said]
        return [*kept, *((name, value) for name, value in said.items() if name in names)]

    def _meant(self, page: str) -> list[tuple[str, str]]:
        form: dict[str, Any] = example(self.procedure)["form"]
        whole = FormPage("", form_of(in_force(self.procedure)), page, form)
        return [(name, value) for name, value in whole.drawn().posted().pairs if value]

    async def joins(self, piece: str, name: str, content: bytes = PDF) -> httpx2.Response:
        """Send one file for a piece."""
        at = f"{self.at}/pieces/{piece}"
        csrf = hidden((await self.visitor.get(at)).text)["_csrf"]
        return await self.visitor.client.post(
            f"{at}/documents", data={"_csrf": csrf}, files={"file": (name, content, "application/pdf")}
        )
