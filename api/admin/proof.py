"""An administrator proves their second factor again before touching somebody's ways in: a stolen session is not enough.

The code comes in `X-Second-Factor`, and serves once, as at sign-in.
"""

from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Use
from api.sign_in import limits
from api.sign_in.codes import read
from api.sign_in.identity import Administrator
from api.sign_in.staff import second_factor_is
from storage.accounts import totp

NEEDED = types.problem_type("second-factor-needed", 403, "Cet acte demande de nouveau votre second facteur.")


async def _proven(
    administrator: Administrator,
    request: Request,
    services: Use,
    code: Annotated[
        str | None, Header(alias="X-Second-Factor", max_length=20, description="Un code, qui n'a pas encore servi.")
    ] = None,
) -> None:
    if code is None:
        raise Problem(NEEDED, "Envoyez un nouveau code de votre application dans l'en-tête X-Second-Factor.")
    whose = f"administrator|{administrator.account}"
    await limits.count(services, (limits.PASSWORD_PER_ACCOUNT_AND_NETWORK, f"{whose}|{limits.network(request)}"))
    if not await second_factor_is(services, "administrator", administrator.account, read(code, totp.DIGITS)):
        raise Problem(NEEDED, "Ce code est faux, ou il a déjà servi. Attendez le suivant.")


PROVEN = Depends(_proven)
"""What such an act depends on."""
