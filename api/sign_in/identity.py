"""Access is a type: `Resident`, `Agent`, `Mediator`, `System`, `Administrator` in a route's signature say who may call.

Who is asking comes from an opaque token alone (`Authorization: Bearer`, or the cookie `guichet_session`), looked
up by one indexed query. No header names anybody.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeVar
from uuid import UUID

from fastapi import Depends

from api import security_events
from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services, Use
from api.sign_in.credentials import Presented, PresentedToken
from domain.actors import Actor
from domain.permissions import ANY_PROCEDURE, Scope, Verb, refuse_unless_role, refuse_unless_scoped
from domain.sentence import Sentence
from storage.accounts import sessions, tokens
from storage.accounts.accounts import Audience
from storage.engine.database import Context

SPACES = {
    "resident": "l'espace des usagers",
    "agent": "l'espace des agents",
    "mediator": "l'espace des médiateurs",
    "administrator": "l'espace d'administration",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in, for one audience."""

    audience: ClassVar[Audience]
    account: UUID
    name: str
    session: UUID
    organisation: UUID | None = None
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """How the journal names this person."""
        return Actor(kind=self.audience, id=self.account, name=self.name)

    @property
    def context(self) -> Context:
        """For whom the database answers."""
        return Context(
            audience=self.audience,
            subject=self.account,
            groups=tuple(sorted(self.groups)),
            organisation=self.organisation,
        )


class ResidentPerson(Person):
    """A resident, signed in by a code sent to their address."""

    __slots__ = ()
    audience: ClassVar[Audience] = "resident"


class AgentPerson(Person):
    """An agent; `groups` maps each group to the role held in it."""

    __slots__ = ()
    audience: ClassVar[Audience] = "agent"

    def refuse_unless(self, group: str, act: str) -> None:
        """Raises Refused when the role held in that group is not enough for the act."""
        refuse_unless_role(self.groups.get(group), act)


class MediatorPerson(Person):
    """A mediator, who acts for a resident only under a mandate given to the organisation."""

    __slots__ = ()
    audience: ClassVar[Audience] = "mediator"


class AdministratorPerson(Person):
    """An administrator, who never sees a dossier's contents."""

    __slots__ = ()
    audience: ClassVar[Audience] = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A system, by a scoped token; `id` is the system's and outlives its tokens."""

    id: UUID
    token: UUID
    name: str
    scopes: tuple[Scope, ...]
    kind: Literal["system"] = "system"

    @property
    def actor(self) -> Actor:
        """How the journal names this system."""
        return Actor(kind="system", id=self.id, name=self.name)

    @property
    def context(self) -> Context:
        """For whom the database answers."""
        readable = {scope.procedure for scope in self.scopes if scope.verb == "read"}
        return Context(audience="system", subject=self.id, procedures=tuple(sorted(readable)))

    def covers(self, procedures: Iterable[str], verb: Verb) -> bool:
        """Whether the scopes cover that verb on each of these procedures ("*": on all there are)."""
        return all(any(scope.covers(procedure, verb) for scope in self.scopes) for procedure in procedures)

    def refuse_unless(self, procedure: str, verb: Verb) -> None:
        """Raises Refused when no scope covers that verb on that procedure."""
        refuse_unless_scoped(self.scopes, procedure, verb)

    def refuse_without(self, verb: Verb) -> None:
        """Raises Refused when no scope gives that verb, on any procedure."""
        given = [scope.procedure for scope in self.scopes if scope.verb == verb]
        refuse_unless_scoped(self.scopes, given[0] if given else ANY_PROCEDURE, verb)


P = TypeVar("P", bound=Person)


def signed_in(kind: type[P]) -> Callable[..., Awaitable[P]]:
    """The dependency that admits one audience only."""

    async def identify(presented: PresentedToken, services: Use) -> P:
        bearer = await _bearer(presented, services)
        if bearer.audience != kind.audience:
            raise Problem(
                types.WRONG_AUDIENCE,
                Sentence(
                    "Vous êtes connecté à {here} ; cette adresse relève de {there}.",
                    here=SPACES[bearer.audience],
                    there=SPACES[kind.audience],
                ),
            )
        return person_bearing(kind, bearer)

    return identify


def person_bearing(kind: type[P], bearer: sessions.Bearer) -> P:
    """The person of that audience who bears a session."""
    return kind(
        account=bearer.account,
        name=bearer.name,
        session=bearer.session,
        organisation=bearer.organisation,
        groups=bearer.groups,
    )


async def _bearer(presented: Presented, services: Services) -> sessions.Bearer:
    if presented.token is None or presented.token.startswith(tokens.PREFIX):
        raise not_signed_in("Connectez-vous, puis envoyez le jeton reçu : « Authorization: Bearer <jeton> ».")
    presented.refuse_forgery(services.master)
    bearer = await bearer_of(services, presented.token)
    if bearer is None:
        raise not_signed_in("La session est finie (inactivité, durée ou déconnexion). Reconnectez-vous.")
    return bearer


async def bearer_of(services: Services, token: str) -> sessions.Bearer | None:
    """Who bears this session, whatever their space; None when it is live no more."""
    return await services.database.connections.ask(sessions.bearing(services.master, token))


async def lately(services: Services, kind: type[P], token: str) -> P | None:
    """Who bore a session of that audience which ended by itself less than an hour ago."""
    bearer = await services.database.connections.ask(sessions.just_ended(services.master, token))
    return person_bearing(kind, bearer) if bearer is not None and bearer.audience == kind.audience else None


async def _machine(presented: PresentedToken, services: Use) -> Machine:
    if presented.token is None or not presented.token.startswith(tokens.PREFIX):
        raise not_signed_in("Un système envoie son jeton : « Authorization: Bearer gch_… ».")
    bearer = await services.database.connections.ask(tokens.bearing(presented.token))
    if bearer is None:
        security_events.note("token_refused", "systems")
        raise not_signed_in("Le jeton est inconnu, expiré ou révoqué. Demandez-en un autre à l'administrateur.")
    return Machine(id=bearer.system, token=bearer.token, name=bearer.name, scopes=bearer.scopes)


def not_signed_in(detail: str) -> Problem:
    """401, with the scheme that is expected."""
    return Problem(types.NOT_SIGNED_IN, detail, headers={"WWW-Authenticate": 'Bearer realm="guichet"'})


Resident = Annotated[ResidentPerson, Depends(signed_in(ResidentPerson))]
Agent = Annotated[AgentPerson, Depends(signed_in(AgentPerson))]
Mediator = Annotated[MediatorPerson, Depends(signed_in(MediatorPerson))]
Administrator = Annotated[AdministratorPerson, Depends(signed_in(AdministratorPerson))]
System = Annotated[Machine, Depends(_machine)]
