"""What Temporal keeps of a dossier: identifiers, dates and codes; and even those sealed."""

from __future__ import annotations

from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.converter import WorkflowSerializationContext

from domain.commands import SendMessage
from tests.workers.office import Office, example
from tests.workers.stories import STEPS, decide
from workers.codec import SealedPayloads, Unreadable, sealing_converter
from workers.letters.blocks import Unrenderable

SECRET = "le secret du message"


@pytest.mark.parametrize("slug", STEPS)
async def test_no_personal_value_is_in_the_histories(office: Office, slug: str) -> None:
    """Every text that the person wrote, the message and the reasons, looked for in the raw histories made."""
    async with office.working():
        dossier = await office.file(slug)
        await office.act(dossier, SendMessage(sender="agent", text=SECRET))
        await decide(office, dossier, slug)
        await office.settled(dossier)
        told = await office.story(dossier)
        raw = await histories(office.client, str(dossier))
    canaries = {SECRET, "anna@example.org", "Le Goff", "Anna", told.reference, *texts(example(slug)["form"])}
    assert len(canaries) > 10
    assert [canary for canary in canaries if canary in raw] == []


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
    assert effects[(1, "letter:acknowledgement")] == "failed"
    assert "Encoded failure" in raw
    assert SECRET not in raw
    assert "letters.py" not in raw


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


def texts(value: Any) -> list[str]:
    """Every text of a form long enough to be told from a code."""
    if isinstance(value, dict):
        return [found for each in value.values() for found in texts(each)]
    if isinstance(value, list):
        return [found for each in value for found in texts(each)]
    return [value] if isinstance(value, str) and len(value) > 4 and not value.islower() else []
