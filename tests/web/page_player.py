"""The cases of a procedure, played by pages: whoever a case names opens the page of the act, and sends its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

import httpx2

from catalogue.cases import Case, Expected
from domain.act_fields import Field
from domain.calendar import PARIS
from domain.words import status_label
from storage.documents.rows import FREE
from tests.api.case_player import Player
from tests.api.counter import SignedIn
from tests.web.agents.desk import typed
from tests.web.residents.visiting import said
from tests.web.visitors import Visitor, client_of, hidden
from web.agents.act_fields import EVERY, input_of

BY_A_PERSON = {
    "answer_proposal": "proposition",
    "sign_convention": "convention",
    "withdraw": "retrait",
    "request_attestation": "attestation",
    "renounce": "renonciation",
    "give_observations": "observations",
    "take_over": "reprise",
    "send_message": "messages",
    "give_up_electronic_notices": "par-la-poste",
}
"""The page of each act that a person does with one form."""


@dataclass(slots=True)
class PagePlayer(Player):
    """Acts go through pages; filing, papers and what is looked at go through the API, but for the status."""

    async def does(self, who: SignedIn, dossier: str, name: str, body: Mapping[str, Any]) -> str | None:
        """The same by the act's page."""
        visitor = self.visitor(who)
        if who.space == "agents":
            return await self._agent_does(visitor, dossier, name, body)
        return await self._person_does(visitor, dossier, name, body)

    def visitor(self, who: SignedIn) -> Visitor:
        """Their browser: the same session, in a cookie."""
        client = client_of(self.counter.app)
        client.cookies.set("guichet_session", who.token)
        return Visitor(client)

    async def _agent_does(self, agent: Visitor, dossier: str, name: str, body: Mapping[str, Any]) -> str | None:
        query = f"?issue={body['outcome']}" if name == "decide" else ""
        at = f"/fr/agents/dossiers/{dossier}/actes/{name}{query}"
        page = await agent.get(at)
        if "Cet acte n'est pas possible maintenant." in unescape(page.text):
            return said(page.text)
        answer = await agent.post(at, {**hidden(page.text), **self._posted(name, body)})
        if answer.status_code == 422 and "Ce champ est obligatoire." in said(answer.text):
            # A page asks for what is missing before the law has to refuse it: the case tells the law's own reason.
            return await Player.does(self, self.agents[0], dossier, name, body)
        return self._refused(answer)

    def _posted(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What a browser posts of an act said as the API's body."""
        act = EVERY[name]
        sent: dict[str, Any] = {}
        for one in act.fields:
            if one.kind == "content" and body.get(one.name):
                sent |= typed(self.plan.procedure, self._form(name, body), body[one.name])
            elif one.name in body:
                sent |= _typed(one, body[one.name])
        return sent

    def _form(self, name: str, body: Mapping[str, Any]) -> str:
        if name == "decide":
            outcome = self.plan.outcome(body["outcome"])
            return outcome.form if outcome is not None else ""
        return str(next(getattr(step, "form", "") for step in self.plan.steps if name in step.acts))

    async def _person_does(self, person: Visitor, dossier: str, name: str, body: Mapping[str, Any]) -> str | None:
        at = f"/fr/dossiers/{dossier}"
        fields: dict[str, Any] = {}
        match name:
            case "provide_piece" | "give_report":
                at = f"{at}/pieces/{body.get('piece', FREE)}"
                fields = {"document": body["documents"]}
            case "answer_proposal":
                fields = {"reponse": body["answer"], "changements": body.get("text") or "Moins d'heures."}
            case "give_observations":
                fields = {"observations": body.get("text", "")} | (
                    {"entretien": "oui"} if body.get("to_be_heard") else {}
                )
            case "withdraw":
                fields = {"raison": body.get("reason", "")}
            case "renounce":
                fields = {"raison": body.get("reason", ""), "compris": "1"}
            case "send_message":
                fields = {"message": body["text"]}
        at = f"{at}/{BY_A_PERSON[name]}" if name in BY_A_PERSON else at
        page = await person.get(at)
        return self._refused(await person.post(at, {**hidden(page.text), **fields}))

    def _refused(self, answer: httpx2.Response) -> str | None:
        assert answer.status_code in {303, 409}, f"{answer.status_code} {said(answer.text)}"
        return None if answer.status_code == 303 else said(answer.text)

    async def _look(self, case: Case, expected: Expected) -> None:
        """As the API tells it; and the page of whoever examines says the status in words."""
        await Player._look(self, case, expected)
        if expected.status is not None:
            page = await self.visitor(self.agents[0]).get(f"/fr/agents/dossiers/{self.dossiers[case.name]}")
            assert status_label(expected.status) in unescape(page.text), f"« {status_label(expected.status)} » attendu"


def _typed(one: Field, value: Any) -> dict[str, Any]:
    match one.kind:
        case "flag":
            return {input_of(one): "true" if value else "false"}
        case "moment":
            return {input_of(one): datetime.fromisoformat(value).astimezone(PARIS).strftime("%Y-%m-%dT%H:%M")}
        case "pieces":
            return {input_of(one): list(value), **{f"{input_of(one)}.{key}": why for key, why in value.items()}}
        case "documents":
            return {input_of(one): list(value)}
        case _:
            return {input_of(one): str(value)}
