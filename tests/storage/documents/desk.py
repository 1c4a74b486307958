"""A resident with a draft, the real database, the real object store: what the tests of documents share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import select, text
from sqlalchemy.engine import RowMapping

from domain.actors import Actor
from storage.documents.intake import Intake, Sent
from storage.documents.reconciler import Reconciled, reconcile_documents
from storage.documents.rows import Document, list_of, one_of
from storage.documents.vault import contents, delete_draft_document, promote, readable
from storage.engine.database import WORKING, Context, Database
from storage.objects.store import ObjectStore
from storage.register import drafts
from storage.tables.documents import document


@dataclass(frozen=True, slots=True)
class Desk:
    """One resident at work on one draft, and the worker beside."""

    app: Database
    worker: Database
    store: ObjectStore
    resident: UUID
    dossier: UUID

    @property
    def context(self) -> Context:
        """For whom the database answers."""
        return Context(audience="resident", subject=self.resident)

    @property
    def actor(self) -> Actor:
        """Who sends."""
        return Actor(kind="resident", id=self.resident)

    @classmethod
    async def opened(
        cls,
        app: Database,
        worker: Database,
        store: ObjectStore,
        resident: UUID | None = None,
        dossier: UUID | None = None,
        procedure: str = "acces-documents",
    ) -> Desk:
        """A new resident, with a new draft and its key."""
        desk = cls(app, worker, store, resident or uuid4(), dossier or uuid4())
        key = await app.keys.create(desk.dossier)
        async with app.transaction(desk.context) as connection:
            await drafts.begin(
                connection, key, id_=desk.dossier, procedure=procedure, form_version=1, resident=desk.resident
            )
        return desk

    def sent(self, name: str = "avis.pdf", **said: object) -> Sent:
        """What is said of an upload."""
        return replace(Sent(dossier=self.dossier, actor=self.actor, name=name), **said)  # type: ignore[arg-type]

    def intake(self, sent: Sent, *, scanned: bool = True) -> Intake:
        """An upload about to begin."""
        return Intake(self.app, self.store, self.context, sent, scanned=scanned)

    async def upload(self, content: bytes, name: str = "avis.pdf", *, cut: int = 60_000, **said: object) -> Document:
        """Send a content as its pieces come; it waits in quarantine."""
        async with self.intake(self.sent(name, **said)) as intake:
            for piece in pieces(content, cut):
                await intake.add(piece)
            return await intake.finish()

    async def kept(self, content: bytes, name: str = "avis.pdf") -> Document:
        """Send a content and move it to the vault, not scanned."""
        sent = await self.upload(content, name)
        assert await promote(self.worker, self.store, WORKING, sent.id, "not_scanned")
        return await self.one(sent.id)

    async def one(self, document_id: UUID) -> Document:
        """A document as its resident sees it."""
        key = await self.app.keys.of(self.dossier)
        async with self.app.transaction(self.context) as connection:
            return await one_of(connection, key, self.dossier, document_id)

    async def shown(self) -> list[Document]:
        """What the resident's list shows."""
        key = await self.app.keys.of(self.dossier)
        async with self.app.transaction(self.context) as connection:
            return await list_of(connection, key, self.dossier)

    async def read(self, found: Document) -> bytes:
        """Its content, as a reader gets it."""
        key = (await self.app.keys.of(self.dossier)).derive("documents")
        return b"".join([piece async for piece in contents(self.store, key, found, readable(found))])

    async def rows(self) -> list[RowMapping]:
        """Every row of the draft, whatever its status."""
        async with self.worker.transaction(WORKING) as connection:
            wanted = select(document).where(document.c.dossier == self.dossier).order_by(document.c.id)
            return list((await connection.execute(wanted)).mappings())

    async def objects(self) -> set[str]:
        """Every key that the store holds for this draft's rows, or that no row names."""
        prefixes = ("quarantine/", f"vault/{self.dossier}/")
        held = {found.key for prefix in prefixes async for found in self.store.list(self.store.bucket, prefix)}
        async with self.worker.transaction(WORKING) as connection:
            others = select(document.c.quarantine).where(document.c.dossier != self.dossier)
            return held - set((await connection.execute(others)).scalars())

    async def delete(self, document_id: UUID) -> None:
        """Delete a document of the draft, as its resident does."""
        await delete_draft_document(self.app, self.store, self.context, self.dossier, document_id)

    async def reconciled(self) -> Reconciled:
        """One pass of the reconciler."""
        return await reconcile_documents(self.worker, self.store, WORKING)

    async def lapse(self) -> None:
        """Let every claim lapse, as two silent minutes would."""
        async with self.worker.transaction(WORKING) as connection:
            await connection.execute(
                text("UPDATE document SET claimed_until = clock_timestamp() - interval '1 s' WHERE dossier = :of"),
                {"of": self.dossier},
            )


def pieces(content: bytes, cut: int) -> Iterator[bytes]:
    """A content as a network cuts it."""
    yield from (content[start : start + cut] for start in range(0, len(content), cut))
