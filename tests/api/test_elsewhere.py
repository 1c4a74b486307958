"""Wrong counter (CRPA L114-2, L114-3): what is not ours goes on, and what came late from elsewhere keeps its days."""

from __future__ import annotations

from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, filed, new_key

PAPER = {"channel": "paper", "evidence": "tampon du CCAS"}


async def desk(counter: Counter, procedure: str, **options: str) -> SignedIn:
    """An agent of a group that serves the procedure."""
    return await counter.agent(f"groupe-{procedure}", procedures=(procedure,), **options)  # type: ignore[arg-type]


async def test_a_request_that_is_not_ours_is_sent_on_and_the_person_is_told(counter: Counter) -> None:
    """Closed here; the explanation says whose delay runs now."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents")

    nowhere = await act(agent, dossier, "transmit", {})
    sent = await act(agent, dossier, "transmit", {"to": "Région Bretagne", "reasons": "Elle détient le document."})
    again = await act(agent, dossier, "transmit", {"to": "Région Bretagne"})
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    told = (await anne.get(f"dossiers/{dossier}/explanation")).text

    assert (nowhere.status_code, sent.status_code, again.status_code) == (409, 200, 409)
    assert (shown["status"], shown["closed"]) == ("transmitted", True)
    assert "Région Bretagne" in told
    assert "L114-3" in told


async def test_the_person_may_not_send_it_on(counter: Counter) -> None:
    """The act is the service's."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    asked = await anne.post(f"dossiers/{dossier}/acts/transmit", json={"to": "X"}, headers={"If-Match": '"2"'})
    assert asked.status_code == 404


async def _entered(agent: SignedIn, procedure: str, **more: str) -> tuple[int, str]:
    body = {
        "procedure": procedure,
        "applicant": {"name": "Anna Le Goff", "email": "anna.papier@example.org"},
        "form": example(procedure)["form"],
        "effective": "2026-11-02T10:00:00+01:00",
        **PAPER,
        **more,
    }
    made = await agent.post("dossiers", json=body, headers=new_key())
    return made.status_code, made.json().get("id", made.text)


async def test_a_filing_first_received_elsewhere_keeps_both_days(counter: Counter) -> None:
    """The month of `acces-documents` runs from the competent authority's reception (CRPA R*311-12)."""
    agent = await desk(counter, "acces-documents")
    status, dossier = await _entered(
        agent, "acces-documents", initially="Mairie de Brest", competent="2026-11-10T10:00:00+01:00"
    )
    assert status == 201, dossier
    shown = (await agent.get(f"dossiers/{dossier}")).json()
    assert (shown["filed_on"], shown["clock"]["expires"]) == ("2026-11-02", "2026-12-10")


async def test_until_the_competent_authority_has_it_its_delay_does_not_run(counter: Counter) -> None:
    """Then its reception is written down, with its evidence, once."""
    agent = await desk(counter, "acces-documents")
    _, dossier = await _entered(agent, "acces-documents", initially="Mairie de Brest")
    before = (await agent.get(f"dossiers/{dossier}")).json()["clock"]["expires"]
    received = await act(agent, dossier, "receive_as_competent", {"effective": "2026-11-12T09:00:00+01:00", **PAPER})
    after = (await agent.get(f"dossiers/{dossier}")).json()["clock"]["expires"]

    assert (before, received.status_code, after) == (None, 200, "2026-12-12")


async def test_it_was_not_received_there_before_it_was_filed(counter: Counter) -> None:
    """A sentence, and nothing is made."""
    agent = await desk(counter, "acces-documents")
    status, said = await _entered(
        agent, "acces-documents", initially="Mairie de Brest", competent="2026-11-01T10:00:00+01:00"
    )
    assert status == 409
    assert "avant son dépôt" in said
