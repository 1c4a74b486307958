"""What the grid of pages found, gathered into `web/accessibility.json` by `make accessibility`: in one process."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.web.axe import TAGS, VERSION
from web.site.accessibility import FILE

_counts: dict[tuple[str, int], tuple[int, int]] = {}


def add(code: str, width: int, pages: int, violations: int) -> None:
    """One language at one width; the file is written anew with all that is known."""
    _counts[code, width] = pages, violations
    told = {
        "on": datetime.now(UTC).date().isoformat(),
        "axe": VERSION,
        "tags": TAGS,
        "routes": max(count for count, _ in _counts.values()),
        "pages": sum(count for count, _ in _counts.values()),
        "languages": sorted({one for one, _ in _counts}),
        "widths": sorted({one for _, one in _counts}),
        "violations": sum(count for _, count in _counts.values()),
    }
    FILE.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
