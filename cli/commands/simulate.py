"""`guichet simulate`: the dated story of a procedure, if nobody acts or as a case of `cases.toml` tells it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from catalogue.cases import Case, amount_cases, cases, filing, story
from catalogue.departement import ROOT
from catalogue.errors import CatalogueError, UnknownProcedure
from catalogue.loader import Catalogue
from domain.act_description import instant
from domain.calendar import PARIS
from domain.days_in_words import moment_in_words
from domain.futures.simulation import Planned, Story, Told, tell
from domain.plan import Plan

app = typer.Typer()


@app.command("simulate")
def simulate(
    procedure: Annotated[str, typer.Argument(help="La démarche, par exemple apa-domicile.")],
    *,
    case: Annotated[str | None, typer.Option(help="Un cas de cases.toml ; sans lui, « personne n'agit ».")] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Jour du dépôt (2026-11-23) ; sans lui, aujourd'hui. Sans effet avec --case."),
    ] = None,
    root: Annotated[Path, typer.Option("--in", help="Le dossier qui contient procedures/ et forms_schemas/.")] = ROOT,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Raconter une démarche dans le temps, sans rien enregistrer."""
    try:
        within = Catalogue(root / "procedures", root / "forms_schemas")
        plan = within.plan(procedure)
        chosen = _chosen(procedure, case, within)
        told = story(plan, chosen) if chosen is not None else _nobody_acts(plan, start)
    except (UnknownProcedure, CatalogueError, LookupError, ValueError) as error:
        typer.echo(str(error).strip("'\""), err=True)
        raise typer.Exit(2) from error
    if as_document:
        typer.echo(json.dumps(_document(plan, told), ensure_ascii=False))
        return
    title = f"{plan.title} : {chosen.title if chosen is not None else 'personne n’agit'}"
    typer.echo("\n".join([title, "", *(_line(line) for line in told.lines)]))


def _chosen(procedure: str, name: str | None, within: Catalogue) -> Case | None:
    if name is None:
        return None
    known = cases(procedure, within)
    found = next((each for each in known if each.name == name), None)
    if found is None and any(each.name == name for each in amount_cases(procedure, within)):
        raise LookupError(
            f"« {name} » est un cas de montants : ses faits sont dans cases.toml ; calculez-les par « guichet rules »."
        )
    if found is None:
        names = ", ".join(each.name for each in known) or "aucun"
        raise LookupError(f"La démarche « {procedure} » n'a pas de cas « {name} ». Cas connus : {names}.")
    return found


def _nobody_acts(plan: Plan, start: str | None) -> Story:
    day = start or datetime.now(UTC).astimezone(PARIS).date().isoformat()
    try:
        at = instant(day)
    except ValueError as error:
        raise ValueError(f"« {day} » n'est pas une date : écrivez par exemple --from 2026-11-23.") from error
    alone = Case(name="personne", title="personne n'agit", filed=day)
    return tell(plan, [Planned(at=at, command=filing(plan, alone))])


def _line(line: Told) -> str:
    article = f"  [{line.article}]" if line.article else ""
    mark = "✗" if line.refused else "·"
    return f"{mark} {moment_in_words(line.at, line.dated):<30} {line.who:<12} {line.sentence}{article}"


def _document(plan: Plan, told: Story) -> dict[str, object]:
    lines = [
        {
            "at": line.at.isoformat().replace("+00:00", "Z"),
            "on": line.dated.isoformat(),
            "kind": line.kind,
            "who": line.who,
            "sentence": line.sentence,
            "article": line.article,
            "status": line.status,
            "refused": line.refused,
        }
        for line in told.lines
    ]
    reckoning = told.dossier.reckoning()
    return {
        "procedure": plan.procedure,
        "lines": lines,
        "status": told.dossier.status,
        "expires": reckoning.expires.isoformat() if reckoning.expires else None,
        "born": reckoning.born.isoformat() if reckoning.born else None,
    }
