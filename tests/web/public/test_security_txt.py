"""`/.well-known/security.txt` says whom to tell, in which languages and until when, from the settings (RFC 9116)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx2
import pytest
from pydantic import ValidationError

from storage.engine.settings import Settings
from tests.api.http.test_routes import BARE
from web.app import create_app
from web.site.security_txt import PATH, told

SAID = BARE | {"PUBLIC_URL": "https://guichet.example/", "SECURITY_CONTACT": "mailto:rssi@guichet.example"}


async def asked(environment: dict[str, str]) -> httpx2.Response:
    """The answer of an application of these settings, whose parts are not opened."""
    settings = Settings.of(environment)
    app = create_app(settings)
    app.state.services = SimpleNamespace(settings=settings)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="https://guichet.example") as http:
        return await http.get(PATH)


async def test_it_is_served_at_the_root_as_plain_text() -> None:
    answer = await asked(SAID)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    expires = re.search(r"^Expires: (\S+)$", answer.text, re.MULTILINE)
    assert expires is not None
    assert datetime.now(UTC) < datetime.fromisoformat(expires[1]) < datetime.now(UTC) + timedelta(days=365)


async def test_without_a_contact_there_is_none() -> None:
    """Contact is required (§2.5.3): a file without it would promise an answer to nobody."""
    assert (await asked(BARE)).status_code == 404


def test_every_field_is_said_once() -> None:
    """Each contact on its line, in the order of preference; the address that it should be read at."""
    contacts = {"SECURITY_CONTACT": "mailto:rssi@guichet.example https://guichet.example/aide"}

    said = told(Settings.of(SAID | contacts), datetime(2026, 11, 30, 18, 30, tzinfo=UTC))

    assert said.splitlines() == [
        "Contact: mailto:rssi@guichet.example",
        "Contact: https://guichet.example/aide",
        "Expires: 2027-05-29T00:00:00Z",
        "Preferred-Languages: fr, br, en",
        "Canonical: https://guichet.example/.well-known/security.txt",
    ]


@pytest.mark.parametrize("contact", ["rssi@guichet.example", "http://guichet.example", "mailto:a@b.example nobody"])
def test_a_contact_is_an_address_that_one_can_follow(contact: str) -> None:
    """§2.5.3: an e-mail address bears its `mailto:`, a page is https."""
    with pytest.raises(ValidationError):
        Settings.of(SAID | {"SECURITY_CONTACT": contact})
