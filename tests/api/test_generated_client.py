"""A client that somebody else generates from the document has every operation, and does the whole of a filing."""

from __future__ import annotations

import importlib
import io
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.counter import Counter, SignedIn
from tests.api.http.test_routes import DOCUMENT
from tests.api.journeys import PDF, example
from tests.api.test_letters import DECISION, announced, decided, kept

# Files that are not of the type that the generator calls a file; no formatting afterwards, it costs a process.
SETTINGS = "content_type_overrides: {application/pdf: application/octet-stream, image/jpeg: application/octet-stream}\n"
PROCEDURE = "acces-documents"
Operation = Callable[..., Any]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a package of functions, as openapi-python-client makes it; a warning of it fails here."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    (folder / "settings.yaml").write_text(SETTINGS + "post_hooks: []\n", encoding="utf-8")
    package = f"client_{uuid4().hex[:8]}"
    made = subprocess.run(
        [
            Path(sys.executable).with_name("openapi-python-client"), "generate", "--fail-on-warning", "--meta", "none",
            "--path", folder / "openapi.json", "--config", folder / "settings.yaml", "--output-path", folder / package,
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    return package


def operation(generated: str, path: str, method: str) -> Operation:
    """The function of one operation."""
    said = DOCUMENT["paths"][path][method]
    module = importlib.import_module(f"{generated}.api.{_tag(said)}.{re.sub('_+', '_', said['operationId'])}")
    found: Operation = module.asyncio_detailed
    return found


def _tag(said: Mapping[str, Any]) -> str:
    """The folder where the generator puts an operation."""
    return str(said.get("tags", ["default"])[0])


def model(generated: str, name: str) -> Any:
    """A generated model."""
    return getattr(importlib.import_module(f"{generated}.models"), name)


@pytest.fixture
async def anne(counter: Counter) -> SignedIn:
    """A resident."""
    return await counter.resident()


@pytest.fixture
async def client(counter: Counter, generated: str, anne: SignedIn) -> AsyncIterator[Any]:
    """The generated client, Anne's, on the application in process."""
    async with _client_of(counter, generated, anne) as opened:
        yield opened


def _client_of(counter: Counter, generated: str, person: SignedIn) -> Any:
    made = importlib.import_module(f"{generated}.client").AuthenticatedClient("http://guichet.test", token=person.token)
    transport = httpx.ASGITransport(app=counter.app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {person.token}"}
    made.set_async_httpx_client(httpx.AsyncClient(transport=transport, base_url="http://guichet.test", headers=headers))
    return made


def test_every_operation_is_generated(generated: str) -> None:
    for path, item in DOCUMENT["paths"].items():
        for method in item:
            assert callable(operation(generated, path, method))


async def test_a_request_is_filed_with_its_documents(generated: str, client: Any) -> None:
    draft = await _drafted(generated, client)
    file = importlib.import_module(f"{generated}.types").File(io.BytesIO(PDF), "courrier.pdf", "application/pdf")
    body = model(generated, "SendDocumentV1ResidentsDraftsDossierDocumentsPostBody")(file=file, piece="precisions")
    sent = await operation(generated, "/v1/residents/drafts/{dossier}/documents", "post")(
        draft, client=client, body=body
    )
    assert (sent.status_code, sent.parsed.size) == (201, len(PDF))

    filed = await operation(generated, "/v1/residents/drafts/{draft}/submit", "post")(
        draft, client=client, body=model(generated, "SubmitIn")(incomplete=True), idempotency_key=str(uuid4())
    )
    journal = await operation(generated, "/v1/residents/dossiers/{dossier}/journal", "get")(draft, client=client)
    back = await operation(generated, "/v1/residents/dossiers/{dossier}/documents/{document}/content", "get")(
        draft, sent.parsed.id, client=client
    )

    assert filed.status_code == 201, filed.content
    assert filed.parsed.acknowledgement.complete in {True, False}
    assert next(entry.kind for entry in journal.parsed) == "filed"
    assert back.parsed.payload.read() == PDF


async def test_a_header_that_is_required_cannot_be_forgotten(generated: str, client: Any) -> None:
    take = operation(generated, "/v1/agents/dossiers/{dossier}/acts/take", "post")
    with pytest.raises(TypeError, match="if_match"):
        await take(uuid4(), client=client)


async def test_a_letter_is_opened(counter: Counter, generated: str) -> None:
    person, dossier, seq = await decided(counter, electronic=True)
    await kept(counter, dossier, seq, DECISION)
    await announced(counter, dossier, seq)
    async with _client_of(counter, generated, person) as client:
        letters = await operation(generated, "/v1/residents/dossiers/{dossier}/letters", "get")(
            UUID(dossier), client=client
        )
        opened = await operation(generated, "/v1/residents/dossiers/{dossier}/letters/{letter}", "get")(
            UUID(dossier), letters.parsed[0].id, client=client
        )

    assert opened.parsed.payload.read() == PDF


async def _drafted(generated: str, client: Any) -> UUID:
    """A draft with every page of the example."""
    begun = await operation(generated, "/v1/residents/drafts", "post")(
        client=client, body=model(generated, "DraftIn")(procedure=PROCEDURE)
    )
    assert begun.status_code == 201, begun.content
    save = operation(generated, "/v1/residents/drafts/{draft}/pages/{page}", "patch")
    for page, answers in example(PROCEDURE)["form"].items():
        body = model(generated, "SavePageV1ResidentsDraftsDraftPagesPagePatchPatch").from_dict(answers)
        saved = await save(begun.parsed.id, page, client=client, body=body)
        assert saved.status_code == 200, saved.content
    draft: UUID = begun.parsed.id
    return draft
