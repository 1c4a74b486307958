"""Residents sign in by a one-time code sent to their address; the account is created at the first sign-in.

The answers are the same, in words and in time, whether the account exists or not.
"""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from api import security_events
from api.http import problem_types as types
from api.http.inputs import Address, In, Out
from api.http.problems import FieldError, Problem, nothing_recorded
from api.http.rooms import Room
from api.services import ANONYMOUS, Services, Use
from api.sign_in import browsers, known_browsers, limits
from api.sign_in.browsers import browser_of
from api.sign_in.codes import LONGEST, digits
from api.sign_in.credentials import Presented, PresentedToken
from api.sign_in.session import SignedInOut, Transport, begun, given
from domain.sentence import N_, Translate
from storage.accounts import accounts, rate_limits, sessions, sign_in_codes
from storage.accounts.people import normalised
from storage.engine.database import Context, acts_for
from storage.mail import AddressRefused, MailNotSent, Message

router = Room()

SUBJECT = N_("Votre code de connexion au guichet")
REFUSED = N_("Le serveur de courriel refuse cette adresse : elle n'existe pas, ou plus. Vérifiez-la.")
LETTER = N_("""Bonjour,

Voici votre code de connexion au guichet : {code}

Il est valable dix minutes et ne sert qu'une fois. Ne le donnez à personne : aucun agent ne vous le demandera.
Si vous n'avez pas demandé ce code, vous pouvez ignorer ce message.
""")


class CodeAskedIn(In):
    """To whom the code goes."""

    email: Address


class CodeSentOut(Out):
    """What to give back with the code."""

    challenge: UUID
    expires_in_seconds: int


class CodeIn(In):
    """The code received, and how the session is to be carried."""

    challenge: UUID
    code: Annotated[
        str, Field(min_length=sign_in_codes.DIGITS, max_length=LONGEST), AfterValidator(digits(sign_in_codes.DIGITS))
    ]
    transport: Transport = "bearer"


@router.post("/sign-in/code", status_code=202)
async def ask_for_a_code(body: CodeAskedIn, request: Request, response: Response, services: Use) -> CodeSentOut:
    """Send a code to this address, whoever it belongs to."""
    browsers.know(request, response, services)
    return await send_a_code(body, request, services, str)


async def send_a_code(body: CodeAskedIn, request: Request, services: Services, say: Translate) -> CodeSentOut:
    """The same, in the language of `say`: pages know it."""
    address = normalised(body.email)
    await limits.count_code(services, request, address)
    async with services.database.transaction(ANONYMOUS) as connection:
        await rate_limits.sweep(connection)
        issued = await sign_in_codes.issue(connection, services.master, address)
    await _send(services, address, issued, say)
    return CodeSentOut(challenge=issued.challenge, expires_in_seconds=int(sign_in_codes.LIFETIME.total_seconds()))


@router.post("/sign-in", status_code=201)
async def sign_in(
    body: CodeIn, request: Request, response: Response, presented: PresentedToken, services: Use
) -> SignedInOut:
    """Exchange a code for a session. The same browser that sends it twice is given the same session again."""
    await limits.count(services, (limits.TRY_PER_NETWORK, limits.network(request)))
    async with services.database.transaction(ANONYMOUS) as connection:
        proven = await sign_in_codes.redeem(
            connection, services.master, body.challenge, body.code, browser=browser_of(request, services)
        )
        account, opened = await _opened(connection, proven, request, presented, services)
    if proven is None or account is None or opened is None:
        security_events.note("sign_in_refused", "resident")
        raise Problem(
            types.CODE_REFUSED,
            "Ce code est faux, expiré, déjà utilisé, ou a été essayé trop de fois. Demandez-en un autre.",
        )
    if body.transport == "cookie":
        known_browsers.remember(request, response, services, "resident", proven.address)
    return given(opened, response, services, account=account, audience="resident", transport=body.transport)


async def _opened(
    connection: AsyncConnection,
    proven: sign_in_codes.Proven | None,
    request: Request,
    presented: Presented,
    services: Services,
) -> tuple[UUID | None, sessions.Opened | None]:
    """Whose code it was, and their session: both in one transaction, so that the second of two clicks finds it."""
    if proven is None:
        return None, None
    account = await accounts.resident_of(connection, services.master, proven.address)
    if account is None:
        return None, None
    token = sessions.token_of(services.master, browser_of(request, services), str(proven.code))
    await acts_for(connection, Context(audience="resident", subject=account))
    if proven.again:
        return account, await sessions.resume(connection, token) if token else None
    return account, await begun(connection, request, presented, account, "resident", token)


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
    except AddressRefused as error:
        wrong = FieldError("/email", "address_refused", REFUSED)
        raise Problem(types.VALIDATION_FAILED, nothing_recorded(1), (wrong,)) from error
    except MailNotSent as error:
        raise Problem(
            types.UNAVAILABLE,
            "Le courriel n'a pas pu partir. Réessayez dans une minute.",
            headers={"Retry-After": "60"},
        ) from error
