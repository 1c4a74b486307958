"""A request on an agent's screen: its pages, its place in the queue, its acts from the first to the decision."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

from catalogue.forms import form
from tests.api.journeys import PDF, act, example, filed, given, plan_of
from tests.letters.extracted import extracted, packed
from tests.web.agents.desk import agent_of, complete_apa, does, typed
from tests.web.visitors import Site, hidden

TABS = ("", "/formulaire", "/pieces", "/horloge", "/journal", "/messages", "/lettres", "/pourquoi")


async def test_an_agent_carries_an_apa_to_its_decision_by_the_pages(site: Site) -> None:
    """Taken, acknowledged, assessed, proposed with the amounts that the rules compute, then decided."""
    anne, dossier = await complete_apa(site)
    agent, said = await agent_of(site, "autonomie", "apa-domicile"), example("apa-domicile")

    for name, fields in (
        ("take", {}),
        ("acknowledge", {}),
        ("assess", typed("apa-domicile", "evaluation", said["evaluation"])),
        ("propose", typed("apa-domicile", "plan", said["plan"])),
    ):
        done = await does(agent, dossier, name, fields)
        assert done.status_code == 303, f"{name}: {done.text}"
    proposed = (await agent.get(f"/fr/agents/dossiers/{dossier}")).text
    assert (await act(anne, dossier, "answer_proposal", {"answer": "accepted"})).status_code == 200
    choice = await agent.get(f"/fr/agents/dossiers/{dossier}/actes/decide")
    decided = await does(
        agent, dossier, "decide", typed("apa-domicile", "accord", said["accord"]), query="?issue=accord"
    )
    shown = await agent.get(decided.headers["location"])

    assert "128,45" in proposed
    assert "issue=accord" in choice.text
    assert decided.status_code == 303, decided.text
    assert "Ce qui vient de se passer" in shown.text
    assert "771,55" in shown.text
    assert "Dernier jour utile" in shown.text


async def test_asking_for_pieces_says_what_it_changes_then_does_it(site: Site) -> None:
    """The page shows the clock before and after; nothing is recorded until the act is done."""
    anne = await site.counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    agent = await agent_of(site, "autonomie", "apa-domicile")
    asked = {"acte_pieces": ["identite", "rib"], "acte_pieces.identite": "Illisible.", "acte_pieces.rib": "Manquant."}

    (receipt,) = (await anne.get(f"dossiers/{dossier}")).json()["requests"]
    tried = await does(agent, dossier, "request_pieces", {**asked, "_essai": "1"})
    before = (await anne.get(f"dossiers/{dossier}")).json()["requests"]
    none = await does(agent, dossier, "request_pieces", {})
    done = await does(agent, dossier, "request_pieces", asked)

    assert "Ce que cet acte changerait" in tried.text
    assert "checked" in tried.text
    assert before == [receipt], "what its receipt asks for, and nothing more"
    assert (none.status_code, 'href="#acte_pieces"' in none.text) == (422, True)
    assert done.status_code == 303
    awaited = [one["pieces"] for one in (await anne.get(f"dossiers/{dossier}")).json()["requests"]]
    assert awaited == [["avis_imposition"], ["identite", "rib"]]


async def test_the_letter_of_an_act_is_read_from_its_page_before_it_is_done(site: Site) -> None:
    """What is wrong is said on the page, as for the act; an act that writes no letter has no such button."""
    anne, dossier = await complete_apa(site)
    agent = await agent_of(site, "autonomie", "apa-domicile")
    asked = {"acte_pieces": ["identite"], "acte_pieces.identite": "\uf0b7 Illisible\x07 : 李"}

    page = await agent.get(f"/fr/agents/dossiers/{dossier}/actes/request_pieces")
    read = await does(agent, dossier, "request_pieces", {**asked, "_lettre": "1"})
    none = await does(agent, dossier, "request_pieces", {"_lettre": "1"})
    silent = await agent.get(f"/fr/agents/dossiers/{dossier}/actes/take")

    assert 'name="_lettre"' in page.text
    assert 'name="_lettre"' not in silent.text
    assert (read.status_code, read.headers["content-type"]) == (200, "application/pdf")
    assert packed("• Illisible : 李") in extracted(read.content)
    assert (none.status_code, 'href="#acte_pieces"' in none.text) == (422, True)
    assert (await anne.get(f"dossiers/{dossier}")).json()["requests"] == []


async def test_errors_of_a_step_s_form_are_beside_its_fields_and_keep_what_was_typed(site: Site) -> None:
    _, dossier = await complete_apa(site)
    agent, said = await agent_of(site, "autonomie", "apa-domicile"), example("apa-domicile")
    await does(agent, dossier, "acknowledge")
    fields = typed("apa-domicile", "evaluation", {**said["evaluation"], "evaluateur": ""})

    wrong = await does(agent, dossier, "assess", fields)

    assert wrong.status_code == 422
    assert "<title>Erreur : " in wrong.text
    assert 'href="#f-evaluateur"' in wrong.text
    assert "Aide nécessaire au lever" in wrong.text


async def test_a_refusal_of_the_rules_says_its_article_and_keeps_what_was_typed(site: Site) -> None:
    """CASF R232-10: a plan above the ceiling of its GIR is refused."""
    _, dossier = await complete_apa(site)
    agent, said = await agent_of(site, "autonomie", "apa-domicile"), example("apa-domicile")
    for name, fields in (("acknowledge", {}), ("assess", typed("apa-domicile", "evaluation", said["evaluation"]))):
        await does(agent, dossier, name, fields)

    refused = await does(agent, dossier, "propose", typed("apa-domicile", "plan", plan_of("99000.00")))

    assert refused.status_code == 409
    assert "CASF R232-10" in refused.text
    assert 'value="99000' in unescape(refused.text).replace("\u202f", "").replace(" ", "") or "99000" in refused.text


async def test_an_act_that_is_not_possible_says_why_before_one_tries(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    agent = await agent_of(site, "autonomie", "apa-domicile")

    page = await agent.get(f"/fr/agents/dossiers/{dossier}/actes/notify")

    assert "Cet acte n&#39;est pas possible maintenant." in page.text or "pas possible maintenant" in page.text
    assert 'class="act"' not in page.text
    assert (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/danser")).status_code == 404


async def test_a_reader_reads_and_cannot_act(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    reader = await agent_of(site, "acces", "acces-documents", role="reader")
    at = f"/fr/agents/dossiers/{dossier}"

    shown = await reader.get(at)
    page = await reader.get(f"{at}/actes/take")
    forced = await reader.submit(at, f"{at}/actes/take")

    assert shown.status_code == 200
    assert "votre rôle ne suffit pas" in shown.text
    assert 'class="act"' not in page.text
    assert forced.status_code in {403, 409}
    assert (await anne.get(f"dossiers/{dossier}")).json()["taken_by"] == ""


async def test_a_dossier_of_another_group_does_not_exist(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    stranger = await agent_of(site, "enfance", "agrement-assistant-maternel")

    for under in (*TABS, "/actes/take", "/pieces/identite"):
        theirs = await stranger.get(f"/fr/agents/dossiers/{dossier}{under}")
        nothing = await stranger.get(f"/fr/agents/dossiers/{uuid4()}{under}")
        assert (theirs.status_code, nothing.status_code) == (404, 404), under


async def test_every_page_of_a_dossier_opens_and_is_noted(site: Site) -> None:
    anne, dossier = await complete_apa(site)
    agent = await agent_of(site, "autonomie", "apa-domicile")

    for under in TABS:
        page = await agent.get(f"/fr/agents/dossiers/{dossier}{under}")
        assert page.status_code == 200, page.text
    readings = {one["what"] for one in (await anne.get(f"dossiers/{dossier}/readers")).json()}

    assert {"dossier", "documents", "journal", "messages", "letters"} <= readings


async def test_the_next_and_previous_requests_are_those_of_the_queue_one_came_from(site: Site) -> None:
    anne = await site.counter.resident()
    first, second, third = [(await filed(anne, "acces-documents"))["id"] for _ in range(3)]
    agent = await agent_of(site, "acces", "acces-documents")

    page = (await agent.get(f"/fr/agents/dossiers/{second}?file=acces&tri=-depot")).text
    around = {
        rel: unescape(found[1])
        for rel in ("prev", "next")
        if (found := re.search(rf'rel="{rel}" href="([^"]+)"', page))
    }

    assert around["prev"].startswith(f"/fr/agents/dossiers/{third}?")
    assert around["next"].startswith(f"/fr/agents/dossiers/{first}?")
    assert "tri=-depot" in around["next"]
    assert 'rel="next"' not in (await agent.get(f"/fr/agents/dossiers/{second}")).text


async def test_the_same_form_sent_twice_is_done_once(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await agent_of(site, "acces", "acces-documents")
    at = f"/fr/agents/dossiers/{dossier}/actes/send_message"
    fields = {**hidden((await agent.get(at)).text), "acte_text": "Bonjour."}

    done, again = await agent.post(at, fields), await agent.post(at, fields)

    assert "dit=acte" in done.headers["location"]
    assert "dit=deja" in again.headers["location"]
    assert len((await anne.get(f"dossiers/{dossier}/messages")).json()) == 1


async def test_a_paper_piece_is_scanned_then_given_with_its_day_and_evidence(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    agent = await agent_of(site, "autonomie", "apa-domicile")
    at = f"/fr/agents/dossiers/{dossier}/pieces/rib"
    token = hidden((await agent.get(at)).text)["_csrf"]

    sent = await agent.client.post(
        f"{at}/documents", data={"_csrf": token}, files={"file": ("rib.pdf", PDF, "application/pdf")}
    )
    page = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/provide_piece?piece=rib")).text
    document = re.search(r'name="acte_documents" value="([^"]+)"', page)
    assert sent.status_code == 303, sent.text
    assert document is not None
    done = await does(agent, dossier, "provide_piece", {"acte_piece": "rib", "acte_documents": [document[1]]})

    assert done.status_code == 303, done.text
    pieces = (await anne.get(f"dossiers/{dossier}")).json()["pieces"]
    assert [one["documents"] for one in pieces if one["key"] == "rib"] == [[document[1]]]


async def test_a_document_is_previewed_as_a_picture_and_the_resident_sees_who_looked(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "apa-domicile"))["id"]
    document = await given(anne, f"dossiers/{dossier}", "identite")
    agent = await agent_of(site, "autonomie", "apa-domicile")
    stranger = await agent_of(site, "enfance", "agrement-assistant-maternel")
    at = f"/fr/agents/dossiers/{dossier}/documents/{document}"

    page, picture = await agent.get(f"{at}/apercu"), await agent.get(f"{at}/apercu.jpg")
    saved, theirs = await agent.get(at), await stranger.get(f"{at}/apercu.jpg")
    readings = [one["what"] for one in (await anne.get(f"dossiers/{dossier}/readers")).json()]

    assert f'src="{at}/apercu.jpg"' in page.text
    assert (picture.headers["content-type"], picture.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert theirs.status_code == 404
    assert "document" in readings


async def test_only_the_decisions_that_can_be_signed_are_offered(site: Site) -> None:
    """Before anything was assessed, a refusal can be signed; an award cannot, and the page says why."""
    _, dossier = await complete_apa(site)
    agent = await agent_of(site, "autonomie", "apa-domicile")

    choice = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/decide")).text

    assert "issue=refus" in choice
    assert "issue=accord" not in choice
    assert "Pas possible maintenant :" in choice
    assert "L'étape « Évaluation » n'est pas terminée." in unescape(choice)


async def test_the_form_s_tab_keeps_the_order_of_the_form(site: Site) -> None:
    """As the person filled it in, not by the alphabet."""
    _, dossier = await complete_apa(site)
    agent = await agent_of(site, "autonomie", "apa-domicile")

    text = unescape((await agent.get(f"/fr/agents/dossiers/{dossier}/formulaire")).text)

    titles = re.findall(r"<h2>(.*?)</h2>", text)
    pages = form("apa-domicile", "v2").schema["properties"].values()
    assert [each for each in titles if each in {page["title"] for page in pages}] == [page["title"] for page in pages]


async def test_a_plan_that_does_not_add_up_is_told_beside_its_amount(site: Site) -> None:
    """900 € of plan, 870 € of aids: nothing is sent."""
    _, dossier = await complete_apa(site)
    agent, said = await agent_of(site, "autonomie", "apa-domicile"), example("apa-domicile")
    for name, fields in (("acknowledge", {}), ("assess", typed("apa-domicile", "evaluation", said["evaluation"]))):
        await does(agent, dossier, name, fields)
    aids = [{**said["plan"]["aides"][0], "montant": "750.00"}, *said["plan"]["aides"][1:]]

    refused = await does(agent, dossier, "propose", typed("apa-domicile", "plan", {**said["plan"], "aides": aids}))

    assert refused.status_code == 422
    assert "l'addition donne 870,00" in unescape(refused.text)
