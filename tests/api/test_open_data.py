"""The open file of grants: for anybody, in the schema's order; refused with its reason where the SIRET is unknown."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from pydantic import ValidationError
from uuid_utils.compat import uuid7

from api.public import open_data as route
from catalogue.departement import Departement, departement
from domain.open_data import COLUMNS, Granted
from storage.engine.database import WORKING
from storage.engine.settings import Settings
from storage.lists import open_data
from tests.api.counter import Counter
from tests.api.http.test_problems import is_problem
from tests.storage.filed import file, opened, plan_of

PATH = "/v1/public/open-data/subventions.csv"
SIRET = "22290001100016"


@pytest.fixture
def unnamed(monkeypatch: pytest.MonkeyPatch) -> Departement:
    """A département whose SIRET is not written in its file."""
    here = departement().model_copy(update={"siret": ""})
    monkeypatch.setattr(route, "departement", lambda: here)
    return here


async def _published(settings: Settings, name: str, on: date) -> None:
    async with opened(settings, "app") as app:
        dossier = await file(app, uuid7(), of=plan_of("essai-subvention"))
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        row = Granted(convention_on=on, columns={"nomBeneficiaire": name, "dateConvention": on.isoformat()})
        place = {"reference": dossier.reference, "procedure": "essai-subvention"}
        await open_data.keep(connection, dossier.id, row, seq=9, **place)
        older = Granted(convention_on=on, columns={"nomBeneficiaire": "périmé"})
        await open_data.keep(connection, dossier.id, older, seq=8, **place)


async def test_it_is_refused_while_the_departement_is_not_named(counter: Counter, unnamed: Departement) -> None:
    """Nothing is invented."""
    answer = await counter.client.get(PATH)
    is_problem(answer, 404, "open-data-not-configured")
    assert "siret" in answer.json()["detail"]


@pytest.mark.parametrize("number", ["22290001100017", "2229000110001"])
def test_a_number_that_no_establishment_bears_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="siret"):
        Departement.model_validate(departement().model_dump() | {"siret": number})


async def test_anybody_downloads_the_grants_by_day_of_convention(counter: Counter, settings: Settings) -> None:
    """As shipped, the Finistère is named. A row as of an older entry replaces no newer one; no name is a formula."""
    await _published(settings, "=HYPERLINK(1)", date(2027, 3, 1))
    await _published(settings, "Ti ar Vro, « an aod »", date(2027, 2, 1))
    answer = await counter.client.get(PATH)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    mine = [row for row in rows if row["dateConvention"].startswith("2027-0")]

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[0] == ",".join(COLUMNS)
    assert [row["nomBeneficiaire"] for row in mine] == ["Ti ar Vro, « an aod »", "'=HYPERLINK(1)"]
    assert {row["idAttribuant"] for row in rows} == {SIRET}
    assert {row["nomAttribuant"] for row in rows} == {departement().name}


SIGNS = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
BEFORE = ["", " ", "Ti ar Vro;", "Ti ar Vro ; ", "Ti;;", 'Ti;"', "Ti;'", "Ti\t", "Ti\r\n", "Ti\n ", "\t", ";"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_wherever_a_spreadsheet_cuts(sign: str, before: str, separator: str) -> None:
    """The file has commas; a French spreadsheet cuts at « ; », quoted or not, and takes full-width signs too."""
    said = route.written([{"nomBeneficiaire": f"{before}{sign}HYPERLINK(1)", "objet": "Fest-noz"}], {})

    for line in said.splitlines():
        naive = line.split(separator)
        read = next(iter(csv.reader([line], delimiter=separator)), [])
        for cell in (*naive, *read):
            assert not cell.lstrip(" \"'").startswith(tuple(SIGNS)) or cell.lstrip(' "').startswith("'"), line


def test_an_ordinary_name_is_published_as_it_is() -> None:
    for name in ("Saint-Pol-de-Léon", "A+B", "contact@asso.example", "Ti ; Vro", "1 = 1"):
        assert name in route.written([{"nomBeneficiaire": name}], {})
