"""Open data: what was granted to legal persons, in the national schema « subventions » 2.1.1 (SCDL)."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import Response

from api.http import problem_types as types
from api.http.openapi_statuses import problem_answer
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import ANONYMOUS, Use
from catalogue.departement import departement
from domain.open_data import COLUMNS
from storage.lists import open_data

router = Room(prefix="/open-data")
CSV = "text/csv; charset=utf-8"
FORMULAS = re.compile(r"""(^|[;\t\r\n])([\s"']*)(?=[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])""")
"""Signs that begin a formula, in their full widths too, wherever a spreadsheet may begin a cell: many cut at « ; »."""
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}},
    404: problem_answer(types.OPEN_DATA_NOT_CONFIGURED.title),
}
NO_SIRET = (
    "Le SIRET du département n'est pas renseigné, et le schéma l'exige (idAttribuant) : "
    "écrivez « siret » dans departement/finistere.toml."
)


@router.get("/subventions.csv", response_class=Response, responses=ANSWERS)
async def download_grants(services: Use) -> Response:
    """Every grant that the law makes public, one row each, by day of convention; UTF-8, commas, header first."""
    here = departement()
    if not here.siret:
        raise Problem(types.OPEN_DATA_NOT_CONFIGURED, NO_SIRET)
    async with services.database.transaction(ANONYMOUS) as connection:
        found = await open_data.rows(connection)
    body = written(found, {"nomAttribuant": here.name, "idAttribuant": here.siret})
    return Response(body, media_type=CSV, headers={"Content-Disposition": 'attachment; filename="subventions.csv"'})


def written(rows: Iterable[Mapping[str, str]], granter: Mapping[str, str]) -> str:
    """The file: the columns of the schema in its order (RFC 4180). A spreadsheet takes no name for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({name: _inert(value) for name, value in {**row, **granter}.items()} for row in rows)
    return text.getvalue()


def _inert(value: str) -> str:
    return FORMULAS.sub(r"\1\2'", value)
