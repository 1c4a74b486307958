"""The authors' workshop: what is published, what is written beside it, what differs, what is still wrong."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import Request

from api.http import problem_types as types
from api.http.problems import Problem
from catalogue.checks.everything import faults
from catalogue.errors import CatalogueError, Fault, UnknownProcedure
from catalogue.loader import Catalogue
from catalogue.named_versions import PUBLISHED, WRITTEN, differences, named
from domain.futures.plan_diff import Change
from domain.plan import Plan
from letters.rehearsal import rehearsed
from storage.engine.fair_queue import FairQueue

CHECKED: Final = FairQueue("checked", places=2, each=1, in_hand=64)
"""Procedures at their checks and cases, one at a time each: seconds of work, that nothing else waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A procedure on the bench. `written` is None when its folder cannot be read: `faults` says why."""

    slug: str
    title: str
    published: tuple[Plan, ...]
    written: Plan | None

    @property
    def to_publish(self) -> bool:
        """Whether its folder says a version that nobody published yet."""
        return self.written is not None and self.written.version not in {plan.version for plan in self.published}


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folders that authors write in: read anew at each page, as they may have been edited meanwhile."""

    procedures: Catalogue

    def pieces(self) -> tuple[Piece, ...]:
        """Every procedure."""
        return tuple(self.piece(slug) for slug in self.procedures.slugs())

    def piece(self, slug: str) -> Piece:
        """One procedure. Raises Problem when there is none of that name."""
        try:
            self.procedures.folder(slug)
        except UnknownProcedure as error:
            raise Problem(types.NOT_FOUND, str(error)) from error
        published = self.procedures.published(slug)
        try:
            written: Plan | None = self.procedures.plan(slug)
        except CatalogueError:
            written = None
        title = written.title if written is not None else published[-1].title if published else slug
        return Piece(slug=slug, title=title, published=published, written=written)

    def changes(self, slug: str, before: str = PUBLISHED, after: str = WRITTEN) -> tuple[Change, ...]:
        """What differs from one version to another, each a French sentence; a version is a number or a word."""
        known = (PUBLISHED, WRITTEN)
        if not all(name in known or name.removeprefix("v").isdecimal() for name in (before, after)):
            raise Problem(types.NOT_FOUND, "Une version se nomme v1, v2…, published ou written.")
        try:
            return differences(named(self.procedures, slug, before), named(self.procedures, slug, after))
        except LookupError as error:
            raise Problem(types.NOT_FOUND, str(error)) from error

    async def faults(self, slug: str) -> tuple[Fault, ...]:
        """What the static check finds; it reads files and plays stories, aside from the other requests."""
        return await CHECKED.run(slug, faults, slug, rehearsed, self.procedures)


async def workshop_of(request: Request) -> Workshop:
    """The workshop on the installation's catalogue, read anew; a test may put another one in its place."""
    known: Catalogue | None = getattr(request.app.state, "written", None)
    return Workshop(Catalogue(known.procedures, known.forms) if known is not None else Catalogue())


Bench = Annotated[Workshop, Depends(workshop_of)]
