"""Makes the communes of the whole of France from the npm package `@etalab/decoupage-administratif`.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
    python departement/france_edition.py package > departement/france/communes.tsv

One line a commune: its INSEE code, its name, its postal codes, its population. People live elsewhere too, and know
neither their INSEE code nor that there is one. Run by whoever renews it, never by the product.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

KINDS = frozenset({"commune-actuelle", "arrondissement-municipal"})
LICENCE = "données : Licence Ouverte ; code du paquet : MIT"


def lines(package: Path) -> Iterator[str]:
    """The file's lines: where it comes from, then each commune in the order of its code."""
    named = json.loads((package / "package.json").read_text(encoding="utf-8"))
    yield f"# npm {named['name']} {named['version']} ; {LICENCE}"
    rows: list[Mapping[str, Any]] = json.loads((package / "data" / "communes.json").read_text(encoding="utf-8"))
    for row in sorted((row for row in rows if row["type"] in KINDS), key=lambda row: str(row["code"])):
        postal = " ".join(row.get("codesPostaux", ()))
        yield f"{row['code']}\t{row['nom']}\t{postal}\t{row.get('population', 0)}"


def main() -> None:
    """Write the file on the standard output."""
    sys.stdout.write("\n".join(lines(Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
