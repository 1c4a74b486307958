"""`guichet rules`: the amounts that a procedure's rules give for facts read on standard input."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from catalogue.errors import UnknownProcedure
from catalogue.formats.days import is_date
from catalogue.rules import Rules, rules
from domain.amounts import Amounts, InvalidFacts, NotEntitled, NoValueYet, in_euros
from domain.strict_json import BadJson, strict_loads

app = typer.Typer()


@app.command("rules")
def compute(
    procedure: Annotated[str, typer.Argument(help="La démarche, par exemple apa-domicile.")],
    *,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Calculer des montants : les faits en JSON sur l'entrée standard, montants et valeurs utilisées en sortie."""
    try:
        amounts = _computed(_known(procedure), sys.stdin.buffer.read())
    except NotEntitled as refused:
        _fail(str(refused), {"article": refused.article, "message": refused.reason}, 1, as_document=as_document)
    except (InvalidFacts, NoValueYet) as bad:
        _fail(str(bad), {"field": bad.field, "message": str(bad)}, 2, as_document=as_document)
    except BadJson as bad:
        message = f"Champ « {bad.field} » : {bad.sentence}"
        _fail(message, {"field": bad.field, "message": message}, 2, as_document=as_document)
    except UnknownProcedure as unknown:
        _fail(str(unknown), {"field": "procedure", "message": str(unknown)}, 2, as_document=as_document)
    else:
        typer.echo(_dump(_document(amounts)) if as_document else "\n".join(_told(amounts)))


def _known(procedure: str) -> Rules:
    known = rules(procedure)
    if known is None:
        raise InvalidFacts("procedure", f"la démarche « {procedure} » ne calcule aucun montant.")
    return known


def _computed(known: Rules, text: bytes) -> Amounts:
    facts = strict_loads(text)
    if not isinstance(facts, dict):
        raise InvalidFacts("entrée standard", "il faut un objet JSON.")
    on = facts.pop("on", None)
    if not isinstance(on, str) or not is_date(on):
        raise InvalidFacts("on", "il faut une date, par exemple « 2026-06-01 ».")
    return known.amounts(facts, date.fromisoformat(on))


def _document(amounts: Amounts) -> Mapping[str, Any]:
    used = [
        {"name": each.name, "value": str(each.value), "from": each.start.isoformat(), "reference": each.reference}
        for each in amounts.used
    ]
    return {name: str(value) for name, value in amounts.values.items()} | {"used": used}


def _told(amounts: Amounts) -> list[str]:
    lines = [f"{name} : {in_euros(value)}" for name, value in amounts.values.items()]
    return lines + [f"  {u.name} = {u.value}, depuis le {u.start:%d/%m/%Y} ({u.reference})" for u in amounts.used]


def _fail(sentence: str, error: Mapping[str, str], code: int, *, as_document: bool) -> None:
    typer.echo(sentence, err=True)
    if as_document:
        typer.echo(_dump({"error": error}))
    raise typer.Exit(code)


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False)
