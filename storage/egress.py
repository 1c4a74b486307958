"""The one way out to somebody else's address: resolved once, checked, and reached at that very address.

In production: https, ports 443 and 8443, public addresses only. Always: no redirect, five seconds, no body read.
"""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx2

SECONDS = 5.0
PORTS = frozenset({443, 8443})
DEFAULT_PORTS = {"https": 443, "http": 80}
# Ways to write an IPv4 address inside an IPv6 one: judged as unwanted rather than decoded.
DISGUISES = tuple(IPv6Network(net) for net in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48", "::/96"))


class ForbiddenAddress(Exception):
    """The address may not be called; no later attempt will change that."""


class Unanswered(Exception):
    """Nobody answered in time, or the connection broke: it may work later."""


@dataclass(frozen=True, slots=True)
class Egress:
    """Calls out; `strict` (production) refuses everything but public https."""

    strict: bool

    async def judge(self, url: str) -> None:
        """What `post` would refuse before calling. Raises ForbiddenAddress, or Unanswered when nothing is known yet."""
        await self._found(url)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """POST `body` and give the status answered. Raises ForbiddenAddress or Unanswered."""
        parts, port, address = await self._found(url)
        literal = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
        target = parts._replace(netloc=f"{literal}:{port}", fragment="").geturl()
        return await _send(target, body, {**headers, "host": parts.netloc}, parts.hostname or "")

    async def _found(self, url: str) -> tuple[SplitResult, int, IPv4Address | IPv6Address]:
        parts = self._judged(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        return parts, port, await self._resolved(parts.hostname or "", port)

    def _judged(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise ForbiddenAddress("the address cannot be read") from error
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ForbiddenAddress("only http(s) addresses are called")
        if parts.username is not None or parts.password is not None:
            raise ForbiddenAddress("an address does not carry a name or a password")
        if self.strict and parts.scheme != "https":
            raise ForbiddenAddress("only https is called in production")
        if self.strict and (443 if port is None else port) not in PORTS:
            raise ForbiddenAddress(f"port {port} is not called (only {sorted(PORTS)})")
        return parts

    async def _resolved(self, host: str, port: int) -> IPv4Address | IPv6Address:
        """One address of `host`; in strict mode each of them must be public, not only the one that is used."""
        try:
            found = await asyncio.wait_for(
                asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM), SECONDS
            )
        except (OSError, TimeoutError) as error:
            raise Unanswered("the name does not resolve") from error
        except ValueError as error:
            raise ForbiddenAddress("no such name can be") from error
        addresses = [ip_address(entry[4][0]) for entry in found]
        if self.strict and not all(public(address) for address in addresses):
            raise ForbiddenAddress("the name leads to an address that is not public")
        return addresses[0]


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet, whatever its notation."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return public(address.ipv4_mapped)
        if any(address in net for net in DISGUISES) or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


async def _send(target: str, body: bytes, headers: Mapping[str, str], name: str) -> int:
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx2.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", target, content=body, headers=dict(headers), extensions={"sni_hostname": name}
            ) as answer,
        ):
            return answer.status_code
    except (httpx2.HTTPError, TimeoutError, OSError) as error:
        raise Unanswered(f"no answer ({type(error).__name__})") from error
