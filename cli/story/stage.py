"""Where the stories are told: the people signed in, the legal clock that moves forward, the lines printed."""

import asyncio
import io
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import typer

from catalogue.examples import example
from catalogue.loader import catalogue
from cli.story.people import People
from cli.story.voices import Misheard, Voice
from domain.calendar import Instant
from domain.days_in_words import instant_in_words
from domain.plan import Piece
from storage.engine import legal_time
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings

# What the relay or Temporal lost at a restart, the reconciler finds within two minutes: a story waits for it.
PATIENCE = 180.0


@dataclass(slots=True)
class Stage:
    """The running product, its people, and how each speaks (`voices`, by name); `within` is the mediator's mandate."""

    address: str
    settings: Settings
    people: People
    mailbox: Path
    voices: dict[str, Voice] = field(default_factory=dict)
    within: str = ""

    def say(self, who: str, sentence: str, article: str = "") -> None:
        """A line of a story, at the legal instant."""
        because = f"  [{article}]" if article else ""
        typer.echo(f"  {instant_in_words(self.now()):<30} {who:<12} {sentence}{because}")

    def title(self, text: str) -> None:
        """Where a story begins."""
        typer.echo(f"\n── {text}")

    def now(self) -> Instant:
        """The legal instant."""
        return asyncio.run(_now(self.settings))

    def wait_days(self, days: float) -> None:
        """Let legal time pass, in an instant."""
        self.move_to(self.now() + timedelta(days=days))

    def move_to(self, to: Instant) -> None:
        """Let legal time pass until `to`."""
        asyncio.run(_move(self.settings, to))

    def move_to_due(self, at: str) -> None:
        """Let legal time pass until an instant that the API gave (ISO 8601)."""
        self.move_to(datetime.fromisoformat(at))

    def file(self, voice: Voice, slug: str, *, within: str = "", electronic: bool = True) -> dict[str, Any]:
        """Write a draft page by page from the procedure's example, join every required piece, submit."""
        written = example(slug)["form"]
        draft = voice("POST", f"{within}/drafts", {"procedure": slug}).json()
        place, version = f"{within}/drafts/{draft['id']}", draft["version"]
        for page in draft["pages"]:
            patch = {"if-match": f'"{version}"', "content-type": "application/merge-patch+json"}
            version = voice("PATCH", f"{place}/pages/{page}", written[page], headers=patch).json()["version"]
        for piece in catalogue().plan(slug).pieces:
            if piece.required_for(written):
                self.send(voice, place, piece)
        answer: dict[str, Any] = voice("POST", f"{place}/submit", {"electronic_notice": electronic}).json()
        return answer

    def send(self, voice: Voice, place: str, piece: Piece) -> None:
        """Join a paper for one piece."""
        sent = {"file": (f"{piece.key}.pdf", paper(piece.title), "application/pdf")}
        voice("POST", f"{place}/documents?piece={piece.key}", files=sent)

    def await_letter(self, voice: Voice, dossier: str, kind: str, *, within: str = "") -> dict[str, Any]:
        """The letter of that kind, once the worker has made it. Raises Misheard when it does not come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            letters = voice.get(f"{within}/dossiers/{dossier}/letters")
            found: dict[str, Any] | None = next((each for each in letters if kind in each["kind"]), None)
            if found is not None:
                return found
            time.sleep(0.2)
        raise Misheard(f"la lettre « {kind} » du dossier {dossier} n'est pas venue")

    def await_notice(self, voice: Voice, dossier: str, of: str, *, within: str = "") -> int:
        """The entry to read, once the notice is available. Raises Misheard when it does not come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for notice in voice.get(f"{within}/dossiers/{dossier}")["notices"]:
                if notice["of"] == of and not notice.get("read_at") and not notice.get("deemed_at"):
                    return int(notice["target"])
            time.sleep(0.2)
        raise Misheard(f"l'avis « {of} » du dossier {dossier} n'a pas été mis à disposition")

    def dates(self, voice: Voice, dossier: str, *, within: str = "") -> None:
        """What the explanation says of the dossier's ledger, status and next step."""
        for line in voice.get(f"{within}/dossiers/{dossier}/explanation"):
            if line["about"] in {"interval", "status", "due"}:
                typer.echo(f"      → {line['sentence']}" + (f"  [{line['article']}]" if line["article"] else ""))


def paper(title: str) -> bytes:
    """A PDF of one empty page that bears `title` in its properties."""
    with pikepdf.new() as document, io.BytesIO() as out:
        document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = title
        document.save(out)
        return out.getvalue()


async def _now(settings: Settings) -> datetime:
    async with Database(settings, "worker", size=1) as database, database.transaction(WORKING) as connection:
        return await legal_time.legal_now(connection)


async def _move(settings: Settings, to: Instant) -> None:
    async with Database(settings, "worker", size=1) as database:
        await legal_time.move_clock(database, to)
