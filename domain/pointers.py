"""The value at a JSON pointer (RFC 6901) of a form."""

from collections.abc import Mapping
from typing import Any


def at_pointer(form: Any, pointer: str) -> Any:
    """The value there, None where there is none."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(form, Mapping) or name not in form:
            return None
        form = form[name]
    return form
