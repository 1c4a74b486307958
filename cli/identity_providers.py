"""The OpenID providers of the demonstration: real processes, the people of the stories, the pages of our own return."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.entrance import Entrance
from parts.openid.configured import Configured, KnownClient, Person, write
from parts.ports import free_ports
from parts.supervisor import Part

LANGUAGES = ("fr", "br", "en")
CLIENT = "guichet-demonstration"
RETURNS: Mapping[str, tuple[str, ...]] = {
    "franceconnect": ("/connexion/franceconnect/retour",),
    "proconnect": ("/agents/connexion/proconnect/retour", "/mediateurs/connexion/proconnect/retour"),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "franceconnect": ("state", "nonce", "acr_values"),
    "proconnect": ("state", "nonce"),
}
TITLES: Mapping[str, str] = {
    "franceconnect": "FranceConnect (démonstration)",
    "proconnect": "ProConnect (démonstration)",
}


@dataclass(frozen=True, slots=True)
class Providers:
    """The settings that name them, and the processes to hold."""

    environment: dict[str, str]
    parts: tuple[Part, ...]


def providers(
    data_dir: Path, entrance: Entrance, address: str, people: Mapping[str, tuple[Person, ...]], own: Mapping[str, str]
) -> Providers:
    """One provider for each name of `people`, whose client is the counter at `address`."""
    environment: dict[str, str] = {}
    parts = []
    for name, port in zip(people, free_ports(len(people), entrance.host), strict=True):
        secret, prefix = secrets.token_urlsafe(32), name.upper()
        file = data_dir / f"{name}.json"
        write(_configured(name, address, secret, people[name]), file)
        environment |= {
            f"{prefix}_ISSUER": entrance.address(port),
            f"{prefix}_CLIENT_ID": CLIENT,
            f"{prefix}_CLIENT_SECRET": secret,
        }
        tls = () if entrance.tls is None else (str(entrance.tls.certificate), str(entrance.tls.key))
        argv = (sys.executable, "-W", "ignore", "-m", "parts.openid", str(file), entrance.host, str(port), *tls)
        parts.append(Part(name=name, argv=argv, env=dict(own), tier=2))
    return Providers(environment, tuple(parts))


def _configured(name: str, address: str, secret: str, people: tuple[Person, ...]) -> Configured:
    def everywhere(*paths: str) -> tuple[str, ...]:
        return tuple(f"{address}/{code}{path}" for code in LANGUAGES for path in paths)

    client = KnownClient(
        id=CLIENT,
        secret=secret,
        return_addresses=everywhere(*RETURNS[name]),
        sign_out_addresses=everywhere(f"/deconnexion/{name}"),
    )
    return Configured(title=TITLES[name], client=client, people=people, required=REQUIRED[name])
