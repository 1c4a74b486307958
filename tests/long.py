"""Whether this is `make test-long`: what takes its time then is shortened in `make test`."""

from __future__ import annotations

import os

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
