"""The author's road to its end: one procedure more, by the tutorial alone, then filed and decided on the real parts.

Neither an existing file edited nor a line of Python: its folder is enough for the API, the worker and the engine.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
from fastapi import FastAPI
from temporalio.client import Client

from parts.ports import free_ports
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, given, submitted
from tests.catalogue.authoring import Copy
from tests.catalogue.test_tutorial import SLUG, blocks, write_what_remains

SOON = 30.0
LETTER = "# Aide au permis accordée\n\nBonjour {{ personne }},\n\nVotre demande {{ reference }} est acceptée.\n"


async def test_a_sixteenth_procedure_is_filed_and_decided(
    own_settings: Settings, s3: dict[str, str], temporal: Client, tmp_path: Path
) -> None:
    """Begun, checked, simulated, published; then a person files it, an agent decides, and the letter can be opened."""
    copy = Copy(tmp_path / "guichet")
    before = copy.files()
    follow_the_tutorial(copy)
    added_only(before, copy.files())
    example = json.loads((copy.folder / "procedures" / SLUG / "example.json").read_text(encoding="utf-8"))
    async with served(copy, own_settings) as counter:
        anna = await counter.resident()
        agent = await counter.agent("permis", procedures=(SLUG,))
        listed = (await counter.client.get("/v1/public/procedures")).json()
        assert SLUG in {each["slug"] for each in listed}
        dossier = await filed(anna, example["form"])
        signed = await act(agent, dossier, "decide", {"outcome": "accord"})
        assert signed.status_code == 200, signed.text
        letter = await letter_of(anna, dossier)
        standing = (await anna.get(f"dossiers/{dossier}")).json()
        described = await temporal.get_workflow_handle(f"dossier/{dossier}").describe()
    assert letter.startswith(b"%PDF")
    assert standing["status"] == "granted"
    assert described.workflow_type == SLUG


def follow_the_tutorial(copy: Copy) -> None:
    """Its commands in its order; between check and publish, what the author writes, with a letter of its own."""
    for words, shown in blocks():
        if words[1] == "publish":
            write_what_remains(copy.folder / "procedures" / SLUG, copy.folder / "forms_schemas" / SLUG)
            write_a_letter(copy.folder / "procedures" / SLUG)
        done = copy.guichet(*words)
        assert done.returncode == (1 if words[1] == "check" else 0), done.stdout + done.stderr
        assert done.stdout.replace(f"{copy.folder}/", "").splitlines()[: len(shown)] == shown
    assert copy.guichet("procedure", "check", SLUG).returncode == 0


def write_a_letter(folder: Path) -> None:
    """The letter of the favourable outcome, in its own words."""
    facts = folder / "procedure.toml"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text.replace('key = "accord"\n', 'key = "accord"\nletter = "decision-accord"\n'), encoding="utf-8")
    (folder / "letters").mkdir()
    (folder / "letters" / "decision-accord.md").write_text(LETTER, encoding="utf-8")


def added_only(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Two folders more, no Python in them, and the lock that `publish` keeps; nothing else has changed."""
    changed = {path for path, digest in before.items() if after.get(path) != digest}
    added = after.keys() - before.keys()
    assert changed <= {"forms_schemas/published.lock"}
    assert {path.rpartition(f"/{SLUG}/")[0] for path in added} == {"procedures", "forms_schemas"}
    assert not [path for path in added if path.endswith(".py")]


@asynccontextmanager
async def served(copy: Copy, settings: Settings) -> AsyncIterator[Counter]:
    """The API and the worker of the copy, in processes of their own, on the run's real parts."""
    (port,) = free_ports(1)
    async with Database(settings, "owner", size=2) as owner:
        with copy.running(settings, "api", "--port", str(port)), copy.running(settings, "worker"):
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                await answering(client)
                yield Counter(app=FastAPI(), client=client, settings=settings, owner=owner)


async def answering(client: httpx2.AsyncClient) -> None:
    """Wait until the API does."""
    async with asyncio.timeout(SOON):
        while True:
            with suppress(httpx2.TransportError):
                if (await client.get("/health/live")).status_code == 200:
                    return
            await asyncio.sleep(0.1)


async def filed(person: SignedIn, form: Mapping[str, Any]) -> str:
    """A draft filled in page by page, its piece given, filed with electronic notice; gives the dossier."""
    begun = await person.post("drafts", json={"procedure": SLUG})
    assert begun.status_code == 201, begun.text
    draft = begun.json()["id"]
    for page in begun.json()["pages"]:
        saved = await person.call("PATCH", f"drafts/{draft}/pages/{page}", json=form[page])
        assert saved.status_code == 200, saved.text
    await given(person, f"drafts/{draft}", "identite")
    dossier: str = (await submitted(person, draft, electronic_notice=True))["id"]
    return dossier


async def letter_of(person: SignedIn, dossier: str) -> bytes:
    """The decision's letter, once the worker has made it and the notice is available; opened, it is notified."""
    seen: Any = None
    with suppress(TimeoutError):
        async with asyncio.timeout(SOON):
            while True:
                seen = (await person.get(f"dossiers/{dossier}/letters")).json()
                if found := [each for each in seen if each["kind"] == "decision" and each["to_open"]]:
                    opened = await person.get(f"dossiers/{dossier}/letters/{found[0]['id']}")
                    assert opened.status_code == 200, opened.text
                    content: bytes = opened.content
                    return content
                await asyncio.sleep(0.2)
    raise AssertionError(f"no letter of the decision: {seen}")
