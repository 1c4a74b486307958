"""`guichet campaign open|list|show`: planned by the operator, told by its workflow, refused with a sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from catalogue.loader import catalogue
from domain.calendar import civil
from storage.engine.settings import Settings
from tests.api.campaign_counter import SLUG, campaign_plan
from tests.cli.calling import Done, call

SOON = civil(datetime.now(UTC)) + timedelta(days=5)


@pytest.fixture
def database(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the command finds this test's database; a procedure of this process has campaigns."""
    for name, value in own_settings.served_as("operator").environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(catalogue()._published, SLUG, (campaign_plan(),))
    return own_settings.database_url


def planned(*more: str, procedure: str = SLUG, closes: int = 30, budget: str = "150000.00") -> Done:
    """A campaign that opens in five days, for thirty."""
    dates = {"--opens": SOON, "--closes": SOON + timedelta(days=closes), "--session": SOON + timedelta(days=60)}
    said = [word for option, day in dates.items() for word in (option, str(day))]
    return call("campaign", "open", procedure, "--title", "Hiver", *said, "--budget", budget, *more)


def test_a_campaign_is_planned_listed_and_shown(database: str) -> None:
    """And its workflow is asked for."""
    done = planned("--json")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    assert (made["budget"], made["session"]) == ("150000.00", str(SOON + timedelta(days=60)))
    assert [one["id"] for one in json.loads(call("campaign", "list", "--json").stdout)] == [made["id"]]
    assert json.loads(call("campaign", "show", made["id"], "--json").stdout) == made
    assert "« Hiver », du" in call("campaign", "show", made["id"]).stdout
    with psycopg.connect(database) as owner:
        asked = owner.execute("SELECT kind FROM outbox WHERE subject = %s", [made["id"]]).fetchall()
    assert asked == [("campaign",)]


def test_what_cannot_be_planned_is_refused(database: str) -> None:
    """Over another, closed before it opens, for a procedure filed at any time or unknown: 1, with a sentence."""
    assert planned().returncode == 0
    for done, why in (
        (planned(), "ne se recouvrent pas"),
        (planned(closes=0), "après son ouverture"),
        (planned(procedure="apa-domicile"), "se dépose à tout moment"),
        (planned(procedure="rien"), "n'est pas au catalogue"),
        (call("campaign", "show", "00000000-0000-0000-0000-000000000000"), "Aucune campagne"),
    ):
        assert (done.returncode, why in done.stderr) == (1, True), done.stderr


def test_what_is_badly_written_is_a_usage_error(database: str) -> None:
    assert planned(budget="beaucoup").returncode == 2
    assert planned("--opens", "demain").returncode == 2
    assert call("campaign", "show", "x").returncode == 2
