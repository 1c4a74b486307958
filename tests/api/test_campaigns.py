"""Campaigns through the API: planned by who signs, filed in its window, ranked, voted on together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.calendar import civil
from storage.engine.settings import Settings
from tests.api.campaign_counter import A_DAY, SLUG, CampaignCounter, opened_campaigns
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, drafted, example, new_key, submitted
from tests.api.test_agents import desk

GRANT = "subvention-associations"
MOMENT = timedelta(milliseconds=1)


@pytest.fixture
async def here(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[CampaignCounter]:
    """A counter of its own."""
    async with opened_campaigns(own_settings, monkeypatch) as opened:
        yield opened


async def _voted(agent: SignedIn, campaign: str, body: dict[str, Any], **headers: str) -> Any:
    return await agent.post(f"campaigns/{campaign}/vote", json=body, headers={**new_key(), **headers})


async def test_a_request_is_filed_only_while_a_campaign_is_open(here: CampaignCounter) -> None:
    """To the millisecond, at the instant of filing; the draft is kept, and the refusal says when."""
    anne, signatory = await here.counter.resident(), await desk(here.counter, SLUG)
    drafts = [await drafted(anne, SLUG) for _ in range(3)]
    refused = await anne.post(f"drafts/{drafts[0]}/submit", json={"incomplete": True}, headers=new_key())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/campaign-closed")
    assert "Aucune campagne n'est prévue" in refused.json()["detail"]

    await here.planned(signatory)
    early = await anne.post(f"drafts/{drafts[0]}/submit", json={"incomplete": True}, headers=new_key())
    assert "La campagne « Hiver » ouvre le" in early.json()["detail"]
    await here.move(here.opens)
    await submitted(anne, drafts[0], incomplete=True)
    await here.move(here.closes - MOMENT)
    await submitted(anne, drafts[1], incomplete=True)
    await here.move(here.closes)
    late = await anne.post(f"drafts/{drafts[2]}/submit", json={"incomplete": True}, headers=new_key())
    assert late.status_code == 409
    assert "est close depuis le" in late.json()["detail"]
    assert len((await anne.get("dossiers")).json()) == 2


async def test_a_system_too_deposits_only_while_a_campaign_is_open(here: CampaignCounter) -> None:
    """The door that files checks it, whoever knocks."""
    system = await here.counter.system(f"{SLUG}:deposit")
    said = {"procedure": SLUG, "form": example(SLUG)["form"], "incomplete": True}
    body = said | {"applicant": {"name": "Anna Le Goff", "email": "anna@example.org"}}
    refused = await system.post("dossiers", json=body, headers=new_key())
    assert refused.json()["type"] == "/problems/campaign-closed", refused.text

    await here.planned(await desk(here.counter, SLUG))
    await here.move(here.opens)
    assert (await system.post("dossiers", json=body, headers=new_key())).status_code == 201


async def test_anybody_reads_when_a_procedure_may_be_filed(here: CampaignCounter) -> None:
    signatory, client = await desk(here.counter, SLUG), here.counter.client
    assert (await client.get(f"/v1/public/procedures/{SLUG}/campaigns")).json() == []
    await here.planned(signatory)
    (window,) = (await client.get(f"/v1/public/procedures/{SLUG}/campaigns")).json()
    shown = (await client.get(f"/v1/public/procedures/{SLUG}")).json()

    assert window.keys() == {"title", "opens", "closes", "open"}
    assert (window["title"], window["open"], shown["campaign"]) == ("Hiver", False, True)


async def test_requests_are_ranked_with_the_budget_s_line_and_each_applicant_sees_who_read(
    here: CampaignCounter,
) -> None:
    anne, signatory = await here.counter.resident(), await desk(here.counter, SLUG)
    campaign = await here.planned(signatory)
    drafts = [await drafted(anne, SLUG) for _ in range(4)]
    await here.move(here.opens)
    first, second, third, gone = [await here.filed(anne, draft) for draft in drafts]
    await anne.post(f"dossiers/{gone}/acts/withdraw", json={}, headers={"If-Match": "*", **new_key()})
    await here.scored(first, 12, "20000.00")
    await here.scored(second, 17, "15000.00")
    shown = (await signatory.get(f"campaigns/{campaign}/ranking")).json()

    ranked = [(one["rank"], one["id"], one["score"], one["total"], one["within"]) for one in shown["ranked"]]
    assert ranked == [
        (1, second, "17", "15000.00", True),
        (2, first, "12", "35000.00", False),
        (None, third, None, "35000.00", False),
    ]
    assert shown["aside"] == 1
    readers = (await anne.get(f"dossiers/{first}/readers")).json()
    assert [(one["what"], one["name"]) for one in readers] == [("ranking", "Maryvonne Le Goff")]


async def test_a_session_s_vote_is_recorded_on_each_request_once(here: CampaignCounter) -> None:
    """What one request refuses stops no other; the same key votes nothing twice, another vote under it is refused."""
    anne, signatory = await here.counter.resident(), await desk(here.counter, SLUG)
    campaign = await here.planned(signatory)
    drafts = [await drafted(anne, SLUG) for _ in range(3)]
    await here.move(here.opens)
    yes, no, unread = [await here.filed(anne, draft) for draft in drafts]
    for one in (yes, no):
        await here.scored(one, 10, "1000.00")
    stranger = str(uuid4())
    said = {"session": civil(here.closes + 5 * A_DAY).isoformat(), "deliberation": "CP-2027-014"}
    body = said | {"adopted": [yes, unread, stranger], "rejected": [no]}
    early = await _voted(signatory, campaign, body)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/campaign-open")

    await here.move(here.closes + 5 * A_DAY)
    key = new_key()
    told = await _voted(signatory, campaign, body, **key)
    votes = {one["id"]: (one["done"], one["code"]) for one in told.json()["votes"]}
    assert votes[yes] == votes[no] == (True, "")
    assert votes[unread] == (False, "not-now")
    assert votes[stranger] == (False, "not-in-campaign")
    assert (told.json()["done"], told.json()["refused"]) == (2, 2)

    again = await _voted(signatory, campaign, body, **key)
    assert again.json() == told.json()
    ranking = (await signatory.get(f"campaigns/{campaign}/ranking")).json()["ranked"]
    assert {one["id"]: one["vote"] for one in ranking} == {yes: "adopted", no: "rejected", unread: None}
    other = await _voted(signatory, campaign, said | {"adopted": [no]}, **key)
    assert other.json()["type"] == "/problems/idempotency-key-reused"


async def test_a_request_is_voted_one_way(here: CampaignCounter) -> None:
    signatory = await desk(here.counter, SLUG)
    campaign = await here.planned(signatory)
    said = {"session": "2027-01-04", "deliberation": "1"}
    twice = str(uuid4())
    for wrong in ({"adopted": [twice], "rejected": [twice]}, {}):
        answer = await _voted(signatory, campaign, said | wrong)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/validation-failed")


async def test_planning_asks_for_the_right_to_sign_and_the_same_key_plans_once(here: CampaignCounter) -> None:
    """A campaign over another, or with its dates out of order, is refused with its reason."""
    signatory, key = await desk(here.counter, SLUG), new_key()
    made = [await signatory.post("campaigns", json=here.body(), headers=key) for _ in range(2)]
    assert made[0].json() == made[1].json()
    assert len((await signatory.get("campaigns")).json()) == 1

    over = await signatory.post("campaigns", json=here.body(title="Autre"), headers=new_key())
    assert (over.status_code, over.json()["type"]) == (409, "/problems/campaign-misplanned")
    assert "« Hiver »" in over.json()["detail"]
    for changed in ({"budget": "-1"}, {"budget": "beaucoup"}, {"closes": here.opens.isoformat()}):
        refused = await signatory.post("campaigns", json=here.body(**changed), headers=new_key())
        assert refused.json()["type"] == "/problems/campaign-misplanned", changed


async def test_who_may_not(here: CampaignCounter) -> None:
    """An instructor plans and votes nothing; another group learns nothing; without a session, nothing."""
    signatory = await desk(here.counter, SLUG)
    campaign = await here.planned(signatory)
    instructor = await desk(here.counter, SLUG, role="instructor")
    stranger = await desk(here.counter, "apa-domicile")
    anne = await here.counter.resident()
    vote = {"session": "2027-01-04", "deliberation": "1", "adopted": [str(uuid4())]}

    planned = await instructor.post("campaigns", json=here.body(), headers=new_key())
    voted = await _voted(instructor, campaign, vote)
    assert {planned.json()["type"], voted.json()["type"]} == {"/problems/signature-needed"}
    assert (await instructor.get(f"campaigns/{campaign}")).status_code == 200
    assert (await instructor.get(f"campaigns/{campaign}/ranking")).status_code == 200

    assert (await stranger.get("campaigns")).json() == []
    hidden = [
        await stranger.post("campaigns", json=here.body(), headers=new_key()),
        await _voted(stranger, campaign, vote),
        await stranger.get(f"campaigns/{campaign}"),
        await stranger.get(f"campaigns/{campaign}/ranking"),
    ]
    assert {one.status_code for one in hidden} == {404}
    for path in ("", f"/{campaign}", f"/{campaign}/ranking"):
        assert (await here.counter.client.get(f"/v1/agents/campaigns{path}")).status_code == 401
        assert (await anne.get(f"/v1/agents/campaigns{path}")).status_code == 403


async def test_a_procedure_that_is_filed_at_any_time_has_no_campaign(counter: Counter) -> None:
    signatory = await desk(counter, SLUG)
    body = {"procedure": SLUG, "title": "X", "opens": "2027-01-01T00:00:00Z", "closes": "2027-02-01T00:00:00Z"}
    refused = await signatory.post(
        "campaigns", json=body | {"session": "2027-03-01", "budget": "1.00"}, headers=new_key()
    )
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-campaign")


async def test_the_shipped_grant_is_filed_ranked_and_voted_in_its_campaign(here: CampaignCounter) -> None:
    """As it is published: its examination scores it, and the amount proposed is compared with the budget."""
    anne, signatory = await here.counter.resident(), await desk(here.counter, GRANT)
    drafts = [await drafted(anne, GRANT) for _ in range(2)]
    refused = await anne.post(f"drafts/{drafts[0]}/submit", json={"incomplete": True}, headers=new_key())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/campaign-closed")
    campaign = await here.planned(signatory, procedure=GRANT)
    early = await anne.post(f"drafts/{drafts[0]}/submit", json={"incomplete": True}, headers=new_key())
    assert "La campagne « Hiver » ouvre le" in early.json()["detail"]
    await here.move(here.opens)
    dossiers = [await here.filed(anne, draft) for draft in drafts]
    for dossier, note, amount in zip(dossiers, (9, 17), ("8000.00", "24000.00"), strict=True):
        findings = example(GRANT)["instruction"] | {"note": note, "montant_propose": amount}
        done = await act(signatory, dossier, "assess", {"findings": findings})
        assert done.status_code == 200, done.text
    shown = (await signatory.get(f"campaigns/{campaign}/ranking")).json()["ranked"]

    told = [(one["id"], one["score"], one["total"], one["within"]) for one in shown]
    assert told == [(dossiers[1], "17", "24000.00", True), (dossiers[0], "9", "32000.00", False)]
    await _examined(here, signatory, dossiers[1])
    await here.move(here.closes + 5 * A_DAY)
    said = {"session": civil(here.closes + 5 * A_DAY).isoformat(), "deliberation": "CP-2027-014"}
    voted = await _voted(signatory, campaign, said | {"adopted": [dossiers[1]]})
    assert (voted.json()["done"], voted.json()["refused"]) == (1, 0), voted.text


async def _examined(here: CampaignCounter, signatory: SignedIn, dossier: str) -> None:
    """The opinion, and the visas of two others."""
    eyes = [await desk(here.counter, GRANT) for _ in range(2)]
    acts = [(signatory, "ask_opinion", {}), (signatory, "give_opinion", {"view": "favourable"})]
    for who, name, body in (*acts, *((one, "give_visa", {}) for one in eyes)):
        done = await act(who, dossier, name, body)
        assert done.status_code == 200, done.text
