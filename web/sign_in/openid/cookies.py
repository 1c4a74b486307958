"""What a browser keeps for us while it is at the provider: sealed, for ten minutes, for these pages alone."""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from api.http.cookies import is_secure
from api.services import Services
from storage.engine.master_key import Unreadable
from web.site.page import Here

LIFETIME = 600


@dataclass(frozen=True, slots=True)
class SealedCookie:
    """A cookie that only we can read or make; `path` is that of the pages it serves, without their language."""

    name: str
    path: str

    def keep(self, answer: Response, here: Here, services: Services, content: Mapping[str, str]) -> None:
        """Give it to the browser."""
        sealed = services.master.seal(
            json.dumps({**content, "until": str(int(time.time()) + LIFETIME)}).encode(), self._context(here)
        )
        answer.set_cookie(
            self._named(services),
            base64.urlsafe_b64encode(sealed).decode(),
            max_age=LIFETIME,
            path=here.url(self.path),
            httponly=True,
            secure=is_secure(services),
            samesite="lax",
        )

    def read(self, here: Here, services: Services) -> dict[str, str] | None:
        """What it holds; None when it is absent, altered, or too old."""
        try:
            sealed = base64.urlsafe_b64decode(here.request.cookies.get(self._named(services), ""))
            found: dict[str, str] = json.loads(services.master.open(sealed, self._context(here)))
        except (Unreadable, ValueError):
            return None
        return found if int(found.pop("until")) >= time.time() else None

    def drop(self, answer: Response, here: Here, services: Services) -> None:
        """Take it back."""
        answer.delete_cookie(
            self._named(services), path=here.url(self.path), httponly=True, secure=is_secure(services), samesite="lax"
        )

    def _named(self, services: Services) -> str:
        # Bound to its pages' path, it cannot be `__Host-`; over TLS alone it can (RFC 6265bis §4.1.3.1).
        return f"__Secure-{self.name}" if is_secure(services) else self.name

    def _context(self, here: Here) -> str:
        return f"cookie|{self.name}|{here.url(self.path)}"
