"""A mandate is recorded: who gives it, for what, for how long, and how they consented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.mediators import mandates as api
from api.problems import Problem
from api.services import Services, Use
from domain.calendar import PARIS, Instant, civil
from domain.worded import N_
from storage.idempotency import AlreadyAnswered
from storage.legal_time import legal_now
from web.here import At, Here
from web.identity import Mediator
from web.posted import Posted, posted_key, text
from web.public.procedures import Offered, offered
from web.rendering import page, redirect

router = APIRouter()
DURATIONS = {"short": N_("un jour"), "month": N_("un mois"), "semester": N_("six mois"), "year": N_("un an")}
CONSENTS = {
    "signed_on_site": N_("La personne signe devant moi"),
    "signed_paper": N_("La personne a signé un papier que j'ai"),
    "sms": N_("La personne a répondu « oui » par SMS"),
}
NEEDED = {
    "nom": N_("Écrivez le prénom et le nom de la personne."),
    "courriel": N_("Écrivez une adresse complète, par exemple nom@exemple.fr, ou laissez vide."),
    "demarches": N_("Cochez au moins une démarche."),
    "duree": N_("Dites pour combien de temps."),
    "consentement": N_("Dites comment la personne a donné son accord."),
    "jour": N_("Donnez le jour de l'accord : un jour qui existe, aujourd'hui ou avant."),
}
FIELDS = {
    "resident_name": "nom",
    "resident_email": "courriel",
    "procedures": "demarches",
    "duration": "duree",
    "consent": "consentement",
    "consented_at": "jour",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, to show again."""

    nom: str = ""
    courriel: str = ""
    demarches: tuple[str, ...] = ()
    duree: str = ""
    consentement: str = ""
    jour: str = ""
    mois: str = ""
    annee: str = ""

    @classmethod
    def of(cls, form: FormData) -> Typed:
        """From what was sent."""
        one: dict[str, Any] = {name: text(form, name) for name in cls.__slots__ if name != "demarches"}
        return cls(**one, demarches=tuple(str(each) for each in form.getlist("demarches")))


@router.get("/mediateurs/mandats/nouveau")
async def new_mandate_page(here: At, mediator: Mediator, services: Use, de: UUID | None = None) -> Response:
    """The form, empty, or with what a mandate that ends says (`de`)."""
    today = civil(await _now(services, mediator.context))
    known: dict[str, Any] = {}
    if de is not None:
        before = await api.read_mandate(de, mediator, services)
        known = {"nom": before.resident_name, "demarches": before.procedures, "duree": before.duration}
    day: dict[str, Any] = {"jour": str(today.day), "mois": str(today.month), "annee": str(today.year)}
    return _form(here, Typed(**day, **known))


@router.post("/mediateurs/mandats")
async def record_mandate(here: At, mediator: Mediator, services: Use, form: Posted) -> Response:
    """Record it; it is live at once."""
    typed, now = Typed.of(form), await _now(services, mediator.context)
    consented = _consented(typed, now)
    try:
        body = api.MandateIn.model_validate(
            {
                "resident_name": typed.nom,
                "resident_email": typed.courriel or None,
                "procedures": typed.demarches,
                "duration": typed.duree,
                "consent": typed.consentement,
                "consented_at": consented.isoformat() if consented else None,
            }
        )
        made = await api.create_mandate(body, mediator, services, await posted_key(form))
    except AlreadyAnswered:
        return redirect(here.url("/mediateurs/", dit="deja"))
    except ValidationError as invalid:
        return _form(here, typed, {FIELDS[str(error["loc"][0])] for error in invalid.errors()})
    except Problem as problem:
        wrong = {FIELDS[error.pointer.lstrip("/")] for error in problem.errors if error.pointer.lstrip("/") in FIELDS}
        if not wrong:
            raise
        return _form(here, typed, wrong)
    return redirect(here.url(f"/mediateurs/mandats/{made.id}", dit="mandat_recu"))


async def _now(services: Services, context: Any) -> Instant:
    async with services.database.transaction(context) as connection:
        return await legal_now(connection)


def _consented(typed: Typed, now: Instant) -> Instant | None:
    """The instant of the consent: this one today, noon of another day; None for a day that does not exist."""
    try:
        day = date(int(typed.annee), int(typed.mois), int(typed.jour))
    except ValueError:
        return None
    return now if day == civil(now) else datetime.combine(day, time(12), PARIS)


def _form(here: Here, typed: Typed, wrong: set[str] | None = None) -> Response:
    errors: Mapping[str, str] = {
        name: here.words.gettext(sentence) for name, sentence in NEEDED.items() if name in (wrong or ())
    }
    mediated: list[Offered] = [one for one in offered(here.words) if one.mediated]
    context = {"typed": typed, "errors": errors, "procedures": mediated, "durations": DURATIONS, "consents": CONSENTS}
    return page(here, "mediators/new.html", status=422 if errors else 200, **context)
