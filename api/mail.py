"""What people have sent to themselves, and what a demonstration keeps of its e-mails."""

import asyncio
from datetime import UTC, datetime

from api.residents.acting import Acting
from api.services import Services
from api.sign_in.own_account import account_of
from storage import mail
from storage.mail import Kept, MailNotSent, Message


async def write_to(services: Services, acting: Acting, *, subject: str, text: str, key: str) -> bool:
    """Write to the resident who acts; False without an address, or when mail is away. A key is told once."""
    mine = await account_of(services, acting.context, acting.resident)
    if not mine.email:
        return False
    try:
        await services.mail.send(Message(to=mine.email, subject=subject, text=text, key=key, at=datetime.now(UTC)))
    except MailNotSent:
        return False
    return True


async def kept(services: Services, most: int) -> tuple[Kept, ...]:
    """The last messages that the folder keeps, the latest first; none where a real server takes them."""
    folder = services.settings.mail_folder
    return await asyncio.to_thread(mail.kept, folder, most) if folder is not None else ()
