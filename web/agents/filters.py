"""A queue's filters as its address says them, in French; what the API wants of them, and how to change one of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import Depends
from pydantic import ValidationError
from starlette.requests import Request

from api.agents.queue_pages import WantedIn
from domain.calendar import PARIS

SORTS = {"echeance": "due", "-echeance": "-due", "depot": "filed", "-depot": "-filed"}
NAMES = ("demarche", "statut", "commune", "epci", "avant", "a_qui", "clos", "q", "tri", "lignes")
"""The filters, as addresses name them; the place in the list (`page`) is not one of them."""
CURSOR = "page"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks of a queue; empty where it asks nothing."""

    asked: dict[str, str]
    cursor: str = ""

    def __getattr__(self, name: str) -> str:
        """What one of them asks, by its name in the address."""
        if name not in NAMES:
            raise AttributeError(name)
        return self.asked.get(name, "")

    @property
    def any(self) -> bool:
        """Whether anything is filtered."""
        return any(name not in {"tri", "lignes"} for name in self.asked)

    def but(self, **changed: str) -> dict[str, str]:
        """The query of the same list with these changes, from its first page."""
        return {name: value for name, value in {**self.asked, **changed}.items() if value}

    def wanted(self) -> WantedIn | None:
        """As the API asks it; None when the address asks what cannot be."""
        by_day = _day(self.avant)
        if self.avant and by_day is None:
            return None
        before = None if by_day is None else datetime.combine(by_day, time(), PARIS).isoformat()
        given: dict[str, Any] = {
            "procedure": self.demarche or None,
            "status": self.statut or None,
            "commune": self.commune or None,
            "epci": self.epci or None,
            "due_before": before,
            "mine": self.a_qui == "moi",
            "untaken": self.a_qui == "personne",
            "closed": self.clos == "oui",
            "q": self.q or None,
            **({"limit": self.lignes} if self.lignes else {}),
            "sort": SORTS.get(self.tri, "due"),
            "cursor": self.cursor or None,
        }
        try:
            return WantedIn.model_validate(given)
        except ValidationError:
            return None


async def filters_of(request: Request) -> Filters:
    """The filters of this address; names that are none of ours are left aside."""
    query = request.query_params
    given = {name: query.get(name, "").strip()[:200] for name in NAMES}
    return Filters({name: value for name, value in given.items() if value}, query.get(CURSOR, ""))


Asked = Annotated[Filters, Depends(filters_of)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
