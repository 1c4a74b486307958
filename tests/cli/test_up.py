"""`guichet up`: everything on one machine, from one command, and nothing left behind by any death."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import httpx2
import pytest

from storage.engine.settings import Settings
from tests.cli.command import ROOT, guichet
from tests.the_parts import throwaway_folder

pytestmark = pytest.mark.timeout(900)
"""Whichever test comes first waits for the two lives of `told`."""
ANSWERS = re.compile(r"répond à (https?://\S+)")
UNSET = ("DATABASE_URL", "TEMPORAL_ADDRESS", "S3_ENDPOINT_URL", "GUICHET_MASTER_KEY")


class Up:
    """A `guichet up` on a data folder of its own."""

    def __init__(self, data_dir: Path, *words: str, given: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        environment = {name: value for name, value in os.environ.items() if name not in UNSET} | dict(given or {})
        command = [sys.executable, "-u", "-m", "cli", "up", "--data-dir", str(data_dir), *words]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: list[str] = []
        self.at = ""

    def address(self) -> str:
        """Where it answers, once it says so."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if found := ANSWERS.search(line):
                return found[1]
        raise AssertionError("".join(self.said))

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for its end."""
        self.process.send_signal(number)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@contextmanager
def swept() -> Iterator[Path]:
    """A data folder, and the certainty that nothing of ours still runs on it afterwards."""
    folder = throwaway_folder()
    yield folder / "data"
    for pid in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder of the test's own."""
    with swept() as folder:
        yield folder


@dataclass(frozen=True)
class Told:
    """Two lives of `make run` on one folder: the first ended by Ctrl-C, the second still there to be looked at."""

    first: Up
    mine: str
    """The page where a person arrived in the first, through FranceConnect."""
    second: Up


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """Begun once for all who only look: a start costs fifteen seconds of processor. The second dies of kill -9."""
    with swept() as folder:
        first = Up(folder, "--demonstration")
        mine = signed_in_by_franceconnect(first.address(), "anna-le-goff")
        assert first.end(signal.SIGINT) == 0
        assert until(lambda: not processes_of(folder)), processes_of(folder)
        second = Up(folder, "--demonstration")
        second.at = second.address()
        yield Told(first, mine, second)
        assert len(processes_of(folder)) >= 5
        assert second.end(signal.SIGKILL) == -signal.SIGKILL
        assert until(lambda: not processes_of(folder)), processes_of(folder)


@pytest.fixture
def up(told: Told) -> Up:
    """The one that runs."""
    return told.second


def environments() -> Iterator[bytes]:
    """What the kernel shows of the environment of each living process."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            yield (process / "environ").read_bytes()


def processes_of(folder: Path) -> list[int]:
    """The living processes that name the folder on their command line, or work in it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            named = str(folder).encode() in (process / "cmdline").read_bytes()
            inside = str(process.joinpath("cwd").readlink()).startswith(str(folder))
        except OSError:
            continue
        if named or inside:
            found.append(int(process.name))
    return found


def until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_a_second_up_on_the_same_folder_is_refused(up: Up, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence, with exit 1; the first goes on."""
    monkeypatch.setenv("GUICHET_KEEPER_PATIENCE", "0.2")
    second = Up(up.data_dir)
    said, _ = second.process.communicate(timeout=60)

    assert second.process.returncode == 1
    assert "tourne déjà" in said
    with urlopen(f"{up.at}/health/live", timeout=5) as answer:
        assert answer.status == 200


def test_the_doctor_finds_what_runs(up: Up) -> None:
    """From another terminal of the same user, without a variable but the folder."""
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    done = guichet("doctor", "--json", environment=environment | {"GUICHET_DATA_DIR": str(up.data_dir)})

    findings = json.loads(done.stdout)
    assert [finding for finding in findings["checks"] if finding["ok"] is False] == []
    assert findings["ok"] is True
    assert done.returncode == 0


def test_a_port_asked_for_and_taken_is_refused(up: Up, data_dir: Path) -> None:
    """Another one is never chosen behind the back of whoever asked."""
    taken = up.at.rpartition(":")[2]
    other = Up(data_dir, "--port", taken)
    said, _ = other.process.communicate(timeout=60)

    assert other.process.returncode == 1
    assert f"Le port {taken} est pris" in said


def test_addresses_that_are_given_replace_the_parts(data_dir: Path, settings: Settings) -> None:
    """Only the API and the worker are ours then; nothing is started that somebody already runs."""
    up = Up(data_dir, given=settings.environment())
    with urlopen(f"{up.address()}/health/live", timeout=5) as answer:
        assert answer.status == 200

    logs = {log.stem for log in (data_dir / "logs").iterdir()}
    around = [environment for environment in environments() if f"{data_dir}/secrets/".encode() in environment]
    assert up.end(signal.SIGTERM) == 0
    assert until(lambda: not processes_of(data_dir)), processes_of(data_dir)

    assert logs == {"api", "worker"}
    assert len(around) >= 2
    for secret in (settings.master_key, settings.s3_secret_access_key, settings.database_url):
        assert not any(secret.encode() in environment for environment in around)
    kept = {folder.name: {file.name for file in folder.iterdir()} for folder in (data_dir / "secrets").iterdir()}
    for role, addresses in kept.items():
        assert {name for name in addresses if name.endswith("DATABASE_URL")} == {f"{role.upper()}_DATABASE_URL"}
    assert set(kept) == {"app", "worker"}
    assert not (data_dir / "postgresql").exists()
    assert not (data_dir / "master.key").exists()


def test_over_tls_its_own_authority_is_what_a_client_trusts(data_dir: Path) -> None:
    """On every interface when asked; cookies are then for TLS alone. It leaves with its parent, as `make run` asks."""
    words = f'-m cli up --tls --host 0.0.0.0 --with-parent --data-dir "{data_dir}"'
    given = os.environ | {"SMTP_URL": "smtp://127.0.0.1:9"}
    command = f'"{sys.executable}" {words}; true'
    parent = subprocess.Popen(["/bin/sh", "-c", command], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=given)
    assert parent.stdout is not None
    address = next(found[1] for line in parent.stdout if (found := ANSWERS.search(line)))
    trusted = ssl.create_default_context(cafile=str(data_dir / "tls" / "autorite.pem"))
    with urlopen(f"{address}/fr/", timeout=5, context=trusted) as answer:
        cookie = answer.headers["set-cookie"]

    parent.kill()
    parent.wait()

    assert until(lambda: not processes_of(data_dir)), processes_of(data_dir)
    parent.stdout.close()
    assert address.startswith("https://")
    assert "Secure" in cookie


def test_for_others_than_this_machine_it_refuses_to_speak_in_clear(data_dir: Path) -> None:
    """In production alone: what to change is said, and how to try without."""
    up = Up(data_dir, "--host", "0.0.0.0")  # noqa: S104 (what is tested)
    said, _ = up.process.communicate(timeout=120)

    assert up.process.returncode == 1
    assert "PUBLIC_URL" in said
    assert "SMTP_URL" in said
    assert "--demonstration" in said


def signed_in_by_franceconnect(address: str, sub: str) -> str:
    """The page where somebody arrives who chose to sign in through the demonstration's provider."""
    with httpx2.Client(follow_redirects=True, timeout=60) as browser:
        there = browser.get(f"{address}/fr/connexion/franceconnect")
        assert "FranceConnect (démonstration)" in there.text
        return browser.post(there.url, data={"sub": sub}).text


def test_it_answers(up: Up) -> None:
    """From one command."""
    with urlopen(f"{up.at}/health/live", timeout=5) as answer:
        assert answer.status == 200


def test_the_stories_of_make_run_are_told_to_their_ends_and_again_after_a_restart(told: Told) -> None:
    """Each procedure filed, instructed and decided through the API; the second start goes on from the first."""
    assert "Anna Le Goff" in told.mine
    assert "Agrément" in told.mine
    said, again = ("".join(each.said) for each in (told.first, told.second))
    for line in (
        "reçoit mandat de Yves Kerbrat",
        "128,45\u00a0€ à sa charge",
        "elle est notifiée avant les deux mois",
        "lit où en est son dépôt : accordée",
        "l'attestation délivrée d'elle-même",
        "[CASF L421-6, CASF D421-15]",
        "Histoires racontées",
        "Trois portes d'entrée",
        "/fr/espace",
        "/fr/mediateurs/",
        "/fr/agents/",
        "S'identifier avec FranceConnect",
    ):
        assert line in said
    assert "interrompue" not in said
    assert "Histoires racontées" in again
    references = [re.findall(r"référence (\S+)\.", each) for each in (said, again)]
    assert len(references[0]) == len(references[1]) == 4
    assert not set(references[0]) & set(references[1])
