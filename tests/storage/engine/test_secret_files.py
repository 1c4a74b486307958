"""Secrets come from files or descriptors, and a file that does not read is said, never guessed."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest

from storage.engine.secret_files import SecretUnreadable, written_to
from storage.engine.settings import Settings, secret_variables

KEY = base64.b64encode(bytes(range(40, 72))).decode()
URL = "postgresql://owner:mot-de-passe@127.0.0.1:5432/guichet"


def test_every_setting_that_is_never_shown_may_be_a_file(tmp_path: Path) -> None:
    """The settings are the same; the environment holds no secret."""
    given = {
        "DATABASE_URL": URL,
        "GUICHET_MASTER_KEY": KEY,
        "S3_SECRET_ACCESS_KEY": "s3cret",
        "SMTP_URL": "smtp://a:b@c",
    }
    named = written_to(tmp_path / "secrets", given)
    settings = Settings.of(named | {"GUICHET_MODE": "test"})
    assert settings.secrets() == given
    assert not any(secret in " ".join(named.values()) for secret in given.values())
    assert set(given) < set(secret_variables())
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "secrets").iterdir()} == {0o600}


def test_the_process_s_own_environment_may_name_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*secret_variables(), *(f"{name}_FILE" for name in secret_variables())):
        monkeypatch.delenv(name, raising=False)
    for name, file in written_to(tmp_path, {"DATABASE_URL": URL, "GUICHET_MASTER_KEY": f"{KEY}\n"}).items():
        monkeypatch.setenv(name, file)
    settings = Settings.model_validate({})
    assert (settings.database_url, settings.master_key) == (URL, KEY)


def test_a_descriptor_does_as_well() -> None:
    ours, theirs = os.pipe()
    os.write(theirs, KEY.encode())
    os.close(theirs)
    settings = Settings.of({"DATABASE_URL": URL, "GUICHET_MASTER_KEY_FILE": f"/dev/fd/{ours}"})
    os.close(ours)
    assert settings.master_key == KEY


def test_a_variable_wins_over_its_file(tmp_path: Path) -> None:
    named = written_to(tmp_path, {"DATABASE_URL": "postgresql://a@b/c"})
    assert Settings.of(named | {"DATABASE_URL": URL, "GUICHET_MASTER_KEY": KEY}).database_url == URL


def test_a_file_that_does_not_read_is_said() -> None:
    with pytest.raises(SecretUnreadable, match="GUICHET_MASTER_KEY_FILE : /nulle/part ne se lit pas"):
        Settings.of({"DATABASE_URL": URL, "GUICHET_MASTER_KEY_FILE": "/nulle/part"})
