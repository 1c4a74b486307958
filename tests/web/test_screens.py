"""The main pages, photographed: `make screens` keeps them in docs/screens, for whoever wants to see before running."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.web import world
from tests.web.test_in_chromium import context_of
from tests.web.visitors import Site

SHOWN = {
    "accueil": "/",
    "demarche": "/demarches/{slug}",
    "pour-moi": "/demarches/{slug}/pour-moi",
    "formulaire": "/brouillons/{draft}/pages/{page}",
    "relecture": "/brouillons/{draft}/verification",
    "demande": "/dossiers/{dossier}",
    "pourquoi": "/dossiers/{dossier}/pourquoi",
    "mediateur": "/mediateurs/mandats/{mandate}/espace",
    "agent-file": "/agents/files/{group}",
    "agent-demande": "/agents/dossiers/{dossier}",
    "agent-avenir": "/agents/dossiers/{dossier}/avenir",
    "auteur": "/auteurs/{slug}",
    "auteur-cas": "/auteurs/{slug}/cas/{name}",
}
WIDTHS = (320, 1280)
FEW = 2
"""Pages photographed when nobody asked for the pictures: enough to know that `make screens` can."""


@pytest.mark.timeout(600)
async def test_the_main_pages_are_photographed(site: Site, served: str, browser: Browser, tmp_path: Path) -> None:
    """At the widths of an old telephone and of a desk, in French; each picture shows something."""
    asked = os.environ.get("SCREENS")
    folder, shown = Path(asked or tmp_path), dict(list(SHOWN.items())[: None if asked else FEW])
    known = await world.made(site)
    taken: list[Path] = []
    for width in WIDTHS:
        tabs = {who: await (await context_of(browser, served, known, who, width)).new_page() for who in known.sessions}
        for name, template in shown.items():
            path = known.path(template)
            assert path is not None, template
            tab = tabs[known.holder(template)]
            answer = await tab.goto(f"{served}/fr{path}")
            assert answer is not None
            assert answer.status == 200, f"{path} → {answer.status}"
            taken.append(folder / f"{name}-{width}.jpg")
            await tab.screenshot(path=taken[-1], type="jpeg", quality=70)

    assert all(size > 5_000 for size in map(_size, taken))


def _size(picture: Path) -> int:
    return picture.stat().st_size
