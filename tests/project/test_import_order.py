"""Whichever file is read first, every act is there: tables are made from files that must then be whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

from domain.commands import COMMANDS
from domain.steps import MODULES

SAYS = """
import importlib, sys
importlib.import_module(sys.argv[1])
from domain.commands import COMMANDS
print(len(COMMANDS))
"""


@pytest.mark.parametrize("first", [name for name in MODULES if name.startswith("domain.steps.")])
def test_the_acts_are_the_same_whatever_is_imported_first(first: str) -> None:
    told = subprocess.run([sys.executable, "-c", SAYS, first], capture_output=True, text=True, check=True)

    assert int(told.stdout) == len(COMMANDS)
