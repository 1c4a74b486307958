"""Our end of the exchanges with a provider: what it says of itself, its keys, the code against tokens, userinfo."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.providers import Provider

log = structlog.get_logger(__name__)

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that a provider has to answer each request."""
KEPT = 3600.0
"""Seconds for which what a provider says of itself is kept; its keys are asked again as soon as one is unknown."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


@dataclass(slots=True)
class Client:
    """One provider, as this process knows it."""

    provider: Provider
    _metadata: Mapping[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _until: float = 0.0

    async def metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself (Discovery 1.0). Raises NotSignedIn."""
        if time.monotonic() > self._until:
            address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = _json(await _ask("GET", address))
            self._refuse_stranger(found)
            self._metadata, self._keys, self._until = found, None, time.monotonic() + KEPT
        return self._metadata

    async def tokens(self, code: str, redirect_uri: str, verifier: str) -> Mapping[str, Any]:
        """The tokens of an authorization code. Raises NotSignedIn."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self.provider.client_id,
            "client_secret": self.provider.client_secret,
        }
        proof = {"code_verifier": verifier} if verifier else {}
        return _json(await _ask("POST", (await self.metadata())["token_endpoint"], data=asked | proof))

    async def userinfo(self, access_token: str) -> str:
        """The signed userinfo (a JWT). Raises NotSignedIn when the provider sends anything else."""
        endpoint = (await self.metadata())["userinfo_endpoint"]
        answer = await _ask("GET", endpoint, headers={"authorization": f"Bearer {access_token}"})
        if answer.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/jwt":
            raise NotSignedIn("not_proven", "userinfo is not signed")
        return answer.text.strip()

    async def verified(self, read: Callable[[KeySet], T]) -> T:
        """What `read` makes of the provider's keys; they are asked again once, for they may have been renewed."""
        for fresh in (False, True):
            keys = await self._key_set(fresh=fresh)
            try:
                return read(keys)
            except (JoseError, ValueError) as error:
                if fresh:
                    raise NotSignedIn("not_proven", f"{type(error).__name__}") from error
        raise AssertionError("unreachable")

    async def _key_set(self, *, fresh: bool) -> KeySet:
        metadata = await self.metadata()
        if self._keys is None or fresh:
            try:
                self._keys = readable_keys(_json(await _ask("GET", metadata["jwks_uri"]))["keys"])
            except (KeyError, ValueError, TypeError) as error:
                raise NotSignedIn("away", "the provider's keys cannot be read") from error
        return self._keys

    def _refuse_stranger(self, metadata: Mapping[str, Any]) -> None:
        """The document is the issuer's own, and no exchange is less protected than it was."""
        scheme = urlsplit(self.provider.issuer).scheme
        if metadata.get("issuer") != self.provider.issuer:
            raise NotSignedIn("away", "the discovery document is another issuer's")
        if any(urlsplit(str(metadata.get(name, ""))).scheme not in {scheme, "https"} for name in ENDPOINTS):
            raise NotSignedIn("away", "the discovery document lacks an endpoint, or names one in clear")


def readable_keys(published: Iterable[Mapping[str, Any]]) -> KeySet:
    """The keys that we can read. Those of a kind that we do not know are passed over (RFC 7517 §5).

    Raises ValueError when none is left.
    """
    keys: list[Key] = []
    for one in published:
        try:
            keys += KeySet.import_key_set({"keys": [dict(one)]}).keys
        except (JoseError, KeyError, ValueError, TypeError) as error:
            log.warning("a provider's key is passed over", kind=type(error).__name__)
    if not keys:
        raise ValueError("no key can be read")
    return KeySet(keys)


async def _ask(method: str, url: str, **options: Any) -> httpx2.Response:
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=False) as http:
            answer = await http.request(method, url, **options)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise NotSignedIn("away", f"{type(error).__name__} at {urlsplit(url).path}") from error
    if answer.status_code >= 500:
        raise NotSignedIn("away", f"{answer.status_code} at {urlsplit(url).path}")
    if answer.status_code != 200:
        # A code already used, or not ours: the provider knows why, and says so in its own log.
        raise NotSignedIn("lost", f"{answer.status_code} at {urlsplit(url).path}")
    return answer


def _json(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError as error:
        raise NotSignedIn("away", "an answer is not JSON") from error
    if not isinstance(found, dict):
        raise NotSignedIn("away", "an answer is not a JSON object")
    return found
