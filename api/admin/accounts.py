"""Accounts of agents, mediators and administrators: created, listed, disabled, their factors replaced."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from api.admin.office import AtWork, Title
from api.admin.proof import PROVEN
from api.http.cursors import Cursor, Limit, link_next, read_id
from api.http.inputs import Address, In, Out
from api.http.rooms import Room
from storage.accounts import accounts, identities, passwords
from storage.accounts.accounts import Audience

router = Room()


class AccountIn(In):
    """A new account; without a password, one is made and shown once."""

    audience: Literal["agent", "mediator", "administrator"]
    email: Address
    name: Title
    password: Annotated[str, Field(max_length=passwords.MAXIMUM_LENGTH)] | None = None
    organisation: UUID | None = None


class NewAccountOut(Out):
    """What is shown once: the second factor's enrolment address, and the password when it was made here."""

    id: UUID
    password: str | None
    otpauth_uri: str


class AccountOut(Out):
    """An account, without any secret."""

    id: UUID
    audience: str
    email: str
    name: str
    organisation: UUID | None
    created_at: datetime
    disabled_at: datetime | None
    has_second_factor: bool


class IdentityOut(Out):
    """An OpenID provider by which an account is opened, since when."""

    issuer: str
    created_at: datetime


class SecondFactorOut(Out):
    """The new enrolment address, shown once."""

    otpauth_uri: str


class PasswordOut(Out):
    """The new password, shown once."""

    password: str


@router.post("/accounts", status_code=201)
async def add_account(body: AccountIn, office: AtWork) -> NewAccountOut:
    """Create an account with its two factors."""
    created = await office.add_staff(
        body.audience, body.email, body.name, password=body.password, organisation=body.organisation
    )
    return NewAccountOut.model_validate(created)


@router.get("/accounts")
async def list_accounts(
    request: Request,
    response: Response,
    office: AtWork,
    audience: Annotated[Audience | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> list[AccountOut]:
    """Accounts, by age."""
    found = await accounts.page(
        office.connection, office.master, audience=audience, after=read_id(cursor), limit=limit + 1
    )
    shown = found[:limit]
    link_next(request, response, [str(shown[-1].id)] if len(found) > limit else None)
    return [AccountOut.model_validate(one) for one in shown]


@router.get("/accounts/{account}")
async def read_account(account: UUID, office: AtWork) -> AccountOut:
    """One account."""
    return AccountOut.model_validate(await accounts.read(office.connection, office.master, account))


@router.get("/accounts/{account}/identities")
async def list_identities(account: UUID, office: AtWork) -> list[IdentityOut]:
    """The OpenID providers by which this account is opened."""
    await accounts.read(office.connection, office.master, account)
    return [IdentityOut.model_validate(one) for one in await identities.of_account(office.connection, account)]


@router.delete("/accounts/{account}/identities", status_code=204, dependencies=[PROVEN])
async def unbind_identity(
    account: UUID,
    issuer: Annotated[str, Query(max_length=500, description="Le fournisseur, tel que la liste le donne.")],
    office: AtWork,
) -> None:
    """Unbind this account from a provider: its sessions end, and the next sign-in there binds it anew, with proof."""
    await office.unbind(account, issuer)


@router.post("/accounts/{account}/disable", status_code=204)
async def disable_account(account: UUID, office: AtWork) -> None:
    """Shut somebody out, at once."""
    await office.disable(account)


@router.post("/accounts/{account}/enable", status_code=204)
async def enable_account(account: UUID, office: AtWork) -> None:
    """Let somebody in again."""
    await office.enable(account)


@router.post("/accounts/{account}/second-factor", status_code=201, dependencies=[PROVEN])
async def reset_second_factor(account: UUID, office: AtWork) -> SecondFactorOut:
    """Replace a lost second factor; every session of the account ends."""
    return SecondFactorOut(otpauth_uri=await office.reset_second_factor(account))


@router.post("/accounts/{account}/password", status_code=201, dependencies=[PROVEN])
async def reset_password(account: UUID, office: AtWork) -> PasswordOut:
    """Replace a forgotten password; every session of the account ends."""
    return PasswordOut(password=await office.reset_password(account))
