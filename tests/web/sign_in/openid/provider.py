"""The real mock provider, as a process of its own, with people of whom some lie; and a browser that follows it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import httpx2

from parts.openid.configured import Configured, KnownClient, Person, write
from parts.ports import free_ports
from tests.web.visitors import Visitor

SITE = "http://127.0.0.1:8000"
"""`PUBLIC_URL` of the tests' settings; nothing listens there, the pages are served in process."""
CLIENT, SECRET = "guichet", "le-secret-du-guichet"
ROOT = Path(__file__).resolve().parents[4]
RETURNS = ("/connexion/franceconnect/retour", "/agents/connexion/proconnect/retour",
           "/mediateurs/connexion/proconnect/retour")  # fmt: skip
SIGN_OUTS = ("/deconnexion/franceconnect", "/deconnexion/proconnect")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider that answers at `issuer`."""

    issuer: str

    def settings(self, name: str) -> dict[str, str]:
        """The settings that name it."""
        return {f"{name}_issuer": self.issuer, f"{name}_client_id": CLIENT, f"{name}_client_secret": SECRET}


def person(
    sub: str, id_token: Mapping[str, Any] | None = None, userinfo: Mapping[str, Any] | None = None, **levels: Any
) -> Person:
    """Somebody of the provider; `levels` are claims of the ID token."""
    usual = {"given_name": "Anna", "family_name": "Le Goff", "email": f"{sub}@example.org"}
    return Person(
        sub=sub,
        label=sub,
        id_token={"acr": "eidas1", **levels, **(id_token or {})},
        userinfo=usual if userinfo is None else userinfo,
    )


@contextmanager
def providing(folder: Path, people: list[Person], module: str = "parts.openid") -> Iterator[Provider]:
    """A provider's process, while this lasts."""
    port = free_ports(1)[0]
    codes = ("fr", "br", "en")
    client = KnownClient(
        id=CLIENT,
        secret=SECRET,
        return_addresses=tuple(f"{SITE}/{code}{path}" for code in codes for path in RETURNS),
        sign_out_addresses=tuple(f"{SITE}/{code}{path}" for code in codes for path in SIGN_OUTS),
    )
    file = folder / f"provider-{port}.json"
    write(Configured(title="Fournisseur d'essai", client=client, people=tuple(people)), file)
    command = [sys.executable, "-m", module, str(file), "127.0.0.1", str(port)]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=log)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _await(issuer, process)
        yield Provider(issuer)
    finally:
        process.terminate()
        process.wait(10)


def _await(issuer: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urlopen(f"{issuer}/.well-known/openid-configuration", timeout=2):
            return
        time.sleep(0.05)
    raise AssertionError("the provider did not start")


def nobody_listens() -> str:
    """The address of a provider that is away."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


async def choose(leave: httpx2.Response, **fields: str) -> str:
    """At the provider where `leave` sends: open its page, send its form, and give where it sends back."""
    assert leave.status_code == 303, leave.text
    async with httpx2.AsyncClient(follow_redirects=False, timeout=20) as browser:
        page = await browser.get(leave.headers["location"])
        assert page.status_code == 200, page.text
        assert "Qui êtes-vous ?" in page.text
        chosen = await browser.post(leave.headers["location"], data=fields)
    assert chosen.status_code == 302, chosen.text
    return here(chosen.headers["location"])


def here(address: str) -> str:
    """A page of ours in an absolute address."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return parts.path + (f"?{parts.query}" if parts.query else "")


async def there_and_back(visitor: Visitor, base: str, sub: str) -> httpx2.Response:
    """Leave by the page `base`, choose somebody, and give the answer of our return page."""
    return await visitor.get(await choose(await visitor.get(base), sub=sub))
