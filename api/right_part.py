"""What may be kept of a page of a form that holds something wrong: everything else."""

import copy
from typing import Any

from api.form_errors import REQUIRED
from catalogue.forms import Form

MOST = 500
"""Wrong answers of one page, taken away one after the other; a page that has more is not kept."""


def right_part(form: Form, page: str, answers: dict[str, Any]) -> dict[str, Any]:
    """`answers` without what is wrong; what is only lacking may be answered later."""
    kept = copy.deepcopy(answers)
    for _ in range(MOST):
        wrong = [error.pointer for error in form.page_errors(page, kept) if error.code not in REQUIRED]
        if not wrong:
            return kept
        # The deepest first: a group that is wrong because of one answer keeps the others.
        _drop(kept, max(wrong, key=lambda pointer: pointer.count("/")).split("/")[2:])
    return {}


def _drop(holder: Any, path: list[str]) -> None:
    """Take away what is at the end of `path`; everything when the page itself is wrong."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in path] or [""]
    for part in parents:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
    if isinstance(holder, list):
        del holder[int(last)]
    elif path:
        del holder[last]
    else:
        holder.clear()
