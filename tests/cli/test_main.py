"""The command line: files become commands, errors are French sentences, and the exit code says which kind."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import adopt, published
from tests.cli.command import ROOT, guichet

KEY = base64.b64encode(bytes(range(32))).decode()


def test_a_command_that_does_not_exist_is_a_usage_error() -> None:
    """Exit 2, in French, with where to look."""
    done = guichet("decider")

    assert done.returncode == 2
    assert "La commande 'decider' n'existe pas." in done.stderr
    assert "guichet --help" in done.stderr


def test_an_unknown_option_is_a_usage_error() -> None:
    """The option is named, and the command whose help to read."""
    done = guichet("doctor", "--jsonn")

    assert done.returncode == 2
    assert "L'option --jsonn n'existe pas." in done.stderr
    assert "guichet doctor --help" in done.stderr


def test_a_value_that_does_not_fit_is_a_usage_error() -> None:
    """The option at fault is named."""
    done = guichet("api", "--port", "99999")

    assert done.returncode == 2
    assert "--port" in done.stderr


def test_a_missing_configuration_is_told_variable_by_variable() -> None:
    """Exit 1: nothing is wrong with the command line."""
    done = guichet("migrate")

    assert done.returncode == 1
    assert "DATABASE_URL n'est pas défini." in done.stderr
    assert "GUICHET_MASTER_KEY n'est pas défini." in done.stderr


def test_an_example_key_is_refused_without_being_repeated() -> None:
    """A key of zeros is the key of everybody."""
    zeros = "A" * 43 + "="

    done = guichet("migrate", environment={"DATABASE_URL": "postgresql://x@y/z", "GUICHET_MASTER_KEY": zeros})

    assert done.returncode == 1
    assert "GUICHET_MASTER_KEY" in done.stderr
    assert zeros not in done.stderr


def test_the_help_of_the_whole_names_every_command() -> None:
    """Each file of cli/commands is in the table, and says the name that the table gives it."""
    done = guichet("--help")

    assert done.returncode == 0
    for file in (ROOT / "cli" / "commands").glob("[a-z]*.py"):
        assert f"  {file.stem.replace('_', '-')} " in done.stdout, file.stem


def test_only_the_command_that_is_asked_is_loaded() -> None:
    """The light ones stay under a second because Temporal and the database are not imported for them."""
    probe = (
        "import sys; from cli.main import run; code = run(['clock', '--help']); "
        "sys.exit(code or any(name in sys.modules for name in ('temporalio', 'sqlalchemy', 'fastapi', 'boto3')))"
    )

    assert subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_a_reader_who_leaves_early_is_no_error() -> None:
    """`guichet --help | true`."""
    pipe = ["/bin/sh", "-c", '"$0" -m cli --help | true', sys.executable]
    done = subprocess.run(pipe, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_the_doctor_says_what_is_missing_in_json() -> None:
    """Exit 1 when something is; each finding says what to do."""
    done = guichet("doctor", "--json")

    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert said["ok"] is False
    assert all(finding["to_do"] for finding in said["checks"] if finding["ok"] is False)


def test_commands_find_what_runs_here_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`guichet up` publishes its settings to its own user; a database named by the environment comes first."""
    monkeypatch.setenv("GUICHET_DATA_DIR", str(tmp_path))
    settings = {"OPERATOR_DATABASE_URL": "postgresql://a@b/c", "GUICHET_MODE": "demonstration"}

    with published(tmp_path, settings):
        bare: dict[str, str] = {}
        adopt(bare)
        chosen = {"DATABASE_URL": "postgresql://d@e/f"}
        adopt(chosen)
        assert (tmp_path / "running.json").stat().st_mode & 0o777 == 0o600

    assert bare == settings
    assert chosen == {"DATABASE_URL": "postgresql://d@e/f"}
    afterwards: dict[str, str] = {}
    adopt(afterwards)
    assert afterwards == {}


@pytest.mark.parametrize(
    ("command", "own"),
    [
        ("api", {"APP_DATABASE_URL"}),
        ("worker", {"WORKER_DATABASE_URL"}),
        ("migrate", {"DATABASE_URL"}),
        ("user", {"APP_DATABASE_URL", "WORKER_DATABASE_URL", "OPERATOR_DATABASE_URL"}),
    ],
)
def test_each_command_finds_its_own_address_and_migrate_alone_the_owner_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, own: set[str]
) -> None:
    monkeypatch.setenv("GUICHET_DATA_DIR", str(tmp_path))
    names = ("DATABASE_URL", "APP_DATABASE_URL", "WORKER_DATABASE_URL", "OPERATOR_DATABASE_URL")
    with published(tmp_path, dict.fromkeys(names, "postgresql://a@b/c") | {"GUICHET_MODE": "production"}):
        bare: dict[str, str] = {}
        adopt(bare, command)

    assert set(bare) == own | {"GUICHET_MODE"}


@pytest.mark.parametrize(("words", "role"), [(("user", "list"), "OPERATOR"), (("verify", "2026-000001"), "WORKER")])
def test_in_production_no_command_but_migrate_takes_the_owner_s_address(words: tuple[str, ...], role: str) -> None:
    """It says which address it wants instead, and reaches nothing."""
    given = {"DATABASE_URL": "postgresql://x@127.0.0.1:9/z", "GUICHET_MASTER_KEY": KEY, "GUICHET_MODE": "production"}
    done = guichet(*words, environment=given)

    assert (done.returncode, done.stdout) == (1, "")
    assert f"Retirez-la d'ici, et donnez {role}_DATABASE_URL." in done.stderr


def test_what_a_killed_up_left_behind_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its addresses may belong to others now."""
    monkeypatch.setenv("GUICHET_DATA_DIR", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / "running.json").write_text(json.dumps({"pid": gone.pid, "environment": {"DATABASE_URL": "x"}}))

    found: dict[str, str] = {}
    adopt(found)

    assert found == {}
