"""What every test may ask for: the real parts, a database of its own, the settings that reach them.

- `parts`: environment of PostgreSQL, Temporal (time skipping allowed) and S3, shared by the whole run;
- `database_urls`: a database and a keys database for this pytest worker, migrated;
- `settings`: the Settings of this worker: its databases, buckets, task queues and mail folder;
- `own_settings`: the Settings of one test: a database whose clock it may move, queues, a mail folder;
- `temporal`: a client of the worker's namespace;
- `own_parts`: parts of the test's own, to kill and start again.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import hypothesis
import pytest
from argon2 import PasswordHasher
from temporalio.client import Client

from parts import embedded
from storage.accounts import passwords
from storage.documents import intake, sandbox
from storage.documents.checks.examine import Examined, examine
from storage.engine.settings import Settings
from storage.objects.store import object_store
from tests.databases import DatabaseUrls, Template, migrated
from tests.long import LONG
from tests.the_parts import SharedParts, ask, throwaway_folder

OwnParts = Callable[..., embedded.Running]


_WAIT = {"cli", "parts", "workers"}
_SHARED = pytest.StashKey[SharedParts]()


hypothesis.settings.register_profile("usual", deadline=None, print_blob=True, max_examples=25)
hypothesis.settings.register_profile("long", deadline=None, print_blob=True, max_examples=3000)


def pytest_configure(config: pytest.Config) -> None:
    """The process that began the run holds the parts; xdist workers only ask for them."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        # Begun in the background (`&`, nohup), we ignore them, and so would the processes that tests interrupt.
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
    if not hasattr(config, "workerinput"):
        config.stash[_SHARED] = SharedParts()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that wait for the real parts go first, each among two that compute: no core waits, none ends alone.

    What is marked `long` is left to `make test-long`, unless its file alone is asked for.
    """
    if not LONG and (long := [item for item in items if item.get_closest_marker("long")]) and len(long) < len(items):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    files = list(dict.fromkeys(item.path for item in items))
    waiting = {file: 3 * number for number, file in enumerate(file for file in files if _WAIT & set(file.parts))}
    computing = {file: 1.5 * number for number, file in enumerate(file for file in files if file not in waiting)}
    rank = waiting | computing
    items.sort(key=lambda item: rank[item.path])


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the collector need not look through it again, all along the run."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the parts at the end of the run."""
    if (shared := config.stash.get(_SHARED, None)) is not None:
        shared.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured (`record_property("figure", "…")`), whichever worker ran them."""
    reports = (report for each in terminalreporter.stats.values() for report in each)
    told = [given for report in reports for given in getattr(report, "user_properties", ())]
    for name, figure in dict.fromkeys(told):
        if name == "figure":
            terminalreporter.write_line(str(figure))


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """Digests cost a tenth of a second of processor each, by design: here next to nothing (but `costly_passwords`)."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords cost what they cost in production."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher())
    passwords.nobody.cache_clear()
    yield
    passwords.nobody.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _examined_here() -> None:
    """Documents are examined in this process: one of its own each costs a quarter of a second (but `confined`)."""
    pytest.MonkeyPatch().setattr(intake, "examine_apart", _examined)


def _examined(file: BinaryIO, length: int, name: str, declared: str = "") -> Examined:
    del length
    return examine(file, name, declared)


@pytest.fixture
def confined(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are examined as in production: by a process that has no secret, no network and no file."""
    monkeypatch.setattr(intake, "examine_apart", sandbox.examine_apart)


@pytest.fixture(scope="session")
def worker_name() -> str:
    """The name of this pytest worker, `main` without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def parts() -> dict[str, str]:
    """The environment of the real parts, started once for the run."""
    return ask()


@pytest.fixture(scope="session")
def template(parts: dict[str, str]) -> Template:
    """The databases that the others are copies of, migrated once for the run."""
    return migrated(parts)


@pytest.fixture(scope="session")
def database_urls(template: Template, worker_name: str) -> DatabaseUrls:
    """A database and its keys database for this worker, migrated; gone with the cluster at the end of the run."""
    return template.copied(f"guichet_{worker_name}_{uuid4().hex[:8]}")


@pytest.fixture(scope="session")
def settings(
    parts: dict[str, str], database_urls: DatabaseUrls, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The settings of this worker, in test mode; nothing of the machine's own environment enters them."""
    return Settings.of(
        parts
        | {
            "DATABASE_URL": database_urls.main,
            "GUICHET_MODE": "test",
            "GUICHET_TASK_QUEUE_PREFIX": f"{worker_name}-",
            "S3_BUCKET": f"guichet-{worker_name}",
            "S3_LOCKED_BUCKET": f"guichet-actes-{worker_name}",
            "MAIL_FOLDER": str(tmp_path_factory.mktemp("mail")),
        }
    )


@pytest.fixture
def own_settings(template: Template, settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose database, keys, queues and mail folder no other test touches: its clock may be moved."""
    name = f"guichet_office_{uuid4().hex[:10]}"
    own = {
        "DATABASE_URL": template.copied(name).main,
        "GUICHET_TASK_QUEUE_PREFIX": f"{name}-",
        "MAIL_FOLDER": str(tmp_path / "mail"),
    }
    yield Settings.of(settings.environment() | own)
    template.forgotten(name)


@pytest.fixture
async def temporal(parts: dict[str, str]) -> Client:
    """A plain client of the test run's namespace."""
    return await Client.connect(parts["TEMPORAL_ADDRESS"], namespace=parts["TEMPORAL_NAMESPACE"])


@pytest.fixture(scope="session")
def s3(settings: Settings) -> dict[str, str]:
    """Where the objects of this worker are: the S3_* settings, their two buckets made."""
    asyncio.run(object_store(settings).prepare())
    return {name: value for name, value in settings.environment().items() if name.startswith("S3_")}


@pytest.fixture
def own_parts() -> Iterator[OwnParts]:
    """A function that starts parts for this test alone (`embedded.start` without its folder); killed at the end."""
    folders: list[Path] = []
    started: list[embedded.Running] = []

    def start(*want: embedded.Wanted, time_skipping: bool = False) -> embedded.Running:
        folders.append(throwaway_folder())
        wanted = want or embedded.EVERYTHING
        started.append(embedded.start(folders[-1] / "data", want=wanted, time_skipping=time_skipping))
        return started[-1]

    yield start
    for running in started:
        running.stop(quick=True)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
