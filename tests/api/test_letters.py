"""Letters: opening a notified one notifies it, once, and nothing tells what it says before."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from domain.actors import WORKER
from domain.states import NoticeOf
from domain.steps.notice import MakeNoticeAvailable
from storage.documents import letters
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.register import door, texts
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import PDF, act, example, filed

DECISION = "letter:decision"


async def decided(counter: Counter, *, electronic: bool) -> tuple[SignedIn, str, int]:
    """A refusal of access, signed, its letter kept; gives the resident, the dossier and the decision's entry."""
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents", electronic_notice=electronic))["id"]
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    signed = await act(agent, dossier, "decide", {"outcome": "refus", **example("acces-documents")["refus"]})
    assert signed.status_code == 200, signed.text
    shown = (await agent.get(f"dossiers/{dossier}")).json()
    return anne, dossier, shown["decision"]["entry"]


async def kept(counter: Counter, dossier: str, seq: int, kind: str) -> None:
    """Keep a letter as the worker does."""
    database = Database(counter.settings, "worker", size=1)
    services, id_ = counter.app.state.services, UUID(dossier)
    try:
        key = await database.keys.of(id_)
        name, pdf = await letters.store(services.objects, key, id_, seq, kind, PDF, lock_until=None)
        async with database.transaction(WORKING) as connection:
            template = await texts.publish(connection, kind="letter", name="essai", body=b"essai")
            await letters.record(
                connection,
                key,
                dossier=id_,
                seq=seq,
                kind=kind,
                object_key=name,
                locked=False,
                pdf=pdf,
                template=template,
                at=await legal_now(connection),
            )
    finally:
        await database.close()


async def announced(counter: Counter, dossier: str, seq: int, of: NoticeOf = "decision") -> None:
    """Make the notice available as the worker does."""
    database = Database(counter.settings, "worker", size=1)
    command = MakeNoticeAvailable(of=of, target=seq)
    try:
        await door.record(database, UUID(dossier), command, WORKER, command_id=uuid4())
    finally:
        await database.close()


async def test_the_first_consultation_of_a_notified_letter_is_its_notification(counter: Counter) -> None:
    """CRPA R112-20; the second one changes nothing."""
    anne, dossier, seq = await decided(counter, electronic=True)
    await kept(counter, dossier, seq, DECISION)
    await announced(counter, dossier, seq)

    (listed,) = (await anne.get(f"dossiers/{dossier}/letters")).json()
    first = await anne.get(f"dossiers/{dossier}/letters/{listed['id']}")
    again = await anne.get(f"dossiers/{dossier}/letters/{listed['id']}")

    assert listed["to_open"] is True
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == PDF
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"].startswith("attachment")
    journal = [entry["kind"] for entry in (await anne.get(f"dossiers/{dossier}/journal")).json()]
    assert (journal.count("notice_read"), journal.count("notified")) == (1, 1)
    shown = (await anne.get(f"dossiers/{dossier}")).json()
    assert shown["decision"]["notified_on"] is not None
    assert (await anne.get(f"dossiers/{dossier}/letters")).json()[0]["to_open"] is False


async def test_a_decision_sent_by_post_is_not_read_online_before_it_is_notified(counter: Counter) -> None:
    anne, dossier, seq = await decided(counter, electronic=False)
    await kept(counter, dossier, seq, DECISION)
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    (theirs,) = (await agent.get(f"dossiers/{dossier}/letters")).json()

    before = (await anne.get(f"dossiers/{dossier}/letters")).json()
    refused = await anne.get(f"dossiers/{dossier}/letters/{theirs['id']}")
    signed = (await agent.get(f"dossiers/{dossier}")).json()["decision"]["signed_at"]
    late = {"effective": signed, "channel": "registered_mail", "evidence": "AR 2C 123 456 7890 1"}
    notified = await act(agent, dossier, "notify", late)

    assert before == []
    assert refused.status_code == 404
    assert notified.status_code == 200, notified.text
    assert (await anne.get(f"dossiers/{dossier}/letters/{theirs['id']}")).content == PDF


async def test_an_agents_reading_of_a_letter_notifies_nothing(counter: Counter) -> None:
    anne, dossier, seq = await decided(counter, electronic=True)
    await kept(counter, dossier, seq, DECISION)
    await announced(counter, dossier, seq)
    agent = await counter.agent("groupe-acces-documents", procedures=("acces-documents",))
    (listed,) = (await agent.get(f"dossiers/{dossier}/letters")).json()

    opened = await agent.get(f"dossiers/{dossier}/letters/{listed['id']}")

    assert opened.content == PDF
    assert (await anne.get(f"dossiers/{dossier}")).json()["decision"] is None
    readers: list[dict[str, Any]] = (await anne.get(f"dossiers/{dossier}/readers")).json()
    assert "letter" in {one["what"] for one in readers}


async def test_a_letter_of_another_dossier_is_not_found(counter: Counter) -> None:
    anne, dossier, seq = await decided(counter, electronic=False)
    await kept(counter, dossier, seq, "letter:acknowledgement")
    (listed,) = (await anne.get(f"dossiers/{dossier}/letters")).json()
    other = (await filed(anne, "acces-documents"))["id"]
    yann = await counter.resident()

    assert (await anne.get(f"dossiers/{other}/letters/{listed['id']}")).status_code == 404
    assert (await yann.get(f"dossiers/{dossier}/letters/{listed['id']}")).status_code == 404
