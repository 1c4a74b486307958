"""Each procedure is filed whole by its pages: blocks added one by one, pieces sent, and the answers are those meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from api.offer import form_of
from catalogue.loader import catalogue
from storage.engine.settings import Settings
from tests.api.campaign_counter import A_YEAR, open_campaign
from tests.api.counter import OWNER
from tests.api.journeys import example
from tests.web.conftest import opened_site
from tests.web.residents.filling_in import Applicant
from tests.web.visitors import Site, hidden

NOT_ASKED = frozenset({"demarrage_motif", "urbanisme_numero", "frequence_precisions"})
"""Answered in the examples though what they answered before closes the question: no page asks it."""


async def test_every_procedure_is_filed_by_its_pages(own_settings: Settings) -> None:
    async with opened_site(own_settings) as site:
        await _open_campaigns(site)
        told = [await _filed(site, slug) for slug in catalogue().slugs()]
    assert [one for one in told if one] == []


async def _filed(site: Site, slug: str) -> str:
    """What went wrong; empty when nothing did."""
    plan, meant = catalogue().plan(slug), example(slug)["form"]
    anne = Applicant(await site.resident(), slug)
    await anne.begins()
    answers = [(page, await anne.turns(page)) for page in meant]
    pieces = [piece.key for piece in plan.pieces if piece.required_for(meant)]
    answers += [(piece, await anne.joins(piece, f"{piece}.pdf")) for piece in pieces]
    check = await anne.visitor.get(f"{anne.at}/verification")
    answers.append(("depot", await anne.visitor.post(f"{anne.at}/depot", hidden(check.text))))
    if stopped := [f"{what} : {answer.status_code}" for what, answer in answers if answer.status_code != 303]:
        return f"{slug}, {stopped}"
    api = await site.counter.resident(anne.visitor.email)
    shown = (await api.get(f"dossiers/{anne.draft}")).json()
    differs = sorted(_differences(shown["form"], form_of(plan).completed(meant)))
    missing = [piece["key"] for piece in shown["pieces"] if piece["missing"]]
    return f"{slug}, {differs or missing}" if differs or missing else ""


def _differences(given: Any, meant: Any, at: str = "") -> set[str]:
    """Where they differ, but for how a number or an identifier is spaced, and what no page asks."""
    if isinstance(given, Mapping) and isinstance(meant, Mapping):
        names = (given.keys() | meant.keys()) - NOT_ASKED
        return {one for name in names for one in _differences(given.get(name), meant.get(name), f"{at}/{name}")}
    if isinstance(given, list) and isinstance(meant, list) and len(given) == len(meant):
        pairs = enumerate(zip(given, meant, strict=True))
        return {one for rank, (ours, theirs) in pairs for one in _differences(ours, theirs, f"{at}/{rank}")}
    return set() if _plain(given) == _plain(meant) else {f"{at} : {given!r}, attendu {meant!r}"}


def _plain(value: Any) -> str:
    return str(value).replace(" ", "").removesuffix(".00")


async def _open_campaigns(site: Site) -> None:
    now = datetime.now(UTC)
    async with site.counter.owner.transaction(OWNER) as connection:
        for plan in (each for each in map(catalogue().plan, catalogue().slugs()) if each.campaign):
            await open_campaign(connection, plan.procedure, now - A_YEAR, now + A_YEAR)
