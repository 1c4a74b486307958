"""A person without an e-mail address: each page says what really comes, and how; the address that stands in for none
is shown nowhere.
"""

from __future__ import annotations

from uuid import uuid4

import pytest

from api.sign_in.credentials import COOKIE
from storage.accounts import accounts, sessions
from storage.accounts.people import NOWHERE
from tests.api.counter import OWNER, SignedIn
from tests.api.journeys import example
from tests.api.test_mediators import mandated
from tests.web.agents.desk import agent_of
from tests.web.mediators.test_mandates import mediator_of
from tests.web.residents.filling_in import Applicant
from tests.web.residents.visiting import said
from tests.web.visitors import Site, Visitor

SLUG = "acces-documents"
PROMISE = "Un courriel"
BY_POST = "Sans adresse électronique, aucun courriel ne part : cet accusé de réception est envoyé par la poste."


async def without_address(site: Site) -> tuple[Visitor, SignedIn]:
    """Somebody of FranceConnect who has no address: a browser with their session, and the same person at the API."""
    async with site.counter.owner.transaction(OWNER) as connection:
        account = await accounts.resident_of(
            connection, site.counter.settings.master, f"{uuid4()}@{NOWHERE}", "Yves Kerbrat"
        )
        assert account is not None
        opened = await sessions.start(connection, account, "resident", "essai")
    visitor = site.visitor()
    visitor.client.cookies.set(COOKIE, opened.token)
    return visitor, SignedIn(client=site.counter.client, space="residents", token=opened.token, account=account)


async def ready(visitor: Visitor, *, counter: str = "/fr") -> Applicant:
    """The same person, everything answered, before filing."""
    made = Applicant(visitor, SLUG, counter=counter)
    await made.begins()
    for page in example(SLUG)["form"]:
        assert (await made.turns(page)).status_code == 303
    return made


async def test_coming_back_later_promises_no_e_mail_to_who_has_none(site: Site) -> None:
    """What was typed is kept, and the page does not say that the way to it was sent."""
    yves = await ready((await without_address(site))[0])
    page = next(iter(example(SLUG)["form"]))
    at = f"{yves.at}/pages/{page}"
    left = await yves.sends(at, [*yves.filled((await yves.visitor.get(at)).text, page), ("_later", "1")])

    assert left.headers["location"] == f"{yves.at}?dit=enregistre"


async def check_and_receipt(one: Applicant) -> tuple[str, str]:
    """The words of the page before filing, and of the one after."""
    check = (await one.visitor.get(f"{one.at}/verification")).text
    done = await one.visitor.submit(f"{one.at}/verification", f"{one.at}/depot")
    receipt = (await one.visitor.get(done.headers["location"])).text
    return said(check), said(receipt)


async def test_before_and_after_filing_the_post_is_promised_and_no_e_mail(site: Site) -> None:
    yves = await ready((await without_address(site))[0])

    check, receipt = await check_and_receipt(yves)

    assert "l'accusé de réception et la décision viennent par la poste" in check
    assert "J'accepte de recevoir la décision en ligne" not in check
    assert BY_POST in receipt
    assert PROMISE not in check + receipt


async def test_who_has_an_address_is_promised_the_e_mail(site: Site) -> None:
    check, receipt = await check_and_receipt(await ready(await site.resident()))

    assert "J'accepte de recevoir la décision en ligne" in check
    assert "Un courriel de confirmation vous est envoyé" in receipt
    assert "par la poste" not in receipt


@pytest.mark.parametrize("email", [None, "yves@example.org"])
async def test_under_a_mandate_it_is_the_person_s_address_that_counts(site: Site, email: str | None) -> None:
    """Not the mediator's, who always has one."""
    visitor, signed_in, _ = await mediator_of(site)
    mandate = await mandated(signed_in, email=email)
    pro = await ready(visitor, counter=f"/fr/mediateurs/mandats/{mandate['id']}")

    check, receipt = await check_and_receipt(pro)

    assert ("J'accepte de recevoir la décision en ligne" in check) is bool(email)
    assert (BY_POST in receipt) is not bool(email)


async def test_the_decision_in_line_asked_for_all_the_same_is_refused_with_its_reason(site: Site) -> None:
    yves = await ready((await without_address(site))[0])

    refused = await yves.visitor.submit(f"{yves.at}/verification", f"{yves.at}/depot", {"electronic_notice": "1"})

    assert refused.status_code == 422
    assert 'href="#courrier"' in refused.text
    assert 'id="courrier"' in refused.text
    assert "la décision ne peut pas venir en ligne : elle viendra par la poste" in said(refused.text)


async def test_the_account_says_that_letters_come_by_post(site: Site) -> None:
    visitor, _ = await without_address(site)

    account = said((await visitor.get("/fr/compte")).text)

    assert "Vous n'avez pas d'adresse électronique ici : aucun courriel ne vous est envoyé." in account
    assert "Les lettres viennent par la poste. Tout se lit aussi dans votre espace." in account
    assert "c'est là que nous vous écrivons" not in account


async def test_the_address_that_stands_for_none_is_never_shown(site: Site) -> None:
    """Neither to the person, nor to the agents and the mediators, on a page or in an answer of the API."""
    visitor, api = await without_address(site)
    yves = await ready(visitor)
    await check_and_receipt(yves)
    agent = await agent_of(site, "cada", SLUG)
    dossier, of_agents = f"/fr/dossiers/{yves.draft}", f"/fr/agents/dossiers/{yves.draft}"
    mediator, signed_in, _ = await mediator_of(site)
    mandate = (await mandated(signed_in))["id"]

    seen = [
        *[await visitor.get(f"{dossier}{under}") for under in ("", "/recepisse", "/reponses", "/journal", "/lecteurs")],
        *[await visitor.get(at) for at in ("/fr/espace", "/fr/compte", "/br/compte", "/en/compte", "/fr/mandats")],
        *[
            await visitor.get(f"{dossier}/{under}")
            for under in ("pourquoi", "avenir", "lettres", "messages", "retrait")
        ],
        *[await agent.get(f"{of_agents}{under}") for under in ("", "/formulaire", "/journal", "/messages", "/lettres")],
        await mediator.get(f"/fr/mediateurs/mandats/{mandate}"),
        await mediator.get(f"/fr/mediateurs/mandats/{mandate}/espace"),
        *[await api.get(under) for under in ("session", "dossiers", f"dossiers/{yves.draft}")],
        *[await api.get(f"dossiers/{yves.draft}/{under}") for under in ("journal", "letters", "messages")],
        *[await signed_in.get(under) for under in ("mandates", f"mandates/{mandate}")],
    ]

    assert [(str(one.url), one.status_code) for one in seen if one.status_code != 200] == []
    assert [str(one.url) for one in seen if NOWHERE in one.text] == []
