"""Histories of every shape shipped replay on today's code, and today's commands are those of the baseline.

`GUICHET_RECORD=1 pytest tests/workflows/test_histories.py` records what is missing; nothing recorded is ever edited.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from tests.ending import ended
from tests.workers.maimed import InLineAcces, MaimedAcces, Removed
from tests.workflows.book import Book
from tests.workflows.conftest import SECRET
from tests.workflows.paths import EVERY, HELD, PATHS
from workers.codec import sealing_converter
from workers.runner import sandboxed
from workflows.every import WORKFLOWS

HERE = Path(__file__).parent
HISTORIES = HERE / "histories"
BASELINE = HERE / "fingerprints.json"
RECORDING = os.environ.get("GUICHET_RECORD") == "1"
TEACHING = """
The commands of « {name} » are not those of the baseline: runs that have waited for months would meet a history
that their code would not have written, and stay stuck.

If the change is meant: put it behind `workflow.patched("<why>")`, the old branch under `else`, so that old runs keep
the old commands; check that tests/workflows/histories still replay; then add the new shape's fingerprint with
GUICHET_RECORD=1 (keep the old history files: they are replayed for ever). If it is not meant, undo it.
"""


@pytest.mark.parametrize(("slug", "path"), EVERY)
async def test_the_commands_of_a_run_are_those_of_the_baseline(book: Book, slug: str, path: str) -> None:
    book.failing["letter:complete"] = "unrenderable"
    book.held = HELD.get(path, {})
    book.steps = ["completeness", "assessment", "decision", "notice"]
    run = await book.start(slug, *PATHS[slug][path])
    await ended(run)
    history = await run.fetch_history()
    name = f"{slug}.{path}"
    if RECORDING:
        record(name, history)
    assert commands(history) == json.loads(BASELINE.read_text())[name], TEACHING.format(name=name)


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.json")), ids=lambda file: file.stem)
async def test_a_history_ever_shipped_replays(file: Path) -> None:
    replayer = Replayer(
        workflows=[each for group in WORKFLOWS.values() for each in group],
        workflow_runner=sandboxed(),
        data_converter=sealing_converter(SECRET),
        namespace="guichet",
    )
    stored = json.loads(file.read_text())  # noqa: ASYNC240 (nothing else runs meanwhile)
    await replayer.replay_workflow(WorkflowHistory.from_json(stored["id"], stored["history"]))


async def test_a_replay_sees_that_a_step_went_missing() -> None:
    """What the replays above are worth: with one block taken out, they fail."""
    Removed.step = "completeness"
    with pytest.raises(workflow.NondeterminismError):
        await replayed_as(MaimedAcces, "acces-documents.silence")


async def test_a_replay_sees_that_e_mails_went_back_in_line() -> None:
    with pytest.raises(workflow.NondeterminismError):
        await replayed_as(InLineAcces, "acces-documents.emails-beside")


async def replayed_as(code: type, name: str) -> None:
    """Replay a recorded history on other code, outside the sandbox."""
    stored = json.loads((HISTORIES / f"{name}.json").read_text())
    replayer = Replayer(
        workflows=[code], workflow_runner=UnsandboxedWorkflowRunner(), data_converter=sealing_converter(SECRET)
    )
    await replayer.replay_workflow(WorkflowHistory.from_json(stored["id"], stored["history"]))


def test_every_path_has_its_history() -> None:
    assert {f"{slug}.{path}" for slug, path in EVERY} <= {file.stem for file in HISTORIES.glob("*.json")}


def commands(history: WorkflowHistory) -> list[str]:
    """What the workflow asked for, in order: what a replay must ask for again."""
    told: list[str] = []
    for event in history.events:
        match event.event_type:
            case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                asked = event.activity_task_scheduled_event_attributes
                told.append(f"activity {asked.activity_type.name} {asked.activity_id}")
            case EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
                child = event.start_child_workflow_execution_initiated_event_attributes
                told.append(f"child {child.workflow_type.name}")
            case EventType.EVENT_TYPE_TIMER_STARTED:
                told.append("timer")
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
                told.append("completed")
            case _:
                continue
    return told


def record(name: str, history: WorkflowHistory) -> None:
    """Keep a history, unless one of that name was kept before, and its fingerprint."""
    file = HISTORIES / f"{name}.json"
    HISTORIES.mkdir(exist_ok=True)
    if not file.exists():
        file.write_text(json.dumps({"id": history.workflow_id, "history": json.loads(history.to_json())}))
    known: dict[str, Any] = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    known[name] = commands(history)
    BASELINE.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n")
