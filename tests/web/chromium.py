"""Where Chromium is on this machine; the tests of pages need it, and say how to get it."""

from __future__ import annotations

import os
import shutil

import pytest


def executable() -> str:
    """The browser's path. Fails the test where there is none: `.ci/run` and `make test` install it as root."""
    asked = os.environ.get("CHROMIUM")
    found = asked or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("Chromium manque : apt-get install chromium, ou dites où il est (CHROMIUM=/chemin).")
    return found
