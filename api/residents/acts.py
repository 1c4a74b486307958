"""What a person does on their dossier: a route for each act that is theirs.

The same routes serve the resident and, mounted under a mandate, the mediator (`api/residents/acting.py`).
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Response

from api.act_bodies import acts_of, body_of, command_of, described
from api.acts import ActedOut, Hand
from api.form_errors import refuse_invalid
from api.http.inputs import In
from api.http.preconditions import IfMatch, OptionalKey, versioned
from api.http.rooms import Room
from api.offer import form_of
from api.residents.acting import Acting, ActingPerson
from api.residents.dossiers import see
from api.services import Use
from domain.command import Command
from domain.commands import COMMANDS
from storage.documents.rows import refuse_unless_here

KNOWN = {"sender": "resident", "party": "beneficiary"}
"""What this door knows of who acts."""


async def hand_of(acting: ActingPerson, services: Use, seen: IfMatch, key: OptionalKey) -> Hand:
    """The hand of the person who acts."""
    return Hand(services=services, actor=acting.actor, context=acting.context, version=seen, key=key)


MyHand = Annotated[Hand, Depends(hand_of)]


async def act(name: str, dossier: UUID, hand: Hand, **said: Any) -> ActedOut:
    """Do an act by its name, saying what its body asks: for a page. Raises ValidationError, Problem, Refused."""
    return await _done(COMMANDS[name], dossier, body_of(COMMANDS[name], agents=False)(**said), hand)


async def correct(dossier: UUID, form: dict[str, Any], hand: Hand, acting: Acting) -> ActedOut:
    """Correct the form, whole, before examination begins: it is held to the form of its plan, and completed."""
    expected = form_of((await see(hand.services, acting, dossier, noted=False)).dossier.plan)
    refuse_invalid(expected, form, "/form")
    return await act("correct", dossier, hand, form=expected.completed(form))


async def _done(command: type[Command], dossier: UUID, body: In, hand: Hand) -> ActedOut:
    if any(each.kind == "documents" for each in command.asks("resident")):
        async with hand.services.database.transaction(hand.context) as connection:
            await refuse_unless_here(connection, dossier, body.documents)  # type: ignore[attr-defined] # made of fields
    return await hand.does(dossier, command_of(command, body, **KNOWN), body)


def _does(command: type[Command]) -> Callable[..., Awaitable[ActedOut]]:
    async def does(dossier: UUID, body: Any, hand: MyHand, acting: ActingPerson, response: Response) -> ActedOut:
        if command.act() == "correct":
            return versioned(response, await correct(dossier, body.form, hand, acting))
        return versioned(response, await _done(command, dossier, body, hand))

    does.__annotations__["body"] = body_of(command, agents=False)
    return does


router = Room()
for each in acts_of("resident"):
    path = f"/dossiers/{{dossier}}/acts/{each.act()}"
    router.add_api_route(path, _does(each), methods=["POST"], name=each.act(), description=described(each))
