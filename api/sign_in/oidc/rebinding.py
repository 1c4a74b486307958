"""A provider may give the same person another subject: who proves that the account is theirs binds it again."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import structlog

from api.services import Services
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.flow import Identity
from domain.sentence import N_, Translate
from domain.stems import words
from storage.accounts import accounts, identities, sessions
from storage.engine.database import Context
from storage.mail import MailNotSent, Message

log = structlog.get_logger(__name__)
SUBJECT = N_("Votre espace s'ouvre par une nouvelle identité FranceConnect")
LETTER = N_(
    "Bonjour,\n\n"
    "Votre espace sur le guichet vient d'être relié à une nouvelle identité FranceConnect, après un code envoyé à cette"
    " adresse. L'ancienne identité ne l'ouvre plus, et toutes les autres sessions sont fermées.\n\n"
    "Si ce n'est pas vous, répondez à ce courriel ou appelez le guichet : nous fermerons cet accès.\n"
)


async def bound_again(services: Services, identity: Identity, account: UUID, say: Translate) -> UUID:
    """The account, which opens by this identity from now on and no longer by the former one, whose sessions end.

    `account` is the one that a proven address opened (`Taken`); its owner is told by e-mail, in the language of `say`.
    Raises NotSignedIn.
    """
    if not await bears_the_name(services, account, identity):
        raise NotSignedIn("taken")
    async with services.database.transaction(Context(audience="resident", subject=account)) as connection:
        if not await identities.rebind(connection, services.master, "resident", identity.issuer, identity.subject):
            raise NotSignedIn("taken")
        await sessions.revoke_others(connection, account, uuid4())
        found = await accounts.read(connection, services.master, account)
    await _tell(services, found.email, say)
    return account


async def bears_the_name(services: Services, account: UUID, identity: Identity) -> bool:
    """Two people may share an address: the name of the account says whose it is, accents and case apart."""
    async with services.database.transaction(Context(audience="resident", subject=account)) as connection:
        found = await accounts.read(connection, services.master, account)
    return bool(found.name) and sorted(words(found.name)) == sorted(words(identity.name))


async def _tell(services: Services, address: str, say: Translate) -> None:
    key, now = f"rebound|{uuid4()}", datetime.now(UTC)
    message = Message(to=address, subject=say(SUBJECT), text=say(LETTER), key=key, at=now)
    try:
        await services.mail.send(message)
    except MailNotSent as error:
        # The person has just proven who they are: a mail server that is away keeps nobody out.
        log.warning("identity bound again, and its owner not told", kind=type(error).__name__)
