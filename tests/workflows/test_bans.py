"""What may not be written in workflow code: each ban is tried on ruff itself, with the folder's own configuration."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BANNED = {
    "the wall clock": "from datetime import datetime\nnow = datetime.now()\n",
    "today": "from datetime import date\nnow = date.today()\n",
    "the time module": "import time\nnow = time.time()\n",
    "randomness": "import random\nn = random.random()\n",
    "random identifiers": "from uuid import uuid4\nn = uuid4()\n",
    "walking a set": "import asyncio\nasync def f(ts):\n    await asyncio.wait(ts)\n",
    "local activities": "from temporalio import workflow\ndo = workflow.execute_local_activity\n",
    "the workflow's own clock": "from temporalio import workflow\nnow = workflow.now()\n",
    "the database": "import sqlalchemy\nx = sqlalchemy\n",
    "storage": "from storage import register\nx = register\n",
    "activities": "from workers import main\nx = main\n",
    "the machine": "import os\nx = os.environ\n",
}


@pytest.mark.parametrize("code", BANNED.values(), ids=BANNED)
def test_it_is_refused_with_what_to_use_instead(code: str) -> None:
    assert "TID251" in checked(code)


def test_what_the_workflows_do_is_not_refused() -> None:
    assert "TID251" not in checked("from datetime import timedelta\nwait = timedelta(seconds=1)\n")


SETS = {"set", "frozenset"}


def sets_of(code: str) -> list[int]:
    """The lines where a set is made: its order changes from one replay to the next."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.expr):
            continue
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SETS
        if called or isinstance(node, ast.Set | ast.SetComp):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("file", sorted((ROOT / "workflows").rglob("*.py")), ids=lambda file: file.stem)
def test_no_workflow_makes_a_set(file: Path) -> None:
    assert sets_of(file.read_text()) == [], "A set has no order on replay: use a list, a tuple or a dict."


@pytest.mark.parametrize("code", ["{1, 2}", "set(x)", "frozenset(x)", "{a for a in x}"])
def test_a_set_would_be_seen(code: str) -> None:
    assert sets_of(code) == [1]


def checked(code: str) -> str:
    """What ruff says of `code` as a file of `workflows/`."""
    ruff = Path(sys.executable).with_name("ruff")
    command = [str(ruff), "check", "--output-format", "concise", "--stdin-filename", "workflows/example.py", "-"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, cwd=ROOT, check=False)
    return done.stdout
