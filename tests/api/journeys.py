"""Short journeys that many tests begin with: a draft filled in, filed, and the people who take it on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from storage.engine.database import WORKING, Database
from storage.register.fold import Story, story
from tests.api.counter import Counter, SignedIn

ROOT = Path(__file__).resolve().parents[2]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"  # noqa: E501


def example(procedure: str) -> dict[str, Any]:
    """The worked example of a procedure: its form, and what agents write."""
    content: dict[str, Any] = json.loads((ROOT / "procedures" / procedure / "example.json").read_text("utf-8"))
    return content


def plan_of(amount: str) -> dict[str, Any]:
    """A plan of help at home of that amount a month, for APA."""
    return {"plan": amount, "aides": [{"nature": "aide_a_domicile", "montant": amount}]}


def new_key() -> dict[str, str]:
    """An Idempotency-Key of its own."""
    return {"Idempotency-Key": str(uuid4())}


async def drafted(person: SignedIn, procedure: str, *, under: str = "") -> str:
    """A draft with every page of the example saved; gives its id. `under`: `mandates/<id>/` for a mediator."""
    begun = await person.post(f"{under}drafts", json={"procedure": procedure})
    assert begun.status_code == 201, begun.text
    draft: str = begun.json()["id"]
    form = example(procedure)["form"]
    for page in begun.json()["pages"]:
        if page in form:
            saved = await person.call("PATCH", f"{under}drafts/{draft}/pages/{page}", json=form[page])
            assert saved.status_code == 200, saved.text
            assert saved.json()["complete"], saved.text
    return draft


async def submitted(person: SignedIn, draft: str, *, under: str = "", **body: Any) -> dict[str, Any]:
    """The draft filed; gives the answer."""
    filed = await person.post(f"{under}drafts/{draft}/submit", json=body, headers=new_key())
    assert filed.status_code == 201, filed.text
    answer: dict[str, Any] = filed.json()
    return answer


async def filed(person: SignedIn, procedure: str, *, under: str = "", **body: Any) -> dict[str, Any]:
    """A whole filing of the example, incomplete when it has pieces."""
    draft = await drafted(person, procedure, under=under)
    return await submitted(person, draft, under=under, **{"incomplete": True, **body})


async def given(person: SignedIn, place: str, piece: str) -> str:
    """A document sent for a piece; gives its id. `place`: `drafts/<id>` or `dossiers/<id>`."""
    sent = await person.post(
        f"{place}/documents", files={"file": (f"{piece}.pdf", PDF, "application/pdf")}, data={"piece": piece}
    )
    assert sent.status_code == 201, sent.text
    document: str = sent.json()["id"]
    return document


async def story_of(counter: Counter, dossier: str) -> Story:
    """The dossier and its journal, as the worker reads them."""
    worker = Database(counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        found = await story(connection, worker.keys, UUID(dossier))
    await worker.close()
    return found


async def act(person: SignedIn, dossier: str, name: str, body: Any = None, **headers: str) -> Any:
    """An act on the dossier's present version; gives the whole answer."""
    place = f"dossiers/{dossier}"
    seen = await person.get(place)
    assert seen.status_code == 200, seen.text
    return await person.post(
        f"{place}/acts/{name}", json=body or {}, headers={"If-Match": seen.headers["ETag"], **new_key(), **headers}
    )
