"""`guichet rules`, run as people run it: the issue's vectors, and each bad input by its field."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Done, call

FACTS = {"on": "2026-06-01", "gir": 2, "plan": "900.00", "resources": "1500.00", "couple": False}


def rules(document: object, *words: str) -> Done:
    """One computation; `document` is sent as it is when it is a text."""
    text = document if isinstance(document, str) else json.dumps(document)
    return call("rules", *(words or ("apa-domicile", "--json")), stdin=text)


def test_in_a_process_of_its_own() -> None:
    """As people run it: standard input to standard output, and its exit code."""
    guichet = Path(sys.executable).with_name("guichet")
    command = [str(guichet), "rules", "apa-domicile", "--json"]
    done = subprocess.run(command, input=json.dumps(FACTS), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["participation"] == "128.45"
    refused = json.dumps(FACTS | {"gir": 6})
    assert subprocess.run(command, input=refused, capture_output=True, encoding="utf-8", check=False).returncode == 1


def test_the_vector_of_the_issue() -> None:
    """Decimal strings, and each value with its name, its day and its text."""
    done = rules(FACTS)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert list(told) == ["participation", "contribution", "ceiling", "used"]
    assert (told["participation"], told["contribution"], told["ceiling"]) == ("128.45", "771.55", "1682.30")
    assert all(list(used) == ["name", "value", "from", "reference"] for used in told["used"])
    assert {"name": "mtp", "value": "1288.13", "from": "2026-01-01"}.items() <= told["used"][0].items()


@pytest.mark.parametrize(
    ("plan", "resources", "participation"),
    [("350.00", "1500.00", "71.18"), ("900.00", "1500.00", "128.45"), ("900.00", "3600.00", "810.00")],
)
def test_the_vectors_of_the_facts(plan: str, resources: str, participation: str) -> None:
    """Worked out by hand (docs/law/autonomie.md)."""
    done = rules(FACTS | {"plan": plan, "resources": resources})
    assert json.loads(done.stdout)["participation"] == participation


def test_without_json_it_tells_in_lines() -> None:
    """Each amount, then each value with its text."""
    done = rules(FACTS, "apa-domicile")
    assert done.stdout.splitlines()[0] == "participation : 128,45\u00a0€"
    assert "mtp = 1288.13, depuis le 01/01/2026" in done.stdout


@pytest.mark.parametrize(
    ("changed", "article"),
    [({"gir": 5}, "R232-4"), ({"gir": 6}, "R232-4"), ({"plan": "1682.31"}, "R232-10")],
)
def test_what_gives_no_right_exits_1_with_the_article(changed: dict[str, Any], article: str) -> None:
    """On standard error, and in the JSON."""
    done = rules(FACTS | changed)
    assert done.returncode == 1
    assert article in done.stderr
    assert article in json.loads(done.stdout)["error"]["article"]


WITHOUT_GIR = {name: value for name, value in FACTS.items() if name != "gir"}
BAD: list[tuple[object, str]] = [
    (FACTS | {"on": "2025-12-31"}, "on"),
    (FACTS | {"on": "2026-13-01"}, "on"),
    (FACTS | {"on": "2026-W23-1"}, "on"),
    (FACTS | {"on": 20260601}, "on"),
    (FACTS | {"gir": 7}, "gir"),
    (FACTS | {"gir": True}, "gir"),
    (FACTS | {"gir": "2"}, "gir"),
    (WITHOUT_GIR, "gir"),
    (FACTS | {"plan": 900}, "plan"),
    (FACTS | {"plan": 900.0}, "plan"),
    (FACTS | {"plan": "-1.00"}, "plan"),
    (FACTS | {"plan": "900,00"}, "plan"),
    (FACTS | {"plan": "900.001"}, "plan"),
    (FACTS | {"plan": None}, "plan"),
    (FACTS | {"resources": "-0.01"}, "resources"),
    (FACTS | {"couple": "non"}, "couple"),
    (FACTS | {"age": 82}, "age"),
    ([], "entrée standard"),
    ("", "entrée standard"),
    ('{"gir": NaN}', "gir"),
    ('{"gir": 2, "gir": 3}', "gir"),
    ('{"on": "\\u0000"}', "on"),
    ("[" * 60 + "]" * 60, "entrée standard"),
]


@pytest.mark.parametrize(("document", "field"), BAD, ids=[f"{index}-{field}" for index, (_, field) in enumerate(BAD)])
def test_bad_input_exits_2_and_names_its_field(document: object, field: str) -> None:
    """One sentence on standard error, the same in the JSON, no traceback."""
    done = rules(document)
    assert done.returncode == 2, done.stdout
    told = json.loads(done.stdout)["error"]
    assert told["field"] == field
    assert told["message"] == done.stderr.strip()
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("slug", ["acces-documents", "lune"])
def test_a_procedure_without_rules_or_unknown_exits_2(slug: str) -> None:
    """It names what is wrong."""
    done = rules(FACTS, slug, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["field"] == "procedure"
    assert slug in done.stderr
