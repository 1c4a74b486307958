"""A version is published by four eyes through the API too; the count of its impact names no dossier."""

from __future__ import annotations

import json

from catalogue.loader import Catalogue
from tests.api.counter import Counter
from tests.api.journeys import filed
from tests.web.authors.begun import SLUG, begun_version

written = begun_version
ON = f"procedures/{SLUG}"


async def test_one_administrator_asks_with_the_report_in_hand_and_another_publishes(
    counter: Counter, written: Catalogue
) -> None:
    counter.app.state.written = written
    one, other = await counter.administrator(), await counter.administrator()
    dossier = await filed(await counter.resident(), SLUG)
    nothing = await one.get(f"{ON}/publication")
    measured = (await one.post(f"{ON}/impact")).json()
    report = {"report": measured["sha256"]}
    unread = await one.post(f"{ON}/publication/request", json={"report": "0" * 64})
    early = await other.post(f"{ON}/publication")
    asked = await one.post(f"{ON}/publication/request", json=report)
    pending = (await other.get(f"{ON}/publication")).json()
    alone, done, again = [await who.post(f"{ON}/publication") for who in (one, other, other)]

    assert nothing.json() is None
    assert measured["report"]["open"] >= 1
    assert dossier["id"] not in json.dumps(measured)
    assert (await one.get(f"{ON}/impact/{measured['sha256']}")).json() == measured
    assert (unread.status_code, early.status_code, asked.status_code) == (404, 409, 204)
    assert (pending["version"], pending["report_sha256"], pending["by"]) == (3, measured["sha256"], str(one.account))
    assert (alone.status_code, alone.json()["type"]) == (409, "/problems/four-eyes")
    assert (done.status_code, again.json()["type"]) == (204, "/problems/nothing-to-publish")
    assert (written.procedures / SLUG / "published" / "3.json").exists()


async def test_it_is_for_administrators_of_procedures_that_exist(counter: Counter) -> None:
    administrator, resident = await counter.administrator(), await counter.resident()

    assert (await resident.post(f"/v1/admin/{ON}/impact")).status_code == 403
    assert (await administrator.post("procedures/rien/impact")).status_code == 404
    assert (await administrator.get(f"{ON}/impact/{'f' * 64}")).status_code == 404
