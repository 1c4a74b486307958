"""The histories that Temporal keeps, opened with our own codec: every text of every event, wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.converter import WorkflowSerializationContext

from workers.codec import SealedPayloads


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that Temporal keeps: of which workflow, at which place of which event, whether it was sealed."""

    workflow: str
    place: str
    text: str
    sealed: bool = False


async def every_text(client: Client, queues: str) -> list[Kept]:
    """What is kept of every run of every workflow whose task queue begins with `queues`, payloads opened.

    Inputs, results, signals, markers, headers, memos, failures and their causes: whatever field they are in.
    """
    kept: list[Kept] = []
    async for found in client.list_workflows(f'TaskQueue STARTS_WITH "{queues}"'):
        history = await client.get_workflow_handle(found.id, run_id=found.run_id).fetch_history()
        for part in (*history.events, found.raw_info):
            for place, whose, value in _leaves(part, found.id):
                kept += [
                    Kept(found.id, place, text, isinstance(value, Payload))
                    for text in await _texts(client, whose, value)
                ]
    return kept


def _leaves(value: Any, whose: str, place: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each payload and each text below `value`: its place, the workflow under whose name it is sealed, itself."""
    if isinstance(value, Payload | str | bytes):
        yield place, whose, value
    elif isinstance(value, Message):
        whose = _named(value) or whose
        for field, inner in value.ListFields():
            yield from _leaves(inner, whose, f"{place}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield place, whose, str(key)
            yield from _leaves(inner, whose, place)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _leaves(inner, whose, place)


def _named(message: Message) -> str:
    """A child's input and result are sealed under the child's own name, in its parent's history too."""
    execution = getattr(message, "workflow_execution", None)
    return str(getattr(message, "workflow_id", "") or getattr(execution, "workflow_id", ""))


async def _texts(client: Client, whose: str, value: Payload | str | bytes) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, bytes):
        return [value.decode("utf-8", "ignore")]
    codec = client.data_converter.payload_codec
    assert isinstance(codec, SealedPayloads)
    context = WorkflowSerializationContext(namespace=client.namespace, workflow_id=whose)
    (opened,) = await codec.with_context(context).decode([value])
    written = opened.data.decode("utf-8", "replace")
    return list(_words(json.loads(written))) if opened.metadata["encoding"].startswith(b"json/") else [written]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    else:
        yield str(value)
