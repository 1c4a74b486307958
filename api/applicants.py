"""The resident for whom somebody else writes: found by their e-mail address, or made without one."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid4

from api.http import problem_types as types
from api.http.inputs import Address, In, ShortText
from api.http.problems import Problem
from storage.accounts import accounts
from storage.accounts.people import NOWHERE
from storage.engine.master_key import MasterKey


class ApplicantIn(In):
    """Whose request it is."""

    name: Annotated[ShortText, Field(min_length=1)]
    email: Address | None = None


async def resident_account(connection: AsyncConnection, master: MasterKey, name: str, email: str | None) -> UUID:
    """The account of the resident, made at need; `name` serves only for a new one."""
    account = await accounts.resident_of(connection, master, email or f"{uuid4()}@{NOWHERE}", name)
    if account is None:
        raise Problem(types.FORBIDDEN, "Le compte de cette personne est fermé. Adressez-vous à l'administrateur.")
    return account
