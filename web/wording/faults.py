"""What is wrong with a catalogue, sentence by sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from web.wording.sentences import SourceSentence

PLACES = re.compile(r"%\(\w+\)[sd]|%%?|(?<!\{)\{\w*\}(?!\})")
TAGS = re.compile(r"</?[a-z]+")
WRONG = {
    "missing": "sans traduction",
    "unsaid": "traduite, mais que plus rien ne dit",
    "fuzzy": "traduite à peu près (fuzzy)",
    "places": "dont la traduction n'a pas les mêmes champs",
    "plural": "dont il manque des formes du pluriel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A sentence and what is wrong with it in one catalogue."""

    kind: str
    text: str
    where: str


def faults(catalog: Catalog, said: Sequence[SourceSentence]) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the sources."""
    wanted = {one.text: one for one in said}
    every = {_id(message): message for message in catalog if message.id}
    found = [
        Fault(kind=kind, text=one.text, where=one.where)
        for one in said
        if (kind := _wrong(one, every, catalog.num_plurals))
    ]
    return (*found, *(Fault(kind="unsaid", text=text, where="") for text in every if text not in wanted))


def _wrong(one: SourceSentence, every: Mapping[str, Message], plurals: int) -> str:
    message = every.get(one.text)
    if message is None or not any(forms := _forms(message)):
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    if one.plural and (len(forms) != plurals or not all(forms)):
        return "plural"
    places = _places(one.text), _places(one.plural or one.text)
    return "" if all(_places(form) in places for form in forms) else "places"


def _places(text: str) -> tuple[list[str], list[str]]:
    return sorted(match.group() for match in PLACES.finditer(text)), sorted(TAGS.findall(text))


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(message.string or ("",))


def in_words(found: Sequence[Fault], name: str) -> Iterator[str]:
    """The faults of one file as a person reads them."""
    for kind, sentence in WRONG.items():
        these = [fault for fault in found if fault.kind == kind]
        if these:
            yield f"{name} : phrases {sentence} : {len(these)}."
            yield from (f"  {fault.where or '–'} : {fault.text}" for fault in these)
