"""`oidc-provider-mock`, completed until it behaves as FranceConnect and ProConnect do.

It brings the authorization code flow, signed ID tokens with their nonce, keys, discovery and sign-out. Added here:
signed userinfo, PKCE, scopes named as claims, required parameters, a client declared in advance with its exact
addresses, and pages in French. Its debugger, which runs code typed in a browser, is off.
"""

import hashlib
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
from jinja2 import ChoiceLoader, FileSystemLoader
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64encode
from oidc_provider_mock import User, app
from oidc_provider_mock import _app as mock
from oidc_provider_mock._storage import Client, storage

from parts.openid.configured import Configured

LIFETIME = 300
SCOPES = ("openid", "given_name", "family_name", "usual_name", "email", "uid", "siret", "idp_id")
_ALONGSIDE = {"email_verified": "email"}


def provider_app(configured: Configured) -> flask.Flask:
    """The provider, as a WSGI application."""
    people = tuple(
        User(sub=person.sub, claims={"id_token": dict(person.id_token), "userinfo": dict(person.userinfo)})
        for person in configured.people
    )
    made: flask.Flask = app(
        require_client_registration=True,
        require_nonce=True,
        issue_refresh_token=False,
        access_token_max_age=timedelta(seconds=LIFETIME),
        user_claims=people,
    )
    made.debug = False
    made.wsgi_app = flask.Flask.wsgi_app.__get__(made)  # type: ignore[method-assign]
    ours = FileSystemLoader(Path(__file__).with_name("templates"))
    made.jinja_loader = ChoiceLoader([ours, *filter(None, (made.jinja_loader,))])
    labels = {person.sub: person.label for person in configured.people}
    made.context_processor(lambda: {"title": configured.title, "labels": labels})
    mock.OpenIDCode.generate_user_info = _levels
    _Completed(configured).install(made)
    with made.test_request_context("/"):
        made.preprocess_request()
        storage.store_client(_client(configured))
    return made


class _Completed:
    """What this process remembers of each exchange to do what the mock does not."""

    def __init__(self, configured: Configured) -> None:
        self.configured = configured
        self.challenges: dict[str, str] = {}
        self.bearers: dict[str, str] = {}

    def install(self, made: flask.Flask) -> None:
        """Stand before and after the mock's own endpoints."""
        made.before_request(self.before)
        made.after_request(self.after)

    def before(self) -> flask.Response | None:
        """Refuse what the real providers refuse."""
        asked = flask.request
        match asked.endpoint:
            case "oidc-provider-mock.authorize":
                missing = [name for name in self.configured.required if not asked.args.get(name)]
                return _refused(f"missing: {', '.join(missing)}") if missing else None
            case "oidc-provider-mock.issue_token":
                expected = self.challenges.pop(asked.form.get("code", ""), "")
                given = asked.form.get("code_verifier", "")
                shown = urlsafe_b64encode(hashlib.sha256(given.encode()).digest()).decode()
                is_right = not expected or shown == expected
                return None if is_right else _refused("code_verifier", error="invalid_grant")
            case "oidc-provider-mock.end_session":
                to = asked.values.get("post_logout_redirect_uri", "")
                is_known = to in self.configured.client.sign_out_addresses
                is_asked = all(asked.values.get(name) for name in ("id_token_hint", "state"))
                return None if is_known and is_asked else _refused("sign-out")
            case "oidc-provider-mock.end_session_confirm":
                to = asked.form.get("redirect_uri", "").partition("?")[0]
                return None if to in self.configured.client.sign_out_addresses else _refused("sign-out")
            case "oidc-provider-mock.set_user" | "oidc-provider-mock.register_client":
                return _refused("closed")
        return None

    def after(self, answer: flask.Response) -> flask.Response:
        """Complete what the mock answered."""
        match flask.request.endpoint:
            case "oidc-provider-mock.openid_config":
                answer.set_data(flask.json.dumps({**(answer.get_json() or {}), **_METADATA}))
            case "oidc-provider-mock.authorize" if answer.status_code == 302:
                self._remember_challenge(answer.headers["location"])
            case "oidc-provider-mock.issue_token" if answer.status_code == 200:
                token = (answer.get_json() or {}).get("access_token", "")
                self.bearers[token] = flask.request.form.get("client_id", "")
            case "oidc-provider-mock.userinfo" if answer.status_code == 200:
                answer.set_data(self._signed_userinfo())
                answer.headers["content-type"] = "application/jwt"
        return answer

    def _remember_challenge(self, location: str) -> None:
        code = parse_qs(urlsplit(location).query).get("code", [""])[0]
        if code and (challenge := flask.request.args.get("code_challenge")):
            self.challenges[code] = challenge

    def _signed_userinfo(self) -> str:
        bearer = flask.request.headers["authorization"].partition(" ")[2]
        token = storage.get_access_token(bearer)
        if token is None:
            raise LookupError("the mock admitted a bearer that it does not know")
        now = int(time.time())
        claims = {
            "iss": flask.request.host_url.rstrip("/"),
            "aud": self.bearers[bearer],
            "iat": now,
            "exp": now + LIFETIME,
            "sub": token.user_id,
            **_told(token.get_user(), token.scope.split()),
        }
        return signed(claims)


def signed(claims: dict[str, Any]) -> str:
    """Claims signed by this provider's key, as its ID tokens are."""
    key = RSAKey.import_key(storage.jwk.as_dict(is_private=True))
    return jwt.encode({"alg": "RS256", "kid": key.kid or key.thumbprint()}, claims, key)


_METADATA = {
    "scopes_supported": SCOPES,
    "code_challenge_methods_supported": ["S256"],
    "userinfo_signing_alg_values_supported": ["RS256"],
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


def _levels(_self: object, user: User, _scope: str) -> dict[str, object]:
    """What the ID token says besides what the protocol puts there: how the person was recognised, not who it is."""
    return {"sub": user.sub, **_part(user, "id_token")}


def _told(user: User, scopes: list[str]) -> Mapping[str, object]:
    """Of what userinfo could say, what the scopes let out."""
    said = _part(user, "userinfo")
    return {name: value for name, value in said.items() if _ALONGSIDE.get(name, name) in {*scopes, "sub"}}


def _part(user: User, name: str) -> dict[str, Any]:
    found = user.claims[name]
    return dict(found) if isinstance(found, dict) else {}


def _client(configured: Configured) -> Client:
    return Client(
        id=configured.client.id,
        secret=configured.client.secret,
        redirect_uris=list(configured.client.return_addresses),
        allowed_scopes=list(SCOPES),
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 (the name of a method)
    )


def _refused(why: str, error: str = "invalid_request") -> flask.Response:
    return flask.make_response({"error": error, "error_description": why}, 400)
