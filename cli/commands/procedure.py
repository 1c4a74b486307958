"""`guichet procedure`: the procedures of the catalogue, read, checked, begun and published."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from catalogue.checks.everything import faults
from catalogue.departement import ROOT
from catalogue.errors import CatalogueError, Fault, UnknownProcedure, UnknownVersion
from catalogue.form_hashes import publish as write_lock
from catalogue.form_hashes import unpublished
from catalogue.loader import Catalogue
from catalogue.named_versions import PUBLISHED, WRITTEN, UnknownName, differences, named
from catalogue.new import AlreadyThere, BadSlug, begin
from catalogue.versions import publish as keep_version
from cli.leaving import leaving, left
from cli.shown_procedure import change_document, document, lines
from letters.rehearsal import rehearsed

app = typer.Typer(no_args_is_help=True, help="Les démarches du catalogue : les voir, les vérifier, en écrire une.")

Slug = Annotated[str, typer.Argument(help="La démarche, par exemple apa-domicile.")]
AsJson = Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")]
Root = Annotated[Path, typer.Option("--in", help="Le dossier qui contient procedures/ et forms_schemas/.")]


@app.command("list")
def list_(*, root: Root = ROOT, as_document: AsJson = False) -> None:
    """Donner les démarches du catalogue."""
    every = _of(root)
    told = [{"slug": slug, "title": _title(every, slug)} for slug in every.slugs()]
    if as_document:
        _print_json(told)
        return
    width = max((len(each["slug"]) for each in told), default=0)
    typer.echo("\n".join(f"{each['slug']:<{width}}  {each['title']}" for each in told) or "Aucune démarche.")


@app.command("show")
def show(slug: Slug, *, root: Root = ROOT, as_document: AsJson = False) -> None:
    """Montrer une démarche : son délai, ses étapes, ses pièces, ses issues, chacun avec son texte."""
    with leaving(refused=CatalogueError, usage=UnknownProcedure):
        plan = _of(root).plan(slug)
    if as_document:
        _print_json(document(plan))
    else:
        typer.echo("\n".join(lines(plan)))


@app.command("check")
def check(
    slug: Annotated[str | None, typer.Argument(help="La démarche ; sans elle, --all.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Vérifier toutes les démarches.")] = False,
    root: Root = ROOT,
    as_document: AsJson = False,
) -> None:
    """Vérifier une démarche : chaque manque en une phrase, avec le fichier, la raison et un exemple juste."""
    every = _of(root)
    if (slug is None) != everything:
        raise left("Donnez une démarche, ou --all pour toutes.", 2)
    with leaving(usage=UnknownProcedure):
        found = {each: faults(each, rehearsed, every) for each in ([slug] if slug else every.slugs())}
    if as_document:
        _print_json({each: [_fault(fault) for fault in wrong] for each, wrong in found.items()})
    else:
        typer.echo("\n".join(line for each, wrong in found.items() for line in _verdict(every, each, wrong)))
    raise typer.Exit(1 if any(found.values()) else 0)


@app.command("new")
def new(slug: Slug, *, root: Root = ROOT) -> None:
    """Commencer une démarche : ses deux dossiers, à compléter ; « check » dit ensuite ce qui reste."""
    with leaving(refused=AlreadyThere, usage=BadSlug):
        folders = begin(slug, _of(root))
    for folder in folders:
        typer.echo(f"Créé : {folder}")
    typer.echo(f"Complétez-les, puis : guichet procedure check {slug}")


@app.command("publish")
def publish(slug: Slug, *, root: Root = ROOT) -> None:
    """Publier une démarche : sa version et ses formulaires sont gardés, ils ne changent plus."""
    every = _of(root)
    with leaving(usage=UnknownProcedure):
        wrong = faults(slug, rehearsed, every)
    if wrong:
        raise left("\n".join(_verdict(every, slug, wrong)), 1)
    new_ones = [form.name for form in write_lock(every.forms, slug)]
    kept = keep_version(every.folder(slug), every.plan(slug))
    if kept is not None:
        new_ones.append(f"version {kept.stem}")
    typer.echo("\n".join(f"Publié : {name}" for name in new_ones) or "Tout était publié.")


@app.command("diff")
def diff(
    slug: Slug,
    before: Annotated[str, typer.Argument(help="v1, published, written, ou un dossier candidat.")] = PUBLISHED,
    after: Annotated[str, typer.Argument(help="v2, published, written, ou un dossier candidat.")] = WRITTEN,
    *,
    root: Root = ROOT,
    as_document: AsJson = False,
) -> None:
    """Dire en français ce qui change d'une version d'une démarche à une autre, champs du formulaire compris."""
    every = _of(root)
    with leaving(refused=(CatalogueError, OSError), usage=(UnknownProcedure, UnknownVersion, UnknownName)):
        changes = differences(named(every, slug, before), named(every, slug, after))
    if as_document:
        _print_json([change_document(change) for change in changes])
    else:
        typer.echo("\n".join(change.sentence for change in changes) or "Rien ne change.")


def _of(root: Path) -> Catalogue:
    return Catalogue(root / "procedures", root / "forms_schemas")


def _title(every: Catalogue, slug: str) -> str:
    try:
        return every.plan(slug).title
    except CatalogueError:
        return f"(ne se lit pas : guichet procedure check {slug})"


def _verdict(every: Catalogue, slug: str, wrong: tuple[Fault, ...]) -> list[str]:
    if wrong:
        count = "1 point" if len(wrong) == 1 else f"{len(wrong)} points"
        return [f"✗ {slug} : {count} à reprendre.", *(line for fault in wrong for line in _told(fault))]
    drafts = [file.name for file in unpublished(every.forms, slug)]
    if every.plan(slug).version not in {plan.version for plan in every.published(slug)}:
        drafts.append(f"version {every.plan(slug).version}")
    left = f" À publier ({', '.join(drafts)}) : guichet procedure publish {slug}" if drafts else ""
    return [f"✓ {slug} : rien à reprendre.{left}"]


def _told(fault: Fault) -> list[str]:
    return [f"  - {fault.sentence}", *(f"      {line}" for line in fault.story)]


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "file": fault.file,
        "line": fault.line or None,
        "where": fault.where,
        "what": fault.what,
        "example": fault.example,
        "sentence": fault.sentence,
        "story": fault.story,
    }


def _print_json(told: object) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False))
