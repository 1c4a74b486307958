"""Every page of every route, in three languages: it answers, it is light, it says its language, nothing is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import pytest

from storage.engine.settings import Settings
from tests.web import world
from tests.web.visitors import Site, Visitor
from tests.web.world import World
from web.app import create_app
from web.site.languages import CODES

WEIGHT, REQUESTS = 30_000, 5
_LINKED = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="(/[^"]+)"')
_HEADING = re.compile(r"<h([1-6])[ >]")
_ID = re.compile(r'\sid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it came: its route, its path, its HTML, and its weight under gzip with all that it calls."""

    template: str
    path: str
    html: str
    weight: int
    requests: int
    headers: dict[str, str]


async def read(visitor: Visitor, template: str, path: str) -> Read | None:
    """A page with what it calls, cold; None for a download or a redirection."""
    answer = await visitor.get(path)
    assert answer.status_code < 400, f"{path} → {answer.status_code} {answer.text[:2000]}"
    if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
        return None
    linked = set(_LINKED.findall(answer.text))
    weight = int(answer.headers["content-length"])
    for address in linked:
        part = await visitor.get(address)
        assert part.status_code == 200, f"{path} calls {address} → {part.status_code}"
        weight += int(part.headers["content-length"])
    return Read(template, path, answer.text, weight, 1 + len(linked), dict(answer.headers))


async def pages(site: Site, known: World, code: str) -> list[Read]:
    """Every page of the world, in one language."""
    browsers = {who: known.browser_of(site, who) for who in known.sessions}
    found = []
    for template in world.templates(site.counter.app):
        path = known.path(template)
        if path is not None:
            found.append(await read(browsers[known.holder(template)], template, f"/{code}{path}"))
    return [one for one in found if one is not None]


def faults(page: Read, code: str) -> list[str]:
    """What is wrong with a page, besides what axe sees."""
    levels = [int(level) for level in _HEADING.findall(page.html)]
    ids = _ID.findall(page.html)
    title = re.search(r"<title>(.*?)</title>", page.html, re.DOTALL)
    found = {
        f"weighs {page.weight}": page.weight > WEIGHT,
        f"makes {page.requests} requests": page.requests > REQUESTS,
        "does not say its language": f'<html lang="{code}">' not in page.html,
        "has no title of its own": title is None or not title[1].strip(" –").strip(),
        "has not one h1": levels.count(1) != 1,
        f"skips a heading {levels}": any(after > before + 1 for before, after in pairwise(levels)),
        f"repeats an id {sorted({one for one in ids if ids.count(one) > 1})}": len(ids) != len(set(ids)),
        "may be kept": page.headers.get("cache-control") != "no-store",
        "has no policy": "unsafe" in page.headers.get("content-security-policy", "unsafe"),
        "names a language for nothing": 'lang=""' in page.html,
    }
    return [f"{page.path} {what}" for what, is_wrong in found.items() if is_wrong]


@pytest.mark.parametrize("code", CODES)
async def test_every_page_is_light_titled_and_safe(site: Site, known: World, code: str) -> None:
    """≤ 30 kB and ≤ 5 requests cold (docs/pages.md), one h1, headings in order, a policy, nothing kept."""
    found = [fault for page in await pages(site, known, code) for fault in faults(page, code)]

    assert found == []


async def test_nobody_else_reads_a_page_of_somebody(site: Site, known: World) -> None:
    """Without a session one is sent to sign in; with another audience's session one is refused."""
    stranger, agent = site.visitor(), known.browser_of(site, "agent")
    for template in world.templates(site.counter.app):
        path = known.path(template)
        if path is None or any(template.startswith(one) for one in world.OPEN) or template.endswith("/connexion"):
            continue
        alone = await stranger.get(f"/fr{path}")
        if alone.status_code == 303:
            assert "/connexion?suite=" in alone.headers["location"], path
            if known.holder(template) != "agent":
                assert (await agent.get(f"/fr{path}")).status_code == 403, path
        else:
            assert path == "/" or template in world.ANYBODY, path


def test_every_route_has_something_to_show(settings: Settings) -> None:
    """A page that the walk cannot reach is a page that nothing proves: name in `world.made` what its path needs."""
    everything = world.templates(create_app(settings))
    names = {name for template in everything for name in re.findall(r"{(\w+)", template)}

    assert names <= world.NAMES, sorted(names - world.NAMES)
