"""A request from its first page to its acknowledgement, by forms alone: nothing typed is lost, everything is told."""

from __future__ import annotations

import re

from tests.api.counter import Counter
from tests.api.journeys import example
from tests.web.residents.filling_in import Applicant, read_page
from tests.web.residents.visiting import ids, mediated, said, why_links
from tests.web.visitors import Site, hidden


async def applicant(site: Site, procedure: str = "apa-domicile") -> Applicant:
    """A resident who has begun."""
    made = Applicant(await site.resident(), procedure)
    await made.begins()
    return made


async def filled(anne: Applicant) -> None:
    """Every page, each leading to the next."""
    for page in example(anne.procedure)["form"]:
        turned = await anne.turns(page)
        assert turned.status_code == 303, turned.text


async def test_a_whole_apa_is_filed_by_forms_alone(site: Site) -> None:
    """Pages, what they open, pieces one at a time, the check, the acknowledgement; the same answers as the API's."""
    anne = await applicant(site)
    await filled(anne)
    for piece in ("identite", "avis_imposition", "rib"):
        assert (await anne.joins(piece, f"{piece}.pdf")).status_code == 303

    check = await anne.visitor.get(f"{anne.at}/verification")
    done = await anne.visitor.submit(f"{anne.at}/verification", f"{anne.at}/depot", {"electronic_notice": "1"})
    receipt = await anne.visitor.get(done.headers["location"])

    assert "Yvonne Marie" in check.text
    assert done.headers["location"] == f"/fr/dossiers/{anne.draft}/recepisse?dit=depose"
    text = said(receipt.text)
    assert "Votre demande est déposée" in text
    assert re.search(r"Votre référence 20\d\d-\d{6}", text)
    assert "l'aide forfaitaire vous sera accordée à titre provisoire" in text
    assert "À qui s'adresser" in text
    api = await site.counter.resident(anne.visitor.email)
    shown = (await api.get(f"dossiers/{anne.draft}")).json()
    assert shown["form"] == example("apa-domicile")["form"]
    assert shown["complete_on"] == shown["filed_on"]
    assert shown["electronic_notice"] is True


async def test_the_acknowledgement_explains_its_dates(site: Site) -> None:
    anne = await applicant(site, "acces-documents")
    await filled(anne)
    done = await anne.visitor.submit(f"{anne.at}/verification", f"{anne.at}/depot")
    receipt = (await anne.visitor.get(done.headers["location"])).text
    explained = (await anne.visitor.get(f"/fr/dossiers/{anne.draft}/pourquoi")).text

    assert {"event-filed", "term-born"} <= why_links(receipt) <= set(ids(explained))


async def test_filing_twice_files_once(site: Site) -> None:
    anne = await applicant(site, "acces-documents")
    await filled(anne)
    fields = hidden((await anne.visitor.get(f"{anne.at}/verification")).text)

    first = await anne.visitor.post(f"{anne.at}/depot", fields)
    again = await anne.visitor.post(f"{anne.at}/depot", fields)
    back = await anne.visitor.get(anne.at)

    assert first.headers["location"] == again.headers["location"]
    assert back.headers["location"] == f"/fr/dossiers/{anne.draft}?dit=depose_avant"
    api = await site.counter.resident(anne.visitor.email)
    assert len((await api.get("dossiers")).json()) == 1


async def test_missing_pieces_are_said_and_an_incomplete_filing_is_confirmed(site: Site) -> None:
    """CRPA R112-11-4."""
    anne = await applicant(site)
    await filled(anne)
    at = f"{anne.at}/verification"

    refused = await anne.visitor.submit(at, f"{anne.at}/depot")
    done = await anne.visitor.submit(at, f"{anne.at}/depot", {"incomplete": "1"})
    receipt = said((await anne.visitor.get(done.headers["location"])).text)

    assert refused.status_code == 422
    assert 'href="#incomplete"' in refused.text
    assert done.status_code == 303
    assert "Ce qu'il vous reste à donner" in receipt
    assert "Au plus tard le" in receipt


async def test_what_is_right_on_a_page_is_kept_when_another_field_is_wrong(site: Site) -> None:
    anne = await applicant(site)

    wrong = await anne.turns("demandeur", **{"demandeur.nir": "1 23", "demandeur.nom_naissance": "Le Goff"})
    again = await anne.visitor.get(f"{anne.at}/pages/demandeur")

    assert wrong.status_code == 422
    assert "<title>Erreur : " in wrong.text
    assert 'href="#f-demandeur.nir"' in wrong.text
    assert _typed(wrong.text, "demandeur.nir").replace(" ", "") == "123"
    assert _typed(again.text, "demandeur.nom_naissance") == "Le Goff"
    assert _typed(again.text, "demandeur.nir") == ""


async def test_a_page_comes_back_to_the_check_when_it_was_opened_from_there(site: Site) -> None:
    anne = await applicant(site, "acces-documents")
    await filled(anne)
    change = re.search(
        r'href="([^"#]+\?retour=verification)#', (await anne.visitor.get(f"{anne.at}/verification")).text
    )
    assert change is not None
    page = await anne.visitor.get(change[1])

    turned = await anne.sends(
        change[1].partition("?")[0], anne.filled(page.text, change[1].split("/")[-1].split("?")[0])
    )

    assert turned.headers["location"] == f"{anne.at}/verification"


async def test_the_tasks_say_where_each_stands_and_pages_come_in_their_order(site: Site) -> None:
    anne = await applicant(site)
    before = said((await anne.visitor.get(anne.at)).text)
    await anne.turns("demandeur")
    after = said((await anne.visitor.get(anne.at)).text)
    ahead = await anne.visitor.get(f"{anne.at}/pages/declaration")

    assert "Qui demande l'aide ? à faire" in before
    assert "Qui demande l'aide ? faite" in after
    assert "Votre situation familiale à faire" in after
    assert ahead.headers["location"] == f"{anne.at}/pages/foyer?dit=ordre"


async def test_coming_back_later_sends_the_way_by_e_mail_which_opens_nothing_alone(site: Site) -> None:
    anne = await applicant(site)
    page = await anne.visitor.get(f"{anne.at}/pages/demandeur")
    pairs = [*anne.filled(page.text, "demandeur", {"demandeur.nir": ""}), ("_later", "1")]

    left = await anne.sends(f"{anne.at}/pages/demandeur", pairs)

    assert left.headers["location"] == f"{anne.at}?dit=lien"
    link = _link_sent(site.counter, anne.visitor.email)
    assert link.endswith(anne.at)
    stranger = site.visitor()
    assert (await stranger.get(anne.at)).headers["location"] == f"/fr/connexion?suite={anne.at}"
    zoe = await site.resident()
    assert (await zoe.get(anne.at, follow_redirects=True)).status_code == 404
    back = await site.resident(anne.visitor.email)
    assert "Kerbrat" in (await back.get(f"{anne.at}/pages/demandeur")).text


async def test_a_page_written_elsewhere_meanwhile_loses_nothing(site: Site) -> None:
    anne = await applicant(site)
    at = f"{anne.at}/pages/demandeur"
    opened = (await anne.visitor.get(at)).text
    await anne.turns("demandeur")

    late = await anne.sends(at, anne.filled(opened, "demandeur", {"demandeur.nom_naissance": "Autre"}))
    same = await anne.sends(at, anne.filled(opened, "demandeur"))

    assert late.status_code == 409
    assert 'value="Autre"' in late.text
    assert same.status_code == 303


async def test_files_of_a_draft_are_kept_seen_and_deleted(site: Site) -> None:
    anne = await applicant(site)
    refused = await anne.joins("identite", "", b"")
    await anne.joins("identite", "recto.pdf")
    at = f"{anne.at}/pieces/identite"
    page = (await anne.visitor.get(at)).text
    action = re.search(r'action="([^"]+/suppression)"', page)
    assert action is not None

    gone = await anne.visitor.submit(at, action[1])

    assert refused.status_code == 422
    assert gone.headers["location"] == f"{at}?dit=piece_retiree"
    assert "recto.pdf" not in (await anne.visitor.get(at)).text


async def test_a_draft_given_up_is_no_longer_there(site: Site) -> None:
    anne = await applicant(site)

    done = await anne.visitor.submit(f"{anne.at}/abandon", f"{anne.at}/abandon")

    assert done.headers["location"] == "/fr/espace?dit=abandonne"
    assert (await anne.visitor.get(f"{anne.at}/pages/demandeur")).status_code == 404


async def test_a_mediator_files_by_the_same_pages(site: Site) -> None:
    mediator, counter, email = await mediated(site)
    pro = Applicant(mediator.visitor, "acces-documents", counter=counter)
    await pro.begins()
    await filled(pro)

    done = await pro.visitor.submit(f"{pro.at}/verification", f"{pro.at}/depot")

    assert done.headers["location"] == f"{counter}/dossiers/{pro.draft}/recepisse?dit=depose"
    anne = await site.counter.resident(email)
    journal = (await anne.get(f"dossiers/{pro.draft}/journal")).json()
    assert journal[0]["by"] == "Maryvonne Le Goff, pour Ti ar Vro"


async def test_the_way_to_begin_asks_to_sign_in_first(site: Site) -> None:
    visitor = site.visitor()
    page = await visitor.get("/fr/demarches/apa-domicile")

    away = await visitor.get("/fr/demarches/apa-domicile/commencer")

    assert 'href="/fr/demarches/apa-domicile/commencer"' in page.text
    assert away.headers["location"] == "/fr/connexion?suite=/fr/demarches/apa-domicile/commencer"


def _typed(html: str, name: str) -> str:
    """What a field of the page holds."""
    (found,) = [each for each in read_page(html).of("input") if each.get("name") == name]
    return found.get("value")


def _link_sent(counter: Counter, email: str) -> str:
    folder = counter.settings.mail_folder
    assert folder is not None
    letters = [file.read_text(encoding="utf-8") for file in folder.glob("*.eml")]
    (found,) = [each for each in letters if f"To: {email}" in each and "/brouillons/" in each]
    link = re.search(r"https?://\S+", found)
    assert link is not None
    return link[0]
