"""The documents' routes alone, for one resident at work, as the application mounts them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Depends, FastAPI
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.requests import Request

from api.http import error_answers
from api.http.bodies import StrictBodies
from api.http.edge import Edge
from api.residents import documents
from api.residents.acting import Acting
from api.services import Services
from storage.mail import mail_of
from tests.storage.documents.desk import Desk


@dataclass(frozen=True, slots=True)
class Counter:
    """A resident's requests about the documents of one draft."""

    desk: Desk
    client: AsyncClient

    @property
    def path(self) -> str:
        """Where the documents of the draft are."""
        return f"/v1/residents/drafts/{self.desk.dossier}/documents"

    async def send(
        self, content: bytes, name: str = "avis.pdf", declared: str = "application/pdf", **fields: str
    ) -> Response:
        """Send one file; `key` is the Idempotency-Key, the other fields go with the file."""
        headers = {"Idempotency-Key": fields.pop("key")} if "key" in fields else {}
        files = {"file": (name, content, declared)}
        return await self.client.post(self.path, files=files, data=fields, headers=headers)

    async def send_raw(self, body: bytes, content_type: str, **headers: str) -> Response:
        """Send a body as it is."""
        return await self.client.post(self.path, content=body, headers={"Content-Type": content_type, **headers})


def application(desk: Desk) -> FastAPI:
    """The routes, and what surrounds them in the real application; the resident is already known."""
    settings = desk.app.settings

    async def resident_is_known(request: Request) -> None:
        request.state.acting = Acting(actor=desk.actor, context=desk.context, resident=desk.resident)

    app = FastAPI()
    app.state.services = Services(settings=settings, database=desk.app, mail=mail_of(settings), objects=desk.store)
    error_answers.install(app)
    app.add_middleware(StrictBodies)
    app.add_middleware(Edge)
    app.include_router(documents.router, prefix="/v1/residents", dependencies=[Depends(resident_is_known)])
    return app


def client_of(app: FastAPI) -> AsyncClient:
    """A client of that application."""
    return AsyncClient(transport=ASGITransport(app=app, raise_app_exceptions=False), base_url="http://guichet.test")
