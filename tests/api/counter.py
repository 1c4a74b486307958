"""The API in process over the real parts, and people who sign in to it as they really would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pyotp
from fastapi import FastAPI

from domain.permissions import Role, Scope
from storage.accounts import groups
from storage.accounts.accounts import Audience
from storage.accounts.administration import NewStaff, Office
from storage.engine.database import Context, Database
from storage.engine.settings import Settings
from storage.mail import posted_to

OWNER = Context(audience="owner", subject=None)
PASSWORD = "correct horse battery"
SPACE: Mapping[Audience, str] = {
    "resident": "residents",
    "agent": "agents",
    "mediator": "mediators",
    "administrator": "admin",
}


@dataclass(slots=True)
class SignedIn:
    """Somebody, or a system, who bears a token; paths are relative to their own space when they have no slash."""

    client: httpx2.AsyncClient
    space: str
    token: str
    account: UUID
    email: str = ""

    async def call(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """Send one request with the token."""
        url = path if path.startswith("/") else f"/v1/{self.space}/{path}"
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return await self.client.request(method, url, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        """GET."""
        return await self.call("GET", path, **options)

    async def post(self, path: str, **options: Any) -> httpx2.Response:
        """POST."""
        return await self.call("POST", path, **options)


@dataclass(slots=True)
class Staff:
    """A member of staff before signing in: the two factors."""

    id: UUID
    audience: Audience
    email: str
    secret: str = field(repr=False)
    password: str = PASSWORD

    def factors(self, *, drift: int = 0) -> dict[str, str]:
        """The body of a sign-in, with the code of `drift` steps from now."""
        code = pyotp.TOTP(self.secret).at(datetime.now(UTC), counter_offset=drift)
        return {"email": self.email, "password": self.password, "code": code}


@dataclass(slots=True)
class Counter:
    """The API, and ways to come to it."""

    app: FastAPI
    client: httpx2.AsyncClient
    settings: Settings
    owner: Database

    async def resident(self, email: str | None = None) -> SignedIn:
        """A resident who received a code and gave it back."""
        address = email or f"anne.{uuid4().hex[:8]}@example.org"
        asked = await self.client.post("/v1/residents/sign-in/code", json={"email": address})
        assert asked.status_code == 202, asked.text
        body = {"challenge": asked.json()["challenge"], "code": self.code_sent_to(address)}
        opened = await self.client.post("/v1/residents/sign-in", json=body)
        return self._signed_in("resident", opened, address)

    def code_sent_to(self, address: str) -> str:
        """The code of the last message to this address."""
        folder = self.settings.mail_folder
        assert folder is not None
        for file in sorted(folder.glob("*.eml"), key=_age, reverse=True):
            content = file.read_text(encoding="utf-8")
            if f"To: {posted_to(address)}" in content and (found := re.search(r"\b(\d{4}) (\d{4})\b", content)):
                return found.group(1) + found.group(2)
        raise AssertionError(f"no code was sent to {address}")

    async def staff(self, audience: Audience, *, organisation: UUID | None = None) -> Staff:
        """An account made by the operator, as the command line does."""
        email = f"{audience}.{uuid4().hex[:8]}@example.org"
        async with self.owner.transaction(OWNER) as connection:
            made: NewStaff = await Office(connection, self.settings.master, None).add_staff(
                audience, email, "Maryvonne Le Goff", password=PASSWORD, organisation=organisation, to_change=False
            )
        return Staff(id=made.id, audience=audience, email=email, secret=secret_in(made.otpauth_uri))

    async def sign_in(self, staff: Staff) -> SignedIn:
        """Sign a member of staff in by both factors."""
        opened = await self.client.post(f"/v1/{SPACE[staff.audience]}/sign-in", json=staff.factors())
        return self._signed_in(staff.audience, opened, staff.email)

    async def agent(self, *groups: str, role: Role = "signatory", procedures: tuple[str, ...] = ()) -> SignedIn:
        """An agent signed in, member of these groups (made at need, serving these procedures)."""
        staff = await self.staff("agent")
        async with self.owner.transaction(OWNER) as connection:
            office = Office(connection, self.settings.master, None)
            for group in groups:
                await ensure_group(office, group, procedures)
                await office.put_member(group, staff.id, role)
        return await self.sign_in(staff)

    async def mediator(self) -> tuple[SignedIn, UUID]:
        """A mediator signed in, and the organisation it belongs to."""
        async with self.owner.transaction(OWNER) as connection:
            organisation = await Office(connection, self.settings.master, None).add_organisation("Ti ar Vro", None)
        return await self.sign_in(await self.staff("mediator", organisation=organisation)), organisation

    async def administrator(self) -> SignedIn:
        """An administrator signed in."""
        return await self.sign_in(await self.staff("administrator"))

    async def system(self, *scopes: str, name: str = "") -> SignedIn:
        """A system with a token of these scopes."""
        async with self.owner.transaction(OWNER) as connection:
            made = await Office(connection, self.settings.master, None).create_token(
                name or f"SI {uuid4().hex[:8]}", [Scope.parse(scope) for scope in scopes], timedelta(days=1)
            )
        return SignedIn(client=self.client, space="systems", token=made.token, account=made.system)

    def _signed_in(self, audience: Audience, opened: httpx2.Response, email: str) -> SignedIn:
        assert opened.status_code == 201, opened.text
        found = opened.json()
        return SignedIn(
            client=self.client,
            space=SPACE[audience],
            token=found["token"],
            account=UUID(found["account"]),
            email=email,
        )


async def ensure_group(office: Office, slug: str, procedures: tuple[str, ...]) -> None:
    """Make a group unless it is there; it serves at least these procedures."""
    known = {one.slug: one for one in await groups.every(office.connection)}
    if slug not in known:
        await office.add_group(slug, slug, procedures)
    elif missing := set(procedures) - set(known[slug].procedures):
        await office.serve(slug, [*known[slug].procedures, *missing])


def secret_in(otpauth_uri: str) -> str:
    """The secret that an enrolment address carries."""
    secret: str = pyotp.parse_uri(otpauth_uri).secret
    return secret


def _age(file: Path) -> float:
    return file.stat().st_mtime_ns
