"""A resident signs in by a code, comes back to where they were going, and signs out."""

from __future__ import annotations

from tests.web.visitors import Site, hidden


async def test_a_page_of_mine_asks_to_sign_in_then_comes_back(site: Site) -> None:
    visitor = site.visitor()

    away = await visitor.get("/br/espace")

    assert away.status_code == 303
    assert away.headers["location"] == "/br/connexion?suite=/br/espace"
    asked = await visitor.post("/br/connexion", {"email": "yann@example.org", "suite": "/br/espace"})
    code = site.counter.code_sent_to("yann@example.org")
    opened = await visitor.post("/br/connexion/code", hidden(asked.text) | {"code": code})
    assert opened.headers["location"] == "/br/espace"
    assert (await visitor.get("/br/espace")).status_code == 200


async def test_the_way_back_keeps_what_was_asked(site: Site) -> None:
    """A list's filters are in its address: they are still there after signing in."""
    visitor = site.visitor()

    away = await visitor.get("/fr/agents/files/autonomie?etat=filed&tri=-depot")

    assert (
        away.headers["location"]
        == "/fr/agents/connexion?suite=/fr/agents/files/autonomie%3Fetat%3Dfiled%26tri%3D-depot"
    )


async def test_the_way_back_never_leaves_the_site(site: Site) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        visitor = site.visitor()
        asked = await visitor.post("/fr/connexion", {"email": "zoe@example.org", "suite": elsewhere})
        code = site.counter.code_sent_to("zoe@example.org")
        opened = await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": code})
        assert opened.headers["location"] == "/fr/espace"


async def test_a_wrong_address_and_a_wrong_code_say_so_beside_the_field(site: Site) -> None:
    visitor = site.visitor()

    wrong = await visitor.post("/fr/connexion", {"email": "anne", "suite": ""})
    asked = await visitor.post("/fr/connexion", {"email": "anne@example.org", "suite": ""})
    refused = await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": "00000000"})

    assert wrong.status_code == 422
    assert "<title>Erreur : " in wrong.text
    assert 'href="#email"' in wrong.text
    assert refused.status_code == 422
    assert 'href="#code"' in refused.text


async def test_signing_out_ends_the_session(site: Site) -> None:
    visitor = await site.resident()

    left = await visitor.submit("/fr/espace", "/fr/deconnexion")

    assert left.status_code == 303
    assert (await visitor.get("/fr/espace")).status_code == 303


async def test_another_site_cannot_send_our_forms(site: Site) -> None:
    visitor = await site.resident()
    page = await visitor.get("/fr/espace")

    without = await visitor.post("/fr/deconnexion", {})
    foreign = await visitor.post("/fr/deconnexion", hidden(page.text), headers={"Sec-Fetch-Site": "cross-site"})
    other = await visitor.post("/fr/deconnexion", hidden(page.text), headers={"Origin": "https://evil.example"})

    assert [without.status_code, foreign.status_code, other.status_code] == [403, 403, 403]
    assert (await visitor.get("/fr/espace")).status_code == 200


async def test_a_double_click_on_the_code_goes_on_as_one(site: Site) -> None:
    visitor = site.visitor()
    asked = await visitor.post("/fr/connexion", {"email": "clic@example.org", "suite": "/fr/demarches"})
    code = site.counter.code_sent_to("clic@example.org")
    sent = hidden(asked.text) | {"code": f"{code[:4]}-{code[4:]}. "}

    first = await visitor.post("/fr/connexion/code", sent)
    second = await visitor.post("/fr/connexion/code", sent)

    assert first.headers["location"] == second.headers["location"] == "/fr/demarches"
    assert (await visitor.get("/fr/espace")).status_code == 200


async def test_on_a_shared_computer_back_after_signing_out_opens_nothing(site: Site) -> None:
    """The browser forgets its secret with its session: the code that it still shows is of no use."""
    visitor = site.visitor()
    asked = await visitor.post("/fr/connexion", {"email": "partage@example.org", "suite": ""})
    sent = hidden(asked.text) | {"code": site.counter.code_sent_to("partage@example.org")}
    await visitor.post("/fr/connexion/code", sent)
    await visitor.submit("/fr/espace", "/fr/deconnexion")

    again = await visitor.post("/fr/connexion/code", sent)

    assert again.status_code == 422
    assert (await visitor.get("/fr/espace")).status_code == 303


async def test_a_member_of_staff_who_clicks_twice_is_in(site: Site) -> None:
    staff, visitor = await site.counter.staff("agent"), site.visitor()
    page = await visitor.get("/fr/agents/connexion")
    sent = {**hidden(page.text), **staff.factors()}

    answers = [await visitor.post("/fr/agents/connexion", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (await visitor.get("/fr/agents/")).status_code == 200
