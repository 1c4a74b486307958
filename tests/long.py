"""Whether this is `make test-long`: what takes its time then is shortened in `make test`."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def draws(examples: int, **more: Any) -> settings:
    """Settings that draw so many examples, ten times as many in `make test-long`; no example is timed."""
    return settings(max_examples=examples * (10 if LONG else 1), deadline=None, **more)
