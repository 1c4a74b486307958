"""APA after silence: the express decision imputes the advance, and no amount is computed before its first text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from catalogue.letter_sources import context, letter, name_of
from domain.calendar import PARIS, add_months, civil
from letters.source import fill
from storage.engine.database import Database
from storage.engine.legal_time import move_clock
from storage.engine.settings import Settings
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, given, new_key, story_of
from tests.api.test_agents import complete_apa, desk

SAID = example("apa-domicile")


@pytest.fixture
async def counter(own_settings: Settings) -> AsyncIterator[Counter]:
    """On a database of its own: these stories move its clock by months."""
    async with opened_counter(own_settings) as opened:
        yield opened


async def accepted(agent: SignedIn, anne: SignedIn, dossier: str) -> None:
    """The plan of 900 €, proposed and accepted."""
    for name, body in (("assess", {"findings": SAID["evaluation"]}), ("propose", {"content": SAID["plan"]})):
        done = await act(agent, dossier, name, body)
        assert done.status_code == 200, done.text
    answered = await act(anne, dossier, "answer_proposal", {"answer": "accepted"})
    assert answered.status_code == 200, answered.text


async def moved(counter: Counter, to: datetime) -> None:
    """Legal time, moved forward."""
    worker = Database(counter.settings, "worker", size=1)
    await move_clock(worker, to)
    await worker.close()


async def test_the_express_decision_imputes_the_advance_and_its_letter_says_so(counter: Counter) -> None:
    """CASF R232-29: provisional from 24/01, granted on 10/05: four months begun of 1 040,17 €, 771,55 € imputed.

    The dates follow the legal clock of the database: three months and sixteen days after silence.
    """
    anne, made = await complete_apa(counter)
    agent, dossier = await desk(counter, "apa-domicile"), made["id"]
    await accepted(agent, anne, dossier)
    since = datetime.fromisoformat(made["acknowledgement"]["implied_on"]).replace(tzinfo=PARIS) + timedelta(days=1)
    on = add_months(civil(since), 3) + timedelta(days=16)
    await moved(counter, datetime(on.year, on.month, on.day, 12, tzinfo=PARIS))

    decided = await act(agent, dossier, "decide", {"outcome": "accord", "content": SAID["accord"]})

    assert decided.status_code == 200, decided.text
    content = (await agent.get(f"dossiers/{dossier}")).json()["decision"]["content"]
    amounts = {name: content[name] for name in ("contribution", "avance", "avance_imputee", "avance_a_reporter")}
    assert amounts == {
        "contribution": "771.55",
        "avance": "4160.68",
        "avance_imputee": "771.55",
        "avance_a_reporter": "3389.13",
    }
    shown = await letter_of(counter, dossier)
    assert "L'avance versée à titre provisoire, 4 160,68 €, est imputée" in shown
    assert "771,55 € d'ores et déjà, 3 389,13 € sur les versements suivants" in shown


async def letter_of(counter: Counter, dossier: str) -> str:
    """The decision's letter, as the worker would write it."""
    found = await story_of(counter, dossier)
    seq = max(entry.seq for entry in found.entries if entry.event.kind == "decided")
    source = letter(found.procedure, name_of(found.plan, "decision", found.event(seq)))
    text = fill(source.text, context(found.as_of(seq), found.event(seq), found.reference, "Anna"))
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("\\", "")


async def paper_apa(agent: SignedIn, anne: SignedIn, on: str) -> str:
    """An APA request received complete on paper that day, entered now."""
    late: dict[str, Any] = {"channel": "registered_mail", "evidence": "AR 2C 123", "effective": on, "confirmed": True}
    body = {
        "procedure": "apa-domicile",
        "applicant": {"name": "Anne Kervella", "email": anne.email},
        "form": SAID["form"],
        **late,
    }
    entered = await agent.post("dossiers", json=body, headers=new_key())
    assert entered.status_code == 201, entered.text
    dossier: str = entered.json()["id"]
    for piece in ("identite", "avis_imposition", "rib"):
        document = await given(agent, f"dossiers/{dossier}", piece)
        done = await act(agent, dossier, "provide_piece", {"piece": piece, "documents": [document], **late})
        assert done.status_code == 200, done.text
    return dossier


async def test_an_advance_that_began_before_the_first_text_is_not_extrapolated(counter: Counter) -> None:
    """Received in June 2025: the provisional aid began in August, months before the first value that is known."""
    anne, agent = await counter.resident(), await desk(counter, "apa-domicile")
    dossier = await paper_apa(agent, anne, "2025-06-02T09:00:00+02:00")
    await accepted(agent, anne, dossier)

    refused = await act(agent, dossier, "decide", {"outcome": "accord", "content": SAID["accord"]})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/before-first-text")
    assert "n'a pas de valeur avant" in refused.json()["detail"]
    assert "Rien n'est extrapolé" in refused.json()["detail"]
    assert (await agent.get(f"dossiers/{dossier}")).json()["decision"] is None
