"""A mandate in time: warned of thirty days before its end, then over; revoked, over at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from domain.mandate import Duration, Mandate
from storage.accounts import mandates
from storage.accounts.people import NOWHERE
from storage.engine.database import WORKING
from storage.engine.legal_time import legal_now
from storage.register import outbox
from storage.tables.accounts import organisation
from tests.ending import ended
from tests.workers.choosy_post import ChoosyPost, everybody
from tests.workers.office import Office, elsewhere

SUBJECT = "Un mandat prend fin bientôt"
GIVEN = "Un mandat est donné en votre nom"


async def given(office: Office, duration: Duration, email: str = "anna@example.org") -> Mandate:
    """A mandate of today, its workflow asked for."""
    resident, body = await office.resident(email), uuid4()
    async with office.owner.transaction(WORKING) as connection:
        await connection.execute(organisation.insert().values(id=body, name="CCAS de Morlaix"))
        now = await legal_now(connection)
        made = await mandates.create(
            connection,
            office.world.settings.master,
            organisation_id=body,
            mediator=uuid4(),
            resident=resident,
            resident_name="Anna Le Goff",
            procedures=("acces-documents",),
            duration=duration,
            consent="signed_on_site",
            consented_at=now,
            starts=now,
        )
        await outbox.add(connection, "mandate", str(made.id))
    return made


async def test_a_mandate_is_announced_to_end_thirty_days_before_then_ends(office: Office) -> None:
    async with office.working():
        made = await given(office, "semester")
        handle = office.client.get_workflow_handle(f"mandate/{made.id}")
        await office.until(lambda: _standing(office, made.id, "active"))
        assert _warnings(office) == 0
        await office.fix(made.ends - timedelta(days=29))
        await office.until(lambda: _warned(office))
        await office.fix(made.ends)
        assert await ended(handle) == "expired"
    assert _warnings(office) == 1


async def test_a_mandate_of_a_day_ends_without_a_warning(office: Office) -> None:
    async with office.working():
        made = await given(office, "short")
        await office.until(lambda: _standing(office, made.id, "active"))
        await office.fix(made.ends)
        assert await ended(office.client.get_workflow_handle(f"mandate/{made.id}")) == "expired"
    assert _warnings(office) == 0


async def test_a_revoked_mandate_is_over_at_once(office: Office) -> None:
    async with office.working():
        made = await given(office, "year")
        await office.until(lambda: _standing(office, made.id, "active"))
        async with office.owner.transaction(WORKING) as connection:
            await mandates.revoke(connection, made.id, at=await legal_now(connection), by="resident")
            await outbox.add(connection, "mandate", str(made.id))
        assert await ended(office.client.get_workflow_handle(f"mandate/{made.id}")) == "revoked"


async def test_the_person_is_told_at_once_by_whom_for_how_long_and_how_to_stop_it(office: Office) -> None:
    async with office.working():
        made = await given(office, "semester")
        await office.until(lambda: _told(office, made.id, "email"))
    (mail,) = [mail for mail in office.mails() if mail["Subject"] == GIVEN]
    text = mail.get_content()  # type: ignore[attr-defined]
    assert mail["To"] == "anna@example.org"
    for said in ("Anna Le Goff", "CCAS de Morlaix", "arrêter ce mandat"):
        assert said in text


async def test_who_has_no_address_is_told_by_the_paper_and_a_dead_address_is_said(office: Office) -> None:
    post = ChoosyPost(refuses=everybody)
    async with post.listening() as smtp:
        telling = await elsewhere(office, smtp_url=smtp)
        async with telling.working():
            by_hand = await given(telling, "semester", f"yves@{NOWHERE}")
            dead = await given(telling, "semester")
            await telling.until(lambda: _told(telling, by_hand.id, "hand"))
            await telling.until(lambda: _told(telling, dead.id, "refused"))
    assert set(post.asked) == {"anna@example.org"}


def _warnings(office: Office) -> int:
    return [mail["Subject"] for mail in office.mails()].count(SUBJECT)


async def _told(office: Office, mandate: UUID, how: str) -> bool:
    return [row.told for row in await office.rows("SELECT told FROM mandate WHERE id = :m", m=mandate)] == [how]


async def _warned(office: Office) -> bool:
    return _warnings(office) == 1


async def _standing(office: Office, mandate: UUID, state: str) -> bool:
    found = [each async for each in office.client.list_workflows(f'WorkflowId = "mandate/{mandate}"')]
    return bool(found) and await office.client.get_workflow_handle(found[0].id).query("where_it_stands") == state
