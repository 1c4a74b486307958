"""The date of a paper piece, entered late by an agent, is corrected on the page of its act."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

from domain.calendar import PARIS
from tests.api.journeys import PDF, act, filed, given
from tests.web.agents.desk import agent_of, does
from tests.web.visitors import Site, Visitor, hidden


async def scanned(agent: Visitor, dossier: str, piece: str) -> str:
    """A document that the agent scanned for that piece."""
    at = f"/fr/agents/dossiers/{dossier}/pieces/{piece}"
    token = hidden((await agent.get(at)).text)["_csrf"]
    files = {"file": (f"{piece}.pdf", PDF, "application/pdf")}
    assert (await agent.client.post(f"{at}/documents", data={"_csrf": token}, files=files)).status_code == 303
    page = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/provide_piece?piece={piece}")).text
    document = re.search(r'name="acte_documents" value="([^"]+)"', page)
    assert document is not None
    return document[1]


async def test_only_what_was_entered_by_hand_is_proposed_then_corrected(site: Site) -> None:
    """What it would change is seen first; the journal and the explanation keep both days; the person reads them too."""
    anne = await site.counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    agent = await agent_of(site, "autonomie", "apa-domicile")
    online = await given(anne, f"dossiers/{dossier}", "identite")
    assert (await act(anne, dossier, "provide_piece", {"piece": "identite", "documents": [online]})).status_code == 200
    before = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/correct_date")).text
    document = await scanned(agent, dossier, "rib")
    done = await does(agent, dossier, "provide_piece", {"acte_piece": "rib", "acte_documents": [document]})
    assert done.status_code == 303, done.text

    page = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/correct_date")).text
    right = {
        "acte_of": "piece",
        "acte_piece": "rib",
        "acte_effective": (datetime.now(UTC) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "acte_channel": "paper",
        "acte_evidence": "Tampon du courrier",
    }
    empty = (await does(agent, dossier, "correct_date", {})).text
    future = await does(agent, dossier, "correct_date", right)
    seen = (await anne.get(f"dossiers/{dossier}")).json()
    filed_at = datetime.fromisoformat(seen["filed_at"]).astimezone(PARIS)
    right["acte_effective"] = filed_at.replace(tzinfo=None).isoformat()
    tried = await does(agent, dossier, "correct_date", {**right, "_essai": "1"})
    corrected = await does(agent, dossier, "correct_date", right)

    assert "établie par le guichet" in unescape(before)
    assert [one for one in ("rib", "identite") if f'<option value="{one}"' in page] == ["rib"]
    assert ('value="filing"' in page, 'name="acte_part"' in page) == (False, False)
    assert ("(facultatif)" in page, "Laissez les trois champs vides" in page) == (False, False)
    assert re.findall(r'href="#acte_(\w+)"', empty) == ["of", "effective", "channel", "evidence"]
    assert future.status_code == 409
    assert "Ce que cet acte changerait" in tried.text
    assert corrected.status_code == 303, corrected.text
    journal = unescape((await agent.get(f"/fr/agents/dossiers/{dossier}/journal")).text)
    assert "La date de réception de la pièce" in journal
    assert "Tampon du courrier" in journal
    assert "(date corrigée depuis)" in (await agent.get(f"/fr/agents/dossiers/{dossier}/pourquoi")).text
