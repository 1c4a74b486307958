"""The cases of a procedure, all played at once through the HTTP API on one line of time, by the people they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from catalogue.cases import ActSaid, Case, Expected
from catalogue.examples import answered
from catalogue.loader import catalogue
from domain.act_description import instant
from domain.actors import WORKER
from domain.calendar import Instant
from domain.command import ANY
from domain.commands import WHO
from domain.plan import Plan
from domain.steps.notice import MakeNoticeAvailable
from storage.engine.database import Database
from storage.engine.legal_time import move_clock
from storage.register.door import record
from tests.api.campaign_counter import A_YEAR, open_campaign
from tests.api.counter import OWNER, Counter, SignedIn
from tests.api.journeys import PDF, act, example, new_key

WITH_DOCUMENTS = frozenset({"provide_piece", "give_report"})
NOTIFIED = {"decide": "decision", "propose": "proposal", "revoke": "revocation"}


@dataclass(slots=True)
class Player:
    """Who plays: the person, agents enough for four eyes, the worker that makes notices available."""

    counter: Counter
    plan: Plan
    person: SignedIn
    agents: tuple[SignedIn, ...]
    worker: Database
    dossiers: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    async def play(self, cases: tuple[Case, ...]) -> list[str]:
        """Play them all; what went otherwise than the cases say, one sentence each."""
        moments = sorted(self._moments(cases), key=lambda moment: moment[:2])
        await begin_time(self.counter.owner, moments[0][0])
        for at, _, case, do in moments:
            await move_clock(self.worker, at, fixed=True, signal=False)
            if case.name in self.broken:
                continue
            try:
                await do()
            except AssertionError as failed:
                self.broken.add(case.name)
                self.wrong.append(f"{case.name}, {at:%Y-%m-%d %H:%M} : {failed}")
        return self.wrong

    def _moments(self, cases: tuple[Case, ...]) -> Iterator[tuple[Instant, int, Case, Any]]:
        for case in cases:
            written = case.late.entered if case.late is not None else case.filed
            yield instant(written), 0, case, partial(self._file if case.late is None else self._enter, case)
            for said in case.acts:
                yield instant(said.on), 1, case, partial(self._act, case, said)
            for expected in case.expect:
                yield instant(expected.on), 2, case, partial(self._look, case, expected)

    async def _file(self, case: Case) -> None:
        form = answered(example(self.plan.procedure)["form"], jsoned(case.form))
        begun = await self.person.post("drafts", json={"procedure": self.plan.procedure})
        assert begun.status_code == 201, begun.text
        place = f"drafts/{begun.json()['id']}"
        for page in begun.json()["pages"]:
            if page in form:
                saved = await self.person.call("PATCH", f"{place}/pages/{page}", json=form[page])
                assert saved.status_code == 200, saved.text
        for piece in self.plan.pieces:
            if piece.required_for(form) and piece.key not in case.missing:
                await document(self.person, place, piece.key)
        body = {"incomplete": bool(case.missing), "electronic_notice": case.electronic_notice}
        filed = await self.person.post(f"{place}/submit", json=body, headers=new_key())
        assert filed.status_code == 201, filed.text
        self.dossiers[case.name] = filed.json()["id"]

    async def _enter(self, case: Case) -> None:
        """An agent enters a filing received on paper, then each of its pieces, all on their own day."""
        late, agent = case.late, self.agents[0]
        assert late is not None
        form = answered(example(self.plan.procedure)["form"], jsoned(case.form))
        on = {"effective": instant(case.filed).isoformat(), "channel": "paper", "evidence": late.evidence}
        elsewhere = {"initially": late.initially}
        if late.competent:
            elsewhere["competent"] = instant(late.competent).isoformat()
        body = {"procedure": self.plan.procedure, "applicant": {"name": "Anna Le Goff", "email": self.person.email}}
        made = await agent.post("dossiers", json={**body, "form": form, **on, **elsewhere}, headers=new_key())
        assert made.status_code == 201, made.text
        dossier = self.dossiers[case.name] = made.json()["id"]
        for piece in self.plan.pieces:
            if piece.required_for(form) and piece.key not in case.missing:
                given = {"piece": piece.key, "documents": [await document(agent, f"dossiers/{dossier}", piece.key)]}
                done = await act(agent, dossier, "provide_piece", {**given, **on})
                assert done.status_code == 200, done.text

    async def _act(self, case: Case, said: ActSaid) -> None:
        dossier, who = self.dossiers[case.name], self._who(said)
        body = {**jsoned(said.data), **contents(self.plan, said)}
        for own in ("agent", "agent_name"):
            body.pop(own, None)  # whoever is signed in
        if who is self.person:
            body.pop("party", None)  # a person signs for the beneficiary, and says no party
            if said.act == "renounce":
                body["understood"] = True
        if isinstance(body.get("effective"), str):
            body["effective"] = instant(body["effective"]).isoformat()
        if said.act in WITH_DOCUMENTS:
            body["documents"] = [await document(who, f"dossiers/{dossier}", body.get("piece", "free"))]
        why = await self.does(who, dossier, said.act, body)
        if said.refused:
            assert why is not None, f"{said.act} : un refus attendu"
            assert said.refused in why, why
            return
        assert why is None, f"{said.act} : {why}"
        if case.electronic_notice and said.act in NOTIFIED:
            await self._available(dossier, NOTIFIED[said.act])

    async def does(self, who: SignedIn, dossier: str, name: str, body: Mapping[str, Any]) -> str | None:
        """Do an act; None once done, what is answered when it is refused. Raises AssertionError for anything else."""
        done = await act(who, dossier, name, dict(body))
        assert done.status_code in {200, 409}, f"{name} : {done.status_code} {done.text}"
        return None if done.status_code == 200 else done.text

    def _who(self, said: ActSaid) -> SignedIn:
        """The person does what is theirs, but what came on paper; each visa has eyes of its own."""
        authority = said.data.get("party") == "authority" or said.data.get("sender") == "agent"
        if "resident" in WHO[said.act] and "effective" not in said.data and not authority:
            return self.person
        eyes = UUID(str(said.data.get("agent", ANY)))
        return self.agents[(eyes.int - ANY.int) % len(self.agents)]

    async def _available(self, dossier: str, of: Any) -> None:
        """What the worker does once the letter is written."""
        target = (await self.agents[0].get(f"dossiers/{dossier}")).json()[of]["entry"]
        command = MakeNoticeAvailable(of=of, target=target)
        await record(self.worker, UUID(dossier), command, WORKER, command_id=uuid4())

    async def _look(self, case: Case, expected: Expected) -> None:
        dossier = self.dossiers[case.name]
        shown = (await self.person.get(f"dossiers/{dossier}")).json()
        told = (await self.agents[0].get(f"dossiers/{dossier}")).json()
        journal = (await self.agents[0].get(f"dossiers/{dossier}/journal")).json()
        kinds = {entry["kind"] for entry in journal}
        pairs = [
            ("statut", expected.status, told["status"]),
            ("naissance", expected.born and expected.born.isoformat(), told["clock"]["born"]),
            ("expiration", expected.expires and expected.expires.isoformat(), told["clock"]["expires"]),
        ]
        if expected.decide_by is not None:
            pairs.append(("dernier jour pour décider", expected.decide_by.isoformat(), await self._decide_by(dossier)))
        for name, wanted, given in pairs:
            assert wanted is None or wanted == given, f"{name} {given}, attendu {wanted}"
        assert set(expected.happened) <= kinds, kinds
        assert not set(expected.not_happened) & kinds, kinds
        assert shown["id"] == told["id"]

    async def _decide_by(self, dossier: str) -> str | None:
        """The last day to decide after an opinion, as agents are told it."""
        lines = (await self.agents[0].get(f"dossiers/{dossier}/explanation")).json()
        return next((line["at"] for line in lines if line["key"] == "decide_by"), None)


async def begin_time(owner: Database, at: Instant) -> None:
    """Set a new database's legal clock, once and before anything is filed, to where the cases begin.

    What is filed in campaigns has one open for as long as the cases last.
    """
    async with owner.transaction(OWNER) as connection:
        await connection.execute(text("ALTER TABLE legal_clock DISABLE TRIGGER USER"))
        await connection.execute(text("UPDATE legal_clock SET mode = 'fixed', ahead = '0', fixed_at = :at"), {"at": at})
        await connection.execute(text("ALTER TABLE legal_clock ENABLE TRIGGER USER"))
        for plan in filter(lambda plan: plan.campaign, map(catalogue().plan, catalogue().slugs())):
            await open_campaign(connection, plan.procedure, at - A_YEAR, at + 10 * A_YEAR)


async def document(who: SignedIn, place: str, piece: str) -> str:
    """A document sent for a piece; its id."""
    files = {"file": (f"{piece}.pdf", PDF, "application/pdf")}
    options: dict[str, Any] = {"data": {"piece": piece}}
    if who.space == "agents":
        options = {"params": {"piece": piece}}
    sent = await who.post(f"{place}/documents", files=files, **options)
    assert sent.status_code == 201, sent.text
    found: str = sent.json()["id"]
    return found


def contents(plan: Plan, said: ActSaid) -> dict[str, Any]:
    """What the example writes where the case says nothing: findings, a proposal, a decision, a convention."""
    given = example(plan.procedure)
    step = {"assess": "assessment", "propose": "proposal", "send_convention": "convention"}.get(said.act)
    name = "findings" if said.act == "assess" else "content"
    form = getattr(plan.step_of(step), "form", "") if step else ""
    if said.act == "decide":
        outcome = plan.outcome(said.data["outcome"])
        form = outcome.form if outcome is not None else ""
    if not form:
        return {}
    return {name: {**given.get(form, {}), **jsoned(said.data.get(name, {}))}}


def jsoned(value: Any) -> Any:
    """TOML's dates as JSON writes them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: jsoned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [jsoned(each) for each in value]
    return value
