"""Tokens of systems: scoped, expiring, shown once."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from api import security_events
from api.admin.office import AtWork, Title
from api.http.inputs import In, Out
from api.http.rooms import Room
from domain.permissions import Scope
from storage.accounts import tokens

router = Room()


def _checked(text: str) -> str:
    return str(Scope.parse(text))


ScopeText = Annotated[str, Field(max_length=100, examples=["apa-domicile:deposit"]), AfterValidator(_checked)]


class TokenIn(In):
    """A token for a system, known or new, by its name."""

    system: Title
    scopes: Annotated[list[ScopeText], Field(min_length=1, max_length=200)]
    days: Annotated[int, Field(strict=True, ge=1, le=tokens.LONGEST.days)]


class NewTokenOut(Out):
    """A new token, shown once."""

    id: UUID
    system: UUID
    token: str
    expires_at: datetime


class TokenOut(Out):
    """A token, without its text."""

    id: UUID
    system: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@router.post("/tokens", status_code=201)
async def create_token(body: TokenIn, office: AtWork) -> NewTokenOut:
    """Give a token to a system."""
    scopes = [Scope.parse(scope) for scope in body.scopes]
    created = await office.create_token(body.system, scopes, timedelta(days=body.days))
    return NewTokenOut.model_validate(created)


@router.get("/tokens")
async def list_tokens(office: AtWork) -> list[TokenOut]:
    """Every token, by age."""
    return [TokenOut.model_validate(one) for one in await tokens.every(office.connection)]


@router.delete("/tokens/{token}", status_code=204)
async def revoke_token(token: UUID, office: AtWork) -> None:
    """Stop a token at once."""
    await office.revoke_token(token)
    security_events.note("token_revoked", "admin")
