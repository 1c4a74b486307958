"""A person is told that somebody keeps trying their sign-in, once a day at most, and how to come in meanwhile."""

from datetime import UTC, datetime, timedelta

import structlog

from api.services import ANONYMOUS, Services
from catalogue.languages import CODES as LANGUAGES
from catalogue.languages import words
from domain.sentence import N_
from storage.accounts import accounts
from storage.accounts.accounts import Audience
from storage.accounts.rate_limits import Limit, Spent, spend
from storage.mail import MailNotSent, Message

log = structlog.get_logger(__name__)

BETWEEN = "\n— — —\n\n"
ONCE_A_DAY = Limit("alert|person", 1, timedelta(days=1))
SUBJECT = N_("Beaucoup d'essais de connexion à votre nom")
ASKED_CODES = N_("""Bonjour,

Quelqu'un demande beaucoup de codes de connexion au guichet pour votre adresse. Ce n'est peut-être pas vous.
Personne n'est entré : il faut un code, et vous seul recevez ces codes. Ne les donnez à personne.

Vous pouvez toujours vous connecter avec un appareil qui vous a déjà servi, ou avec FranceConnect.
""")
TRIED_PASSWORDS = N_("""Bonjour,

Quelqu'un essaie beaucoup de mots de passe pour votre compte du guichet. Ce n'est peut-être pas vous.
Personne n'est entré ainsi : il faut aussi le code de votre application. Ne le donnez à personne.

Vous pouvez toujours vous connecter avec un appareil qui vous a déjà servi, ou avec ProConnect.
Si vous pensez que votre mot de passe est connu, changez-le et prévenez votre administrateur.
""")


async def tell(services: Services, audience: Audience, address: str) -> None:
    """Write to this address, unless it was written to today, or is nobody's among staff."""
    async with services.database.transaction(ANONYMOUS) as connection:
        if await spend(connection, services.master, [Spent(ONCE_A_DAY, f"{audience}|{address}")]) is not None:
            return
        if audience != "resident":
            found = await accounts.credentials(connection, services.master, audience, address)
            if found is None or found.disabled:
                return
    now = datetime.now(UTC)
    text = ASKED_CODES if audience == "resident" else TRIED_PASSWORDS
    message = Message(
        to=address,
        # Its language is not known before anybody signs in.
        subject=SUBJECT,
        text=BETWEEN.join(words(code).gettext(text) for code in LANGUAGES),
        key=f"sign-in-alert|{audience}|{address}|{now.date()}",
        at=now,
    )
    try:
        await services.mail.send(message)
    except MailNotSent:
        log.warning("sign-in alert not sent")
