"""To whom letters go: the form says a name and an address, and a representative where somebody may be represented."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.links import choices, field
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.schemas import data_path, fields
from domain.plan import Recipient
from domain.sentence import N_, Sentence

RIGHT = '[[recipients]] puis name = [["/demandeur/prenoms"], ["/demandeur/nom"]], address = ["/demandeur/adresse"]'
REPRESENTED = frozenset({"tutelle", "curatelle", "tuteur", "curateur"})
"""Answers that say that a measure protects the person: who carries it out is written to (code civil 467, 475)."""


def recipients(subject: Subject) -> Iterator[Fault]:
    """The person first, then each representative; every pointer leads to a field, every condition to an answer."""
    named, schema = subject.plan.recipients, subject.form(f"v{subject.plan.form}").schema
    if not named or named[0].when:
        what: str = N_(
            "rien ne dit à qui vont les lettres : où le formulaire écrit le nom de la personne et son adresse."
        )
        yield subject.fault(["recipients"], what, RIGHT)
    for index, one in enumerate(named):
        yield from _pointers(subject, schema, index, one)
        yield from _conditions(subject, schema, index, one)
    yield from _unwritten(subject, schema, named)


def _pointers(subject: Subject, schema: Mapping[str, Any], index: int, one: Recipient) -> Iterator[Fault]:
    every = [
        *(pointer for part in (*one.name, *one.jointly) for pointer in part),
        *one.address,
        *filter(None, (one.at,)),
    ]
    for pointer in every:
        if field(schema, pointer) is None:
            what: str = Sentence("« {pointer} » n'est pas un champ du formulaire.", pointer=pointer)
            yield subject.fault(["recipients", index], what, RIGHT)
    if index == 0 and not one.address:
        what = N_("la personne n'a pas d'adresse : aucune lettre ne lui parviendrait par la poste.")
        yield subject.fault(["recipients", index], what, 'address = ["/demandeur/adresse"]')


def _conditions(subject: Subject, schema: Mapping[str, Any], index: int, one: Recipient) -> Iterator[Fault]:
    for pointer, wanted in one.when.items():
        found = field(schema, pointer)
        known = choices(found) if found is not None else []
        for value in wanted:
            if value not in known:
                what = Sentence(
                    "« {value} » n'est pas une réponse possible à {pointer} : ce destinataire ne compterait jamais.",
                    value=value,
                    pointer=pointer,
                )
                yield subject.fault(["recipients", index], what, ", ".join(map(str, known)) or RIGHT)


def _unwritten(subject: Subject, schema: Mapping[str, Any], named: tuple[Recipient, ...]) -> Iterator[Fault]:
    """A measure of protection that the form knows, and that nobody is written to for."""
    for place, asked, _ in fields(schema):
        pointer = "".join(f"/{name}" for name in data_path(place))
        covered = {value for one in named for value in one.when.get(pointer, ())}
        for value in sorted(REPRESENTED & set(map(str, choices(asked))) - covered):
            what = Sentence(
                "quand {pointer} vaut « {value} », la personne a un représentant, et aucune lettre ne va à lui.",
                pointer=pointer,
                value=value,
            )
            right = f'[[recipients]] puis when = {{ "{pointer}" = ["{value}"] }}, instead = true'
            yield subject.fault(["recipients"], what, right)
