"""What a process of Guichet is told by its environment: addresses, keys, mode. Nothing else is read from it.

Every field is an environment variable of the same name in capitals (`master_key`, `mode`, `task_queue_prefix` and
`metrics_port` carry the prefix `GUICHET_`). Addresses of databases are libpq URLs:
`postgresql://role:password@host:port/name`. A secret may be in a file instead, which `<VARIABLE>_FILE` names.
"""

import os
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

from pydantic import Field, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from storage.engine import addresses
from storage.engine.master_key import MasterKey
from storage.engine.secret_files import read_from

Mode = Literal["production", "demonstration", "test"]
DatabaseRole = Literal["owner", "app", "worker", "operator", "keys", "backup"]
Served = Literal["app", "worker", "operator"]

APP_ROLE = "guichet_app"
WORKER_ROLE = "guichet_worker"
OPERATOR_ROLE = "guichet_operator"
KEYS_ROLE = "guichet_keys"
BACKUP_ROLE = "guichet_backup"


class NoAddress(LookupError):
    """This process was not told how that role reaches the database; the message names the variable."""


class Settings(BaseSettings):
    """The settings of one process.

    `database_url` is the owner's address: migrations have it, and nothing else; what serves (`served_as`) and the
    operator's commands have their own role's instead, whose password, when the address says none, the master key
    derives. Where the owner's is known the others follow from it: one secret is enough on a machine alone.
    """

    model_config = SettingsConfigDict(
        extra="ignore", populate_by_name=True, hide_input_in_errors=True, ignored_types=(cached_property,)
    )

    database_url: str = Field(default="", repr=False)
    app_database_url: str | None = Field(default=None, repr=False)
    worker_database_url: str | None = Field(default=None, repr=False)
    operator_database_url: str | None = Field(default=None, repr=False)
    keys_database_url: str | None = Field(default=None, repr=False)
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "guichet"
    s3_endpoint_url: str = "http://127.0.0.1:7070"
    s3_access_key_id: str = ""
    s3_secret_access_key: str = Field(default="", repr=False)
    s3_bucket: str = "guichet"
    s3_locked_bucket: str = "guichet-actes"
    # smtp://[user:password@]host[:port][?starttls=optional|no] or smtps://… (`storage/mail.py`)
    smtp_url: str | None = Field(default=None, repr=False)
    mail_folder: Path | None = None
    clamd_address: str | None = None
    franceconnect_issuer: str = ""
    franceconnect_client_id: str = ""
    franceconnect_client_secret: str = Field(default="", repr=False)
    proconnect_issuer: str = ""
    proconnect_client_id: str = ""
    proconnect_client_secret: str = Field(default="", repr=False)
    proconnect_idp_ids: str = ""
    public_url: str = "http://127.0.0.1:8000"
    # mailto:… or https://…, several separated by blanks: whom to tell of a weakness (/.well-known/security.txt)
    security_contact: str = Field(default="", pattern=r"^((mailto:|https://|tel:)\S+(\s|$))*$")
    master_key: str = Field(validation_alias="GUICHET_MASTER_KEY", repr=False)
    mode: Mode = Field(default="production", validation_alias="GUICHET_MODE")
    # `guichet up` on the loopback says so: nobody comes from elsewhere, and nothing passes in clear on a network.
    only_here: bool = Field(default=False, validation_alias="GUICHET_ONLY_HERE")
    task_queue_prefix: str = Field(default="", validation_alias="GUICHET_TASK_QUEUE_PREFIX")
    metrics_port: int | None = Field(default=None, validation_alias="GUICHET_METRICS_PORT")

    @field_validator(
        "database_url", "app_database_url", "worker_database_url", "operator_database_url", "keys_database_url"
    )
    @classmethod
    def _plain_url(cls, value: str | None) -> str | None:
        return addresses.plain(value) if value else value

    @field_validator("master_key")
    @classmethod
    def _usable_key(cls, value: str) -> str:
        MasterKey.from_text(value)
        return value

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that `environment` alone says; the process's own variables are not read."""
        environment = {**environment, **read_from(environment, secret_variables())}
        said = {name: environment[key] for name, key in _variables().items() if key in environment}
        return _Given.model_validate(said)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (names that pydantic passes)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed, then the environment, then the files that it names."""
        return (init_settings, env_settings, _Files(settings_cls))

    @cached_property
    def master(self) -> MasterKey:
        """What seals, fingerprints, and derives the passwords of our database roles."""
        return MasterKey.from_text(self.master_key)

    def url_of(self, role: DatabaseRole) -> str:
        """The libpq URL by which `role` reaches its database; `keys` reaches the keys' own database.

        Raises NoAddress where this process was not told it.
        """
        match role:
            case "owner":
                return self.database_url or _untold("DATABASE_URL")
            case "app" | "worker" | "operator":
                login = f"guichet_{role}"
                return self._said(self._served(role), login) or self._derived(login, f"{role.upper()}_DATABASE_URL")
            case "backup":
                return self._derived(BACKUP_ROLE, "DATABASE_URL")
            case "keys":
                beside = addresses.with_database(self._any or _untold("KEYS_DATABASE_URL"), self.keys_database)
                derived = addresses.with_user(beside, KEYS_ROLE, self.master.password_of(KEYS_ROLE))
                return self._said(self.keys_database_url, KEYS_ROLE) or derived

    @property
    def keys_database(self) -> str:
        """The name of the database that holds the dossiers' wrapped keys, and nothing else."""
        url = self.keys_database_url
        return addresses.database_of(url) if url else f"{addresses.database_of(self._any)}_keys"

    def served_as(self, role: Served) -> "Settings":
        """What a process that serves as `role` is told: that role's address, and neither the owner's nor another's."""
        untold: dict[str, Any] = {"database_url": ""} | {f"{each}_database_url": None for each in get_args(Served)}
        return self.model_copy(update=untold | {f"{role}_database_url": self.url_of(role)})

    def secrets(self) -> dict[str, str]:
        """The variables of these settings that are secrets, with their values: for files, not for an environment."""
        return {name: value for name, value in self.environment().items() if value and name in secret_variables()}

    def environment(self) -> dict[str, str]:
        """The variables that give these settings to a child process."""
        said = {variable: getattr(self, name) for name, variable in _variables().items()}
        return {variable: str(value) for variable, value in said.items() if value not in (None, "")}

    def told(self) -> dict[str, str]:
        """The same, with the addresses by which each role serves: for the commands of who runs everything here."""
        served = {f"{role.upper()}_DATABASE_URL": self.url_of(role) for role in get_args(Served)}
        return self.environment() | served

    @property
    def _any(self) -> str:
        """An address of the main database, whoever's."""
        return self.database_url or next(filter(None, map(self._served, get_args(Served))), "")

    def _served(self, role: Served) -> str | None:
        """The address that was given for `role`."""
        url: str | None = getattr(self, f"{role}_database_url")
        return url

    def _said(self, url: str | None, role: str) -> str | None:
        """An address as it was given, with the role's own password when it says none."""
        if not url or not addresses.lacks_password(url, role):
            return url
        return addresses.with_user(url, role, self.master.password_of(role))

    def _derived(self, role: str, variable: str) -> str:
        return addresses.with_user(self.database_url or _untold(variable), role, self.master.password_of(role))


def _untold(variable: str) -> NoReturn:
    raise NoAddress(f"{variable} n'est pas défini.")


class _Files(PydanticBaseSettingsSource):
    """The secrets that are in files. Raises SecretUnreadable."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """All are read at once, below."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        variables = {name: field for field, name in _variables().items()}
        found = read_from(os.environ, secret_variables())
        return {name if name.startswith("GUICHET_") else variables[name]: value for name, value in found.items()}


class _Given(Settings):
    """Settings read from what is passed, and from nowhere else."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (names that pydantic passes)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once. Raises `pydantic.ValidationError` naming what is missing."""
    return Settings.model_validate({})


def secret_variables() -> tuple[str, ...]:
    """The variables that hold a secret: those that are never shown."""
    shown = {name: field.repr for name, field in Settings.model_fields.items()}
    return tuple(variable for name, variable in _variables().items() if not shown[name])


def _variables() -> dict[str, str]:
    fields = Settings.model_fields
    return {name: str(field.validation_alias or name.upper()) for name, field in fields.items()}
