"""`guichet fork` and `guichet forecast`: what they tell, and what they exit with."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from domain.calendar import civil
from storage.engine.settings import Settings
from storage.register.door import Recorded
from tests.cli.calling import Done, call
from tests.storage.filed import file, opened


@pytest.fixture
def filed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """A dossier on the real database, which the commands of this test reach."""
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    async def make() -> Recorded:
        async with opened(settings, "app") as app:
            return await file(app)

    return asyncio.run(make())


def day(filed: Recorded, later: int) -> str:
    """A day counted from the filing."""
    return (civil(filed.at) + timedelta(days=later)).isoformat()


def fork(filed: Recorded, *words: str, until: int = 200) -> Done:
    """`guichet fork` of that dossier."""
    return call("fork", filed.reference, "--until", day(filed, until), *words)


def test_the_story_says_what_is_known_and_what_is_imagined(filed: Recorded) -> None:
    done = fork(filed)

    assert (done.returncode, done.stderr) == (0, "")
    known, _, imagined = done.stdout.partition("Imaginé jusqu'au ")
    assert "· " in known
    assert "La demande est déposée" in known
    assert "? " in imagined
    assert "la demande est acceptée." in imagined
    assert "Alors : Acceptée par le silence de l'administration. Plus rien n'arrivera de soi-même." in imagined
    assert "le délai court" in imagined


def test_an_act_is_imagined_at_its_date_and_says_what_was_made_up(filed: Recorded) -> None:
    act = f"{day(filed, 3)} request_pieces"
    given = f'{day(filed, 12)}T09:30 provide_piece {{"piece": "certificat"}}'
    document: Any = json.loads(fork(filed, "--then", act, "--then", given, "--json").stdout)
    imagined = [line for line in document["lines"] if line["basis"] == "imagined"]

    assert [line["kind"] for line in imagined][:3] == ["pieces_requested", "piece_received", "pieces_provided"]
    assert imagined[0]["minimal"].startswith("données minimales : pieces = ")
    assert imagined[1]["minimal"] == "données minimales : documents = un document"
    assert imagined[0]["minimal"] in fork(filed, "--then", act).stdout


def test_a_refused_act_is_told_and_exits_with_0(filed: Recorded) -> None:
    done = fork(filed, "--then", f"{day(filed, 3)} extend")

    assert done.returncode == 0
    assert "✗ " in done.stdout
    assert "Aucun texte ne permet de prolonger" in done.stdout


@pytest.mark.parametrize(
    ("then", "named"),
    [
        ("demain take", "then[0].at"),
        ("2020-01-01 take", "then[0].at"),
        ("{day} prendre", "then[0].act"),
        ("{day}", "then[0].act"),
        ("{day} take {{", "then[0].data"),
        ("{day} take []", "then[0].data"),
        ('{day} take {{"who": 1}}', "then[0].data.who"),
    ],
)
def test_an_act_that_cannot_be_read_is_a_usage_error_that_names_the_field(
    filed: Recorded, then: str, named: str
) -> None:
    done = fork(filed, "--then", then.format(day=day(filed, 3)))

    assert (done.returncode, done.stdout) == (2, "")
    assert "--then" in done.stderr
    assert named in done.stderr


@pytest.mark.parametrize("until", ["2020-01-01", "jamais", "2199-01-01"])
def test_an_end_that_cannot_be_is_a_usage_error(filed: Recorded, until: str) -> None:
    done = call("fork", filed.reference, "--until", until)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--until" in done.stderr


def test_an_unknown_dossier_exits_with_1(filed: Recorded) -> None:
    done = call("fork", "2026-999999999", "--until", day(filed, 9))

    assert (done.returncode, done.stdout) == (1, "")
    assert "2026-999999999" in done.stderr


def test_a_forecast_names_each_dossier_its_day_and_what_it_cannot_see(filed: Recorded) -> None:
    done = call("forecast", "--on", day(filed, 200))
    document: Any = json.loads(call("forecast", "--on", day(filed, 200), "--json").stdout)
    mine = next(queue for queue in document["queues"] if queue["procedure"] == "essai")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{filed.reference} " in done.stdout
    assert "aucun groupe / " in done.stdout
    assert "Cette prévision ne voit pas" in done.stdout
    assert filed.reference in {one["reference"] for one in mine["dossiers"]}
    assert sum(each["count"] for each in mine["effects"]) == len(mine["dossiers"])


@pytest.mark.parametrize("on", ["2020-01-01", "un jour"])
def test_a_forecast_of_the_past_is_a_usage_error(filed: Recorded, on: str) -> None:
    done = call("forecast", "--on", on)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--on" in done.stderr
