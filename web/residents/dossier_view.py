"""A request as every page under it knows it: read once, with why each date is there and what waits for the person."""

from dataclasses import dataclass
from uuid import UUID

from api.residents import dossiers as api
from api.residents.acting import Acting
from api.services import Services
from api.shown.dossier import DossierOut, shown_dossier
from api.shown.journal import EntryOut, MessageOut, shown_explanation, shown_journal, shown_messages
from domain.dossier import Dossier
from domain.kernel import silence_ahead
from domain.steps.proposal_events import ProposalAnswered
from storage.register.reading import Seen
from web.residents.waiting import Waits, admitted, waiting
from web.residents.why import Why
from web.site.page import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
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

    @property
    def silence_ahead(self) -> bool:
        """Whether silence may still decide: a decision that the person is not told yet may have stopped it."""
        return silence_ahead(self.seen.dossier)

    def admits(self, act: str) -> bool:
        """Whether that act is possible now."""
        return admitted(self.shown, act)

    def why_not(self, act: str) -> str:
        """Why it is not."""
        return next((each.reason for each in self.shown.acts if each.act == act), "")

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


async def opened(services: Services, here: Here, acting: Acting, dossier: UUID) -> DossierView:
    """One request, read once for a page. Raises NotFound, Purged, Refused."""
    seen = await api.see(services, acting, dossier, journal_too=True)
    shown = DossierOut(**shown_dossier(seen, acting.viewer))
    base = here.at_counter(f"/dossiers/{dossier}")
    lines = shown_explanation(seen.entries, seen.dossier, acting.viewer)
    return DossierView(seen=seen, shown=shown, why=Why.of(f"{base}/pourquoi", lines), waits=waiting(shown), base=base)
