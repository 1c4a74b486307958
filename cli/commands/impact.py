"""`guichet impact <procedure> --candidate <folder>`: what a new version would do to every open dossier."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from catalogue.departement import ROOT
from catalogue.errors import CatalogueError, UnknownProcedure, UnknownVersion
from catalogue.loader import Catalogue
from catalogue.named_versions import PUBLISHED, UnknownName, named
from cli.configured import configured
from cli.leaving import leaving
from cli.shown_impact import lines
from domain.futures.impact_report import Report
from domain.plan import Plan
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.lists.impact import keep, measure

app = typer.Typer()


@app.command(name="impact")
def impact(
    procedure: Annotated[str, typer.Argument(help="La démarche, par exemple apa-domicile.")],
    *,
    candidate: Annotated[str, typer.Option(help="Le dossier de la version candidate (ou v2, written).")],
    root: Annotated[Path, typer.Option("--in", help="Le dossier qui contient procedures/ et forms_schemas/.")] = ROOT,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Dire ce qu'une version candidate ferait à chaque dossier ouvert : loi du dépôt, ou effet immédiat."""
    before, after = _versions(procedure, candidate, root)
    report, kept = asyncio.run(_measured(configured("worker"), before, after))
    if as_document:
        told = {**report.counts(), "dossiers": report.named(), "report_sha256": kept}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo("\n".join((*lines(report), f"Rapport gardé sous l'empreinte {kept}.")))


def _versions(procedure: str, candidate: str, root: Path) -> tuple[Plan, Plan]:
    within = Catalogue(root / "procedures", root / "forms_schemas")
    with leaving(refused=(CatalogueError, OSError), usage=(UnknownProcedure, UnknownVersion, UnknownName)):
        return named(within, procedure, PUBLISHED).plan, named(within, procedure, candidate).plan


async def _measured(settings: Settings, before: Plan, after: Plan) -> tuple[Report, str]:
    async with Database(settings, "worker", size=1) as database:
        report = await measure(database, before, after, _tell)
        return report, await keep(database, report)


def _tell(count: int) -> None:
    """On one line of a terminal, on a line each elsewhere."""
    begins, ends = ("\r", "") if sys.stderr.isatty() else ("", "\n")
    sys.stderr.write(f"{begins}→ {count} dossiers ouverts lus{ends}")
    sys.stderr.flush()
