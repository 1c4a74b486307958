"""Whose identifier FranceConnect changed finds their space again, and nobody else's."""

from __future__ import annotations

from pathlib import Path

from storage.mail import kept
from tests.web.sign_in.openid.provider import there_and_back
from tests.web.sign_in.openid.test_residents import BASE, first_time
from tests.web.visitors import Site


async def test_a_person_whose_subject_changed_finds_their_space_again(site: Site) -> None:
    """FranceConnect may give another `sub`: the address proven and the same name open the same space, once asked."""
    before = await first_time(site, "nolwenn", "nolwenn@example.org")
    today = site.visitor()
    await there_and_back(today, BASE, "nolwenn-2")
    code = site.counter.code_sent_to("nolwenn@example.org")

    told = await today.submit(f"{BASE}/adresse", f"{BASE}/adresse", {"code": code})
    asked = await today.get(told.headers["location"])
    opened = await today.submit(f"{BASE}/rattachement", f"{BASE}/rattachement")

    assert told.headers["location"] == f"{BASE}/rattachement"
    assert "Un espace existe déjà à votre nom" in asked.text
    assert opened.status_code == 303
    assert (await before.get("/fr/espace")).status_code == 303
    assert (await there_and_back(site.visitor(), BASE, "nolwenn-2")).headers["location"] == "/fr/espace"
    assert (await there_and_back(site.visitor(), BASE, "nolwenn")).headers["location"] == f"{BASE}/adresse"
    mails = kept(site.counter.settings.mail_folder or Path(), 20)
    assert [one.to for one in mails if "nouvelle identité" in one.subject] == ["nolwenn@example.org"]


async def test_nobody_binds_a_space_that_their_address_did_not_open(site: Site) -> None:
    visitor = site.visitor()
    await there_and_back(visitor, BASE, "closed")

    refused = await visitor.post(f"{BASE}/rattachement", {})

    assert refused.status_code == 400
    assert (await visitor.get("/fr/espace")).status_code == 303
