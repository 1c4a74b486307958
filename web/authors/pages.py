"""The authors' pages: the catalogue with its versions, the check, the difference, the impact, the publication."""

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.responses import Response

from api.admin import publications as api
from api.admin.workshop import Bench
from api.http import problem_types as types
from api.http.problems import Problem
from api.offer import served
from api.services import Use
from domain.sentence import N_
from web.sign_in.identity import Administrator, administrator_here
from web.site.confirmations import confirmation
from web.site.form_data import Posted, text
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter(prefix="/auteurs", dependencies=[Depends(administrator_here)])
ASKED = confirmation("publication_demandee", N_("La publication est demandée : une autre personne la relira."))
PUBLISHED = confirmation("publie", N_("La version est publiée."))


@router.get("/")
async def workshop_page(here: At, bench: Bench, services: Use) -> Response:
    """Every procedure, its versions, what is written but not published; those that no group of agents serves."""
    pieces, known = bench.pieces(), await served(services)
    unserved = [each for each in pieces if each.published and each.slug not in known]
    return page(here, "authors/workshop.html", pieces=pieces, unserved=unserved)


@router.get("/{slug}")
async def piece_page(slug: str, here: At, who: Administrator, bench: Bench, services: Use) -> Response:
    """One procedure: its versions, what the check finds, what differs, who asked to publish."""
    piece = bench.piece(slug)
    return page(
        here,
        "authors/piece.html",
        piece=piece,
        faults=await bench.faults(slug),
        changes=bench.changes(slug) if piece.written is not None and piece.published else (),
        asked=await api.read_publication(slug, who, bench, services),
        mine=who.account,
    )


@router.get("/{slug}/differences")
async def differences_page(
    slug: str, here: At, bench: Bench, avant: str = "published", apres: str = "written"
) -> Response:
    """What differs between two versions, in sentences."""
    piece = bench.piece(slug)
    return page(
        here, "authors/differences.html", piece=piece, before=avant, after=apres,
        changes=bench.changes(slug, avant, apres),
    )  # fmt: skip


@router.post("/{slug}/impact")
async def measure(slug: str, here: At, who: Administrator, bench: Bench, services: Use) -> Response:
    """Measure, then show the report."""
    kept = await api.measure_impact(slug, who, bench, services)
    return redirect(here.url(f"/auteurs/{slug}/impact/{kept.sha256}"))


@router.get("/{slug}/impact/{sha256}")
async def impact_page(slug: str, sha256: str, here: At, who: Administrator, bench: Bench, services: Use) -> Response:
    """A report, and the way to ask for the publication."""
    kept = await api.read_impact(slug, sha256, who, bench, services)
    return page(here, "authors/impact.html", piece=bench.piece(slug), kept=kept, report=kept.report)


@router.post("/{slug}/publication/demande")
async def ask(slug: str, here: At, who: Administrator, bench: Bench, services: Use, form: Posted) -> Response:
    """Ask for the publication."""
    try:
        read = api.AskIn(report=text(form, "rapport"))
    except ValidationError as error:
        raise Problem(types.NOT_FOUND, api.REPORT_MISSING) from error
    await api.ask_for_publication(slug, read, who, bench, services)
    return redirect(here.url(f"/auteurs/{slug}", dit=ASKED))


@router.post("/{slug}/publication")
async def publish(slug: str, here: At, who: Administrator, bench: Bench, services: Use) -> Response:
    """Publish what somebody else asked for."""
    await api.publish(slug, who, bench, services)
    return redirect(here.url(f"/auteurs/{slug}", dit=PUBLISHED))
