"""After a run has closed, and after Temporal has forgotten it, what happens next still happens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from domain.correction import CorrectDate
from domain.messages import SendMessage
from domain.withdrawal import Withdraw
from storage.engine.database import WORKING
from tests.ending import ended
from tests.workers.office import Office


async def closed(office: Office) -> UUID:
    """A dossier withdrawn, whose run has ended."""
    dossier = await office.file("acces-documents")
    await office.act(dossier, Withdraw(channel="paper", evidence="Courrier 12"))
    await office.settled(dossier)
    await ended(office.workflow(dossier))
    return dossier


async def test_an_act_after_the_run_has_closed_has_its_effects(office: Office) -> None:
    async with office.working():
        dossier = await closed(office)
        recorded = await office.act(dossier, SendMessage(sender="agent", text="Au revoir"))
        effects = await office.settled(dossier)
        await ended(office.workflow(dossier))
    assert effects[(recorded.version, "email:message")] == "done"
    assert [mail["Subject"] for mail in office.mails()].count("Vous avez un message") == 1


async def test_an_act_after_the_namespace_forgot_the_workflow_has_its_effects(office: Office) -> None:
    async with office.working():
        dossier = await closed(office)
        await forget(office, dossier)
        recorded = await office.act(dossier, SendMessage(sender="agent", text="Au revoir"))
        effects = await office.settled(dossier)
    assert effects[(recorded.version, "email:message")] == "done"
    assert len([kind for (_, kind) in effects if kind == "email:filed"]) == 1
    assert [mail["Subject"] for mail in office.mails()].count("Votre demande est enregistrée") == 1


async def test_with_temporals_database_lost_the_reconciler_starts_again_what_waits(office: Office) -> None:
    """A run deleted while it waited: its timer is lost, and PostgreSQL alone says that it should have woken."""
    async with office.working():
        dossier = await office.file("agrement-assistant-maternel")
        await office.settled(dossier)
        await forget(office, dossier)
        due = (await office.story(dossier)).now().silence_due()
        assert due is not None
        await office.fix(due, wake=False)
        assert await office.reconciler(late=-1).once() > 0
        await office.until(
            lambda: office.rows("SELECT 1 FROM journal WHERE dossier = :d AND kind = 'silence_took_effect'", d=dossier)
        )
        effects = await office.settled(dossier)
    assert "pending" not in effects.values()


async def test_a_lost_signal_is_made_good_by_the_reconciler(office: Office) -> None:
    dossier = await office.file("acces-documents")
    async with office.owner.transaction(WORKING) as connection:
        await connection.exec_driver_sql("DELETE FROM outbox")
    async with office.working():
        assert await office.reconciler().once() == 1
        assert set((await office.settled(dossier)).values()) == {"done"}
        await office.until(lambda: _nothing_late(office))


async def _nothing_late(office: Office) -> bool:
    return await office.reconciler().once() == 0


async def forget(office: Office, dossier: UUID) -> None:
    """Delete the workflow from Temporal, as retention does, and wait until it is gone."""
    handle = office.workflow(dossier)
    if (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
        await handle.terminate()
    execution = WorkflowExecution(workflow_id=handle.id)
    namespace = office.world.settings.temporal_namespace
    request = DeleteWorkflowExecutionRequest(namespace=namespace, workflow_execution=execution)
    await office.client.workflow_service.delete_workflow_execution(request)
    await office.until(lambda: _forgotten(office, dossier))


async def _forgotten(office: Office, dossier: UUID) -> bool:
    try:
        await office.workflow(dossier).describe()
    except RPCError as error:
        return error.status is RPCStatusCode.NOT_FOUND
    return False


async def test_a_corrected_date_is_told_by_its_letter_and_to_the_agents(office: Office) -> None:
    """The letter is made, the person and the agents hear of it, and the delay is reckoned from the right day."""
    agent = await office.agent("archives", "acces-documents")
    async with office.working():
        dossier = await office.file("acces-documents")
        told = (await office.story(dossier)).now()
        assert told.filed is not None
        await office.fix(told.filed + timedelta(days=12))
        right = told.filed + timedelta(days=2)
        done = await office.act(dossier, CorrectDate(of="filing", effective=right, channel="paper", evidence="Tampon"))
        effects = await office.settled(dossier)
    kinds = ("letter:date_corrected", "email:date_corrected", "tell:date_corrected")
    assert {effects[(done.version, kind)] for kind in kinds} == {"done"}
    after = (await office.story(dossier)).now()
    before_due, due = told.silence_due(), after.silence_due()
    assert before_due is not None
    assert due is not None
    assert (after.filed, due > before_due) == (right, True)
    mails = [(mail["To"], mail["Subject"]) for mail in office.mails()]
    assert ("anna@example.org", "Une date de votre dossier est corrigée") in mails
    assert any(to == agent for to, _ in mails)
