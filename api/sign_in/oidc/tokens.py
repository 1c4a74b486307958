"""What a provider signs: ID tokens and userinfo, verified by its keys before anything in them is read."""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.providers import Provider

ALGORITHMS = ("ES256", "RS256")
"""The two that FranceConnect and ProConnect sign with; `none` and shared secrets are none of them."""
LEEWAY = 30
"""Seconds by which the provider's clock may differ from ours."""


def id_token_claims(token: str, keys: KeySet, provider: Provider, nonce: str) -> Mapping[str, Any]:
    """The claims of an ID token (OpenID Connect Core §3.1.3.7). Raises NotSignedIn, JoseError for an unknown key."""
    claims = _read(token, keys)
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    _validate(registry, claims)
    _refuse_other_party(claims, provider)
    if provider.levels and claims.get("acr") not in provider.levels:
        raise NotSignedIn("not_proven", "the level (acr) is below what was asked")
    return claims


def userinfo_claims(token: str, keys: KeySet, provider: Provider, subject: str) -> Mapping[str, Any]:
    """The claims of a signed userinfo, about that very subject. Raises NotSignedIn, JoseError for an unknown key."""
    claims = _read(token, keys)
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True, "value": subject},
    )
    _validate(registry, claims)
    return claims


def _read(token: str, keys: KeySet) -> dict[str, Any]:
    return jwt.decode(token, keys, algorithms=ALGORITHMS).claims


def _validate(registry: jwt.JWTClaimsRegistry, claims: dict[str, Any]) -> None:
    try:
        registry.validate(claims)
    except JoseError as error:
        raise NotSignedIn("not_proven", str(error)) from error


def _refuse_other_party(claims: Mapping[str, Any], provider: Provider) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotSignedIn("not_proven", "the token was made for another party (azp)")
