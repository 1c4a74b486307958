"""Who acts for a resident: the resident, or a mediator under a mandate. The same routes serve both."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services, Use
from api.sign_in.identity import Mediator, Resident
from domain.actors import Actor
from domain.calendar import Instant
from domain.channels import Channel
from domain.mandate import Mandate, refuse_unless_covered
from storage.accounts import mandates
from storage.accounts.accounts import Unknown
from storage.engine.database import Context
from storage.engine.legal_time import legal_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """The person whose request it is (`resident`), and who really acts (`actor`), seen by the database as `context`."""

    actor: Actor
    context: Context
    resident: UUID
    mandate: Mandate | None = None

    @property
    def viewer(self) -> Literal["resident", "mediator"]:
        """The audience that reads."""
        return "resident" if self.mandate is None else "mediator"

    @property
    def organisation(self) -> UUID | None:
        """The organisation that holds the mandate, if it is under one."""
        return None if self.mandate is None else self.mandate.organisation

    @property
    def channel(self) -> Channel:
        """How what is filed reached the counter."""
        return "online" if self.mandate is None else "assisted"

    def refuse_unless_covers(self, procedure: str, at: Instant) -> None:
        """Raises Refused when the mandate does not cover this procedure at the instant of the act."""
        if self.mandate is not None:
            refuse_unless_covered(self.mandate, procedure, at)


async def resident_acts(request: Request, person: Resident) -> None:
    """A resident acts in person."""
    request.state.acting = Acting(actor=person.actor, context=person.context, resident=person.account)


async def mediator_acts(request: Request, mandate: UUID, person: Mediator, services: Use) -> None:
    """A mediator acts under a mandate of their organisation, live at this instant."""
    context = replace(person.context, mandate=mandate)
    given = await live_mandate(services, context, mandate)
    request.state.acting = Acting(
        actor=replace(person.actor, mandate=mandate), context=context, resident=given.resident, mandate=given
    )


async def live_mandate(services: Services, context: Context, mandate: UUID) -> Mandate:
    """The mandate, if it is live. Raises Refused when it is over, Problem when the organisation has no such mandate."""
    async with services.database.transaction(context) as connection:
        try:
            given = await mandates.read(connection, mandate)
        except Unknown as error:
            raise Problem(types.NOT_FOUND, "Votre organisation n'a pas de mandat à cette adresse.") from error
        refuse_unless_covered(given, given.procedures[0], await legal_now(connection))
    return given


async def acting_of(request: Request) -> Acting:
    """Who acts in this request, as the mount of the router has established."""
    acting: Acting | None = getattr(request.state, "acting", None)
    if acting is None:
        # FastAPI goes on to the next dependency when the mandate in the path is not even an identifier.
        raise Problem(types.NOT_FOUND, "Le mandat que cette adresse nomme n'est pas un identifiant (UUID).")
    return acting


ActingPerson = Annotated[Acting, Depends(acting_of)]
