"""How an administrator's route works: in one transaction, logged, its refusals answered as problems."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from pydantic import Field, StringConstraints

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Use
from api.sign_in.identity import Administrator
from storage.accounts.accounts import AlreadyExists, Unknown
from storage.accounts.administration import NotAdmitted, Office
from storage.accounts.passwords import WeakPassword

NOT_ADMITTED = types.problem_type("account-not-concerned", 409, "Cet acte ne concerne pas ce compte.")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Siret = Annotated[str, Field(pattern=r"^[0-9]{14}$")]


async def at_work(administrator: Administrator, services: Use) -> AsyncIterator[Office]:
    """The administrator's transaction: nothing is kept, the log entry included, when something is refused."""
    try:
        async with services.database.transaction(administrator.context) as connection:
            yield Office(connection, services.master, administrator.account)
    except Unknown as error:
        raise Problem(types.NOT_FOUND, str(error)) from error
    except AlreadyExists as error:
        raise Problem(types.ALREADY_EXISTS, str(error)) from error
    except NotAdmitted as error:
        raise Problem(NOT_ADMITTED, str(error)) from error
    except WeakPassword as error:
        raise Problem(types.WEAK_PASSWORD, error.sentence) from error


AtWork = Annotated[Office, Depends(at_work, scope="function")]
"""An administrator at work; what they did is committed before it is answered."""
