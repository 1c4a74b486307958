"""French sentences that can be said in another language: they read as plain text, and travel whole."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime

import pytest

from domain.amounts import Euros, in_euros
from domain.calendar import Delay
from domain.days_in_words import DayInWords, InstantInWords, day_in_figures, day_in_words, instant_in_words
from domain.refusals import Refused
from domain.sentence import Counted, Listed, Sentence

DAY, INSTANT = date(2027, 3, 1), datetime(2027, 3, 1, 13, 5, tzinfo=UTC)
SAID = {
    "sentence": (Sentence("{limit} au plus.", limit=4), "4 au plus."),
    "within": (Sentence("Le {day} : {told}", day=day_in_words(DAY), told=Sentence("fait")), "Le 1er mars 2027 : fait"),
    "one": (Counted("{count} jour", "{count} jours", count=1), "1 jour"),
    "many": (Counted("{count} jour", "{count} jours", count=2), "2 jours"),
    "list": (Listed(("identité", "RIB")), "identité, RIB"),
    "french": (Listed(("Non.", "(CRPA.)"), " ", french="Non (CRPA)."), "Non (CRPA)."),
    "day": (day_in_words(DAY), "1er mars 2027"),
    "figures": (day_in_figures(DAY), "01/03/2027"),
    "instant": (instant_in_words(INSTANT), "1er mars 2027 à 14 h 05"),
    "euros": (in_euros("1682.3"), "1\u202f682,30\u00a0€"),
}


@pytest.mark.parametrize("name", SAID)
def test_it_reads_as_plain_french(name: str) -> None:
    said, french = SAID[name]
    assert said == french


@pytest.mark.parametrize("name", SAID)
def test_it_travels_whole(name: str) -> None:
    """Copied or sent to another process, it still knows what it is made of."""
    said, _ = SAID[name]
    for each in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 (our own)
        assert type(each) is type(said)
        assert each == said
        assert _made_of(each) == _made_of(said)


def _made_of(said: str) -> object:
    match said:
        case Counted():
            return said.one, said.text, said.params
        case Sentence():
            return said.text, said.params
        case Listed():
            return said.parts, said.separator
        case DayInWords():
            return said.day
        case InstantInWords():
            return said.instant
        case Euros():
            return said.amount
    raise AssertionError(said)


@pytest.mark.parametrize(
    ("delay", "french"),
    [
        (Delay(months=2), "2 mois"),
        (Delay(days=1), "1 jour"),
        (Delay(working_days=10), "10 jours ouvrés"),
        (Delay(months=2, franc=True), "2 mois francs"),
        (Delay(years=1, franc=True), "1 an franc"),
    ],
)
def test_a_delay_in_words(delay: Delay, french: str) -> None:
    assert delay.in_words() == french


def test_a_refusal_says_its_article_where_french_wants_it() -> None:
    """Other languages put the three one after the other."""
    refused = Refused("no", "La date est passée.", article="CRPA L114-5", what_to_do="Écrivez au service.")
    assert refused.sentence == "La date est passée (CRPA L114-5). Écrivez au service."
    assert refused.sentence.parts == ("La date est passée.", "(CRPA L114-5.)", "Écrivez au service.")
