"""`guichet clock`, run as people run it: its exit codes, what it prints and where."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CASE = {
    "delay": {"months": 2},
    "silence": "rejection",
    "start": "filed",
    "events": [
        {"on": "2026-11-23", "kind": "filed"},
        {"on": "2026-12-01", "kind": "pieces_requested", "until": "2026-12-31"},
        {"on": "2026-12-15", "kind": "pieces_provided"},
    ],
}


def clock(document: str, *options: str) -> subprocess.CompletedProcess[str]:
    guichet = Path(sys.executable).with_name("guichet")
    return subprocess.run(
        [guichet, "clock", *options], input=document, capture_output=True, encoding="utf-8", check=False
    )


def test_the_case_of_the_issue_in_json() -> None:
    done = clock(json.dumps(CASE), "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert list(told) == ["expires", "born", "ledger"]
    assert (told["expires"], told["born"]) == ("2027-02-06", "2027-02-06")
    assert told["ledger"][0] == {
        "from": "2026-11-23",
        "to": "2026-12-01",
        "running": True,
        "counts": True,
        "cause": 0,
        "article": "CRPA L231-4",
    }


def test_without_json_it_tells_the_ledger_in_french() -> None:
    done = clock(json.dumps(CASE))
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "du 2026-11-23 au 2026-12-01 exclu : court (événement 0, CRPA L231-4)",
        "du 2026-12-01 au 2026-12-15 exclu : arrêté (événement 1, CRPA L114-5 al. 3)",
        "du 2026-12-15 au 2027-02-07 exclu : court (événement 2, CRPA L114-5 al. 3)",
        "Dernier jour du délai : 2027-02-06.",
        "Sans décision, le silence vaut décision le 2027-02-06 à minuit (heure de Paris).",
    ]


def test_a_bad_case_exits_2_with_one_sentence_on_standard_error() -> None:
    done = clock(json.dumps({**CASE, "events": []}), "--json")
    assert done.returncode == 2
    assert done.stderr == "Champ « events » : il manque le dépôt (« filed »).\n"
    assert json.loads(done.stdout) == {"error": {"field": "events", "message": done.stderr.strip()}}


def test_what_is_not_json_exits_2_without_a_traceback() -> None:
    done = clock('{"delay": NaN')
    assert (done.returncode, done.stdout) == (2, "")
    assert "pas du JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_option_exits_2() -> None:
    assert clock(json.dumps(CASE), "--xml").returncode == 2
