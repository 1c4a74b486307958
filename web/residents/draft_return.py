"""Leaving, and coming back: the way to a draft sent by e-mail. It opens nothing without the code of that address."""

from uuid import UUID

from api.mail import write_to
from api.residents import drafts
from api.residents.acting import Acting
from api.services import Services
from api.shown.listed import title_of
from domain.sentence import N_
from web.site.page import Here

LETTER = N_(
    """Bonjour,

Votre demande « {title} » est enregistrée. Elle n'est pas encore déposée.

Pour la reprendre, où que vous soyez :
{link}

Cette adresse ne suffit pas à l'ouvrir : un code vous sera envoyé par courriel. Vous pouvez donc garder ce message.
"""
)


async def send_the_way_back(here: Here, acting: Acting, services: Services, draft: UUID) -> bool:
    """Send the draft's address to the resident; False under a mandate, without an address, or when mail is away.

    The same state of a draft is told once: its version names the message.
    """
    if acting.mandate is not None:
        return False
    found = await drafts.my_draft(draft, acting, services)
    gettext = here.words.gettext
    text = gettext(LETTER).format(
        title=gettext(title_of(found.procedure)),
        link=services.settings.public_url.rstrip("/") + here.url(f"/brouillons/{draft}"),
    )
    subject, key = gettext("Reprendre votre demande"), f"draft|{draft}|{found.version}"
    return await write_to(services, acting, subject=subject, text=text, key=key)
