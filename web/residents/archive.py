"""Everything of a request that its person may see, in one ZIP file made while it is sent: nothing is held in memory."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic_core import to_jsonable_python
from starlette.responses import StreamingResponse

from api.documents.answers import SAFE, attachment, unpackable
from api.documents.letters import LetterOut
from api.residents import documents as api_documents
from api.residents import letters as api_letters
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from web.residents.dossier_view import DossierView, opened
from web.site.page import At
from web.site.rendering import page

router = APIRouter()


@router.get("/dossiers/{dossier}/tout")
async def everything_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What is in the file, and what is not."""
    one = await opened(services, here, acting, dossier)
    letters = await api_letters.list_letters(dossier, acting, services)
    return page(here, "residents/everything.html", one=one, letters=letters)


@router.get("/dossiers/{dossier}/tout.zip")
async def everything(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The file: answers, journal, explanation, messages, letters already opened, documents."""
    one = await opened(services, here, acting, dossier)
    letters = [each for each in await api_letters.list_letters(dossier, acting, services) if not each.to_open]
    listed = [each.id for each in await api_documents.list_documents(dossier, acting, services) if each.readable]
    gathered = _Gathered(services, acting, dossier)
    headers = {**SAFE, "Content-Disposition": attachment(f"{one.shown.reference}.zip")}
    sent = gathered.sent(_texts(one, acting), letters, listed)
    return StreamingResponse(sent, media_type="application/zip", headers=headers)


def _texts(one: DossierView, acting: Acting) -> Iterator[tuple[str, Any]]:
    yield "demande.json", one.shown
    yield "reponses.json", one.shown.form
    yield "journal.json", one.journal(acting)
    yield "pourquoi.json", [each.line for each in one.why.lines]
    yield "messages.json", one.messages()


class _Sink(io.RawIOBase):
    """Where the archive is written: what it holds is taken away as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """It is only written."""
        return True

    def write(self, data: Any) -> int:
        """Hold it until it is taken."""
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        held, self._held = bytes(self._held), bytearray()
        return held


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The things of one request, written one after the other."""

    services: Services
    acting: Acting
    dossier: UUID

    async def sent(
        self, texts: Iterator[tuple[str, Any]], letters: list[LetterOut], documents: list[UUID]
    ) -> AsyncIterator[bytes]:
        """The archive, piece by piece. Should a part fail, it ends short: the reader sees a broken file."""
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, said in texts:
                told = json.dumps(to_jsonable_python(said), ensure_ascii=False, indent=2)
                archive.writestr(name, told)
                yield sink.taken()
            for letter in letters:
                pdf = await api_letters.open_letter(self.dossier, letter.id, self.acting, self.services)
                archive.writestr(f"lettres/{letter.entry:03}-{letter.kind}.pdf", bytes(pdf.body))
                yield sink.taken()
            for rank, document in enumerate(documents, start=1):
                name, content = await api_documents.content_of(self.dossier, document, self.acting, self.services)
                # Stored as it is: images and PDF are compressed already.
                with archive.open(
                    zipfile.ZipInfo(f"documents/{rank:03}-{unpackable(name)}"), "w", force_zip64=True
                ) as file:
                    async for part in content:
                        file.write(part)
                        yield sink.taken()
        yield sink.taken()
