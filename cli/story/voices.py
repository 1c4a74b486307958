"""Somebody who speaks to the HTTP API, signed in as themselves."""

import email
import email.policy
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pyotp

from cli.story.people import Staff

CODE = re.compile(r"code de connexion au guichet : ([0-9 ]+)")
PATIENCE = 10.0


class Misheard(RuntimeError):
    """The API answered otherwise than the story expects."""


class Voice:
    """One person's or system's requests, under their own session or token."""

    def __init__(self, address: str, prefix: str, token: str = "") -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self.client = httpx2.Client(base_url=f"{address}{prefix}", headers=headers, timeout=60)

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        files: Any = None,
        data: dict[str, str] | None = None,
    ) -> httpx2.Response:
        """One request, with its own Idempotency-Key when it writes. Raises Misheard on anything but success."""
        more = dict(headers or {})
        if method not in {"GET", "HEAD"}:
            more.setdefault("idempotency-key", str(uuid4()))
        answer = self.client.request(method, path, json=body, headers=more, files=files, data=data)
        if answer.is_success:
            return answer
        raise Misheard(f"{method} {path} → {answer.status_code} : {answer.text}")

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        return self("GET", path).json()

    def act(self, dossier: str, name: str, body: Any = None, *, within: str = "") -> Any:
        """An act on a dossier, on its present version."""
        place = f"{within}/dossiers/{dossier}"
        version = self("GET", place).headers["etag"]
        return self("POST", f"{place}/acts/{name}", body or {}, headers={"if-match": version}).json()


def staff(address: str, person: Staff) -> Voice:
    """An agent, a mediator or an administrator, by password and second factor."""
    prefix = {"agent": "/v1/agents", "mediator": "/v1/mediators", "administrator": "/v1/admin"}[person.audience]
    code = pyotp.TOTP(person.secret).now()
    body = {"email": person.email, "password": person.password, "code": code}
    return Voice(address, prefix, Voice(address, prefix)("POST", "/sign-in", body).json()["token"])


def resident(address: str, mailbox: Path, whose: str) -> Voice:
    """A resident, by the code that the counter sends to their address."""
    asked = time.time()
    speaking = Voice(address, "/v1/residents")
    challenge = speaking("POST", "/sign-in/code", {"email": whose}).json()["challenge"]
    body = {"challenge": challenge, "code": _code(mailbox, whose, asked)}
    return Voice(address, "/v1/residents", speaking("POST", "/sign-in", body).json()["token"])


def _code(mailbox: Path, whose: str, since: float) -> str:
    """The code of the last message to `whose`. Raises Misheard when none comes."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        fresh = [file for file in mailbox.glob("**/*.eml") if file.stat().st_mtime >= since - 1]
        for file in sorted(fresh, key=lambda each: each.stat().st_mtime, reverse=True):
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            found = CODE.search(body.get_content()) if body is not None and whose in str(message["to"]) else None
            if found:
                return found.group(1).strip()
        time.sleep(0.05)
    raise Misheard(f"aucun code n'est arrivé pour {whose}")
