"""Mandates: given by a resident to a mediator's organisation, live at once, revoked at once."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import EmailStr, Field

from api import mandates as mandates_of
from api import problem_types as types
from api.applicants import resident_account
from api.cursors import Cursor, Limit, link_next
from api.identity import Mediator, MediatorPerson
from api.inputs import In, Key, Moment, Out, ShortText
from api.offered import offered
from api.preconditions import OptionalKey
from api.problems import FieldError, Problem
from api.services import Use
from api.shown.mandate import MandateOut
from domain.calendar import Instant
from domain.mandate import Consent, Duration
from storage import idempotency, mandates, organisations, outbox
from storage.idempotency import Answer, Once
from storage.legal_time import legal_now

router = APIRouter()


class OrganisationOut(Out):
    """The mediator's organisation."""

    id: UUID
    name: str
    siret: str | None


class MandateIn(In):
    """Who gives the mandate, for what, for how long, and how they consented (code civil art. 1984)."""

    resident_name: Annotated[ShortText, Field(min_length=1)]
    resident_email: EmailStr | None = None
    procedures: Annotated[tuple[Key, ...], Field(min_length=1, max_length=50)]
    duration: Duration
    consent: Consent
    consented_at: Moment


@router.get("/organisation")
async def my_organisation(mediator: Mediator, services: Use) -> OrganisationOut:
    """The organisation for which I act."""
    async with services.database.transaction(mediator.context) as connection:
        return OrganisationOut.model_validate(await organisations.read(connection, _organisation(mediator)))


@router.post("/mandates", status_code=201)
async def create_mandate(body: MandateIn, mediator: Mediator, services: Use, key: OptionalKey) -> MandateOut:
    """Record a mandate; it is live at once, and the resident sees it. The same Idempotency-Key gives the same one."""
    once = _once(mediator, key, body)
    for procedure in body.procedures:
        offered(procedure, "mediator")
    async with services.database.transaction(mediator.context) as connection:
        if once is not None:
            await idempotency.begin(connection, services.master, once)
        now = await legal_now(connection)
        _refuse_future_consent(body, now)
        given = await mandates.create(
            connection,
            services.master,
            organisation_id=_organisation(mediator),
            mediator=mediator.account,
            resident=await resident_account(connection, services.master, body.resident_name, body.resident_email),
            starts=now,
            **body.model_dump(exclude={"resident_email"}),
        )
        await outbox.add(connection, "mandate", str(given.id))
        shown = MandateOut.of(await mandates.shown(connection, services.master, given.id), now)
        if once is not None:
            await idempotency.finish(connection, services.master, once, shown)
    return shown


@router.get("/mandates")
async def list_mandates(
    request: Request,
    response: Response,
    mediator: Mediator,
    services: Use,
    limit: Limit = 50,
    cursor: Cursor = None,
    state: mandates_of.State | None = None,
    name: Annotated[str, Query(max_length=200)] = "",
) -> list[MandateOut]:
    """The mandates of my organisation, the latest first: all, live or over, of people whose name has these words."""
    page, after = await mandates_of.found(services, mediator.context, limit, cursor, state=state, name=name)
    link_next(request, response, None if after is None else [str(after)])
    return page


@router.get("/mandates/{mandate}")
async def read_mandate(mandate: UUID, mediator: Mediator, services: Use) -> MandateOut:
    """One mandate of my organisation."""
    return await mandates_of.shown(services, mediator.context, mandate)


@router.delete("/mandates/{mandate}")
async def revoke_mandate(mandate: UUID, mediator: Mediator, services: Use) -> MandateOut:
    """Give the mandate up, with effect at once."""
    return await mandates_of.revoked(services, mediator.context, mandate, "mediator")


def _once(mediator: MediatorPerson, key: str | None, body: MandateIn) -> Once | None:
    if key is None:
        return None

    def answer(shown: MandateOut) -> Answer:
        return Answer(status=201, body=shown.model_dump(mode="json"), headers={})

    return Once(actor=mediator.account, route="mandates", key=key, body=body.model_dump_json().encode(), answer=answer)


def _organisation(mediator: MediatorPerson) -> UUID:
    if mediator.organisation is None:
        raise Problem(
            types.FORBIDDEN,
            "Votre compte n'est rattaché à aucune organisation. Demandez-le à l'administrateur.",
        )
    return mediator.organisation


def _refuse_future_consent(body: MandateIn, now: Instant) -> None:
    if body.consented_at > now:
        error = FieldError("/consented_at", "in_future", "Le consentement ne peut pas être donné dans le futur.")
        raise Problem(types.VALIDATION_FAILED, "1 erreur : voyez « errors ». Rien n'a été enregistré.", (error,))
