"""What cannot be done becomes an incident that agents hear of, and the rest of the journal goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from letters.blocks import Unrenderable
from storage.mail import MailNotSent
from tests.workers.office import Office
from workflows import policies
from workflows.carried import VERBS


async def test_a_letter_that_cannot_be_made_is_an_incident_and_the_email_still_leaves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.activities.letters.made", _unrenderable)
    agent = await office.agent("pmi", "agrement-assistant-maternel")
    dossier = await office.file("agrement-assistant-maternel")
    async with office.working():
        effects = await office.settled(dossier)
    assert effects[(1, "letter:acknowledgement")] == "failed"
    assert effects[(1, "email:filed")] == "done"
    (incident,) = await office.rows("SELECT seq, kind, code, closed_at FROM incident WHERE dossier = :d", d=dossier)
    assert (incident.seq, incident.kind, incident.code) == (1, "letter:acknowledgement", "unrenderable")
    told = [mail for mail in office.mails() if mail["To"] == agent and "incident" in mail.get_content()]  # type: ignore[attr-defined]
    assert len(told) == 1


async def test_a_mail_server_away_for_a_moment_only_delays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals = iter([MailNotSent("away"), MailNotSent("away")])
    send = type(office.world.mail).send

    async def flaky(self: object, message: object) -> str:
        if (refusal := next(refusals, None)) is not None:
            raise refusal
        return await send(self, message)  # type: ignore[arg-type]

    monkeypatch.setattr(type(office.world.mail), "send", flaky)
    dossier = await office.file("acces-documents")
    async with office.working():
        effects = await office.settled(dossier)
    assert effects[(1, "email:filed")] == "done"
    assert len([mail for mail in office.mails() if mail["To"] == "anna@example.org"]) == 1


async def test_a_mail_server_away_for_too_long_is_an_incident_and_nothing_waits_for_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> str:
        raise MailNotSent("away")

    monkeypatch.setattr(type(office.world.mail), "send", away)
    activity, policy = VERBS["email"]
    monkeypatch.setitem(VERBS, "email", (activity, replace(policy, attempts=2, first=timedelta(milliseconds=50))))
    await office.agent("cada", "acces-documents")
    dossier = await office.file("acces-documents")
    async with office.working():
        await office.until(lambda: _only_the_telling_waits(office, dossier))
        effects = await office.effects(dossier)
    assert effects.pop((1, "email:filed")) == "failed"
    # The agents are told of the incident once the server is back.
    assert effects.pop((1, "tell:incident")) == "pending"
    assert set(effects.values()) == {"done"}
    (incident,) = await office.rows("SELECT kind, code FROM incident WHERE dossier = :d", d=dossier)
    assert (incident.kind, incident.code) == ("email:filed", "MailNotSent")


@pytest.mark.parametrize("policy", policies.ALL, ids=lambda policy: f"{policy.queue}-{policy.attempts}")
def test_every_retry_and_every_timeout_has_its_maximum(policy: policies.Policy) -> None:
    retry = policy.retry
    assert 1 < retry.maximum_attempts <= 100
    assert retry.maximum_interval is not None
    assert policy.each.total_seconds() > 0
    assert policy.overall.days <= 7


async def _only_the_telling_waits(office: Office, dossier: UUID) -> bool:
    effects = await office.effects(dossier)
    return [kind for (_, kind), status in effects.items() if status == "pending"] == ["tell:incident"]


def _unrenderable(*_: object) -> None:
    raise Unrenderable("ordered by the test")
