"""Silence on the real server: at its exact instant, once, with its letter; and what stops it, to the millisecond."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Literal
from uuid import UUID

import pytest

from domain.attestation import RequestAttestation
from domain.refusals import Refused
from domain.renunciation import Renounce
from domain.silence import SilenceTookEffect
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from domain.steps.pieces import Acknowledge
from tests.ending import on_the_eve
from tests.workers.office import Office
from tests.workers.stories import OUTCOME, to_its_silence

Temporal = Literal["running", "stopped", "killed in between"]
A_MILLISECOND = timedelta(milliseconds=1)
LETTERS = {
    "apa-domicile": "letter:provisional",
    "agrement-assistant-maternel": "letter:attestation",
    "acces-documents": "letter:implied_rejection",
}
EFFECT = {"apa-domicile": "provisional", "agrement-assistant-maternel": "acceptance", "acces-documents": "rejection"}


@asynccontextmanager
async def carried(office: Office, temporal: Temporal) -> AsyncIterator[AsyncExitStack]:
    """Workers while the block runs, unless Temporal is `stopped`; the stack lets a test stop them in between."""
    async with AsyncExitStack() as stack:
        if temporal != "stopped":
            await stack.enter_async_context(office.working())
        yield stack


async def silences(office: Office, dossier: UUID) -> list[SilenceTookEffect]:
    """Every silence of the journal."""
    told = await office.story(dossier)
    return [entry.event for entry in told.entries if isinstance(entry.event, SilenceTookEffect)]


@pytest.mark.parametrize("slug", LETTERS)
async def test_nobody_acts_and_silence_takes_effect_at_its_instant_once_with_its_letter(
    office: Office, slug: str
) -> None:
    async with office.working():
        dossier = await office.file(slug)
        await office.settled(dossier)
        due = (await office.story(dossier)).now().silence_due()
        await to_its_silence(office, dossier, by=-A_MILLISECOND)
        await on_the_eve(office.workflow(dossier))
        assert await silences(office, dossier) == []
        await to_its_silence(office, dossier)
        await office.until(lambda: silences(office, dossier))
        effects = await office.settled(dossier)
    (silence,) = await silences(office, dossier)
    assert (silence.effect, silence.effective) == (EFFECT[slug], due)
    letters = await office.rows("SELECT kind FROM letter WHERE dossier = :d AND kind = :k", d=dossier, k=LETTERS[slug])
    assert len(letters) == 1
    assert "pending" not in effects.values()
    assert "failed" not in effects.values()
    told = [mail for mail in office.mails() if mail["Subject"] == "Votre demande a changé d'état"]
    assert len(told) == 1


@pytest.mark.parametrize("temporal", ["running", "stopped", "killed in between"])
@pytest.mark.parametrize("slug", LETTERS)
async def test_what_stops_the_clock_a_millisecond_before_leaves_no_silence(
    office: Office, slug: str, temporal: Temporal
) -> None:
    async with carried(office, temporal) as stack:
        dossier = await office.file(slug)
        await to_its_silence(office, dossier, by=-A_MILLISECOND)
        await stop_the_clock(office, dossier, slug, temporal, stack)
        await to_its_silence_date(office, dossier)
    async with office.working():
        await office.settled(dossier)
    assert await silences(office, dossier) == []
    assert (await office.story(dossier)).now().status == "refused"


@pytest.mark.parametrize("temporal", ["running", "stopped", "killed in between"])
@pytest.mark.parametrize("slug", LETTERS)
async def test_what_would_stop_the_clock_a_millisecond_after_meets_the_silence(
    office: Office, slug: str, temporal: Temporal
) -> None:
    async with carried(office, temporal) as stack:
        dossier = await office.file(slug)
        due = (await office.story(dossier)).now().silence_due()
        await to_its_silence(office, dossier, by=A_MILLISECOND)
        if slug == "agrement-assistant-maternel":
            with pytest.raises(Refused, match="L421-6"):
                await stop_the_clock(office, dossier, slug, temporal, stack)
        else:
            await stop_the_clock(office, dossier, slug, temporal, stack)
    async with office.working():
        effects = await office.settled(dossier)
    (silence,) = await silences(office, dossier)
    assert silence.effective == due
    assert [kind for (_, kind) in effects].count(LETTERS[slug]) == 1
    assert "failed" not in effects.values()


async def test_a_notification_known_late_voids_the_silence_and_an_agent_hears_of_it(office: Office) -> None:
    """Nothing is rewritten: the silence stays in the journal, then what contradicts it, a letter and an incident."""
    slug = "agrement-assistant-maternel"
    async with office.working():
        dossier = await office.file(slug)
        await to_its_silence(office, dossier, by=-timedelta(days=3))
        await office.act(dossier, Decide(outcome=OUTCOME[slug], reasons_law="Texte", reasons_fact="Faits"))
        due = (await office.story(dossier)).now().silence_due()
        assert due is not None
        await office.fix(due)
        await office.until(lambda: silences(office, dossier))
        known = Notify(effective=due - timedelta(days=1), channel="registered_mail", evidence="avis 1A")
        voided = await office.act(dossier, known)
        effects = await office.settled(dossier)
    assert [event.kind for event in voided.events] == ["notified", "silence_voided"]
    assert effects[(voided.version, "letter:silence_voided")] == "done"
    assert effects[(voided.version, "incident:silence_voided")] == "done"
    (incident,) = await office.rows("SELECT code FROM incident WHERE dossier = :d", d=dossier)
    assert incident.code == "silence_voided"
    assert (await office.story(dossier)).now().status == "refused"


async def test_an_attestation_asked_for_is_issued_once(office: Office) -> None:
    """Where no text issues it by itself: its letter, and an e-mail that says so (CRPA L232-3)."""
    async with office.working():
        dossier = await office.file("agrement-accueillant-familial")
        await office.act(dossier, Acknowledge())
        await to_its_silence(office, dossier)
        await office.until(lambda: silences(office, dossier))
        asked = RequestAttestation(channel="paper", evidence="Courrier 12")
        done = await office.act(dossier, asked)
        effects = await office.settled(dossier)
        with pytest.raises(Refused, match="déjà délivrée"):
            await office.act(dossier, asked)
    assert {effects[(done.version, kind)] for kind in ("letter:attestation", "email:attestation")} == {"done"}
    letters = await office.rows("SELECT seq, kind FROM letter WHERE dossier = :d ORDER BY seq", d=dossier)
    assert [(one.seq, one.kind) for one in letters][-1] == (done.version, "letter:attestation")
    assert [one.kind for one in letters].count("letter:attestation") == 1
    assert [mail["Subject"] for mail in office.mails()].count("Votre attestation") == 1


async def test_a_right_given_up_is_confirmed_by_its_letter_once(office: Office) -> None:
    """And nothing that silence had begun goes on (CRPA L242-3, L242-4)."""
    async with office.working():
        dossier = await office.file("agrement-assistant-maternel")
        await to_its_silence(office, dossier)
        await office.until(lambda: silences(office, dossier))
        done = await office.act(dossier, Renounce(channel="paper", evidence="Courrier 12"))
        effects = await office.settled(dossier)
    told = {effects[(done.version, kind)] for kind in ("letter:renunciation", "email:renounced", "tell:renounced")}
    assert told == {"done"}
    assert [mail["Subject"] for mail in office.mails()].count("Votre renonciation est enregistrée") == 1


async def stop_the_clock(office: Office, dossier: UUID, slug: str, temporal: Temporal, stack: AsyncExitStack) -> None:
    """Refuse, and notify: what stops the clock of each procedure; workers may die between the two."""
    await office.act(dossier, Decide(outcome=OUTCOME[slug], reasons_law="Texte", reasons_fact="Faits"))
    if temporal == "killed in between":
        await stack.aclose()
    await office.act(dossier, Notify())


async def to_its_silence_date(office: Office, dossier: UUID) -> None:
    """Well after the instant at which silence would have taken effect."""
    await to_its_silence(office, dossier, by=timedelta(days=2))
