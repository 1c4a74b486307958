"""`guichet doctor`: is everything the product needs there, and if not, what to do?"""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import ValidationError

from cli.checks import confinement, database, parts
from cli.checks.finding import Finding, bad, good
from cli.configured import problems
from storage.engine.fitness import unfit
from storage.engine.secret_files import SecretUnreadable
from storage.engine.settings import NoAddress, Settings

app = typer.Typer()

_MARKS = {True: "✓", False: "✗", None: "·"}


@app.command("doctor")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Répond en JSON.")] = False,
) -> None:
    """Examine configuration, clés, base, migrations, horloge et services ; dit quoi faire."""
    findings = examine()
    healthy = all(finding.ok is not False for finding in findings)
    if as_json:
        typer.echo(json.dumps({"ok": healthy, "checks": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(line(finding))
    raise typer.Exit(0 if healthy else 1)


def examine() -> list[Finding]:
    """Everything that can be looked at with the settings there are."""
    try:
        settings = Settings.model_validate({})
        settings.url_of("keys")  # beside any address of the main database
    except (ValidationError, SecretUnreadable, NoAddress) as error:
        to_do = "« guichet up » donne tout cela de lui-même ; sinon, définissez la variable"
        return [bad("configuration", problem, to_do) for problem in problems(error)]
    return [
        good("configuration", f"mode {settings.mode}"),
        *(bad("configuration", wrong, "corrigez-le : l'API ne démarre pas ainsi") for wrong in unfit(settings)),
        good("clé maîtresse", "présente et utilisable"),
        confinement.secrets(),
        confinement.examiner(),
        *database.roles(settings),
        database.schema(settings),
        database.clock(settings),
        database.served(settings),
        parts.temporal(settings),
        parts.objects(settings),
        parts.antivirus(settings),
        parts.mail(settings),
    ]


def line(finding: Finding) -> str:
    """A finding as a person reads it."""
    said = f"{_MARKS[finding.ok]} {finding.name} : {finding.detail}"
    return f"{said}\n    → {finding.to_do}" if finding.to_do else said
