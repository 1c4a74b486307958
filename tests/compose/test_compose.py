"""`compose.yaml` is a Compose file, and describes this product: its settings, its processes, nothing open by mistake.

`compose-spec.json` is the Compose Specification's own schema (compose-go 2.16.2, Apache 2.0: LICENSES).
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator

from storage.engine.settings import DatabaseRole, NoAddress, Settings, secret_variables

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(Path(__file__).with_name("compose-spec.json").read_text())
ADDRESSES = {
    "api": {"APP_DATABASE_URL"},
    "worker": {"WORKER_DATABASE_URL"},
    "operator": {"OPERATOR_DATABASE_URL", "WORKER_DATABASE_URL"},
    "migrations": {"DATABASE_URL"},
}
OURS = tuple(ADDRESSES)
EVERY_ADDRESS = frozenset().union(*ADDRESSES.values())
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file as YAML reads it, anchors and merges resolved."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def faults(compose: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(compose)]


def test_it_is_a_compose_file(compose: dict[str, Any]) -> None:
    """Every key and value is one that the specification knows."""
    assert faults(compose) == []


def test_the_schema_refuses_what_compose_would(compose: dict[str, Any]) -> None:
    """The check above can fail: an unknown key, a wrong type."""
    assert faults(compose | {"services": {"api": {"imagge": "x"}}})
    assert faults(compose | {"services": {"api": {"image": "x", "read_only": {"no": "mapping"}}}})


def test_each_service_waits_for_services_that_exist(compose: dict[str, Any]) -> None:
    """No dependency on a name that is not there; a volume used is declared."""
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {volume.partition(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"])


def test_our_processes_are_given_settings_that_exist(compose: dict[str, Any]) -> None:
    """A setting renamed in the code is renamed here, and the two without default are given."""
    known = {str(field.validation_alias or name.upper()) for name, field in Settings.model_fields.items()}
    for name in OURS:
        said = set(compose["services"][name]["environment"])
        given = {variable.removesuffix("_FILE") for variable in said}
        assert given <= known
        bare = {variable for variable in said if not variable.endswith("_FILE")}
        assert bare.isdisjoint(set(secret_variables()) - EVERY_ADDRESS)
        assert {"GUICHET_MASTER_KEY", "TEMPORAL_ADDRESS", "S3_ENDPOINT_URL", "CLAMD_ADDRESS"} <= given
        assert given & EVERY_ADDRESS == ADDRESSES[name]


def test_migrations_alone_know_the_owner_and_each_process_reaches_the_database_as_its_own_role(
    compose: dict[str, Any],
) -> None:
    """Their addresses say no password: the master key derives it, and gives it to the address of one's own role."""
    for name, service in compose["services"].items():
        assert ("database_url" in service.get("secrets", [])) == (name == "migrations")
    for name in OURS[:-1]:
        said = {variable: compose["services"][name]["environment"][variable] for variable in ADDRESSES[name]}
        assert "database_url" not in compose["services"][name]["secrets"]
        assert {urlsplit(address).password for address in said.values()} == {None}
        settings = Settings.of(said | {"GUICHET_MASTER_KEY": KEY, "GUICHET_MODE": "test"})
        roles = {variable.removesuffix("_DATABASE_URL").lower() for variable in said} | {"keys"}
        passwords = {known: settings.master.password_of(f"guichet_{known}") for known in roles}
        assert {known: urlsplit(url).password for known, url in reached(settings).items()} == passwords


def reached(settings: Settings) -> dict[str, str]:
    """How each role whose address is known reaches its database."""
    found = {}
    for role in get_args(DatabaseRole):
        with suppress(NoAddress):
            found[role] = settings.url_of(role)
    return found


def test_no_secret_has_a_default(compose: dict[str, Any]) -> None:
    """Each is a file that Compose makes of a variable, and it refuses to start without the variable."""
    settings = compose["services"]["migrations"]["environment"]
    for secret in ("GUICHET_MASTER_KEY", "S3_SECRET_ACCESS_KEY", "DATABASE_URL", "SMTP_URL"):
        file = settings[f"{secret}_FILE"].removeprefix("/run/secrets/")
        assert list(compose["secrets"][file]) == ["environment"]
        everybody = OURS if secret != "DATABASE_URL" else ("migrations",)
        assert all(file in compose["services"][name]["secrets"] for name in everybody)


def test_several_workers_and_only_the_api_can_be_reached_from_outside(compose: dict[str, Any]) -> None:
    """Databases, Temporal and documents stay on the inner network."""
    services = compose["services"]
    assert services["worker"]["deploy"]["replicas"] > 1
    assert [name for name, service in services.items() if "ports" in service] == ["api"]


def test_versions_of_images_are_said(compose: dict[str, Any]) -> None:
    """No `latest`, and no image without a tag."""
    for service in compose["services"].values():
        assert service["image"].partition(":")[2] not in ("", "latest")
