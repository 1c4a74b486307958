"""What no row can hold is refused wherever it comes from: never a defect, never kept."""

from __future__ import annotations

import base64
import json

import pytest

from storage.engine.settings import Settings
from tests.api.counter import Counter
from tests.api.journeys import PDF, drafted
from tests.web.conftest import opened_site

SOMEBODY = "018f0000-0000-7000-8000-000000000000"
CURSORS = [
    [10**30], [2**63], [-1], [1e300], ["9" * 400], [None], [[]], [{"a": 1}], [True],
    ["0001-01-01T00:00:00+14:00", SOMEBODY], ["9999-12-31T23:59:59-14:00", SOMEBODY], ["2026-11-23", SOMEBODY],
    ["2026-11-23T10:00:00+01:00", "\0"], ["\0", "\0"], ["\ud800", SOMEBODY],
]  # fmt: skip
LISTS = {"admin": ("accounts", "log"), "systems": ("dossiers",), "residents": ("dossiers",)}


@pytest.mark.parametrize("space", LISTS)
async def test_a_cursor_that_we_did_not_write_is_refused(counter: Counter, space: str) -> None:
    who = {"admin": counter.administrator, "residents": counter.resident}.get(space)
    caller = await who() if who is not None else await counter.system("*:read")
    deep = base64.urlsafe_b64encode(b"[" * 740).decode().rstrip("=")
    made = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in CURSORS]
    for path in LISTS[space]:
        for cursor in (*made, deep, "é", "%", "="):
            answer = await caller.get(path, params={"cursor": cursor[:1000]})

            assert answer.status_code in {200, 400}, (path, cursor, answer.text)
        assert (await caller.get(path, params={"cursor": made[0]})).status_code == 400


async def test_nul_is_refused_in_every_part_of_an_address(counter: Counter) -> None:
    administrator = await counter.administrator()
    account = administrator.account
    refused = [
        await administrator.call("DELETE", f"accounts/{account}/identities", params={"issuer": "\0"}),
        await administrator.call("DELETE", "/v1/admin/groups/a%00b/members/" + str(account)),
        await counter.client.get("/v1/public/communes", params={"q": "Br\0est"}),
        await counter.client.get("/v1/public/procedures/a%00b"),
        await counter.client.get("/v1/public/problems/%00"),
    ]

    assert [(one.status_code, one.json()["type"]) for one in refused] == [(400, "/problems/bad-request")] * 5


@pytest.mark.parametrize("length", [257, 1000, 5000])
async def test_a_boundary_that_is_too_long_is_said(counter: Counter, length: int) -> None:
    anne = await counter.resident()
    draft = await drafted(anne, "acces-documents")
    boundary = "b" * length
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.pdf"\r\n\r\n'.encode() + PDF
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}

    refused = await anne.post(f"drafts/{draft}/documents", content=body + b"\r\n", headers=headers)

    assert 400 <= refused.status_code < 500, refused.text
    assert refused.headers["content-type"] == "application/problem+json"


async def test_pages_refuse_them_too(settings: Settings) -> None:
    async with opened_site(settings) as site:
        anne = await site.resident()
        answers = [
            await anne.get("/fr/demarches?q=%00"),
            await anne.post("/fr/connexion", {"email": "anne\0@example.org", "suite": ""}),
            await anne.client.post(
                "/fr/connexion",
                content=b"--x",
                headers={"Content-Type": f"multipart/form-data; boundary={'b' * 300}"},
            ),
        ]

    assert [one.status_code for one in answers] == [400, 400, 400]
