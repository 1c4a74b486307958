"""A form with every format and every annotation, and an answer to it: `every_format.json`."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from catalogue.forms import Form

FILE = Path(__file__).with_suffix(".json")


def written() -> tuple[Form, dict[str, Any]]:
    """The form and its answer, each a copy of its own."""
    both = json.loads(FILE.read_text(encoding="utf-8"))
    return Form(both["form"]), copy.deepcopy(both["example"])
