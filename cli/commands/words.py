"""`guichet words`: the catalogues of Breton and English, refreshed from what is said, and what they lack."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from web.site.languages import CATALOGUES, CODES, FRENCH
from web.wording.faults import Fault, faults, in_words
from web.wording.po_files import Refreshed, catalogue_of, refresh
from web.wording.sentences import sentences

app = typer.Typer(no_args_is_help=True, help="Les traductions : les tenir à jour, dire ce qui manque.")
Folder = Annotated[Path, typer.Option(help="Le dossier des catalogues.")]
AsDocument = Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")]
TRANSLATED = tuple(code for code in CODES if code != FRENCH)


@app.command("extract")
def extract_command(*, folder: Folder = CATALOGUES, as_document: AsDocument = False) -> None:
    """Met les fichiers .po à jour : ajoute ce qui se dit, retire ce qui ne se dit plus, garde ce qui est traduit."""
    done = [
        refresh(folder / code / f"{domain}.po", said) for domain, said in sentences().items() for code in TRANSLATED
    ]
    if as_document:
        told = [asdict(one) | {"file": _name_of(one)} for one in done]
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in done:
        typer.echo(f"{_name_of(one)} : gardées {one.kept}, ajoutées {len(one.added)}, retirées {len(one.removed)}.")


@app.command("check")
def check_command(*, folder: Folder = CATALOGUES, as_document: AsDocument = False) -> None:
    """Dit ce qui manque à chaque langue ; le code de sortie est 1 s'il manque quelque chose."""
    found = wrong(folder)
    if as_document:
        told = {name: [asdict(fault) for fault in each] for name, each in found.items()}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        lines = [line for name, each in found.items() for line in in_words(each, name)]
        typer.echo("\n".join(lines or ["✓ Chaque phrase est traduite."]))
    if any(found.values()):
        raise typer.Exit(1)


def wrong(folder: Path) -> dict[str, tuple[Fault, ...]]:
    """What is wrong in each file, by its name."""
    return {
        f"{code}/{domain}.po": faults(catalogue_of(folder / code / f"{domain}.po"), said)
        for domain, said in sentences().items()
        for code in TRANSLATED
    }


def _name_of(one: Refreshed) -> str:
    return f"{one.file.parent.name}/{one.file.name}"
