"""A mandate is recorded: who gives it, for what, for how long, and how they consented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.http.inputs import ACCENTED, unwritable
from api.http.problems import Problem
from api.legal_time import legal_now
from api.mediators import mandates as api
from api.services import Use
from domain.calendar import PARIS, Instant, civil
from domain.refusals import Refused
from domain.sentence import N_
from storage.register.idempotency import AlreadyAnswered
from web.public.procedures import Offered, offered
from web.sign_in.identity import Mediator
from web.site.confirmations import ALREADY, confirmation
from web.site.form_data import Posted, posted_key, text
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter()
RECEIVED = confirmation("mandat_recu", N_("Le mandat est enregistré : il vaut dès maintenant."))
TO_SIGN = confirmation("mandat_a_signer", N_("Le mandat est prêt à signer : il ne vaut pas encore."))
DURATIONS = {"short": N_("un jour"), "month": N_("un mois"), "semester": N_("six mois"), "year": N_("un an")}
ON_SITE = "signed_on_site"
CONSENTS = {
    ON_SITE: N_("La personne va signer devant moi"),
    "signed_paper": N_("La personne a signé un papier que j'ai"),
    "sms": N_("La personne a répondu « oui » par SMS"),
}
NEEDED = {
    "nom": N_("Écrivez le prénom et le nom de la personne."),
    "courriel": N_("Écrivez une adresse complète, par exemple nom@exemple.fr, ou laissez vide."),
    "capacite": N_("Dites si la personne est majeure, et si une mesure la protège."),
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
    "capacity": "capacite",
}
CAPACITIES = {
    "adult": N_("Elle est majeure, et aucune mesure de protection ne la concerne"),
    "protected": N_("Elle est sous tutelle, sous curatelle ou sous habilitation familiale"),
    "minor": N_("Elle est mineure"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, to show again."""

    nom: str = ""
    courriel: str = ""
    demarches: tuple[str, ...] = ()
    duree: str = ""
    capacite: str = ""
    consentement: str = ""
    de: str = ""
    jour: str = ""
    mois: str = ""
    annee: str = ""

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        """From what was sent."""
        one: dict[str, Any] = {name: text(form, name) for name in cls.__slots__ if name != "demarches"}
        return cls(**one, demarches=tuple(str(each) for each in form.getlist("demarches")))


@router.get("/mediateurs/mandats/nouveau")
async def new_mandate_page(here: At, mediator: Mediator, services: Use, de: UUID | None = None) -> Response:
    """The form, empty, or with what a mandate that ends says (`de`)."""
    today = civil(await legal_now(services))
    known: dict[str, Any] = {}
    if de is not None:
        before = await api.read_mandate(de, mediator, services)
        known = {"de": str(de), "nom": before.resident_name, "demarches": before.procedures, "duree": before.duration}
    day: dict[str, Any] = {"jour": str(today.day), "mois": str(today.month), "annee": str(today.year)}
    return _form(here, Typed(**day, **known))


@router.post("/mediateurs/mandats")
async def record_mandate(here: At, mediator: Mediator, services: Use, form: Posted) -> Response:
    """Record it: live if the person has consented; else proposed, until they sign."""
    typed, now = Typed.of(form), await legal_now(services)
    given = {} if typed.consentement == ON_SITE else {"consent": typed.consentement, "consented_at": _day(typed, now)}
    try:
        body = api.MandateIn.model_validate(
            {
                "resident_name": typed.nom,
                "resident_email": typed.courriel or None,
                "procedures": typed.demarches,
                "duration": typed.duree,
                "capacity": typed.capacite,
                "renews": typed.de or None,
                **given,
            }
        )
        made = await api.create_mandate(body, mediator, services, await posted_key(form))
    except AlreadyAnswered:
        return redirect(here.url("/mediateurs/", dit=ALREADY))
    except ValidationError as invalid:
        return _form(here, typed, {FIELDS.get(str(error["loc"][0]), "nom") for error in invalid.errors()})
    except Refused as refused:
        return _form(here, typed, {"capacite"}, refused=refused)
    except Problem as problem:
        wrong = {FIELDS[error.pointer.lstrip("/")] for error in problem.errors if error.pointer.lstrip("/") in FIELDS}
        if not wrong:
            raise
        return _form(here, typed, wrong)
    return redirect(here.url(f"/mediateurs/mandats/{made.id}", dit=RECEIVED if made.consented_at else TO_SIGN))


def _day(typed: Typed, now: Instant) -> str:
    """The day of the consent, as the API reads it; nothing that it reads for a day that does not exist."""
    consented = _consented(typed, now)
    return consented.isoformat() if consented else ""


def _consented(typed: Typed, now: Instant) -> Instant | None:
    """The instant of the consent: this one today, noon of another day; None for a day that does not exist."""
    try:
        day = date(int(typed.annee), int(typed.mois), int(typed.jour))
    except ValueError:
        return None
    return now if day == civil(now) else datetime.combine(day, time(12), PARIS)


def _form(here: Here, typed: Typed, wrong: set[str] | None = None, *, refused: Refused | None = None) -> Response:
    needed = NEEDED | ({"courriel": ACCENTED} if unwritable(typed.courriel) else {})
    errors: Mapping[str, str] = {
        name: here.words.gettext(sentence) for name, sentence in needed.items() if name in (wrong or ())
    }
    if refused is not None:
        errors = {"capacite": here.words.say(refused.sentence)}
    mediated: list[Offered] = [one for one in offered(here.words) if one.mediated]
    context: dict[str, Any] = {"typed": typed, "errors": errors, "procedures": mediated, "durations": DURATIONS}
    context |= {"consents": CONSENTS, "capacities": CAPACITIES}
    return page(here, "mediators/new.html", status=422 if errors else 200, **context)
