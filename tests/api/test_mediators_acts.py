"""A mediator's acts once filed: each one checked against the mandate at its instant, and named in the journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.counter import Counter, SignedIn
from tests.api.journeys import act, example, filed, given, new_key
from tests.api.test_mediators import mandated

BY = "Maryvonne Le Goff, pour Ti ar Vro"


@dataclass(frozen=True, slots=True)
class Case:
    """A resident, their mediator, and a dossier filed under the mandate."""

    anne: SignedIn
    mediator: SignedIn
    mandate: str
    dossier: str

    @property
    def place(self) -> str:
        """The dossier's address under the mandate."""
        return f"mandates/{self.mandate}/dossiers/{self.dossier}"

    async def does(self, name: str, body: Any) -> Any:
        """An act of the mediator; gives the whole answer."""
        return await self.mediator.post(f"{self.place}/acts/{name}", json=body, headers=new_key())

    async def journal(self) -> list[dict[str, Any]]:
        """The journal, as the resident reads it."""
        entries: list[dict[str, Any]] = (await self.anne.get(f"dossiers/{self.dossier}/journal")).json()
        return entries


@pytest.fixture
async def case(counter: Counter) -> Case:
    """Access to documents, filed by the mediator."""
    anne = await counter.resident()
    mediator, _ = await counter.mediator()
    mandate = (await mandated(mediator, email=anne.email))["id"]
    dossier = (await filed(mediator, "acces-documents", under=f"mandates/{mandate}/"))["id"]
    return Case(anne=anne, mediator=mediator, mandate=mandate, dossier=dossier)


async def _piece(case: Case) -> dict[str, Any]:
    document = await given(case.mediator, case.place, "precisions")
    return {"piece": "precisions", "documents": [document]}


async def _form(case: Case) -> dict[str, Any]:
    del case
    form = example("acces-documents")["form"]
    return {"form": {**form, "demandeur": {**form["demandeur"], "prenom": "Nolwenn"}}}


async def _text(case: Case) -> dict[str, Any]:
    del case
    return {"text": "Bonjour"}


async def _reason(case: Case) -> dict[str, Any]:
    del case
    return {"reason": "Document trouvé."}


ACTS: list[tuple[str, Callable[[Case], Awaitable[dict[str, Any]]], str]] = [
    ("provide_piece", _piece, "piece_received"),
    ("correct", _form, "corrected"),
    ("send_message", _text, "message_sent"),
    ("withdraw", _reason, "withdrawn"),
]


@pytest.mark.parametrize(("name", "body", "kind"), ACTS, ids=[name for name, _, _ in ACTS])
async def test_an_act_is_named_in_the_journal_with_the_organisation(
    case: Case, name: str, body: Callable[[Case], Awaitable[dict[str, Any]]], kind: str
) -> None:
    done = await case.does(name, await body(case))

    assert done.status_code == 200, done.text
    assert [entry["by"] for entry in await case.journal() if entry["kind"] == kind] == [BY]


@pytest.mark.parametrize(("name", "body", "kind"), ACTS, ids=[name for name, _, _ in ACTS])
async def test_an_act_after_the_mandate_is_revoked_is_refused_and_changes_nothing(
    case: Case, name: str, body: Callable[[Case], Awaitable[dict[str, Any]]], kind: str
) -> None:
    said = await body(case)
    before = len(await case.journal())
    await case.anne.call("DELETE", f"mandates/{case.mandate}")

    refused = await case.does(name, said)

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/mandate-revoked")
    assert len(await case.journal()) == before
    assert kind not in {entry["kind"] for entry in await case.journal()}


async def test_an_answer_to_a_proposal_is_named_and_checked_too(counter: Counter) -> None:
    """APA under a mandate: the plan is accepted by the mediator's hand; under another mandate it is not seen."""
    anne = await counter.resident()
    mediator, _ = await counter.mediator()
    mandate = (await mandated(mediator, email=anne.email, procedures=["apa-domicile"]))["id"]
    under = f"mandates/{mandate}/"
    dossier = (await filed(mediator, "apa-domicile", under=under))["id"]
    case, said = Case(anne=anne, mediator=mediator, mandate=mandate, dossier=dossier), example("apa-domicile")
    for piece in ("identite", "avis_imposition", "rib"):
        body = {"piece": piece, "documents": [await given(mediator, case.place, piece)]}
        assert (await case.does("provide_piece", body)).status_code == 200
    agent = await counter.agent("groupe-apa-domicile", procedures=("apa-domicile",))
    await act(agent, dossier, "assess", {"findings": said["evaluation"]})
    await act(agent, dossier, "propose", {"content": said["plan"]})
    elsewhere = (await mandated(mediator, email=anne.email))["id"]

    other = f"mandates/{elsewhere}/dossiers/{dossier}/acts/answer_proposal"
    hidden = await mediator.post(other, json={"answer": "accepted"}, headers=new_key())
    answered = await case.does("answer_proposal", {"answer": "accepted"})

    assert hidden.status_code == 404
    assert answered.status_code == 200, answered.text
    assert [entry["by"] for entry in await case.journal() if entry["kind"] == "proposal_answered"] == [BY]


async def test_what_a_mediator_reads_of_the_documents_is_shown_to_the_resident(case: Case) -> None:
    """The list, what is known of one, its content; the resident's own readings are not."""
    document = await given(case.mediator, case.place, "precisions")
    for path in ("documents", f"documents/{document}", f"documents/{document}/content"):
        assert (await case.mediator.get(f"{case.place}/{path}")).status_code == 200
        assert (await case.anne.get(f"dossiers/{case.dossier}/{path}")).status_code == 200

    readers = (await case.anne.get(f"dossiers/{case.dossier}/readers")).json()

    assert [(one["audience"], one["what"], one["organisation"]) for one in readers] == [
        ("mediator", what, "Ti ar Vro") for what in ("document", "document_facts", "documents")
    ]
