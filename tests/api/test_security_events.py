"""What is refused for security is counted and noted, without a word of who; and signed-in people have limits too."""

from __future__ import annotations

import socket
from typing import Any

import httpx2
import pytest
from prometheus_client import REGISTRY

from api import security_events
from api.http.measures import exposed
from api.sign_in import limits
from storage.accounts.rate_limits import Limit
from tests.api.counter import Counter
from tests.api.journeys import PDF, act, drafted, filed
from tests.api.sign_in.test_limits import spent


def counted(kind: str, where: str) -> float:
    """How many events of that kind were counted there."""
    return REGISTRY.get_sample_value("guichet_security_events_total", {"kind": kind, "where": where}) or 0.0


async def test_each_kind_of_refusal_is_counted_and_noted_without_anybody_s_name(
    counter: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = [
        ("sign_in_refused", "agent"), ("sign_in_refused", "resident"), ("forbidden", "agents"),
        ("too_many", "residents"), ("upload_refused", "documents"), ("token_refused", "systems"),
        ("token_revoked", "admin"),
    ]  # fmt: skip
    before = {one: counted(*one) for one in kinds}
    staff, anne, administrator = await counter.staff("agent"), await counter.resident(), await counter.administrator()
    draft = await drafted(anne, "acces-documents")
    made = (await administrator.post("tokens", json={"system": "SI", "scopes": ["*:read"], "days": 1})).json()

    await counter.client.post("/v1/agents/sign-in", json=staff.factors() | {"password": "not the password"})
    await counter.client.post("/v1/residents/sign-in", json={"challenge": draft, "code": "12345678"})
    await anne.get("/v1/agents/queues")
    await spent(counter, limits.CODE_PER_ADDRESS, anne.email)
    await counter.client.post("/v1/residents/sign-in/code", json={"email": anne.email})
    await anne.post(f"drafts/{draft}/documents", files={"file": ("v.exe", b"MZ" + b"\0" * 99, "application/pdf")})
    await administrator.call("DELETE", f"tokens/{made['id']}")
    await counter.client.get("/v1/systems/dossiers", headers={"Authorization": f"Bearer {made['token']}"})
    noted = capsys.readouterr().out

    rose = {one for one in kinds if counted(*one) == before[one] + 1}
    assert rose == set(kinds)
    for somebody in (staff.email, anne.email, str(staff.id), str(anne.account), made["token"], draft, "127.0.0.1"):
        assert somebody not in noted
    assert noted.count("security") >= len(rose)


async def _begin(counter: Counter) -> Any:
    anne = await counter.resident()
    await spent(counter, limits.DRAFTS, str(anne.account))
    return await anne.post("drafts", json={"procedure": "acces-documents"})


async def _write(counter: Counter) -> Any:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    await spent(counter, limits.MESSAGES, str(anne.account))
    return await act(anne, dossier, "send_message", {"text": "Où en est ma demande ?"})


async def _send(counter: Counter) -> Any:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")
    await spent(counter, limits.DOCUMENTS, str(anne.account))
    return await anne.post(f"drafts/{draft}/documents", files={"file": ("p.pdf", PDF, "application/pdf")})


async def _register(counter: Counter) -> Any:
    system = await counter.system("*:webhook")
    await spent(counter, limits.WEBHOOKS, str(system.account))
    return await system.post("webhooks", json={"url": "https://si.example.org/", "procedures": ["*"]})


@pytest.mark.parametrize("do", [_begin, _write, _send, _register])
async def test_whoever_is_signed_in_has_limits_too(counter: Counter, do: Any) -> None:
    refused = await do(counter)

    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-requests")
    assert int(refused.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("limit", [limits.DRAFTS, limits.MESSAGES, limits.DOCUMENTS, limits.WEBHOOKS])
async def test_limits_after_sign_in_leave_room_for_a_day_s_work(limit: Limit) -> None:
    assert limit.count / (limit.period.total_seconds() / 60) >= 1


async def test_prometheus_reads_them_on_the_loopback() -> None:
    """Each API process has a port of its own, after the worker's."""
    with socket.socket() as worker:
        worker.bind(("127.0.0.1", 0))
        port = worker.getsockname()[1]
        with exposed(port) as first, exposed(port) as second:
            assert first is not None
            assert second is not None
            security_events.note("forbidden", "agents")
            async with httpx2.AsyncClient() as client:
                read = [(await client.get(f"http://127.0.0.1:{one}/metrics")).text for one in (first, second)]
    with exposed(None) as nowhere:
        assert nowhere is None

    assert port < first < second
    assert all('guichet_security_events_total{kind="forbidden",where="agents"}' in one for one in read)
