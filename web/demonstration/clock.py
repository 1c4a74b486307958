"""The legal clock of a demonstration: what time it is in law, and a way to let it pass. Forward only."""

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.responses import Response

from api.legal_time import legal_now, let_pass, next_due
from api.services import Services, Use
from domain.calendar import PARIS, Instant
from domain.sentence import N_
from web.demonstration.only_here import in_demonstration
from web.site.confirmations import confirmation
from web.site.form_data import Posted, refuse_foreign, text
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter(prefix="/demonstration/horloge", dependencies=[Depends(in_demonstration)])
MOVED = confirmation("horloge", N_("Le temps légal a avancé."))


@router.get("")
async def clock_page(here: At, services: Use) -> Response:
    """The legal time, and the next due."""
    return await _page(here, services)


@router.post("", dependencies=[Depends(refuse_foreign)])
async def let_time_pass(here: At, services: Use, form: Posted) -> Response:
    """Move the legal time forward; every open request is told."""
    try:
        await let_pass(services, await _asked(services, form, await legal_now(services)))
    except ValueError:
        sentence = here.words.gettext("Donnez une date à venir, dans les dix ans : le temps ne revient pas en arrière.")
        return await _page(here, services, error=sentence, typed=form)
    return redirect(here.url("/demonstration/horloge", dit=MOVED))


async def _asked(services: Services, form: FormData, now: Instant) -> Instant:
    """The instant that was asked for. Raises ValueError."""
    match text(form, "pas"):
        case "jour":
            return now + timedelta(days=1)
        case "semaine":
            return now + timedelta(days=7)
        case "echeance":
            due = await next_due(services)
            # A minute more: what becomes due at that instant has become so.
            return (due or now) + timedelta(minutes=1)
    day = date(*(int(text(form, part)) for part in ("annee", "mois", "jour")))
    return datetime.combine(day, time(0, 1), PARIS)


async def _page(here: Here, services: Services, *, error: str = "", typed: FormData | None = None) -> Response:
    now = await legal_now(services)
    typed_day = {part: text(typed, part) if typed is not None else "" for part in ("jour", "mois", "annee")}
    context = {"now": now, "next_due": await next_due(services), "error": error, "typed": typed_day}
    return page(here, "demonstration/clock.html", status=422 if error else 200, **context)
