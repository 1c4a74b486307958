"""E-mails follow the language of the page by which one signs in."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import uuid4

import pytest
from sqlalchemy import text

from catalogue.languages import Code, words
from tests.api.counter import OWNER
from tests.web.visitors import Site, hidden


@pytest.mark.parametrize(("code", "said"), [("fr", "Voici votre code"), ("br", "Setu ho kod"), ("en", "Here is your")])
async def test_the_code_comes_in_the_language_of_the_page_and_it_is_remembered(
    site: Site, code: Code, said: str
) -> None:
    """What is written later to this account, by the workers, is in French and in that language."""
    address, visitor = f"anne.{uuid4().hex[:8]}@example.org", site.visitor()
    asked = await visitor.post(f"/{code}/connexion", {"email": address, "suite": ""})
    sent = mail_to(site, address)
    assert said in sent.get_content()
    assert sent["Subject"] == words(code).gettext("Votre code de connexion au guichet")
    await visitor.post(f"/{code}/connexion/code", hidden(asked.text) | {"code": site.counter.code_sent_to(address)})
    async with site.counter.owner.transaction(OWNER) as connection:
        newest = await connection.execute(text("SELECT language FROM account ORDER BY created_at DESC LIMIT 1"))
        assert newest.scalar_one() == code


def mail_to(site: Site, address: str) -> EmailMessage:
    """The message sent to that address."""
    folder = site.counter.settings.mail_folder
    assert folder is not None
    every = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.glob("*.eml")]
    return next(one for one in every if one["To"] == address)
