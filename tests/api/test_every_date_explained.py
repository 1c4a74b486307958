"""Every date and status that an answer of the API holds has its derivation in that audience's explanation."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.acts import ActedOut
from api.filing import FiledOut
from catalogue.loader import catalogue
from domain.actors import WORKER
from domain.before_notification import WAITING
from domain.steps.notice import MakeNoticeAvailable
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.door import record
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.dates_in_answers import NOT_LEGAL, fields, said, underived
from tests.api.http.test_routes import DOCUMENT
from tests.api.journeys import act, example, filed
from tests.api.played_cases import GROUP, Looked, Player

AUDIENCES = ("residents", "mediators", "agents", "systems")
LISTS: Mapping[str, Sequence[str]] = {
    "agents": (f"queues/{GROUP}?limit=100", f"queues/{GROUP}?limit=100&closed=true", "search?q={reference}"),
    "residents": ("dossiers?limit=100",),
    "mediators": ("dossiers?limit=100",),
    "systems": ("dossiers?limit=100&updated_since={day}T00:00:00Z",),
}
ALIKE, READ, LAST_DAY = "AlikeOut.filed_at", "NoticeOut.read_at", "LastUsefulDayOut.day"
REPORT = "DossierOut.report_by"
NEVER_HERE: Mapping[str, frozenset[str]] = {
    "agents": frozenset({ALIKE, READ}),
    **dict.fromkeys(("residents", "systems"), frozenset({ALIKE, READ, LAST_DAY})),
    "mediators": frozenset({ALIKE, READ, LAST_DAY, REPORT}),
}
"""The last useful days are for agents; a request that looks alike and a notice read have tests of their own;
no procedure with a report is filed by a mediator."""
ANSWERS = {
    f"{method.upper()} {path}": schema
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    for status, answer in operation["responses"].items()
    if status.startswith("2") and (schema := answer.get("content", {}).get("application/json", {}).get("schema"))
}


@pytest.fixture
async def player(own_settings: Settings) -> AsyncIterator[Player]:
    """Everybody at a counter of its own, whose legal clock moves."""
    database = Database(own_settings, "worker", size=2)
    async with opened_counter(own_settings) as counter:
        yield await Player.ready(counter, database)
    await database.close()


def test_a_field_that_is_not_legal_says_why_and_exists() -> None:
    every = {field for schema in ANSWERS.values() for field in fields(schema)}
    assert NOT_LEGAL.keys() <= every
    assert all(reason for reason in NOT_LEGAL.values())


@pytest.mark.timeout(900)
async def test_every_date_and_status_shown_is_derived_in_the_explanation_of_who_reads(player: Player) -> None:
    """At each moment of each shipped case; and each legal field of each audience was really seen with a value."""
    seen: Tally[tuple[str, str]] = Tally()
    wrong: dict[str, None] = {}
    async for looked in player.play():
        case = f"{looked.moment.played.plan.procedure}:{looked.moment.played.case.name} at {looked.moment.at}"
        for audience, person, under in looked.people:
            lines = await _got(person, f"{under}dossiers/{looked.moment.played.dossier}/explanation")
            for schema, answer in await _answers(looked, audience, person, under):
                for one in said(schema, answer):
                    if one.field in NOT_LEGAL:
                        continue
                    seen[audience, one.field] += 1
                    if why := underived(one, lines):
                        wrong[f"{case}, {audience}: {why}"] = None

    assert not wrong, f"{len(wrong)} of {seen.total()}\n" + "\n".join(list(wrong)[:40])
    missing = {(audience, field) for audience in AUDIENCES for field in _legal(audience)} - seen.keys()
    assert not missing, f"never seen with a value: {sorted(missing)}"
    assert seen.total() > 3_000


def _legal(audience: str) -> set[str]:
    """Every legal date and status of the routes of an audience."""
    schemas = [schema for route, schema in ANSWERS.items() if f" /v1/{audience}/" in route]
    return {field for schema in schemas for field in fields(schema)} - NOT_LEGAL.keys() - NEVER_HERE[audience]


async def _answers(looked: Looked, audience: str, person: SignedIn, under: str) -> list[tuple[Mapping[str, Any], Any]]:
    """What this audience is answered of the dossier now: each answer and its schema."""
    found = [(_schema(type(one).__name__), one.model_dump(mode="json")) for one in _posted(looked, audience)]
    dossier = looked.moment.played.dossier
    for route, schema in ANSWERS.items():
        start = f"GET /v1/{audience}/{'mandates/{mandate}/' if under else ''}dossiers/{{dossier}}"
        rest = route.removeprefix(start)
        if rest == route or "{" in rest or rest == "/explanation" or (rest and audience not in looked.thorough):
            continue
        found.append((schema, await _got(person, f"{under}dossiers/{dossier}{rest}")))
    for path in LISTS[audience] if audience in looked.thorough else ():
        listed = await _got(person, _filled(f"{under}{path}", looked))
        name = "RowOut" if audience == "agents" else "ListedOut"
        found += [(_schema(name), one) for one in listed if one["id"] == str(dossier)]
    return found


def _posted(looked: Looked, audience: str) -> list[FiledOut | ActedOut]:
    """What every route that files or acts answers of what was recorded."""
    recorded = looked.recorded
    if recorded is None:
        return []
    filing = any(event.kind == "filed" for event in recorded.events)
    return [FiledOut.of(recorded) if filing else ActedOut.of(recorded, agent=audience == "agents")]


def _filled(path: str, looked: Looked) -> str:
    return path.format(reference=looked.moment.played.reference, day=looked.moment.played.filed_on.isoformat())


async def _got(person: SignedIn, path: str) -> Any:
    answer = await person.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


async def test_a_request_that_looks_alike_is_dated_as_its_own_explanation_says(counter: Counter) -> None:
    anne = await counter.resident()
    first = await filed(anne, "acces-documents")
    again = await filed(anne, "acces-documents")
    (alike,) = again["possible_duplicates"]
    lines = await _got(anne, f"dossiers/{first['id']}/explanation")
    (dated,) = said(_schema("AlikeOut"), alike)
    assert (alike["id"], dated.field, underived(dated, lines)) == (first["id"], ALIKE, "")


async def test_a_notice_read_is_dated_as_every_explanation_says(counter: Counter) -> None:
    """By the act's own answer, then by each reading."""
    anne, system = await counter.resident(), await counter.system("acces-documents:read")
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    dossier = (await filed(anne, "acces-documents", electronic_notice=True))["id"]
    await act(agent, dossier, "decide", {"outcome": "refus", **example("acces-documents")["refus"]})
    async with Database(counter.settings, "worker", size=1) as database:
        signed = (await _got(agent, f"dossiers/{dossier}"))["decision"]["entry"]
        available = MakeNoticeAvailable(of="decision", target=signed)
        await record(database, UUID(dossier), available, WORKER, version=None, command_id=uuid4())
    read = await act(anne, dossier, "read_notice", {"target": signed})
    assert read.status_code == 200, read.text

    lines = await _got(anne, f"dossiers/{dossier}/explanation")
    assert not [why for one in said(_schema("ActedOut"), read.json()) if (why := underived(one, lines))]
    for person, model in ((anne, "DossierOut"), (system, "DossierOut"), (agent, "AgentDossierOut")):
        shown = list(said(_schema(model), await _got(person, f"dossiers/{dossier}")))
        lines = await _got(person, f"dossiers/{dossier}/explanation")
        assert READ in {one.field for one in shown}
        assert not [why for one in shown if (why := underived(one, lines))]


async def test_a_system_is_explained_only_the_dossiers_that_it_may_read(counter: Counter) -> None:
    """Neither without a token, nor by one that reads other procedures; and the resident sees the reading."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    follows = await counter.system("acces-documents:read")
    other = await counter.system("apa-domicile:read")

    assert await _got(follows, f"dossiers/{dossier}/explanation")
    assert (await other.get(f"dossiers/{dossier}/explanation")).status_code == 404
    assert (await anne.get(f"/v1/systems/dossiers/{dossier}/explanation")).status_code in {401, 403}
    assert (await counter.client.get(f"/v1/systems/dossiers/{dossier}/explanation")).status_code == 401
    readers = await _got(anne, f"dossiers/{dossier}/readers")
    assert ("system", "explanation") in {(one["audience"], one["what"]) for one in readers}


@pytest.mark.parametrize("audience", ["residents", "systems"])
async def test_no_line_tells_which_decision_is_signed_before_it_is_notified(counter: Counter, audience: str) -> None:
    """Neither its title, nor its article: the agent's explanation has both (CRPA L221-8)."""
    anne, system = await counter.resident(), await counter.system("acces-documents:read")
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    signed = await act(agent, dossier, "decide", {"outcome": "refus", **example("acces-documents")["refus"]})
    assert signed.status_code == 200, signed.text
    outcome = catalogue().plan("acces-documents").outcome("refus")
    assert outcome is not None

    reader = anne if audience == "residents" else system
    lines = await _got(reader, f"dossiers/{dossier}/explanation")
    told = await _got(agent, f"dossiers/{dossier}/explanation")

    decided = [line for line in lines if line["key"] == "decided"]
    assert {(line["sentence"].endswith(WAITING), line["article"]) for line in decided} == {(True, "CRPA L221-8")}
    assert outcome.title not in str(lines)
    assert outcome.title in str(told)


def _schema(model: str) -> Mapping[str, Any]:
    return {"$ref": f"#/components/schemas/{model}"}
