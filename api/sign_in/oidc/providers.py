"""The two providers, as the settings name them, and what each one's rules ask of a client.

FranceConnect v2: `acr_values=eidas1`, signed userinfo. ProConnect: levels are asked by `claims`, because it refuses
any parameter that it does not document; `acr` and `amr` say whether two factors were checked there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from api.sign_in.oidc.failures import NotSignedIn
from storage.engine.settings import Settings

Name = Literal["franceconnect", "proconnect"]
NAMES: tuple[Name, ...] = get_args(Name)
TITLES: Mapping[str, str] = {"franceconnect": "FranceConnect", "proconnect": "ProConnect"}

EIDAS = ("eidas1", "eidas2", "eidas3")
TWO_FACTORS = (
    "eidas2",
    "eidas3",
    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
)
"""Levels of ProConnect that assert two factors."""

_CLAIMS = json.dumps({"id_token": {"acr": {"values": list(TWO_FACTORS)}, "amr": {"essential": True}}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An OpenID provider: who we are there, what we ask, and the levels that we admit (none named: any)."""

    name: Name
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str
    asked: Mapping[str, str]
    levels: tuple[str, ...] = ()
    idp_ids: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How people call it."""
        return TITLES[self.name]


def provider(settings: Settings, name: Name) -> Provider | None:
    """The provider of that name, if the settings say its issuer, our identifier and our secret there."""
    made = _franceconnect(settings) if name == "franceconnect" else _proconnect(settings)
    whole = made.issuer and made.client_id and made.client_secret
    # What passes in clear could be altered on the way; demonstrations and tests have a provider on the loopback.
    safe = settings.mode != "production" or made.issuer.startswith("https://")
    return made if whole and safe else None


def wanted(settings: Settings, name: Name) -> Provider:
    """The same. Raises NotSignedIn when it is not configured."""
    found = provider(settings, name)
    if found is None:
        raise NotSignedIn("away", f"{name} is not configured")
    return found


def _franceconnect(settings: Settings) -> Provider:
    return Provider(
        name="franceconnect",
        issuer=settings.franceconnect_issuer,
        client_id=settings.franceconnect_client_id,
        client_secret=settings.franceconnect_client_secret,
        scope="openid given_name family_name email",
        asked={"acr_values": "eidas1"},
        levels=EIDAS,
    )


def _proconnect(settings: Settings) -> Provider:
    return Provider(
        name="proconnect",
        issuer=settings.proconnect_issuer,
        client_id=settings.proconnect_client_id,
        client_secret=settings.proconnect_client_secret,
        scope="openid given_name usual_name email uid siret idp_id",
        asked={"claims": _CLAIMS},
        idp_ids=tuple(settings.proconnect_idp_ids.split()),
    )
