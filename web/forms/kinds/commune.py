"""A commune, typed as a name or a postal code, kept as its INSEE code."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from catalogue.schemas import Schema
from domain.sentence import N_, Translate
from web.forms.answers import Answer, Place, Posting
from web.forms.attributes import attributes_of
from web.forms.choices import Choice
from web.forms.drawing import Drawing
from web.forms.kinds.kind import Kind
from web.forms.page import Question
from web.forms.rows import Checking
from web.forms.text import clean

CHOICE = ".choice"
BY_NAME = N_("Écrivez son nom ou son code postal.")
MISSING_NAME = N_("Écrivez le nom ou le code postal de la commune.")
NONE_HERE = N_("Aucune commune du département ne porte ce nom ou ce code postal. Vérifiez ce que vous avez écrit.")
NONE = N_("Nous ne trouvons aucune commune de France de ce nom ou de ce code postal. Vérifiez ce que vous avez écrit.")
SEVERAL = N_("Plusieurs communes correspondent : choisissez la bonne.")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


class Commune(Kind):
    """A commune of anywhere in France."""

    format = "commune"
    words: ClassVar[Mapping[str, str]] = {"required": MISSING_NAME, "format": NONE}
    elsewhere: ClassVar[bool] = True

    def draw(self, drawing: Drawing, base: Question, field: Schema, value: Any) -> Question:
        typed = drawing.typed.get(base.name)
        text = typed if typed is not None else drawing.communes.name(value) if isinstance(value, str) else ""
        meant = drawing.communes.candidates(typed, elsewhere=self.elsewhere) if typed else ()
        options = drawing.options(f"{base.name}{CHOICE}", [Choice(each.insee, each.label) for each in meant], [])
        attributes = attributes_of(base.name, field) | drawing.never
        return replace(base, kind="commune", value=text, options=options, attributes=attributes)

    def read(self, posting: Posting, field: Schema, place: Place, before: Any, *, required: bool) -> Answer:
        typed = clean(posting.inputs.one(place.source))
        if not typed:
            return Answer()
        if isinstance(before, str) and typed == posting.communes.name(before):
            return Answer(before)
        candidates = posting.communes.candidates(typed, elsewhere=self.elsewhere)
        chosen = [each for each in candidates if each.insee == posting.inputs.one(place.source + CHOICE)] or candidates
        if len(chosen) == 1:
            return Answer(chosen[0].insee)
        return place.unreadable("commune", SEVERAL if chosen else self.words["format"], {place.target: typed})

    def say(self, checking: Checking, field: Schema, value: Any) -> str:
        return checking.communes.name(value)

    def description(self, field: Schema, say: Translate) -> str:
        # The form speaks of the code that it stores; on a page, people write a name.
        return " ".join(each for each in SENTENCES.split(super().description(field, say)) if "INSEE" not in each)

    def hint(self, field: Schema, say: Translate) -> str:
        return say(BY_NAME)


class DepartementCommune(Commune):
    """A commune of the département alone."""

    format = "departement-commune"
    words: ClassVar[Mapping[str, str]] = {"required": MISSING_NAME, "format": NONE_HERE}
    elsewhere: ClassVar[bool] = False
