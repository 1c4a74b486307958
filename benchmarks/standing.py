"""The product and its floor, standing side by side on parts of their own: same PostgreSQL, same number of processes."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.starting import HOST, answers, own_environment
from migrations.upgrade import upgrade
from parts import embedded
from parts.obtain import Progress
from parts.places import unprivileged_account
from parts.ports import usual_or_free
from parts.supervisor import Part
from storage.engine.settings import Settings

PRODUCT_PORT, FLOOR_PORT = 8100, 8200
POOL = 10
"""Connections of each process, the floor's as the product's."""
_PATIENCE = 180.0


@dataclass(slots=True)
class Standing:
    """Where each side answers; `processes` each."""

    settings: Settings
    running: embedded.Running
    processes: int
    product: tuple[str, int]
    floor: tuple[str, int]

    def raise_floor(self, dossier: str) -> None:
        """Start the floor, which writes the rows of that dossier."""
        self._serve(
            "floor",
            self.floor,
            ("-m", "benchmarks.floor"),
            {"FLOOR_DOSSIER": dossier, "FLOOR_POOL": str(POOL)},
            "/ready",
        )

    def raise_product(self) -> None:
        """Start the API as it is in production, without a worker."""
        self._serve("api", self.product, ("-m", "cli", "api"), {}, "/health/live")

    def _serve(
        self, name: str, at: tuple[str, int], argv: tuple[str, ...], more: Mapping[str, str], ready: str
    ) -> None:
        where = ("--host", at[0], "--port", str(at[1]), "--workers", str(self.processes))
        environment = own_environment() | self.settings.environment() | dict(more)
        self.running.supervisor.start(
            Part(name=name, argv=(sys.executable, *argv, *where), env=environment, tier=2), keep=False
        )
        until = time.monotonic() + _PATIENCE
        while not answers(f"http://{at[0]}:{at[1]}{ready}"):
            if time.monotonic() > until or not self.running.states()[name].alive:
                raise RuntimeError(f"« {name} » ne répond pas :\n{self.running.supervisor.last_lines(name)}")
            time.sleep(0.05)


@contextmanager
def standing(processes: int, on_progress: Progress) -> Iterator[Standing]:
    """PostgreSQL and the store on a folder that is thrown away, migrated, and the product in front."""
    with throwaway() as folder:
        running = embedded.start(folder / "data", want=("postgres", "s3"), on_progress=on_progress)
        try:
            settings = Settings.of(running.environment | {"GUICHET_MODE": "test"})
            upgrade(settings)
            product, floor = (HOST, usual_or_free(PRODUCT_PORT, HOST)), (HOST, usual_or_free(FLOOR_PORT, HOST))
            both = Standing(settings=settings, running=running, processes=processes, product=product, floor=floor)
            both.raise_product()
            on_progress("api", f"{processes} processus prêts ; aucun travailleur ne tourne pendant la mesure")
            yield both
        finally:
            running.stop(quick=True)


@contextmanager
def throwaway() -> Iterator[Path]:
    """A folder that PostgreSQL's account may enter, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-mesure-"))
    if unprivileged_account() is not None:
        folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
