"""One request: where it stands, what comes next, when and why; its journal, who read it, its future."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import forks
from api.residents import dossiers as api
from api.residents import letters as api_letters
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from api.shown.dossier import DossierOut, shown_dossier
from api.shown.journal import EntryOut, MessageOut, shown_explanation, shown_journal, shown_messages
from domain.dossier import Dossier
from domain.steps.proposal_events import ProposalAnswered
from domain.worded import N_
from storage.register.reading import Seen
from web.residents.status_words import next_words, stands
from web.residents.waiting import Waits, admitted, waiting
from web.residents.why import Why
from web.residents.written import Written, decided, provisional
from web.site.here import At, Here
from web.site.rendering import page

router = APIRouter()
HORIZON = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request as every page under it knows it: what the API shows of it, why, and what it waits of the person."""

    seen: Seen
    shown: DossierOut
    why: Why
    waits: tuple[Waits, ...]
    base: str

    @property
    def dossier(self) -> Dossier:
        """The dossier itself, for what the API's other functions make of it."""
        return self.seen.dossier

    @property
    def mediated(self) -> bool:
        """Whether a mediator's organisation sees it too."""
        return self.seen.header.organisation is not None and self.seen.header.taken_over_at is None

    def admits(self, act: str) -> bool:
        """Whether that act is possible now."""
        return admitted(self.shown, act)

    def journal(self, acting: Acting) -> list[EntryOut]:
        """What happened, oldest first."""
        return shown_journal(self.seen.entries, self.seen.dossier, acting.viewer)

    @property
    def asked_changes(self) -> str:
        """What the person asked to change in the last proposal; empty when they asked nothing."""
        asked = [each.event.text for each in self.seen.entries if isinstance(each.event, ProposalAnswered)]
        return asked[-1] if asked else ""

    def messages(self) -> list[MessageOut]:
        """The messages, oldest first."""
        return shown_messages(self.seen.entries)


async def opened(services: Services, here: Here, acting: Acting, dossier: UUID) -> Opened:
    """One request, read once for a page. Raises NotFound, Purged, Refused."""
    seen = await api.see(services, acting, dossier, journal_too=True)
    shown = DossierOut(**shown_dossier(seen, acting.viewer))
    base = here.at_counter(f"/dossiers/{dossier}")
    lines = shown_explanation(seen.entries, seen.dossier, acting.viewer)
    return Opened(seen=seen, shown=shown, why=Why.of(f"{base}/pourquoi", lines), waits=waiting(shown), base=base)


@router.get("/dossiers/{dossier}")
async def dossier_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Where it stands, and everything that one may do."""
    one = await opened(services, here, acting, dossier)
    letters = await api_letters.list_letters(dossier, acting, services)
    return page(
        here,
        "residents/dossier.html",
        one=one,
        stands=stands(one.shown),
        next_words=next_words,
        letters=letters,
        messages=one.messages(),
        writings=[each for each in one.journal(acting) if each.written],
        plan=one.dossier.plan,
        written=_written(here, one),
        provisional=_provisional(here, one),
    )


def _provisional(here: Here, one: Opened) -> Written | None:
    said = one.shown.silence
    return None if said is None else provisional(here, one.dossier.plan, said.amounts)


def _written(here: Here, one: Opened) -> Written | None:
    said = one.shown.decision
    return None if said is None else decided(here, one.dossier.plan, said.outcome, said.content)


@router.get("/dossiers/{dossier}/pourquoi")
async def why_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Every date and status, with its event, its rule and its article."""
    return page(here, "residents/why.html", one=await opened(services, here, acting, dossier))


@router.get("/dossiers/{dossier}/journal")
async def journal_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What happened, and who did it."""
    one = await opened(services, here, acting, dossier)
    return page(here, "residents/journal.html", one=one, entries=one.journal(acting))


@router.get("/dossiers/{dossier}/lecteurs")
async def readers_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Who has read my dossier."""
    one = await opened(services, here, acting, dossier)
    found = await api.list_readers(dossier, acting, services)
    return page(here, "residents/readers.html", one=one, readers=found, read=READ, readers_of=WHO)


@router.get("/dossiers/{dossier}/avenir")
async def future_page(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, months: Annotated[int, Query(ge=1, le=60)] = 12
) -> Response:
    """What will become of it if nobody acts."""
    one = await opened(services, here, acting, dossier)
    until = one.seen.at + months * HORIZON / 12
    told = forks.forked(one.seen, forks.ForkIn.model_validate({"until": until.isoformat()}), acting.viewer)
    ahead = [line for line in told.lines if line.basis == "imagined"]
    return page(here, "residents/future.html", one=one, told=told, ahead=ahead, months=months)


READ = {
    "dossier": N_("La demande"),
    "documents": N_("La liste des documents"),
    "document": N_("Un document"),
    "document_facts": N_("La description d'un document"),
    "letters": N_("La liste des lettres"),
    "messages": N_("Les messages"),
    "readers": N_("La liste des lectures"),
    "fork": N_("L'avenir imaginé"),
    "letter": N_("Une lettre"),
    "journal": N_("Le journal"),
    "explanation": N_("L'explication"),
    "export": N_("Un export"),
}
WHO = {
    "agent": N_("Agent"),
    "mediator": N_("Médiateur"),
    "system": N_("Autre service"),
    "administrator": N_("Administrateur"),
    "worker": N_("Le guichet"),
    "resident": N_("Vous"),
}
