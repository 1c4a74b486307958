"""Sending, listing, opening and deleting documents over HTTP: every refusal has its own problem."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import quote
from uuid import uuid4

import pytest

from storage.documents import rows
from storage.documents.checks.refusals import Reason
from storage.documents.rows import FREE
from tests.api.documents.counter import Counter, application, client_of
from tests.storage.documents.corpus import CASES, Case
from tests.storage.documents.corpus.making import blank_pdf, image
from tests.storage.documents.desk import Desk

pytest_plugins = ("tests.storage.documents.fixtures",)

FORM = "multipart/form-data; boundary=x"
STATUS = {Reason.TOO_LARGE: 413, Reason.FORBIDDEN: 415, Reason.DISGUISED: 415, Reason.TRUNCATED: 400}
NEVER_SENT = {"a name with a NUL", "a name with a lone surrogate", "a name with nothing"}
SENT = tuple(case for case in CASES if case.about not in NEVER_SENT)


@pytest.fixture
async def counter(desk: Desk) -> AsyncIterator[Counter]:
    """A resident with a draft, before the routes."""
    async with client_of(application(desk)) as client:
        yield Counter(desk, client)


def part(content: bytes, *, name: str = "avis.pdf", more: str = "") -> bytes:
    """A part that holds a file, as it is written."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n{more}\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.usefixtures("confined")
async def test_a_document_is_sent_listed_and_opened(counter: Counter) -> None:
    content = blank_pdf()
    sent = await counter.send(content, "Avis d'impôt 2026.pdf")
    assert sent.status_code == 201
    said = sent.json()
    assert (said["status"], said["readable"], said["piece"], said["size"]) == ("not_scanned", True, FREE, len(content))
    assert said["sha256"] == hashlib.sha256(content).hexdigest()
    assert (await counter.client.get(counter.path)).json() == [said]
    assert (await counter.client.get(sent.headers["Location"])).json() == said
    opened = await counter.client.get(sent.headers["Location"] + "/content")
    assert opened.content == content


@pytest.mark.parametrize("name", ['reçu "été";a=b.pdf', "ταυτότητα.pdf", "a%0d%0ab.pdf", "Attestation"])
async def test_a_download_is_saved_never_shown(counter: Counter, name: str) -> None:
    sent = await counter.send(blank_pdf(), name)
    assert sent.status_code == 201, sent.text
    opened = await counter.client.get(sent.headers["Location"] + "/content")
    kept = sent.json()["name"]
    given = kept if "." in kept else f"{kept}.pdf"
    disposition = opened.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="')
    assert disposition.endswith(f"; filename*=UTF-8''{quote(given, safe='')}")
    assert disposition.isascii()
    assert disposition.count('"') == 2
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert opened.headers["content-security-policy"].startswith("sandbox")
    assert opened.headers["cache-control"] == "no-store"
    assert "\r" not in disposition


@pytest.mark.parametrize("case", SENT[::11], ids=str)
async def test_the_corpus_gets_its_verdict_over_http(counter: Counter, case: Case) -> None:
    answer = await counter.send(case.make(), case.name, case.declared or "application/octet-stream")
    if case.verdict is None:
        assert answer.status_code == 201, answer.text
        return
    assert answer.status_code == STATUS.get(case.verdict, 422)
    assert answer.json()["type"] == f"/problems/{case.verdict}"
    assert (await counter.client.get(counter.path)).json() == []


async def test_an_upload_without_file_says_so(counter: Counter) -> None:
    for body in (b"--x--\r\n", part(b"", name="") + b"--x--\r\n"):
        answer = await counter.send_raw(body, FORM)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/document-none")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        part(blank_pdf()),
        part(blank_pdf())[:-40],
        b"not a part",
        part(b"%PDF-1.7 ")
        + b'--x\r\nContent-Disposition: form-data; name="piece"\r\n\r\n'
        + b"a" * 9000
        + b"\r\n--x--",
    ],
)
async def test_a_truncated_or_malformed_body_keeps_nothing(counter: Counter, body: bytes) -> None:
    answer = await counter.send_raw(body, FORM)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/document-truncated")
    assert (await counter.client.get(counter.path)).json() == []
    assert all(row["quarantine"] is None for row in await counter.desk.rows())


async def test_another_type_of_body_is_not_taken(counter: Counter) -> None:
    for kind in ("application/pdf", "multipart/form-data", "application/x-www-form-urlencoded"):
        answer = await counter.send_raw(blank_pdf(), kind)
        assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")


async def test_two_files_at_once_are_refused_and_neither_is_kept(counter: Counter) -> None:
    answer = await counter.send_raw(part(blank_pdf()) + part(blank_pdf()) + b"--x--\r\n", FORM)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/one-file-at-a-time")
    assert (await counter.client.get(counter.path)).json() == []


async def test_an_altered_content_is_told_by_its_digest(counter: Counter) -> None:
    content = blank_pdf()
    right, wrong = hashlib.sha256(content), hashlib.sha256(b"autre")
    assert (await counter.send(content, sha256=right.hexdigest())).status_code == 201
    assert (await counter.send(content, sha256=wrong.hexdigest())).json()[
        "type"
    ] == "/problems/document-digest-mismatch"
    assert (await counter.send(content, sha256="abc")).json()["type"] == "/problems/digest-malformed"
    of_part = f"Content-Digest: sha-256=:{base64.b64encode(wrong.digest()).decode()}:\r\n"
    answer = await counter.send_raw(part(content, more=of_part) + b"--x--\r\n", FORM)
    assert answer.json()["type"] == "/problems/document-digest-mismatch"
    body = part(content) + b"--x--\r\n"
    for digest, status in ((hashlib.sha256(body), 201), (wrong, 422)):
        header = {"Content-Digest": f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"}
        assert (await counter.send_raw(body, FORM, **header)).status_code == status


async def test_the_same_key_keeps_one_document_and_another_content_is_refused(counter: Counter) -> None:
    content = blank_pdf()
    first = await counter.send(content, key="cle-numero-1")
    again = await counter.send(content, key="cle-numero-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await counter.send(image("PNG"), "avis.png", "image/png", key="cle-numero-1")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    assert len((await counter.client.get(counter.path)).json()) == 1


async def test_an_image_that_bears_another_s_extension_is_taken_and_renamed(counter: Counter) -> None:
    content = image("PNG")
    for name, kept in (
        ("Photo de face.jpg", "Photo de face.png"),
        ("avis.PDF", "avis.png"),
        ("e" * 251 + ".jpg", "e" * 251 + ".png"),
    ):
        key = f"cle-du-fichier-{len(name)}"
        sent = await counter.send(content, name, "image/jpeg", key=key)
        assert sent.status_code == 201, sent.text
        assert sent.json()["name"] == kept
        assert sent.json()["media_type"] == "image/png"
        again = await counter.send(content, name, "image/jpeg", key=key)
        assert (again.status_code, again.json()["id"]) == (200, sent.json()["id"])
        opened = await counter.client.get(sent.headers["Location"] + "/content")
        assert opened.headers["content-type"] == "image/png"
        assert ".png" in opened.headers["content-disposition"]


async def test_a_photograph_of_an_iphone_is_refused_with_the_way_out(counter: Counter) -> None:
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(4000)
    for name in ("IMG_0001.HEIC", "IMG_0001.jpg"):
        told = await counter.send(content, name, "image/heic")
        assert (told.status_code, told.json()["type"]) == (415, "/problems/document-type-forbidden")
        assert "Le plus compatible" in told.json()["detail"]
        assert "capture" in told.json()["detail"]


async def test_a_refusal_does_not_spend_the_key(counter: Counter) -> None:
    assert (await counter.send(b"", key="cle-numero-2")).status_code == 422
    assert (await counter.send(blank_pdf(), key="cle-numero-2")).status_code == 201


async def test_a_piece_that_the_procedure_does_not_know_is_refused(counter: Counter) -> None:
    answer = await counter.send(blank_pdf(), piece="casier_judiciaire")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/unknown-piece")
    assert (await counter.client.get(counter.path)).json() == []


@pytest.mark.parametrize(("size", "status"), [(20 << 20, 201), ((20 << 20) + 1, 413)])
@pytest.mark.parametrize("said", ["before", "after"])
async def test_a_piece_of_identity_is_at_most_twenty_megabytes(desk: Desk, size: int, status: int, said: str) -> None:
    """Whether its piece is said in the address or in a field that comes with the file."""
    aspirant = await Desk.opened(desk.app, desk.worker, desk.store, procedure="apa-domicile")
    async with client_of(application(aspirant)) as client:
        path = f"/v1/residents/drafts/{aspirant.dossier}/documents"
        query, fields = ({"piece": "identite"}, {}) if said == "before" else ({}, {"piece": "identite"})
        content = image("JPEG").ljust(size, b"\0")
        answer = await client.post(path, files={"file": ("cni.jpg", content)}, data=fields, params=query)
    assert answer.status_code == status
    if status == 413:
        assert answer.json()["type"] == "/problems/document-too-large"
        assert "20 Mo" in answer.json()["detail"]


async def test_a_document_deleted_is_gone(counter: Counter) -> None:
    place = (await counter.send(blank_pdf())).headers["Location"]
    assert (await counter.client.delete(place)).status_code == 204
    for answer in (await counter.client.get(place), await counter.client.get(place + "/content")):
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert (await counter.client.delete(place)).status_code == 404
    assert (await counter.client.get(counter.path)).json() == []


async def test_somebody_else_s_document_and_none_at_all_are_answered_alike(counter: Counter) -> None:
    place = (await counter.send(blank_pdf())).headers["Location"]
    stranger = replace(counter.desk, resident=uuid4())
    async with client_of(application(stranger)) as client:
        theirs = await client.get(place + "/content")
        nothing = await client.get(f"{counter.path}/{uuid4()}/content")
        unknown = await client.get(f"/v1/residents/drafts/{uuid4()}/documents")
        listed = await client.get(counter.path)
        deleted = await client.delete(place)
        sent = await client.post(counter.path, files={"file": ("a.pdf", blank_pdf())})
    answers = [theirs, nothing, unknown, listed, deleted, sent]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str({**answer.json(), "instance": ""}) for answer in answers}) == 1
    assert (await counter.client.get(place)).status_code == 200


async def test_a_purged_dossier_says_so_to_its_resident_and_nothing_to_others(counter: Counter) -> None:
    place = (await counter.send(blank_pdf())).headers["Location"]
    await counter.desk.app.keys.destroy(counter.desk.dossier)
    for answer in (await counter.client.get(place + "/content"), await counter.send(blank_pdf())):
        assert (answer.status_code, answer.json()["type"]) == (410, "/problems/dossier-purged")
    async with client_of(application(replace(counter.desk, resident=uuid4()))) as client:
        assert (await client.get(place + "/content")).status_code == 404
        assert (await client.get(counter.path)).status_code == 404


async def test_an_altered_object_is_never_sent_as_a_whole_file(counter: Counter) -> None:
    sent = await counter.send(blank_pdf())
    (row,) = await counter.desk.rows()
    store = counter.desk.store
    kept = bytearray(await store.get(store.bucket, row["vault"]))
    kept[40] ^= 1
    await store.delete(store.bucket, row["vault"])
    await store.put_sealed(store.bucket, row["vault"], bytes(kept))
    answer = await counter.client.get(sent.headers["Location"] + "/content")
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/document-lost")


async def test_a_dossier_holds_a_bounded_number_of_documents(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    assert [(await counter.send(blank_pdf())).status_code for _ in range(2)] == [201, 201]
    refused = await counter.send(blank_pdf())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-documents")
    assert (await counter.send(b"", key="cle-numero-3")).json()["type"] == "/problems/too-many-documents"
