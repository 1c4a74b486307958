"""My space: what waits for me, my requests and where each stands, my drafts."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from api.residents import dossiers, drafts
from api.residents.acting import ActingPerson
from api.residents.drafts import DraftOut
from api.services import Use
from api.shown.dossier import DossierOut
from api.shown.listed import ListedOut, title_of
from web.residents.status_words import next_words, stands
from web.residents.waiting import Waits, waiting
from web.residents.why import anchor_of
from web.site.page import At
from web.site.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A request as the space shows it: as listed, and read whole while something may still happen."""

    listed: ListedOut
    shown: DossierOut | None
    waits: tuple[Waits, ...]

    @classmethod
    def of(cls, listed: ListedOut, shown: DossierOut | None) -> "Mine":
        """What it shows."""
        return cls(listed=listed, shown=shown, waits=waiting(shown) if shown is not None else ())

    @property
    def stands(self) -> str:
        """Where it stands, a sentence of the catalogues."""
        return stands(self.shown) if self.shown is not None else self.listed.status_label


@router.get("/espace")
async def my_space(here: At, acting: ActingPerson, services: Use) -> Response:
    """What waits on top, then my requests, the last filed first, then my drafts."""
    filed = (await dossiers.my_dossiers(acting, services)).shown
    mine = [Mine.of(one, None if one.closed else await dossiers.my_dossier(one.id, acting, services)) for one in filed]
    begun = (await drafts.my_drafts(acting, services)).shown
    return page(
        here,
        "residents/space.html",
        requests=mine,
        drafts=[(one, title_of(one.procedure), _filled(one)) for one in begun],
        next_words=next_words,
        anchor_of=anchor_of,
    )


def _filled(draft: DraftOut) -> int:
    """How many pages have answers."""
    return sum(1 for name in draft.pages if draft.content.get(name))
