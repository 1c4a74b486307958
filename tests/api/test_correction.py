"""A paper entered with a wrong date: the year is looked at twice, and the date is corrected by an act, everywhere."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

from storage.engine.database import Database
from storage.register.verification import verify
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, filed, given, new_key
from tests.api.test_agents import desk

SLUG = "aide-sociale-hebergement"
STAMP = {"channel": "paper", "evidence": "Tampon du 20"}


FIRST_VERSION_ENDS = "2026-11-01"


def form_of(effective: str) -> dict[str, Any]:
    """The example, as the version of that day asks it: the first one did not ask where the home is."""
    form: dict[str, Any] = copy.deepcopy(example(SLUG)["form"])
    if effective < FIRST_VERSION_ENDS:
        del form["etablissement"]["adresse"]
    return form


async def entered(agent: SignedIn, effective: str, **more: Any) -> Any:
    """The answer to a paper entered with that reception."""
    body = {
        "procedure": SLUG,
        "applicant": {"name": "Jeanne Kerjean"},
        "form": form_of(effective),
        "effective": effective,
        **STAMP,
        **more,
    }
    return await agent.post("dossiers", json=body, headers=new_key())


async def test_a_wrong_year_is_refused_or_confirmed(counter: Counter) -> None:
    agent = await desk(counter, SLUG)

    absurd = await entered(agent, "1999-11-02T09:00:00+01:00", confirmed=True)
    old = await entered(agent, "2025-11-02T09:00:00+01:00")
    confirmed = await entered(agent, "2025-11-02T09:00:00+01:00", confirmed=True)

    assert (absurd.status_code, absurd.json()["type"]) == (409, "/problems/effective-too-early")
    assert (old.status_code, old.json()["type"]) == (409, "/problems/older-than-a-year")
    assert "2 novembre 2025" in old.json()["detail"]
    assert confirmed.status_code == 201, confirmed.text


async def test_a_reception_entered_wrong_is_corrected_wherever_it_is_shown(counter: Counter) -> None:
    """In the dossier, its clock, its queue and its explanation; the former is kept in a journal that still verifies."""
    agent = await desk(counter, SLUG)
    dossier = (await entered(agent, "2026-01-20T09:00:00+01:00")).json()["id"]
    before = (await agent.get(f"dossiers/{dossier}")).json()
    assert before["status"] == "implied_rejection", "ten months ago, silence would have rejected it"

    right = {"of": "filing", "effective": "2026-11-20T09:00:00+01:00", **STAMP}
    unproven = await act(agent, dossier, "correct_date", {**right, "evidence": ""})
    done = await act(agent, dossier, "correct_date", right)

    assert unproven.status_code == 422
    assert done.status_code == 200, done.text
    assert [one["kind"] for one in done.json()["happened"]][:2] == ["date_corrected", "silence_voided"]
    shown = (await agent.get(f"dossiers/{dossier}")).json()
    assert (shown["filed_on"], shown["silence"]) == ("2026-11-20", None)
    assert shown["clock"]["born"] == "2027-01-20"
    (row,) = (await agent.get("search", params={"q": shown["reference"]})).json()
    assert row["filed_at"].startswith("2026-11-20")
    lines = (await agent.get(f"dossiers/{dossier}/explanation")).json()
    assert any("20 janvier 2026" in line["sentence"] and "(date corrigée depuis)" in line["sentence"] for line in lines)
    worker = Database(counter.settings, "worker", size=1)
    verdict = await verify(worker, UUID(dossier))
    await worker.close()
    assert verdict.intact, verdict.sentence


async def test_a_filing_that_the_counter_dated_is_not_corrected_nor_by_its_person(counter: Counter) -> None:
    anne, agent = await counter.resident(), await desk(counter, "acces-documents")
    dossier = (await filed(anne, "acces-documents"))["id"]
    body = {"of": "filing", "effective": "2026-11-20T09:00:00+01:00", **STAMP}

    ours = await act(agent, dossier, "correct_date", body)
    theirs = await act(anne, dossier, "correct_date", body)

    assert (ours.status_code, "établie par le guichet" in ours.json()["detail"]) == (409, True)
    assert theirs.status_code == 404, "no such route for a person"


async def test_a_piece_that_came_by_post_is_dated_anew_and_its_journal_verifies(counter: Counter) -> None:
    """Entered as if it came today; its stamp says nine days ago: all follows, as if it had been said at once."""
    agent = await desk(counter, "acces-documents")
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    online = await given(anne, f"dossiers/{dossier}", "precisions")
    scanned = await given(agent, f"dossiers/{dossier}", "mandat")
    assert (
        await act(anne, dossier, "provide_piece", {"piece": "precisions", "documents": [online]})
    ).status_code == 200
    assert (await act(agent, dossier, "provide_piece", {"piece": "mandat", "documents": [scanned]})).status_code == 200
    entered = (await agent.get(f"dossiers/{dossier}")).json()

    body = {"of": "piece", "effective": entered["filed_at"], **STAMP}
    proved = await act(agent, dossier, "correct_date", {**body, "piece": "precisions"})
    which = await act(agent, dossier, "correct_date", body)
    early = await act(
        agent, dossier, "correct_date", {**body, "piece": "mandat", "effective": "2026-11-02T09:00:00+01:00"}
    )
    done = await act(agent, dossier, "correct_date", {**body, "piece": "mandat"})

    assert (proved.status_code, "donnée en ligne" in proved.json()["detail"]) == (409, True)
    assert (which.status_code, which.json()["type"]) == (409, "/problems/unknown-piece")
    assert (early.status_code, early.json()["type"]) == (409, "/problems/effective-too-early")
    assert done.status_code == 200, done.text
    assert done.json()["happened"][0]["kind"] == "date_corrected"
    assert "La date de réception de la pièce" in done.json()["happened"][0]["sentence"]
    lines = (await anne.get(f"dossiers/{dossier}/explanation")).json()
    former = [line for line in lines if "(date corrigée depuis)" in line["sentence"]]
    assert [line["key"] for line in former] == ["piece_received"]
    journal = (await anne.get(f"dossiers/{dossier}/journal")).json()
    assert STAMP["evidence"] in [one["text"] for one in journal[-1]["written"]]
    worker = Database(counter.settings, "worker", size=1)
    verdict = await verify(worker, UUID(dossier))
    await worker.close()
    assert verdict.intact, verdict.sentence


async def test_a_confirmed_date_is_kept_in_a_journal_that_verifies(counter: Counter) -> None:
    agent = await desk(counter, SLUG)
    dossier = (await entered(agent, "2025-11-02T09:00:00+01:00", confirmed=True)).json()["id"]

    lines = (await agent.get(f"dossiers/{dossier}/explanation")).json()

    assert "(date de plus d'un an, vérifiée et confirmée)" in lines[0]["sentence"]
    worker = Database(counter.settings, "worker", size=1)
    verdict = await verify(worker, UUID(dossier))
    await worker.close()
    assert verdict.intact, verdict.sentence
