"""What `make bench` asks of the product is answered, more often than one agent may write in an hour."""

from __future__ import annotations

from urllib.parse import urlsplit

from api.sign_in.limits import MESSAGES
from benchmarks.measure import burst
from benchmarks.shots import Product
from storage.engine.settings import Settings
from tests.web.conftest import opened_site, serving


async def test_as_many_dossiers_as_are_measured_are_filed_and_written_to(own_settings: Settings) -> None:
    """`burst` raises when an answer is not the one that is measured."""
    async with opened_site(own_settings) as site, serving(site) as url:
        address = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
        product = await Product.ready(own_settings, address, "acces-documents", MESSAGES.count + 4)
        await burst(product.submit, address, product.drafts(MESSAGES.count + 4), clients=4)
        await burst(product.act, address, product.filed(MESSAGES.count + 4), clients=4)

    assert len(product.answers) == MESSAGES.count + 4
