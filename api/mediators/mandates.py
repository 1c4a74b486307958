"""Mandates: given by a resident to a mediator's organisation, live from their recorded consent, revoked at once."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from api import mandates as mandates_of
from api.applicants import resident_account
from api.http import problem_types as types
from api.http.cursors import Cursor, Limit, link_next
from api.http.inputs import Address, In, Key, Moment, Out, ShortText
from api.http.preconditions import OptionalKey
from api.http.problems import FieldError, Problem, nothing_recorded
from api.http.rooms import Room
from api.offer import offered
from api.services import Services, Use
from api.shown.mandate import MandateBehindOut, MandateOut
from api.sign_in.identity import Mediator, MediatorPerson
from domain.calendar import Instant
from domain.mandate import Capacity, Consent, Duration, refuse_unless_able
from storage.accounts import mandates, organisations
from storage.accounts.accounts import Unknown
from storage.engine.legal_time import legal_now
from storage.register import idempotency, outbox
from storage.register.idempotency import Answer, Once

router = Room()


class OrganisationOut(Out):
    """The mediator's organisation."""

    id: UUID
    name: str
    siret: str | None


class MandateIn(In):
    """Who gives the mandate, for what, for how long, and how they consented (code civil art. 1984).

    Without `consent` and `consented_at`, it is only proposed, until the consent is recorded. `renews`: the mandate
    that it goes on from, of the same person, whose requests under way it follows. `capacity` other than `adult` is
    refused, with what to do.
    """

    resident_name: Annotated[ShortText, Field(min_length=1)]
    resident_email: Address | None = None
    procedures: Annotated[tuple[Key, ...], Field(min_length=1, max_length=50)]
    duration: Duration
    capacity: Capacity = "adult"
    consent: Consent | None = None
    consented_at: Moment | None = None
    renews: UUID | None = None


class ConsentIn(In):
    """How the person consented, and when."""

    consent: Consent
    consented_at: Moment


@router.get("/organisation")
async def my_organisation(mediator: Mediator, services: Use) -> OrganisationOut:
    """The organisation for which I act."""
    async with services.database.transaction(mediator.context) as connection:
        return OrganisationOut.model_validate(await organisations.read(connection, _organisation(mediator)))


@router.post("/mandates", status_code=201)
async def create_mandate(body: MandateIn, mediator: Mediator, services: Use, key: OptionalKey) -> MandateBehindOut:
    """Record a mandate: live once it has its consent, of which the person is told; proposed until then.

    The same Idempotency-Key gives the same one.
    """
    once = _once(mediator, key, body)
    refuse_unless_able(body.capacity)
    for procedure in body.procedures:
        offered(procedure, "mediator")
    async with services.database.transaction(mediator.context) as connection:
        if once is not None:
            await idempotency.begin(connection, services.master, once)
        now = await legal_now(connection)
        _refuse_odd_consent(body, now)
        given = await mandates.create(
            connection,
            services.master,
            organisation_id=_organisation(mediator),
            mediator=mediator.account,
            resident=await _resident(connection, services, body),
            starts=now,
            **body.model_dump(exclude={"resident_email", "capacity", "renews"}),
        )
        if given.consented_at is not None:
            await outbox.add(connection, "mandate", str(given.id))
        shown = await mandates_of.shown_in(connection, services, given.id)
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
async def read_mandate(mandate: UUID, mediator: Mediator, services: Use) -> MandateBehindOut:
    """One mandate of my organisation."""
    return await mandates_of.shown(services, mediator.context, mandate)


@router.post("/mandates/{mandate}/consent")
async def record_consent(mandate: UUID, body: ConsentIn, mediator: Mediator, services: Use) -> MandateBehindOut:
    """Record the person's consent: the mandate begins now, and they are told. Again, nothing more."""
    async with services.database.transaction(mediator.context) as connection:
        try:
            given = await mandates.shown(connection, services.master, mandate)
        except Unknown as error:
            raise mandates_of.not_found() from error
        now = await legal_now(connection)
        _refuse_odd_consent(body, now)
        if await mandates.consented(connection, given, starts=now, **body.model_dump()):
            await outbox.add(connection, "mandate", str(mandate))
        return await mandates_of.shown_in(connection, services, mandate)


@router.delete("/mandates/{mandate}")
async def revoke_mandate(mandate: UUID, mediator: Mediator, services: Use) -> MandateBehindOut:
    """Give the mandate up, and those that it renewed, with effect at once; a more recent one stays."""
    return await mandates_of.revoked(services, mediator.context, mandate, "mediator")


def _once(mediator: MediatorPerson, key: str | None, body: MandateIn) -> Once | None:
    if key is None:
        return None

    def answer(shown: MandateBehindOut) -> Answer:
        return Answer(status=201, body=shown.model_dump(mode="json"), headers={})

    return Once(actor=mediator.account, route="mandates", key=key, body=body.model_dump_json().encode(), answer=answer)


def _organisation(mediator: MediatorPerson) -> UUID:
    if mediator.organisation is None:
        raise Problem(
            types.FORBIDDEN,
            "Votre compte n'est rattaché à aucune organisation. Demandez-le à l'administrateur.",
        )
    return mediator.organisation


async def _resident(connection: AsyncConnection, services: Services, body: MandateIn) -> UUID:
    """Who gives it: the same person as the mandate renewed, whether or not they have an address."""
    if body.renews is None:
        return await resident_account(connection, services.master, body.resident_name, body.resident_email)
    try:
        return (await mandates.read(connection, body.renews)).resident
    except Unknown as error:
        raise mandates_of.not_found() from error


def _refuse_odd_consent(body: MandateIn | ConsentIn, now: Instant) -> None:
    if (body.consent is None) != (body.consented_at is None):
        where = "/consent" if body.consent is None else "/consented_at"
        both = "Un accord se dit par sa forme (« consent ») et son jour (« consented_at »)."
        error = FieldError(where, "missing", both)
    elif body.consented_at is not None and body.consented_at > now:
        error = FieldError("/consented_at", "in_future", "Le consentement ne peut pas être donné dans le futur.")
    else:
        return
    raise Problem(types.VALIDATION_FAILED, nothing_recorded(1), (error,))
