"""`guichet user|group|organisation|token`: the first administrator needs nobody; secrets are shown once."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pyotp
import pytest

from storage.accounts import identities
from storage.engine.database import Context
from storage.engine.settings import Settings
from tests.api.conftest import counter as counter  # noqa: PLC0414 (the fixture, by its name)
from tests.api.conftest import shared_counter as shared_counter  # noqa: PLC0414
from tests.api.counter import PASSWORD, Counter, Staff, secret_in
from tests.cli.command import guichet


class Operator:
    """Somebody at the command line, whose address is the operator's: the owner's is not theirs."""

    def __init__(self, settings: Settings) -> None:
        self.environment = settings.served_as("operator").environment()

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        done = guichet(*words, environment=self.environment)
        return done.returncode, done.stdout, done.stderr

    def read(self, *words: str) -> Any:
        """What a command prints with --json."""
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def operator(settings: Settings) -> Operator:
    return Operator(settings)


async def test_the_first_administrator_is_made_here_and_signs_in(operator: Operator, counter: Counter) -> None:
    email = f"premiere.{uuid4().hex[:8]}@example.org"
    made = operator.read("user", "add", "--audience", "administrator", "--email", email, "--name", "Première")
    staff = Staff(
        id=made["id"],
        audience="administrator",
        email=email,
        secret=secret_in(made["otpauth_uri"]),
        password=made["password"],
    )

    chosen = staff.factors(drift=-1) | {"new_password": PASSWORD}
    assert (await counter.client.post("/v1/admin/sign-in", json=chosen)).status_code == 201
    staff.password = PASSWORD
    signed_in = await counter.sign_in(staff)
    log = (await signed_in.get("log")).json()

    assert (await signed_in.get("accounts")).status_code == 200
    assert [one["actor"] for one in log if one["target"] == made["id"]] == [None]


async def test_an_account_is_unbound_from_a_provider(operator: Operator, counter: Counter) -> None:
    email, issuer = f"lie.{uuid4().hex[:8]}@example.org", "https://franceconnect.example"
    made = UUID(operator.read("user", "add", "--email", email, "--name", "Gaël")["id"])
    async with counter.owner.transaction(Context(audience="agent", subject=made)) as connection:
        assert await identities.bind(connection, counter.settings.master, "agent", issuer, "sub", made)

    (bound,) = operator.read("user", "identities", email)
    unknown = operator.run("user", "unbind", email, "--issuer", "https://ailleurs.example")
    done = operator.run("user", "unbind", email, "--issuer", issuer)

    assert bound["issuer"] == issuer
    assert unknown[0] == 1
    assert done[0] == 0
    assert operator.read("user", "identities", email) == []


def test_an_agent_is_put_in_a_group_with_a_role(operator: Operator) -> None:
    slug, email = f"pmi-{uuid4().hex[:8]}", f"agent.{uuid4().hex[:8]}@example.org"
    made = operator.read("user", "add", "--email", email, "--name", "Gaël")
    assert operator.run("group", "add", slug, "--title", "PMI", "--procedure", "apa-domicile")[0] == 0
    assert operator.run("group", "member", "add", slug, email, "--role", "signatory")[0] == 0

    assert operator.read("group", "member", "list", slug) == [{"account": made["id"], "role": "signatory"}]
    (listed,) = [one for one in operator.read("group", "list") if one["slug"] == slug]
    assert listed["procedures"] == ["apa-domicile"]


def test_factors_are_replaced_and_accounts_closed_by_address(operator: Operator) -> None:
    email = f"agent.{uuid4().hex[:8]}@example.org"
    made = operator.read("user", "add", "--email", email, "--name", "Gaël")
    again = operator.read("user", "reset-second-factor", email)

    assert pyotp.parse_uri(again["otpauth_uri"]).name == email
    assert again["otpauth_uri"] != made["otpauth_uri"]
    assert operator.run("user", "disable", email)[0] == 0
    (listed,) = [one for one in operator.read("user", "list", "--audience", "agent") if one["email"] == email]
    assert listed["disabled_at"]
    assert operator.run("user", "enable", made["id"])[0] == 0


def test_a_token_is_shown_once_and_revoked(operator: Operator) -> None:
    made = operator.read("token", "create", "--system", "SI", "--scope", "apa-domicile:deposit", "--days", "30")
    assert operator.run("token", "revoke", made["id"])[0] == 0
    (listed,) = [one for one in operator.read("token", "list") if one["id"] == made["id"]]

    assert made["token"].startswith("gch_")
    assert made["token"] not in json.dumps(listed)
    assert listed["revoked_at"]


def test_a_mediator_joins_an_organisation(operator: Operator) -> None:
    organisation = operator.read("organisation", "add", "--name", "Ti ar Vro")["id"]
    email = f"mediatrice.{uuid4().hex[:8]}@example.org"
    made = operator.read("user", "add", "--audience", "mediator", "--email", email, "--name", "Maëlle")

    assert operator.run("organisation", "member", "add", organisation, email)[0] == 0
    assert operator.read("organisation", "member", "list", organisation) == [made["id"]]
    assert operator.run("organisation", "member", "remove", organisation, email)[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("user", "disable", "nobody@example.org"), 1, "nobody@example.org"),
        (("user", "disable", str(uuid4())), 1, "Aucun compte"),
        (("user", "disable", "nobody"), 2, "UUID"),
        (("user", "add", "--email", "nowhere", "--name", "x"), 2, "adresse"),
        (("group", "member", "list", "no-such-group"), 1, "no-such-group"),
        (("token", "create", "--system", "SI", "--scope", "apa-domicile:destroy"), 2, "deposit"),
        (("token", "create", "--system", "SI", "--scope", "apa-domicile:read", "--days", "0"), 2, "--days"),
        (("organisation", "add", "--name", "x", "--siret", "12"), 2, "quatorze"),
    ],
)
def test_what_is_refused_says_why(operator: Operator, words: tuple[str, ...], code: int, said: str) -> None:
    found, out, err = operator.run(*words)

    assert (found, out) == (code, "")
    assert said in err
