"""What an act asks (`domain/act_fields.py`), as a page's form sends it: whoever's page it is."""

from datetime import datetime
from typing import Any

from starlette.datastructures import FormData

from domain.act_fields import Field
from domain.calendar import PARIS
from web.site.form_data import text


def read(field: Field, form: FormData, name: str) -> Any:
    """What was posted in the input of that name, as the API wants it; None when nothing was."""
    match field.kind:
        case "documents":
            return [str(one) for one in form.getlist(name)] or None
        case "pieces":
            asked = [str(one) for one in form.getlist(name)]
            return {piece: text(form, f"{name}.{piece}") for piece in asked} or None
        case "flag":
            return {"true": True, "oui": True, "false": False}.get(text(form, name))
        case "consent":
            return bool(text(form, name)) or None
        case "moment":
            return paris(text(form, name)) or None
        case "number":
            typed = text(form, name)
            return int(typed) if typed.isdecimal() and len(typed) < 6 else typed or None
        case _:
            return text(form, name) or None


def paris(typed: str) -> str:
    """An instant as a browser says it, in Paris; what cannot be read is left as it is, for the API to refuse."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=PARIS).isoformat()
    except ValueError:
        return typed
