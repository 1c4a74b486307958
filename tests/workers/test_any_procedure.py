"""A procedure that exists only here runs on the dynamic workflow, from filing to its silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from domain.steps.decision import Decide
from domain.steps.notice import Notify
from storage.engine.database import WORKING
from storage.register.verification import verify
from tests.domain.telling import plan
from tests.ending import ended
from tests.workers.office import Office
from tests.workers.stories import to_its_silence

SLUG = "permission-de-fete"


async def test_a_procedure_without_a_workflow_of_its_own_is_carried_to_its_silence(office: Office) -> None:
    """Its letters are those that every procedure shares; its folder does not exist, its plan is enough."""
    ours = replace(plan(silence="acceptance"), procedure=SLUG)
    async with office.working():
        dossier = await office.file(SLUG, plan=ours)
        await office.settled(dossier)
        standing = await office.workflow(dossier).query("where_it_stands")
        described = await office.workflow(dossier).describe()
        await to_its_silence(office, dossier)
        await office.until(
            lambda: office.rows("SELECT 1 FROM letter WHERE dossier = :d AND kind = 'letter:attestation'", d=dossier)
        )
        effects = await office.settled(dossier)
    assert described.workflow_type == SLUG
    assert standing["steps"] == ["completeness", "assessment", "decision", "notice", "always"]
    assert set(effects.values()) == {"done"}


async def test_its_decision_is_carried_and_its_run_ends(office: Office) -> None:
    ours = replace(plan(silence="rejection"), procedure=SLUG)
    async with office.working():
        dossier = await office.file(SLUG, plan=ours, electronic=False)
        await office.act(dossier, Decide(outcome="non", reasons_law="Texte", reasons_fact="Faits"))
        await office.act(dossier, Notify())
        effects = await office.settled(dossier)
        await ended(office.workflow(dossier))
    assert effects[(4, "letter:decision")] == "done"
    assert set(effects.values()) == {"done"}


async def test_where_silence_has_no_effect_time_alone_decides_nothing(office: Office) -> None:
    ours = replace(plan(silence="none"), procedure=SLUG)
    async with office.working():
        dossier = await office.file(SLUG, plan=ours)
        filed = (await office.story(dossier)).now().filed
        assert filed is not None
        await office.fix(filed + timedelta(days=400))
        effects = await office.settled(dossier)
    told = await office.story(dossier)
    assert [entry.event.kind for entry in told.entries] == ["filed", "received_by_competent", "completed"]
    assert told.now().silence is None
    assert set(effects.values()) == {"done"}


async def test_a_due_date_that_an_earlier_version_wrote_and_that_nothing_comes_of_is_put_right(office: Office) -> None:
    """The reconciler calls for its dossier, and the first look mends its rows: they verify."""
    ours = replace(plan(silence="rejection"), procedure=SLUG)
    async with office.working():
        dossier = await office.file(SLUG, plan=ours)
        await office.act(dossier, Decide(outcome="non", reasons_law="Texte", reasons_fact="Faits"))
        await office.settled(dossier)
        long_past = text("UPDATE clock SET due_at = legal_now() - interval '1 day' WHERE dossier = :d")
        async with office.owner.transaction(WORKING) as connection:
            await connection.execute(long_past, {"d": dossier})
        assert not (await verify(office.world.database, dossier)).intact
        assert await office.reconciler().once()
        await office.until(lambda: _intact(office, dossier))


async def _intact(office: Office, dossier: UUID) -> bool:
    return (await verify(office.world.database, dossier)).intact
