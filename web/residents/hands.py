"""The hand of whoever sends a form: the same as the API's, its version and its key hidden in the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Response

from api.acts import Hand
from api.preconditions import idempotency_key
from api.residents.acting import ActingPerson
from api.services import Use
from web.posted import ONCE, Posted, text, version


async def posted_key(form: Posted) -> str | None:
    """The key that makes this form be done once. Raises Problem for one that is not ours."""
    return await idempotency_key(text(form, ONCE) or None)


async def posted_hand(acting: ActingPerson, services: Use, form: Posted) -> Hand:
    """The hand of the person who sends the form."""
    return Hand(
        services=services,
        actor=acting.actor,
        context=acting.context,
        version=version(form),
        key=await posted_key(form),
        response=Response(),
    )


PostedHand = Annotated[Hand, Depends(posted_hand)]
PostedKey = Annotated[str | None, Depends(posted_key)]
