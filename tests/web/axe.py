"""axe-core in a page: from npm into the cache, given to the page by `evaluate` because our policy is strict."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from playwright.async_api import Page

from parts.places import cache_dir

VERSION = "4.14.1"
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))
.violations.flatMap(one => one.nodes.map(node => [one.id, node.target.join(' '), node.failureSummary]))"""


@dataclass(frozen=True, slots=True)
class Violation:
    """What axe found: the rule, where, and why."""

    rule: str
    where: str
    why: str


async def violations(page: Page) -> list[Violation]:
    """What axe finds wrong with the page as it stands."""
    await page.evaluate(source())
    return [Violation(*found) for found in await page.evaluate(_RUN, TAGS)]


@lru_cache(maxsize=1)
def source() -> str:
    """The script. Fails the test where npm is missing and the cache empty."""
    kept = cache_dir() / f"axe-core-{VERSION}.js"
    if not kept.exists():
        _fetch(kept)
    return kept.read_text(encoding="utf-8")


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm manque pour axe-core : apt-get install npm.")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packing = [npm, "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", folder]
        subprocess.run(packing, check=True, capture_output=True, timeout=120, cwd=folder)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            script = archive.extractfile("package/axe.min.js")
            assert script is not None
            written = Path(folder) / "axe.js"
            written.write_bytes(script.read())
        # Several workers may fetch at once: each puts a whole file in place.
        shutil.copy(written, partial := kept.with_suffix(f".{Path(folder).name}"))
        partial.rename(kept)
