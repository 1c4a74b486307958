"""The page of an act of the person: what its command asks of them (`domain/act_fields.py`), drawn, read, checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from api.act_bodies import asked_by, body_of
from api.http.validation_messages import field_error
from domain.act_fields import Field
from domain.command import Command
from domain.commands import COMMANDS
from domain.sentence import N_
from web.residents.dossier_view import DossierView
from web.site.asked import read
from web.site.page import Here
from web.site.rendering import TEMPLATES, page

TYPED = frozenset({"choice", "flag", "consent", "day", "number", "short", "long"})
"""What a page asks by itself: neither documents, nor a form, nor one of the plan's keys."""
TOO_LONG = N_("Ce texte est trop long : raccourcissez-le.")


@dataclass(frozen=True)
class ActPage:
    """An act as its page asks it; one that needs more says so in a class of its own (`web/residents/acts.py`).

    `path` is under the request's address; `inputs` names the inputs that have not their field's name. Once done, what
    the act says of it (`Command.done`) is read at `then`; `meanwhile`: done whatever happened since.
    `link` leads there from the request, where nothing else does.
    """

    name: str
    path: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    then: str = ""
    meanwhile: bool = False

    @property
    def command(self) -> type[Command]:
        """The act itself."""
        return COMMANDS[self.name]

    @property
    def template(self) -> str:
        """Its own, or that of every act."""
        own = f"residents/acts/{self.name}.html"
        return own if (TEMPLATES / own).exists() else "residents/acts/act.html"

    @property
    def fields(self) -> tuple[Field, ...]:
        """What it asks of the person."""
        return asked_by(self.command, "resident")

    @property
    def by_itself(self) -> bool:
        """Whether a page can ask all of it without knowing more."""
        return all(each.says.label and each.kind in TYPED for each in self.fields)

    def input_of(self, asked: Field) -> str:
        """The name and the id of its input."""
        return self.inputs.get(asked.name, asked.name)

    def possible(self, one: DossierView) -> bool:
        """Whether it may be done now."""
        return one.admits(self.name)

    def asked(self, one: DossierView) -> tuple[Field, ...]:
        """What it asks now."""
        del one
        return self.fields

    def beside(self, here: Here, one: DossierView) -> Mapping[str, Any]:
        """What else its template shows."""
        del here, one
        return {}

    def lacks(self, body: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields that this answer needs, though the act may do without."""
        del body
        return ()

    def said(self, body: Mapping[str, Any]) -> str:
        """The code of what is read once it is done (`web/site/confirmations.py`)."""
        del body
        return self.name

    def read(self, form: FormData) -> dict[str, Any]:
        """What was posted, without what was left empty."""
        found = {each.name: read(each, form, self.input_of(each)) for each in self.fields}
        return {name: value for name, value in found.items() if value is not None}

    def wrong(self, body: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with it, field by field."""
        asked = {each.name: each for each in self.fields}
        found = {name: asked[name].says.missing for name in self.lacks(body)}
        try:
            body_of(self.command, agents=False).model_validate(body)
        except ValidationError as invalid:
            for error in invalid.errors():
                name = str(error["loc"][0])
                too_long = error["type"] == "string_too_long"
                found[name] = TOO_LONG if too_long else asked[name].says.missing or field_error(error).message
        return {name: found[name] for name in asked if name in found}

    def drawn(
        self,
        here: Here,
        one: DossierView,
        body: Mapping[str, Any] | None = None,
        wrong: Mapping[str, str] | None = None,
    ) -> Response:
        """The page, with what was typed and what is wrong with it."""
        return page(
            here,
            self.template,
            status=422 if wrong else 200,
            one=one,
            act=self,
            body=body or {},
            wrong=wrong or {},
            **self.beside(here, one),
        )
