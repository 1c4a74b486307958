"""Agents: the queue of their group, the dossier with its clock, and each act of instruction."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from domain.steps.completeness_events import PiecesRequested, RequestedPiece
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.register.incidents import open_incident
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, drafted, example, filed, given, new_key, plan_of, story_of, submitted


async def desk(counter: Counter, procedure: str, **options: Any) -> SignedIn:
    """An agent of a group that serves the procedure."""
    return await counter.agent(f"groupe-{procedure}", procedures=(procedure,), **options)


async def complete_apa(counter: Counter) -> tuple[SignedIn, dict[str, Any]]:
    """A resident, and a complete APA request."""
    anne = await counter.resident()
    draft = await drafted(anne, "apa-domicile")
    for piece in ("identite", "avis_imposition", "rib"):
        await given(anne, f"drafts/{draft}", piece)
    return anne, await submitted(anne, draft, electronic_notice=True)


async def test_an_agent_carries_a_request_from_the_queue_to_the_decision(counter: Counter) -> None:
    """APA: assessment, proposal with the amounts that the rules compute, answer, decision with its last useful day."""
    anne, made = await complete_apa(counter)
    agent, dossier = await desk(counter, "apa-domicile"), made["id"]
    said = example("apa-domicile")

    for name, body in (("take", {}), ("acknowledge", {}), ("assess", {"findings": said["evaluation"]})):
        done = await act(agent, dossier, name, body)
        assert done.status_code == 200, done.text
    proposed = await act(agent, dossier, "propose", {"content": said["plan"]})
    assert proposed.status_code == 200, proposed.text
    answered = await act(anne, dossier, "answer_proposal", {"answer": "accepted"})
    assert answered.status_code == 200, answered.text
    decided = await act(agent, dossier, "decide", {"outcome": "accord", "content": said["accord"]})

    assert decided.status_code == 200, decided.text
    assert {day["channel"] for day in decided.json()["last_useful_days"]} == {"hand", "registered_mail", "electronic"}
    shown = (await agent.get(f"dossiers/{dossier}")).json()
    assert shown["proposal"]["content"]["participation"] == "128.45"
    assert shown["decision"]["content"]["contribution"] == "771.55"
    assert shown["taken_by"] == "Maryvonne Le Goff"


async def test_a_decision_is_not_shown_to_the_resident_before_it_is_notified(counter: Counter) -> None:
    """CRPA L221-8: it is by its notification that a decision reaches the person."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents")
    said = example("acces-documents")
    await act(agent, dossier, "decide", {"outcome": "refus", **said["refus"]})

    before = (await anne.get(f"dossiers/{dossier}")).json()
    told = [(await anne.get(f"dossiers/{dossier}/{what}")).text for what in ("explanation", "journal")]
    notified = await act(agent, dossier, "notify", {})

    assert before["decision"] is None
    assert not [text for text in told if "Refus de communication" in text]
    assert notified.status_code == 200, notified.text
    assert (await anne.get(f"dossiers/{dossier}")).json()["decision"]["outcome"] == "refus"


async def test_an_agent_of_another_group_learns_nothing_of_a_dossier(counter: Counter) -> None:
    """The same answer for a dossier of another group and for one that does not exist."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    stranger = await desk(counter, "agrement-assistant-maternel")

    theirs = await stranger.get(f"dossiers/{dossier}")
    nothing = await stranger.get(f"dossiers/{uuid4()}")
    acting = await stranger.post(f"dossiers/{dossier}/acts/take", json={}, headers={"If-Match": '"2"', **new_key()})

    assert (theirs.status_code, nothing.status_code, acting.status_code) == (404, 404, 404)
    assert theirs.json()["detail"] == nothing.json()["detail"]


async def test_every_reading_by_an_agent_is_shown_to_the_resident_by_name(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents")

    await agent.get(f"dossiers/{dossier}")
    await agent.get(f"dossiers/{dossier}/journal")
    readers = (await anne.get(f"dossiers/{dossier}/readers")).json()

    assert [(one["what"], one["name"]) for one in readers] == [
        ("journal", "Maryvonne Le Goff"),
        ("dossier", "Maryvonne Le Goff"),
    ]


async def test_an_act_says_the_version_it_has_seen(counter: Counter) -> None:
    """428 without If-Match, 412 with a version that somebody has acted on since; nothing is done."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents")
    before = (await agent.get(f"dossiers/{dossier}")).headers["ETag"]
    await act(anne, dossier, "send_message", {"text": "Bonjour"})

    without = await agent.post(f"dossiers/{dossier}/acts/take", json={}, headers=new_key())
    stale = await agent.post(f"dossiers/{dossier}/acts/take", json={}, headers={"If-Match": before, **new_key()})

    assert (without.status_code, without.json()["type"]) == (428, "/problems/if-match-required")
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale-version")
    assert (await agent.get(f"dossiers/{dossier}")).json()["taken_by"] == ""


async def test_an_act_repeated_with_its_key_is_done_once_and_answered_alike(counter: Counter) -> None:
    _, made = await complete_apa(counter)
    agent, dossier, said = await desk(counter, "apa-domicile"), made["id"], example("apa-domicile")
    await act(agent, dossier, "assess", {"findings": said["evaluation"]})
    seen, key = (await agent.get(f"dossiers/{dossier}")).headers["ETag"], new_key()
    sending = {"json": {"content": said["plan"]}, "headers": {"If-Match": seen, **key}}

    first = await agent.post(f"dossiers/{dossier}/acts/propose", **sending)
    again = await agent.post(f"dossiers/{dossier}/acts/propose", **sending)
    other = await agent.post(
        f"dossiers/{dossier}/acts/propose",
        json={"content": plan_of("800.00")},
        headers={"If-Match": seen, **key},
    )

    assert first.status_code == 200, first.text
    assert again.json() == first.json()
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    journal = (await agent.get(f"dossiers/{dossier}/journal")).json()
    assert [entry["kind"] for entry in journal].count("proposed") == 1


async def test_an_act_that_the_step_does_not_admit_says_why_and_what_to_do(counter: Counter) -> None:
    _, made = await complete_apa(counter)
    agent = await desk(counter, "apa-domicile")

    refused = await act(agent, made["id"], "propose", {"content": example("apa-domicile")["plan"]})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-now")
    assert "Évaluation" in refused.json()["detail"]
    assert refused.json()["what_to_do"]


async def test_a_plan_above_its_ceiling_is_refused_with_the_article(counter: Counter) -> None:
    _, made = await complete_apa(counter)
    agent, dossier, said = await desk(counter, "apa-domicile"), made["id"], example("apa-domicile")
    await act(agent, dossier, "assess", {"findings": said["evaluation"]})

    refused = await act(agent, dossier, "propose", {"content": plan_of("1682.31")})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/rule-refused")
    assert refused.json()["article"] == "CASF R232-10"
    assert (await agent.get(f"dossiers/{dossier}")).json()["proposal"] is None


async def test_findings_that_do_not_follow_their_form_are_refused_field_by_field(counter: Counter) -> None:
    _, made = await complete_apa(counter)
    agent, said = await desk(counter, "apa-domicile"), example("apa-domicile")

    refused = await act(agent, made["id"], "assess", {"findings": {**said["evaluation"], "gir": 9, "humeur": "bonne"}})

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/form-invalid")
    assert {error["pointer"] for error in refused.json()["errors"]} >= {"/findings/gir", "/findings/humeur"}


async def test_only_a_signatory_decides(counter: Counter) -> None:
    """CRPA L212-1: signing needs a delegation."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents", role="instructor")

    refused = await act(agent, dossier, "decide", {"outcome": "refus", **example("acces-documents")["refus"]})

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/signature-needed")
    assert (await act(agent, dossier, "take")).status_code == 200


async def test_pieces_are_asked_for_each_with_its_text_and_given(counter: Counter) -> None:
    anne, made = await complete_apa(counter)
    agent, dossier = await desk(counter, "apa-domicile"), made["id"]

    asked = await act(agent, dossier, "request_pieces", {"pieces": {"rib": "Illisible."}})
    document = await given(anne, f"dossiers/{dossier}", "rib")
    provided = await act(anne, dossier, "provide_piece", {"piece": "rib", "documents": [document]})

    assert asked.status_code == 200, asked.text
    assert asked.json()["status"] == "incomplete"
    events = [entry.event for entry in (await story_of(counter, dossier)).entries]
    (recorded,) = [event for event in events if isinstance(event, PiecesRequested)]
    assert recorded.pieces == (RequestedPiece(key="rib", reason="Illisible.", reference=("CASF annexe 2-3",)),)
    assert provided.status_code == 200, provided.text
    assert "pieces_provided" in [one["kind"] for one in provided.json()["happened"]]


async def test_a_paper_filing_counts_from_its_reception(counter: Counter) -> None:
    """The legal day is that of the stamp; who entered it, when, and the evidence stay in the journal."""
    agent = await desk(counter, "acces-documents")
    body = {
        "procedure": "acces-documents",
        "applicant": {"name": "Jeanne Kerjean"},
        "form": example("acces-documents")["form"],
        "channel": "registered_mail",
        "evidence": "AR 2C 123 456 7890 1",
        "effective": "2026-11-02T09:00:00+01:00",
    }

    entered = await agent.post("dossiers", json=body, headers=new_key())
    future = await agent.post("dossiers", json={**body, "effective": "2036-01-01T00:00:00Z"}, headers=new_key())

    assert entered.status_code == 201, entered.text
    assert entered.json()["acknowledgement"]["received_on"] == "2026-11-02"
    assert (future.status_code, future.json()["type"]) == (409, "/problems/effective-in-future")


async def test_an_incident_is_seen_by_its_group_until_somebody_deals_with_it(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "agrement-assistant-maternel"))["id"]
    worker = Database(counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        await open_incident(connection, UUID(dossier), 1, "letter:acknowledgement", code="unrenderable", at=at)
    await worker.close()
    agent = await desk(counter, "agrement-assistant-maternel")
    stranger = await desk(counter, "acces-documents")

    (mine,) = [one for one in (await agent.get("incidents")).json() if one["dossier"] == dossier]
    theirs = [one for one in (await stranger.get("incidents")).json() if one["dossier"] == dossier]
    refused = await stranger.post(f"incidents/{mine['id']}/close")
    closed = await agent.post(f"incidents/{mine['id']}/close")

    assert (theirs, refused.status_code, closed.status_code) == ([], 404, 204)
    assert mine["id"] not in {one["id"] for one in (await agent.get("incidents")).json()}


async def test_search_finds_by_reference_and_by_words_within_the_groups_only(counter: Counter) -> None:
    anne = await counter.resident()
    made = await filed(anne, "acces-documents")
    agent, stranger = await desk(counter, "acces-documents"), await desk(counter, "apa-domicile")

    by_reference = (await agent.get("search", params={"q": made["reference"]})).json()
    by_words = (await agent.get("search", params={"q": "amis du littoral Riou"})).json()

    assert [row["id"] for row in by_reference] == [made["id"]]
    assert made["id"] in {row["id"] for row in by_words}
    assert (await stranger.get("search", params={"q": made["reference"]})).json() == []
