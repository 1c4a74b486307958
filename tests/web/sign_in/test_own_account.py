"""Everybody's own account by its page: the address, the sessions and how to end them, the password of who has one."""

from __future__ import annotations

from uuid import uuid4

import pytest

from storage.accounts.accounts import Audience
from storage.accounts.administration import Office
from tests.api.counter import OWNER, Staff, secret_in
from tests.web.visitors import Site, Visitor

ACCOUNTS: dict[Audience, str] = {
    "resident": "/fr/compte",
    "agent": "/fr/agents/compte",
    "mediator": "/fr/mediateurs/compte",
    "administrator": "/fr/auteurs/compte",
}
every_audience = pytest.mark.parametrize(("audience", "at"), ACCOUNTS.items())


async def two_browsers(site: Site, audience: Audience) -> tuple[Visitor, Visitor]:
    """The same person, signed in twice."""
    if audience == "resident":
        here = await site.resident()
        return here, await site.resident(here.email)
    staff = await site.counter.staff(audience)
    here, elsewhere = await site.staff(staff), await site.staff(staff, drift=1)
    here.email = staff.email
    return here, elsewhere


@every_audience
async def test_my_other_sessions_are_ended_and_this_one_stays(site: Site, audience: Audience, at: str) -> None:
    here, elsewhere = await two_browsers(site, audience)

    shown = (await here.get(at)).text
    done = await here.submit(at, f"{at}/sessions")

    assert here.email in shown
    assert shown.count("Ouverte le") == 2
    assert done.headers["location"] == f"{at}?dit=session"
    assert (await here.get(at)).text.count("Ouverte le") == 1
    assert (await elsewhere.get(at)).status_code == 303


@every_audience
async def test_one_session_is_ended(site: Site, audience: Audience, at: str) -> None:
    here, elsewhere = await two_browsers(site, audience)
    other = (await here.get(at)).text.split(f'action="{at}/sessions/')[1].split('"')[0]

    await here.submit(at, f"{at}/sessions/{other}")

    assert (await here.get(at)).status_code == 200
    assert (await elsewhere.get(at)).status_code == 303


@every_audience
async def test_nobody_ends_a_session_of_another(site: Site, audience: Audience, at: str) -> None:
    here, _ = await two_browsers(site, audience)
    stranger, own = await two_browsers(site, audience)
    theirs = (await stranger.get(at)).text.split(f'action="{at}/sessions/')[1].split('"')[0]

    refused = await here.submit(at, f"{at}/sessions/{theirs}")

    assert refused.status_code == 404
    assert (await own.get(at)).status_code == 200


@every_audience
async def test_the_account_is_one_link_away_and_leads_to_the_password_of_who_has_one(
    site: Site, audience: Audience, at: str
) -> None:
    here, _ = await two_browsers(site, audience)
    page = (await here.get(at)).text
    password = f"{at.removesuffix('compte')}mot-de-passe"

    assert f'href="{at}" aria-current="page"' in page
    assert (f'href="{password}"' in page) is (audience != "resident")


async def test_a_session_is_named_as_its_person_knows_it(site: Site) -> None:
    visitor, staff = site.visitor(), await site.counter.staff("agent")
    visitor.client.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0"
    await visitor.client.post("/v1/agents/sign-in", json={**staff.factors(), "transport": "cookie"})

    assert "<strong>Firefox sur Windows</strong>" in (await visitor.get(ACCOUNTS["agent"])).text
    assert "<strong>Firefox on Windows</strong>" in (await visitor.get("/en/agents/compte")).text


async def test_a_first_password_is_changed_on_the_page_where_one_signs_in(site: Site) -> None:
    """The page asks for another when somebody else knows this one; a common one, or the same, is not taken."""
    async with site.counter.owner.transaction(OWNER) as connection:
        office = Office(connection, site.counter.settings.master, None)
        email = f"premiere.{uuid4().hex[:8]}@example.org"
        made = await office.add_staff("agent", email, "Gaël Riou")
    staff = Staff(
        id=made.id, audience="agent", email=email, secret=secret_in(made.otpauth_uri), password=made.password or ""
    )
    visitor, at = site.visitor(), "/fr/agents/connexion"

    asked = await visitor.post(at, staff.factors() | {"suite": ""})
    refused = [
        await visitor.post(at, staff.factors() | {"suite": "", "new_password": tried})
        for tried in (staff.password, "azertyuiop1234")
    ]
    opened = await visitor.post(at, staff.factors() | {"suite": "", "new_password": "kenavo ar wech all"})

    assert asked.status_code == 422
    assert 'name="new_password"' in asked.text
    assert [(one.status_code, 'name="new_password"' in one.text) for one in refused] == [(422, True)] * 2
    assert opened.status_code == 303, opened.text
    assert (await visitor.get("/fr/agents/compte")).status_code == 200
