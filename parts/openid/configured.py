"""What a provider of this machine is told: its name, the clients that it knows, the people who sign in there."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClient:
    """A client declared in advance: nothing but its exact return addresses is redirected to."""

    id: str
    secret: str = field(repr=False)
    return_addresses: tuple[str, ...]
    sign_out_addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs in at a click: `label` is the button's; the claims of the ID token and of userinfo."""

    sub: str
    label: str
    id_token: Mapping[str, Any]
    userinfo: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """One provider. `required`: parameters without which it refuses to begin, as the real one does."""

    title: str
    client: KnownClient
    people: tuple[Person, ...]
    required: tuple[str, ...] = ("state", "nonce")


def write(configured: Configured, file: Path) -> None:
    """Write it for the process that will read it; it holds the client's secret: 0600."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(asdict(configured), out, ensure_ascii=False)


def read(file: Path) -> Configured:
    """What `write` wrote."""
    said = json.loads(file.read_text(encoding="utf-8"))
    client = said["client"]
    return Configured(
        title=said["title"],
        client=KnownClient(
            id=client["id"],
            secret=client["secret"],
            return_addresses=tuple(client["return_addresses"]),
            sign_out_addresses=tuple(client["sign_out_addresses"]),
        ),
        people=tuple(Person(**person) for person in said["people"]),
        required=tuple(said["required"]),
    )
