"""The demonstration's mail page: whoever tries the counter reads there the code that they were sent; nowhere else."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

from tests.web.visitors import Site, hidden

PAGE = "/fr/demonstration/courrier"


async def test_a_resident_signs_in_by_the_code_that_the_page_shows(demonstration: Site) -> None:
    visitor, address = demonstration.visitor(), f"gwenole.{uuid4().hex[:8]}@example.org"

    asked = await visitor.post("/fr/connexion", {"email": address, "suite": ""})
    mail = unescape((await visitor.get(PAGE)).text)
    (first,) = re.findall(r"<details[^>]* open>.*?</details>", mail, re.DOTALL)
    code = re.search(r"\b(\d{4}) (\d{4})\b", first)

    assert f'href="{PAGE}"' in asked.text
    assert address in first
    assert code is not None
    opened = await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": code[1] + code[2]})
    assert opened.status_code == 303


async def test_there_is_no_such_page_elsewhere(site: Site) -> None:
    visitor = site.visitor()
    asked = await visitor.post("/fr/connexion", {"email": f"{uuid4().hex}@example.org", "suite": ""})

    assert (await visitor.get(PAGE)).status_code == 404
    assert PAGE not in asked.text
