"""What a person does on their request by its pages: write, open a letter, answer, withdraw; once."""

from __future__ import annotations

import re

from tests.api.journeys import PDF, act
from tests.web.residents.visiting import Visit, mediated, proposed, said, visit, why_links
from tests.web.visitors import Site, hidden


async def test_a_message_is_written_and_shown(site: Site) -> None:
    anne = await visit(site)

    sent = await anne.visitor.submit(f"{anne.at}/messages", f"{anne.at}/messages", {"message": "Bonjour <b>"})

    assert sent.headers["location"] == f"{anne.at}/messages?dit=send_message"
    assert "Bonjour &lt;b&gt;" in await anne.page("/messages")


async def test_an_empty_message_is_said_beside_its_field(site: Site) -> None:
    anne = await visit(site)

    refused = await anne.visitor.submit(f"{anne.at}/messages", f"{anne.at}/messages", {"message": "  "})

    assert refused.status_code == 422
    assert "<title>Erreur : " in refused.text
    assert 'href="#message"' in refused.text
    assert (await anne.api.get(f"dossiers/{anne.dossier}/messages")).json() == []


async def test_the_same_form_sent_twice_writes_once(site: Site) -> None:
    anne = await visit(site)
    fields = {**hidden(await anne.page("/messages")), "message": "Une fois"}

    first = await anne.visitor.post(f"{anne.at}/messages", fields)
    again = await anne.visitor.post(f"{anne.at}/messages", fields)

    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"] == f"{anne.at}?dit=deja"
    assert len((await anne.api.get(f"dossiers/{anne.dossier}/messages")).json()) == 1


async def test_opening_a_letter_is_said_to_notify_it_before_and_a_link_never_does(site: Site) -> None:
    """CRPA R112-20."""
    anne = await proposed(site)
    place = await _letter(anne)

    before = await anne.visitor.get(place)
    by_link = await anne.visitor.get(f"{place}/pdf")
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["proposal"] is None
    opened = await anne.visitor.submit(place, place)
    pdf = await anne.visitor.get(f"{place}/pdf")

    assert "Ouvrir cette lettre vaut notification" in before.text
    assert (by_link.status_code, by_link.headers["location"]) == (303, place)
    assert opened.headers["location"] == f"{place}?dit=lettre"
    assert pdf.content == PDF
    assert pdf.headers["content-disposition"].startswith("attachment")
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["proposal"]["received_on"] is not None


async def test_a_proposal_is_read_then_answered_by_the_day_it_says(site: Site) -> None:
    anne = await proposed(site)
    place = await _letter(anne)
    await anne.visitor.submit(place, place)

    page = await anne.page("/proposition")
    answered = await anne.visitor.submit(f"{anne.at}/proposition", f"{anne.at}/proposition", {"reponse": "accepted"})

    assert "Répondez au plus tard le" in said(page)
    assert "term-answer_by" in why_links(page)
    assert answered.headers["location"] == f"{anne.at}?dit=proposition_accepted"
    assert "Vous l'avez acceptée." in said(await anne.page("/proposition"))


async def test_an_answer_that_lacks_something_says_what_and_keeps_the_rest(site: Site) -> None:
    anne = await proposed(site)
    place = await _letter(anne)
    await anne.visitor.submit(place, place)

    at = f"{anne.at}/proposition"
    none = await anne.visitor.submit(at, at, {})
    changes = await anne.visitor.submit(at, at, {"reponse": "changes", "changements": ""})

    assert none.status_code == changes.status_code == 422
    assert 'href="#reponse-accepted"' in none.text
    assert 'href="#changements"' in changes.text
    assert re.search(r'value="changes" checked', changes.text)


async def test_an_answer_to_what_changed_meanwhile_is_refused_in_a_clear_sentence(site: Site) -> None:
    anne = await proposed(site)
    place = await _letter(anne)
    await anne.visitor.submit(place, place)
    fields = {**hidden(await anne.page("/proposition")), "reponse": "refused"}
    await act(anne.api, anne.dossier, "send_message", {"text": "Une question."})

    stale = await anne.visitor.post(f"{anne.at}/proposition", fields)

    assert stale.status_code == 412
    assert "Le dossier a changé depuis que vous l'avez lu" in said(stale.text)
    assert f'href="{anne.at}"' in stale.text
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["proposal"]["answer"] is None


async def test_a_request_is_withdrawn_after_its_consequences_are_said(site: Site) -> None:
    anne = await visit(site)

    done = await anne.visitor.submit(f"{anne.at}/retrait", f"{anne.at}/retrait", {"raison": ""})

    assert done.headers["location"] == f"{anne.at}?dit=withdraw"
    assert "Vous avez retiré votre demande." in said(await anne.page())
    assert "ne peut plus être retirée" in said(await anne.page("/retrait"))


async def test_a_mediator_has_the_same_pages_under_the_mandate_without_what_is_not_theirs(site: Site) -> None:
    mediator, counter, _ = await mediated(site)
    at = f"{counter}/dossiers/{mediator.dossier}"

    page = await mediator.visitor.get(at)
    sent = await mediator.visitor.submit(f"{at}/messages", f"{at}/messages", {"message": "Pour elle"})
    space = await mediator.visitor.get(f"{counter}/espace")

    assert page.status_code == space.status_code == 200
    assert "Vous agissez pour" in page.text
    assert sent.headers["location"] == f"{at}/messages?dit=send_message"
    ours = re.findall(r'href="(/fr/(?:dossiers|brouillons|espace)[^"]*)"', page.text + space.text)
    assert ours == []
    assert "/reprise" not in page.text
    assert '/mandats"' not in space.text


async def test_a_resident_takes_over_what_a_mediator_filed(site: Site) -> None:
    mediator, counter, email = await mediated(site)
    anne = await site.resident(email)
    at = f"/fr/dossiers/{mediator.dossier}"

    assert f'href="{at}/reprise"' in (await anne.get(at)).text
    taken = await anne.submit(f"{at}/reprise", f"{at}/reprise")

    assert taken.headers["location"] == f"{at}?dit=take_over"
    assert (await mediator.visitor.get(f"{counter}/dossiers/{mediator.dossier}")).status_code == 404


async def _letter(anne: Visit) -> str:
    """The address of the letter to open."""
    found = re.search(rf'href="({anne.at}/lettres/[0-9a-f-]+)"', await anne.page("/lettres"))
    assert found is not None
    return found[1]
