"""Campaigns and open data: what ranks a request and what is published of a grant are fields that somebody fills in."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.links import field
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.forms import file_of
from domain.open_data import NEEDED, READ
from domain.plan import OpenData
from domain.sentence import N_, Sentence

SOURCES = ("form", "decision", "convention")


def campaigns(subject: Subject) -> Iterator[Fault]:
    """A campaign is voted on; its score and its amount are fields of the assessment's form."""
    plan = subject.plan
    if plan.campaign and plan.step_of("vote") is None:
        what = N_("une campagne se conclut par un vote, et la démarche n'a pas d'étape « vote ».")
        yield subject.fault(["campaign"], what, '[[steps]] puis kind = "vote"')
    step = plan.step_of("assessment")
    schema = _schema(subject, step.form if step is not None else "")
    for name in ("rank_by", "amount_by"):
        pointer = getattr(plan, name)
        if pointer and not plan.campaign:
            yield subject.fault([name], N_("ne sert qu'à classer les demandes d'une campagne."), "campaign = true")
        elif pointer and field(schema, pointer) is None:
            what = Sentence("« {pointer} » n'est pas un champ du formulaire de l'évaluation.", pointer=pointer)
            yield subject.fault([name], what, f"/{next(iter(schema.get('properties', {})), 'note')}")


def open_data(subject: Subject) -> Iterator[Fault]:
    """Each column is one of the schema's, read where there is something to read."""
    said = subject.plan.open_data
    if said is None:
        return
    for name in sorted(NEEDED - said.columns.keys()):
        yield subject.fault(
            ["open_data", "columns"], Sentence("la colonne « {name} » manque.", name=name), f'{name} = "/form/…"'
        )
    if not said.columns.keys() & {"idBeneficiaire", "rnaBeneficiaire"}:
        what = N_("seules les personnes morales sont publiées : dites où lire leur SIRET, ou leur numéro RNA.")
        yield subject.fault(["open_data", "columns"], what, 'idBeneficiaire = "/form/association/siret"')
    for name in sorted(said.columns.keys() - READ):
        known = ", ".join(sorted(READ))
        yield subject.fault(
            ["open_data", "columns", name], Sentence("la colonne « {name} » ne se lit pas.", name=name), known
        )
    yield from _pointers(subject, said)


def _pointers(subject: Subject, said: OpenData) -> Iterator[Fault]:
    named: dict[tuple[str, ...], str] = {("columns", name): pointer for name, pointer in said.columns.items()}
    if said.until:
        named[("until",)] = said.until
    for place, pointer in named.items():
        source, _, rest = pointer.removeprefix("/").partition("/")
        if source not in SOURCES or not any(field(schema, f"/{rest}") for schema in _schemas(subject, source)):
            what = Sentence(
                "« {pointer} » n'est un champ ni du formulaire, ni d'une décision, ni de la convention.",
                pointer=pointer,
            )
            yield subject.fault(["open_data", *place], what, "/form/…, /decision/… ou /convention/…")


def _schemas(subject: Subject, source: str) -> list[Mapping[str, Any]]:
    plan = subject.plan
    convention = plan.step_of("convention")
    match source:
        case "form":
            return [subject.form(f"v{plan.form}").schema]
        case "decision":
            return [_schema(subject, outcome.form) for outcome in plan.outcomes if outcome.favourable]
        case _:
            form = convention.form if convention is not None else ""
            return [_schema(subject, form)]


def _schema(subject: Subject, name: str) -> Mapping[str, Any]:
    """The schema of a step's or an outcome's form; empty without one, and when it is missing (told elsewhere)."""
    file = file_of(name, subject.plan.form, subject.forms)
    return subject.form(file).schema if name and (subject.forms / f"{file}.json").exists() else {}
