"""Makes an edition of a département's territory from the npm package `@etalab/decoupage-administratif`.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
    python departement/territory_edition.py package 29 2026-01-01 > departement/finistere/territory-2026-01-01.toml

Run by whoever adds an edition, never by the product: neither npm nor the package is needed to install it.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
LICENCE = "données : Licence Ouverte ; code du paquet : MIT"
KINDS = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}
HEAD = "# Fait par departement/territory_edition.py ; ne se corrige pas à la main."


def edition(package: Path, departement: str, valid_from: str) -> Iterator[str]:
    """The lines of the TOML file: communes, EPCI and arrondissements of `departement` as the package has them."""
    named = json.loads((package / "package.json").read_text(encoding="utf-8"))
    every = [row for row in _rows(package, "communes") if row.get("departement") == departement]
    communes = [row for row in every if row["type"] == "commune-actuelle"]
    groups = _groups(package, {row["code"] for row in communes})
    yield from (HEAD, "")
    yield f"valid_from = {valid_from}"
    yield f"source = {_text('npm ' + named['name'] + ' ' + named['version'])}"
    yield f"licence = {_text(LICENCE)}"
    yield "communes = ["
    yield from (f"    {_commune(row, every, groups)}," for row in sorted(communes, key=lambda row: str(row["code"])))
    yield from ("]", "", "[epci]")
    yield from (f"{group['code']} = {_text(_name(group))}" for group in groups)
    yield from ("", "[arrondissements]")
    yield from (
        f"{row['code']} = {_text(row['nom'])}"
        for row in _rows(package, "arrondissements")
        if row["departement"] == departement
    )


def _rows(package: Path, name: str) -> list[Row]:
    rows: list[Row] = json.loads((package / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _groups(package: Path, communes: set[str]) -> list[Row]:
    """The EPCI that have a member among these communes, by SIREN."""
    found = [row for row in _rows(package, "epci") if communes & {member["code"] for member in row["membres"]}]
    return sorted(found, key=lambda row: str(row["code"]))


def _name(group: Row) -> str:
    """Its name, with its kind in full where the package abbreviates it."""
    kind = group["type"]
    name = str(group["nom"])
    return f"{KINDS[kind]} {name.removeprefix(f'{kind} ')}" if kind in KINDS else name


def _commune(row: Row, every: list[Row], groups: list[Row]) -> str:
    code = row["code"]
    within = [each for each in every if each["type"] != "commune-actuelle" and each.get("chefLieu") == code]
    epci = next((group["code"] for group in groups if code in {member["code"] for member in group["membres"]}), None)
    said = {
        "insee": code,
        "name": row["nom"],
        "postal_codes": row["codesPostaux"],
        "arrondissement": row["arrondissement"],
        "population": row["population"],
        "epci": epci,
        # A new commune keeps the names that people still say, and the codes that old papers bear.
        "also": sorted(str(each["nom"]) for each in within if each["nom"] != row["nom"]),
        "former": sorted(row.get("anciensCodes", ())),
    }
    return "{ " + ", ".join(f"{key} = {_text(value)}" for key, value in said.items() if value not in (None, [])) + " }"


def _text(value: object) -> str:
    """A text, a whole number or a list of texts, as TOML writes them."""
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write the edition on the standard output."""
    package, departement, valid_from = sys.argv[1:]
    sys.stdout.write("\n".join(edition(Path(package), departement, valid_from)) + "\n")


if __name__ == "__main__":
    main()
