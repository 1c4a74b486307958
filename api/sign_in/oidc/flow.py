"""One sign-in at a provider: there, with what only our browser can give back; then back, with a code, verified."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc.util import urlsafe_b64encode

from api.sign_in.oidc.client import Client
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.providers import TWO_FACTORS, Provider
from api.sign_in.oidc.tokens import id_token_claims, userinfo_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What the browser keeps, sealed, until it comes back; `verifier` is empty where PKCE is not supported."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the provider says has signed in there. `email_verified` is None where it does not say."""

    issuer: str
    subject: str
    email: str
    email_verified: bool | None
    name: str
    two_factors: bool
    id_token: str = field(repr=False)


async def begin(client: Client, redirect_uri: str, back: str) -> tuple[str, Begun]:
    """Where to send the browser, and what it must keep. Raises NotSignedIn."""
    metadata, provider = await client.metadata(), client.provider
    has_pkce = "S256" in metadata.get("code_challenge_methods_supported", ())
    begun = Begun(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48) if has_pkce else "",
        back=back,
    )
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.scope,
        "state": begun.state,
        "nonce": begun.nonce,
        **provider.asked,
    }
    if has_pkce:
        asked |= {"code_challenge": challenge(begun.verifier), "code_challenge_method": "S256"}
    there = urlsplit(metadata["authorization_endpoint"])
    return there._replace(query=urlencode([*parse_qsl(there.query), *asked.items()])).geturl(), begun


def challenge(verifier: str) -> str:
    """What the provider is shown of the verifier before it is sent (RFC 7636 §4.2)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()


async def finish(client: Client, redirect_uri: str, begun: Begun | None, said: Mapping[str, str]) -> Identity:
    """Who has come back, from the query of the return address. Raises NotSignedIn."""
    if begun is None or not hmac.compare_digest(begun.state.encode(), said.get("state", "").encode()):
        raise NotSignedIn("lost", "no such sign-in was begun by this browser")
    if "error" in said:
        is_away = said["error"] in {"server_error", "temporarily_unavailable"}
        raise NotSignedIn("away" if is_away else "declined", said["error"][:80])
    if not said.get("code"):
        raise NotSignedIn("lost", "no code came back")
    tokens = await client.tokens(said["code"], redirect_uri, begun.verifier)
    id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise NotSignedIn("not_proven", "a token is missing")
    provider = client.provider
    proven = await client.verified(lambda keys: id_token_claims(id_token, keys, provider, begun.nonce))
    signed = await client.userinfo(access_token)
    told = await client.verified(lambda keys: userinfo_claims(signed, keys, provider, proven["sub"]))
    _refuse_other_source(provider, told)
    return _identity(provider, proven, told, id_token)


def _identity(provider: Provider, proven: Mapping[str, Any], told: Mapping[str, Any], id_token: str) -> Identity:
    name = " ".join(str(told[one]) for one in ("given_name", "usual_name", "family_name") if told.get(one))
    verified = told.get("email_verified")
    methods = proven.get("amr")
    return Identity(
        issuer=provider.issuer,
        subject=proven["sub"],
        email=str(told.get("email") or "")[:254],
        email_verified=verified if isinstance(verified, bool) else None,
        name=name[:200],
        two_factors=proven.get("acr") in TWO_FACTORS or (isinstance(methods, list) and "mfa" in methods),
        id_token=id_token,
    )


def _refuse_other_source(provider: Provider, told: Mapping[str, Any]) -> None:
    """Where the settings name the identity providers admitted behind ProConnect, the others are not."""
    if provider.idp_ids and told.get("idp_id") not in provider.idp_ids:
        raise NotSignedIn("declined", "this identity provider is not admitted")
