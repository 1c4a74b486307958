"""The hand of whoever sends a form: the same as the API's, its version and its key hidden in the page."""

from typing import Annotated

from fastapi import Depends

from api.acts import Hand
from api.residents.acting import ActingPerson
from api.services import Use
from web.site.form_data import Posted, posted_key, version


async def posted_hand(acting: ActingPerson, services: Use, form: Posted) -> Hand:
    """The hand of the person who sends the form."""
    return Hand(
        services=services,
        actor=acting.actor,
        context=acting.context,
        version=version(form),
        key=await posted_key(form),
    )


PostedHand = Annotated[Hand, Depends(posted_hand)]
