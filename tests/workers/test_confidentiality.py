"""What Temporal keeps of a dossier: identifiers, dates and codes; and even those sealed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowHandle
from temporalio.converter import WorkflowSerializationContext

from catalogue.forms import form as form_file
from domain.actors import Actor
from domain.messages import SendMessage
from domain.steps.decision import Decide
from letters.blocks import Unrenderable
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.ending import ended
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.fake_clamd import FakeClamd
from tests.workers.grumpy_post import GrumpyPost
from tests.workers.office import Office, elsewhere, example
from tests.workers.opened_histories import Kept, every_text
from tests.workers.stories import OUTCOME, STEPS
from tests.workers.test_mandates import given
from tests.workers.test_webhooks import receiver, subscribed
from workers.codec import SealedPayloads, Unreadable, sealing_converter

SECRET, ANSWER = "le secret du message", "Ma fille m'accompagnera."
RESIDENT = Actor(kind="resident", name="Anna Le Goff")
DOCUMENT = "Avis d'imposition de Katell Riou.pdf"
LAW, FACT = "Article L. 999 du code", "Vos revenus dépassent le plafond."
PERSONAL = {
    SECRET,
    ANSWER,
    DOCUMENT,
    LAW,
    FACT,
    "anna@example.org",
    "Anna Le Goff",
    "Le Goff",
    "Anne Agent",
    "CCAS de Morlaix",
}
WORKFLOWS = {"dossier", "notice", "mandate", "webhook", "document"}
ACTIVITIES = {
    "what_next", "settle", "issue_letter", "send_email", "tell_agents", "announce_move", "hand_over", "deliver_notice",
    "send_notice_email", "watch_notice", "deliver_webhook", "watch_mandate", "warn_mandate", "tell_of_mandate",
    "scan_document",
}  # fmt: skip
PLACES = {
    "workflow_execution_started_event_attributes.input",
    "workflow_execution_completed_event_attributes.result",
    "activity_task_scheduled_event_attributes.input",
    "activity_task_started_event_attributes.last_failure.encoded_attributes",
    "activity_task_completed_event_attributes.result",
    "start_child_workflow_execution_initiated_event_attributes.input",
}
"""Where something sealed must have been opened, or the test looked at nothing."""


@pytest.fixture
async def desk(own_settings: Settings, office: Office) -> AsyncIterator[Desk]:
    """A resident with a draft, who sends documents."""
    app = Database(own_settings, "app", size=2)
    yield await Desk.opened(app, office.world.database, office.world.objects)
    await app.close()


@pytest.mark.parametrize("slug", STEPS)
async def test_no_personal_value_is_in_the_histories_even_once_opened(office: Office, desk: Desk, slug: str) -> None:
    """Each value of the form, names, addresses, words, looked for in every text of every event, payloads opened."""
    post = GrumpyPost()
    async with FakeClamd().listening() as clamd, post.listening() as smtp, receiver("500 Oops") as system:
        telling = await elsewhere(office, clamd_address=clamd, smtp_url=smtp)
        async with telling.working():
            dossier = await a_whole_life(telling, desk, slug, system.url)
        kept = await every_text(telling.client, telling.world.settings.task_queue_prefix)
    told = await telling.story(dossier)
    assert post.refused == 1
    assert {each.workflow.partition("/")[0] for each in kept} == WORKFLOWS
    assert {each.text for each in kept if each.place.endswith("activity_type.name")} >= ACTIVITIES
    opened = {each.place for each in kept if each.sealed}
    assert {place for place in PLACES if not any(place in each for each in opened)} == set()
    personal = {*PERSONAL, told.reference, *written(example(slug)["form"], codes(form_file(slug, "v2").schema))}
    assert len(personal) > len(PERSONAL) + 5
    assert found_in(kept, personal) == []


def test_a_personal_value_put_in_an_argument_would_be_found() -> None:
    """What the test above is worth: whatever its case, beside any punctuation; not inside an identifier."""
    kept = [Kept("dossier/1", "input", text) for text in ("send_email", "à ANNA@example.org.", "9f6d2523-2920-4135")]

    assert found_in(kept, {"anna@example.org", "2523"}) == ["input : « anna@example.org »"]


async def test_payloads_are_sealed_even_though_they_only_hold_identifiers(office: Office) -> None:
    async with office.working():
        dossier = await office.file("acces-documents")
        await office.settled(dossier)
        history = await office.workflow(dossier).fetch_history()
    started = history.events[0].workflow_execution_started_event_attributes
    (payload,) = started.input.payloads
    assert payload.metadata["encoding"] == b"binary/encrypted"
    assert str(dossier).encode() not in payload.data


async def test_a_failure_is_sealed_whole_with_its_message_and_its_stack(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.activities.letters.made", unrenderable)
    async with office.working():
        dossier = await office.file("agrement-assistant-maternel")
        effects = await office.settled(dossier)
        raw = await histories(office.client, str(dossier))
        kept = await every_text(office.client, office.world.settings.task_queue_prefix)
    assert effects[(1, "letter:acknowledgement")] == "failed"
    assert "Encoded failure" in raw
    assert SECRET not in raw
    assert "letters.py" not in raw
    assert "Unrenderable" in {each.text for each in kept}
    assert [each for each in kept if SECRET in each.text] == []


async def test_a_payload_opens_only_in_its_own_workflow() -> None:
    converter = sealing_converter(bytes(range(32)))
    codec = converter.payload_codec
    assert isinstance(codec, SealedPayloads)
    mine = codec.with_context(WorkflowSerializationContext(namespace="guichet", workflow_id="dossier/1"))
    other = codec.with_context(WorkflowSerializationContext(namespace="guichet", workflow_id="dossier/2"))
    (sealed,) = await mine.encode([Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')])
    assert (await mine.decode([sealed]))[0].data == b'"x"'
    with pytest.raises(Unreadable, match="dossier/2"):
        await other.decode([sealed])


def unrenderable(*_: object) -> None:
    """A failure whose message says too much."""
    raise Unrenderable(SECRET)


async def histories(client: Client, dossier: str) -> str:
    """The raw histories of every workflow of a dossier, as JSON, their base64 left as it is and also decoded."""
    told: list[str] = []
    async for found in client.list_workflows(
        f'WorkflowId STARTS_WITH "dossier/{dossier}" OR WorkflowId STARTS_WITH "notice/{dossier}"'
    ):
        history = await client.get_workflow_handle(found.id, run_id=found.run_id).fetch_history()
        told.append(history.to_json())
        told += [event.SerializeToString().decode("latin-1") for event in history.events]
        told += [event.SerializeToString().decode("utf-8", "ignore") for event in history.events]
    assert told
    return "\n".join(told)


async def a_whole_life(office: Office, desk: Desk, slug: str, url: str) -> UUID:
    """One workflow of each kind: a document, a mandate, a dossier, its notice, its moves told to a system."""
    await office.agent(f"groupe-{slug}", slug)
    await subscribed(office, url, slug)
    await desk.upload(blank_pdf(), DOCUMENT)
    mandate = await given(office, "semester")
    dossier = await office.file(slug)
    await office.act(dossier, SendMessage(sender="agent", text=SECRET))
    await office.act(dossier, SendMessage(sender="resident", text=ANSWER), RESIDENT)
    await office.act(dossier, Decide(outcome=OUTCOME[slug], reasons_law=LAW, reasons_fact=FACT))
    await office.settled(dossier)
    await office.until(lambda: _available(office, dossier))
    run = office.client.get_workflow_handle(f"mandate/{mandate.id}")
    await office.fix(mandate.ends - timedelta(days=29))
    await office.until(lambda: _warned(run))
    await office.fix(mandate.ends)
    await ended(run)
    await office.settled(dossier)
    return dossier


async def _warned(run: WorkflowHandle[Any, Any]) -> bool:
    scheduled = [event.activity_task_scheduled_event_attributes for event in (await run.fetch_history()).events]
    asked = [each.activity_type.name for each in scheduled if each.activity_id]
    return "warn_mandate" in asked[:-1]


async def _available(office: Office, dossier: UUID) -> bool:
    moves = {entry.event.kind for entry in (await office.story(dossier)).entries}
    sent = await office.rows("SELECT 1 FROM webhook_delivery WHERE dossier = :d AND status = 'delivered'", d=dossier)
    scanned = await office.rows("SELECT 1 FROM document WHERE status = 'clean'")
    return "notice_available" in moves and bool(sent) and bool(scanned)


def found_in(kept: list[Kept], personal: set[str]) -> list[str]:
    """Where each personal value stands, as a word of its own, whatever its case."""
    return sorted(
        {
            f"{each.place} : « {value} »"
            for value in personal
            for each in kept
            if re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", each.text, re.IGNORECASE)
        }
    )


def codes(schema: Any) -> set[str]:
    """The answers that a form proposes: codes of ours, not the person's words."""
    if isinstance(schema, list):
        return {code for inner in schema for code in codes(inner)}
    if not isinstance(schema, dict):
        return set()
    own = {str(schema["const"])} if "const" in schema else set()
    return own.union(map(str, schema.get("enum", ())), *(codes(inner) for inner in schema.values()))


def written(value: Any, ours: set[str]) -> set[str]:
    """Every text of a form that the person wrote."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {found for each in inner for found in written(each, ours)}
    return {value} if isinstance(value, str) and value not in ours else set()
