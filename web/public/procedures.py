"""The catalogue in plain language: for whom, what to have at hand, how long, what silence means, and other ways."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from api.offer import in_force, served
from api.public import procedures as api
from api.services import Services, Use
from catalogue.eligibility import eligibility
from catalogue.errors import NotInForce, UnknownProcedure
from catalogue.guides import Guide
from catalogue.loader import catalogue
from domain.plan import Plan
from web.public.searching import ranked
from web.site.guides import guide_in
from web.site.languages import Code, Words
from web.site.page import At
from web.site.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A procedure as the list shows it; `guide` is in the reader's language, or in French."""

    slug: str
    guide: Guide
    mediated: bool
    office: str


@router.get("/")
async def home(here: At, services: Use) -> Response:
    """The home page: what one can do here, and how to get help."""
    return page(here, "public/home.html", procedures=await served_here(services, here.words))


@router.get("/demarches")
async def catalogue_page(here: At, services: Use, q: str = "") -> Response:
    """Every procedure, or those that a few words find."""
    asked = q.strip()[:200]
    shown = found(await served_here(services, here.words), asked, here.code)
    return page(here, "public/procedures.html", procedures=shown, asked=asked)


@router.get("/demarches/{slug}")
async def procedure_page(slug: str, here: At, services: Use) -> Response:
    """One procedure, before any effort."""
    plan = plan_at(slug)
    asks = bool(eligibility(slug).questions)
    windows = await api.list_windows(slug, services) if plan.campaign else []
    return page(
        here,
        "public/procedure.html",
        plan=plan,
        guide=guide_in(here.code, slug),
        windows=windows,
        asks=asks,
        served=slug in await served(services),
    )


def plan_at(slug: str) -> Plan:
    """The procedure that an address names. Raises Problem."""
    try:
        return in_force(slug)
    except (UnknownProcedure, NotInForce) as error:
        raise Problem(types.NOT_FOUND, "Aucune démarche n'existe à cette adresse.") from error


def offered(words: Words) -> tuple[Offered, ...]:
    """Every procedure in force, by title in the reader's language."""
    plans = (plan for plan in map(_in_force, catalogue().slugs()) if plan is not None)
    return tuple(
        sorted((_shown(plan, guide_in(words.code, plan.procedure)) for plan in plans), key=lambda one: one.guide.title)
    )


async def served_here(services: Services, words: Words) -> tuple[Offered, ...]:
    """Those that may be begun: a group of agents receives what is filed."""
    known = await served(services)
    return tuple(one for one in offered(words) if one.slug in known)


def found(procedures: Iterable[Offered], asked: str, code: Code) -> tuple[Offered, ...]:
    """Those that some of the words find, the best first; all without words."""
    by_slug = {one.slug: one for one in procedures}
    if not asked:
        return tuple(by_slug.values())
    return tuple(by_slug[slug] for slug in ranked(by_slug, asked, code))


def _shown(plan: Plan, said: Guide) -> Offered:
    return Offered(
        slug=plan.procedure,
        guide=said,
        mediated="mediator" in plan.who,
        office=plan.office.name,
    )


def _in_force(slug: str) -> Plan | None:
    try:
        return in_force(slug)
    except NotInForce:
        return None
