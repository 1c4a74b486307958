"""A file kept without an antivirus: agents and the person read that it was never scanned, wherever it is listed."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import update

from storage.tables.documents import document
from tests.api.counter import OWNER
from tests.web.agents.desk import agent_of, complete_apa
from tests.web.residents.visiting import said
from tests.web.visitors import Site

NEVER, SCANNED = "reçu, sans analyse antivirus", "reçu, analysé"


@pytest.mark.parametrize("status", ["not_scanned", "clean"])
async def test_agents_and_the_person_read_the_true_state_of_each_file(site: Site, status: str) -> None:
    """Three files that no antivirus saw; then one of them once it is scanned, which changes its own line alone."""
    anne, dossier = await complete_apa(site)
    desk = await site.counter.agent("apa", procedures=("apa-domicile",))
    agent, mine = await agent_of(site, "apa", "apa-domicile"), await site.resident(anne.email)
    listed = (await desk.get(f"dossiers/{dossier}/documents")).json()
    one = next(each["id"] for each in listed if each["piece"] == "identite")
    assert {each["status"] for each in listed} == {"not_scanned"}
    if status == "clean":
        await scanned(site, one)

    theirs, ours = f"/fr/dossiers/{dossier}", f"/fr/agents/dossiers/{dossier}"
    of_one = [await agent.get(f"{ours}/documents/{one}/apercu"), await mine.get(f"{theirs}/pieces/identite")]
    chosen = said((await agent.get(f"{ours}/actes/provide_piece")).text)
    of_all = [await agent.get(f"{ours}/pieces"), await mine.get(f"{theirs}/pieces")]

    clean = status == "clean"
    for page in of_one:
        assert (NEVER in said(page.text), SCANNED in said(page.text)) == (not clean, clean)
    for page in of_all:
        assert NEVER in said(page.text)
        assert (SCANNED in said(page.text)) is clean
    assert (chosen.count(NEVER), chosen.count(SCANNED)) == (len(listed) - clean, clean)
    for reader in (desk, anne):
        told = {each["id"]: each["status"] for each in (await reader.get(f"dossiers/{dossier}/documents")).json()}
        assert told.pop(one) == status
        assert set(told.values()) == {"not_scanned"}


async def scanned(site: Site, which: str) -> None:
    """What a scan leaves of a document that it found clean."""
    async with site.counter.owner.transaction(OWNER) as connection:
        changed = await connection.execute(update(document).where(document.c.id == UUID(which)).values(status="clean"))
    assert changed.rowcount == 1
