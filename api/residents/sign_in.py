"""Residents sign in by a one-time code sent to their address; the account is created at the first sign-in.

The answers are the same, in words and in time, whether the account exists or not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import EmailStr, Field
from starlette.requests import Request
from starlette.responses import Response

from api import limits
from api import problem_types as types
from api.inputs import In, Out
from api.presented import PresentedToken
from api.problems import Problem
from api.services import ANONYMOUS, Services, Use
from api.sign_in import SignedInOut, Transport, open_session
from domain.worded import N_, Translate
from storage import accounts, rate_limits, sign_in_codes
from storage.mail import MailNotSent, Message
from storage.people import normalised

router = APIRouter()

SUBJECT = N_("Votre code de connexion au guichet")
LETTER = N_("""Bonjour,

Voici votre code de connexion au guichet : {code}

Il est valable dix minutes et ne sert qu'une fois. Ne le donnez à personne : aucun agent ne vous le demandera.
Si vous n'avez pas demandé ce code, vous pouvez ignorer ce message.
""")


class CodeAskedIn(In):
    """To whom the code goes."""

    email: Annotated[EmailStr, Field(max_length=254)]


class CodeSentOut(Out):
    """What to give back with the code."""

    challenge: UUID
    expires_in_seconds: int


class CodeIn(In):
    """The code received, and how the session is to be carried."""

    challenge: UUID
    code: Annotated[str, Field(min_length=sign_in_codes.DIGITS, max_length=20, pattern=r"^[0-9 ]+$")]
    transport: Transport = "bearer"


@router.post("/sign-in/code", status_code=202)
async def ask_for_a_code(body: CodeAskedIn, request: Request, services: Use) -> CodeSentOut:
    """Send a code to this address, whoever it belongs to."""
    return await send_a_code(body, request, services, str)


async def send_a_code(body: CodeAskedIn, request: Request, services: Services, say: Translate) -> CodeSentOut:
    """The same, in the language of `say`: pages know it."""
    address = normalised(body.email)
    await limits.count(
        services,
        (limits.CODE_PER_ADDRESS, address),
        (limits.CODE_PER_NETWORK, limits.network(request)),
        (limits.CODE_FOR_ALL, ""),
    )
    async with services.database.transaction(ANONYMOUS) as connection:
        await rate_limits.sweep(connection)
        issued = await sign_in_codes.issue(connection, services.master, address)
    await _send(services, address, issued, say)
    return CodeSentOut(challenge=issued.challenge, expires_in_seconds=int(sign_in_codes.LIFETIME.total_seconds()))


@router.post("/sign-in", status_code=201)
async def sign_in(
    body: CodeIn, request: Request, response: Response, presented: PresentedToken, services: Use
) -> SignedInOut:
    """Exchange a code for a session."""
    await limits.count(services, (limits.TRY_PER_NETWORK, limits.network(request)))
    async with services.database.transaction(ANONYMOUS) as connection:
        address = await sign_in_codes.redeem(connection, services.master, body.challenge, body.code)
        account = address and await accounts.resident_of(connection, services.master, address)
    if not account:
        raise Problem(
            types.CODE_REFUSED,
            "Ce code est faux, expiré, déjà utilisé, ou a été essayé trop de fois. Demandez-en un autre.",
        )
    return await open_session(
        request,
        response,
        services,
        presented,
        account=account,
        audience="resident",
        transport=body.transport,
    )


async def _send(services: Services, address: str, issued: sign_in_codes.Issued, say: Translate) -> None:
    message = Message(
        to=address,
        subject=say(SUBJECT),
        text=say(LETTER).format(code=f"{issued.code[:4]} {issued.code[4:]}"),
        key=f"sign-in|{issued.challenge}",
        at=datetime.now(UTC),
    )
    try:
        await services.mail.send(message)
    except MailNotSent as error:
        raise Problem(
            types.UNAVAILABLE,
            "Le courriel n'a pas pu partir. Réessayez dans une minute.",
            headers={"Retry-After": "60"},
        ) from error
