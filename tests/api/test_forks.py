"""Forking a dossier through the API: agents, residents and mediators, each within what they may see; and forecasts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest

from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, filed
from tests.api.test_agents import complete_apa, desk
from tests.api.test_mediators import mandated

TABLES = ("journal", "dossier", "clock", "queue_row", "effect", "outbox")


def later(made: dict[str, Any], days: int) -> str:
    """A day counted from the reception, at noon: whatever the day on which the tests run."""
    received = datetime.fromisoformat(made["acknowledgement"]["received_on"])
    return (received + timedelta(days=days)).date().isoformat()


async def fork(who: SignedIn, dossier: str, until: str, *then: dict[str, Any], under: str = "") -> httpx2.Response:
    """Ask what becomes of a dossier."""
    return await who.post(f"{under}dossiers/{dossier}/fork", json={"until": until, "then": list(then)})


def rows(counter: Counter, dossier: str) -> dict[str, list[Any]]:
    """Every row of the dossier."""
    with psycopg.connect(counter.settings.database_url) as owner:
        return {
            table: owner.execute(
                f"SELECT t::text FROM {table} t WHERE t::text LIKE %s ORDER BY 1",  # noqa: S608 (names of this file)
                [f"%{dossier}%"],
            ).fetchall()
            for table in TABLES
        }


async def test_an_agent_is_told_what_becomes_of_it_if_nobody_acts_and_nothing_is_written(counter: Counter) -> None:
    """But the reading, which the resident sees."""
    anne = await counter.resident()
    made = await filed(anne, "acces-documents")
    agent, before = await desk(counter, "acces-documents"), rows(counter, made["id"])

    told = (await fork(agent, made["id"], later(made, 90))).json()

    assert told["status"] == "implied_rejection"
    assert [line["basis"] for line in told["lines"]][-2:] == ["journal", "imagined"]
    assert told["lines"][-1]["article"]
    assert told["clock"]["ledger"]
    assert "expire le" in told["ledger"][-1]["sentence"]
    assert rows(counter, made["id"]) == before
    readers = (await anne.get(f"dossiers/{made['id']}/readers")).json()
    assert readers[0]["what"] == "fork"


async def test_a_whole_instruction_is_imagined_without_a_word_of_content(counter: Counter) -> None:
    """The contents come from the example, the amounts from the rules; each line says what was made up."""
    _, made = await complete_apa(counter)
    agent = await desk(counter, "apa-domicile")
    names = ("take", "acknowledge", "assess", "propose", "read_notice", "answer_proposal", "decide", "read_notice")
    then = [{"at": later(made, day), "act": name} for day, name in enumerate(names, start=1)]

    told = (await fork(agent, made["id"], later(made, 300), *then)).json()

    assert [line["sentence"] for line in told["lines"] if line["refused"]] == []
    assert told["status"] == "granted"
    minimal = {line["kind"]: line["minimal"] for line in told["lines"] if line["minimal"]}
    assert minimal["assessed"].startswith("données minimales : findings = ")
    assert 'outcome = "accord"' in minimal["decided"]


async def test_a_refused_act_is_told_and_is_not_fatal(counter: Counter) -> None:
    made = await filed(await counter.resident(), "apa-domicile")
    agent = await desk(counter, "apa-domicile")

    answer = await fork(agent, made["id"], later(made, 60), {"at": later(made, 3), "act": "propose"})

    assert answer.status_code == 200, answer.text
    assert ["n'est pas terminée" in line["sentence"] for line in answer.json()["lines"] if line["refused"]] == [True]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"until": 0}, "/until"),
        ({"until": "2020-01-01"}, "/until"),
        ({"until": "jamais"}, "/until"),
        ({"until": 90, "then": [{"at": -3, "act": "take"}]}, "/then/0/at"),
        ({"until": 90, "then": [{"at": 91, "act": "take"}]}, "/then/0/at"),
        ({"until": 90, "then": [{"at": 3, "act": "prendre"}]}, "/then/0/act"),
        ({"until": 90, "then": [{"at": 3, "act": "take", "data": {"x": 1}}]}, "/then/0/data/x"),
        ({"until": 90, "then": [{"at": 3, "act": "decide", "data": {"outcome": 1}}]}, "/then/0/data/outcome"),
        ({"until": 90, "then": [{"at": 3, "act": "decide", "data": {"content": {"x": 1}}}]}, "/then/0/data/content/x"),
        ({"until": 90, "then": [{"at": 3, "act": "take"}] * 51}, "/then"),
        ({"until": 90, "and": []}, "/and"),
    ],
)
async def test_what_was_badly_asked_names_its_field(counter: Counter, body: dict[str, Any], pointer: str) -> None:
    """Numbers stand for days from the filing; 0 as a number is no date at all."""
    made = await filed(await counter.resident(), "acces-documents")
    agent = await desk(counter, "acces-documents")
    sent = {**body, "then": [{**one, "at": later(made, one["at"])} for one in body.get("then", [])]}
    if body["until"] == 90:
        sent["until"] = later(made, 90)

    answer = await agent.post(f"dossiers/{made['id']}/fork", json=sent)

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_who_may_not_see_the_dossier_forks_nothing(counter: Counter) -> None:
    """Another group, another resident, another audience, nobody; and a dossier that does not exist."""
    anne, other = await counter.resident(), await counter.resident()
    made = await filed(anne, "acces-documents")
    stranger = await desk(counter, "agrement-assistant-maternel")
    day, url = later(made, 60), f"/v1/agents/dossiers/{made['id']}/fork"

    assert (await fork(stranger, made["id"], day)).status_code == 404
    assert (await fork(other, made["id"], day)).status_code == 404
    assert (await fork(anne, str(uuid4()), day)).status_code == 404
    assert (await anne.post(url, json={"until": day})).status_code == 403
    assert (await counter.client.post(url, json={"until": day})).status_code == 401


async def test_a_resident_asks_what_becomes_of_their_own_with_their_own_acts(counter: Counter) -> None:
    anne = await counter.resident()
    made = await filed(anne, "apa-domicile")
    piece = {"at": later(made, 12), "act": "provide_piece", "data": {"piece": "rib"}}

    alone = await fork(anne, made["id"], later(made, 200))
    told = await fork(anne, made["id"], later(made, 200), piece)
    foreign = await fork(anne, made["id"], later(made, 200), {"at": later(made, 12), "act": "decide"})

    assert alone.status_code == 200, alone.text
    assert "piece_received" in {line["kind"] for line in told.json()["lines"]}
    assert "received_by_competent" not in {line["kind"] for line in told.json()["lines"]}
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/then/0/act")


async def test_the_future_tells_nobody_a_decision_before_its_notification(counter: Counter) -> None:
    """CRPA L221-8: fifteen days on, an unread refusal would be told."""
    anne = await counter.resident()
    made = await filed(anne, "acces-documents")
    agent = await desk(counter, "acces-documents")
    await act(agent, made["id"], "decide", {"outcome": "refus", **example("acces-documents")["refus"]})

    before = await fork(anne, made["id"], later(made, 90))
    await act(agent, made["id"], "notify", {})
    after = await fork(anne, made["id"], later(made, 90))

    assert (before.status_code, before.json()["article"]) == (409, "CRPA L221-8")
    assert "Refus" not in before.text
    assert (after.status_code, after.json()["status"]) == (200, "refused")


async def test_a_mediator_forks_under_the_mandate_and_leaves_a_trace(counter: Counter) -> None:
    mediator, _ = await counter.mediator()
    under = f"mandates/{(await mandated(mediator))['id']}/"
    made = await filed(mediator, "acces-documents", under=under)
    stranger, _ = await counter.mediator()

    told = await fork(mediator, made["id"], later(made, 90), under=under)
    theirs = await fork(stranger, made["id"], later(made, 90), under=under)

    assert (told.status_code, told.json()["status"]) == (200, "implied_rejection")
    assert theirs.status_code == 404


async def test_a_forecast_tells_each_queue_of_mine_what_silence_will_decide(counter: Counter) -> None:
    anne = await counter.resident()
    made = [await filed(anne, "acces-documents") for _ in range(3)]
    agent = await desk(counter, "acces-documents")
    await act(agent, made[2]["id"], "decide", {"outcome": "refus", **example("acces-documents")["refus"]})
    await act(agent, made[2]["id"], "notify", {})

    told = (await agent.get("forecast", params={"on": later(made[0], 90)})).json()

    (queue,) = told["queues"]
    shown = {one["id"]: one for one in queue["dossiers"]}
    assert (queue["group"], queue["procedure"]) == ("groupe-acces-documents", "acces-documents")
    assert {one["effect"] for one in queue["effects"]} == {"rejection"}
    assert queue["effects"][0]["count"] == len(shown) + queue["left_out"]
    assert shown.keys() >= {made[0]["id"], made[1]["id"]}
    assert made[2]["id"] not in shown
    assert told["unseen"]


async def test_a_forecast_is_of_my_groups_only_and_of_the_future_only(counter: Counter) -> None:
    made = await filed(await counter.resident(), "acces-documents")
    stranger, day = await desk(counter, "agrement-assistant-maternel"), later(made, 90)

    told = (await stranger.get("forecast", params={"on": day})).json()
    past = await stranger.get("forecast", params={"on": "2020-01-01"})
    missing = await stranger.get("forecast")
    resident = await (await counter.resident()).get("/v1/agents/forecast", params={"on": day})
    nobody = await counter.client.get("/v1/agents/forecast", params={"on": day})

    assert [queue["procedure"] for queue in told["queues"]] == ["agrement-assistant-maternel"]
    assert made["id"] not in {UUID(one["id"]) for queue in told["queues"] for one in queue["dossiers"]}
    assert (past.status_code, past.json()["errors"][0]["pointer"]) == (422, "#query/on")
    assert (missing.status_code, resident.status_code, nobody.status_code) == (422, 403, 401)
