"""What was typed is not lost when a session ends before it is sent: sealed in the page that asks to sign in again.

Nothing is kept on our side and nothing is in an address. What comes back is opened for the same person only, within
the hour, and shown to nobody: its page offers to send it, as it was, under the new session. It is carried through the
sign-in by code; after any other, the page that kept it gives it back (`web/public/resuming.py`).
"""

import base64
import binascii
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from storage.engine.master_key import MasterKey, Unreadable
from web.site.form_data import CSRF, WHO

LIFETIME = timedelta(hours=1)
MOST = 100_000
"""Bytes; no page of ours sends as much text."""
FIELD = "garde"
SECRET = frozenset({"password", "new_password", "code"})
"""Fields whose form is not kept: they are typed again."""
_CONTEXT = "kept-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A form as it was sent: to which path, its fields in order, whose it was (`who_is`), and when (UTC)."""

    path: str
    fields: tuple[tuple[str, str], ...]
    who: str
    at: datetime


_KEPT = TypeAdapter(Kept)


def who_is(master: MasterKey, account: UUID) -> str:
    """What tells that the same person comes back; it names nobody."""
    return master.fingerprint(str(account), _CONTEXT).hex()


def sealed(master: MasterKey, path: str, posted: Iterable[tuple[str, Any]]) -> str:
    """The form sent to `path`, as a hidden field holds it; empty when its page does not say whose it was."""
    pairs = [(name, value) for name, value in posted if isinstance(value, str)]
    who = dict(pairs).get(WHO, "")
    fields = tuple(pair for pair in pairs if pair[0] not in {CSRF, WHO})
    if not who or SECRET & dict(fields).keys() or sum(len(name) + len(value) for name, value in fields) > MOST:
        return ""
    kept = Kept(path=path, fields=fields, who=who, at=datetime.now(UTC))
    return base64.urlsafe_b64encode(master.seal(to_json(kept), _CONTEXT)).decode()


def opened(master: MasterKey, said: str, account: UUID) -> Kept | None:
    """What the person who has just signed in had sent; None when it is another's, too old, or not ours."""
    try:
        kept = _KEPT.validate_json(master.open(base64.urlsafe_b64decode(said), _CONTEXT))
    except (binascii.Error, ValueError, Unreadable, ValidationError):
        return None
    late = datetime.now(UTC) - kept.at > LIFETIME
    return None if late or not hmac.compare_digest(kept.who.encode(), who_is(master, account).encode()) else kept
