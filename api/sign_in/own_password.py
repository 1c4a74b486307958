"""Members of staff choose their own password: what an administrator saw at the creation serves no longer."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request

from api.http import problem_types as types
from api.http.inputs import In
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import Services, Use
from api.sign_in import limits
from api.sign_in.identity import P, Person, signed_in
from storage.accounts import accounts, passwords, sessions


class NewPasswordIn(In):
    """The present password, and the one to come."""

    password: Annotated[str, Field(min_length=1, max_length=passwords.MAXIMUM_LENGTH)]
    new_password: Annotated[str, Field(min_length=1, max_length=passwords.MAXIMUM_LENGTH)]


def own_password_routes(kind: type[P]) -> APIRouter:
    """The routes of one audience of staff."""
    router = Room()
    identify = signed_in(kind)

    @router.post("/password", status_code=204)
    async def change_password(
        body: NewPasswordIn, request: Request, services: Use, person: Annotated[P, Depends(identify)]
    ) -> None:
        """Change one's own password; every other session of the account ends."""
        await change_own_password(person, body, request, services)

    return router


async def change_own_password(person: Person, body: NewPasswordIn, request: Request, services: Services) -> None:
    """Change this person's password and end their other sessions. Raises Problem."""
    await limits.count(
        services,
        (limits.PASSWORD_PER_ACCOUNT, str(person.account)),
        (limits.PASSWORD_PER_NETWORK, limits.network(request)),
    )
    await _refuse_wrong(services, person, body)
    digest = await passwords.hashed(body.new_password)
    async with services.database.transaction(person.context) as connection:
        await accounts.set_password(connection, person.account, digest)
        await sessions.revoke_others(connection, person.account, person.session)


async def _refuse_wrong(services: Services, person: Person, body: NewPasswordIn) -> None:
    async with services.database.transaction(person.context) as connection:
        digest = await accounts.password_hash(connection, person.account)
        email = (await accounts.read(connection, services.master, person.account)).email
    if not await passwords.matches(body.password, digest):
        raise Problem(types.SIGN_IN_REFUSED, "Le mot de passe actuel n'est pas le bon. Rien n'a changé.")
    try:
        passwords.refuse_weak(body.new_password, email=email)
    except passwords.WeakPassword as error:
        raise Problem(types.WEAK_PASSWORD, error.sentence) from error
