"""`eligibility.toml`: the few questions asked before any effort. They help to choose, and decide nothing."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from catalogue.forms import Form
from catalogue.loader import PROCEDURES
from catalogue.toml_files import Strict, read_toml
from domain.sentence import N_

FILE = "eligibility.toml"
Answer = Literal["oui", "non", "ne_sait_pas"]
ANSWERS: Mapping[Answer, str] = {"oui": N_("Oui"), "non": N_("Non"), "ne_sait_pas": N_("Je ne sais pas")}
TRY_ANYWAY = N_("Vous pouvez demander quand même : le service regardera votre situation.")


class Question(Strict):
    """One condition, asked of a person: `expected` is the answer that meets it, `otherwise` what another one means.

    `unsure`: what to look at when one does not know. `see`: another procedure that may help instead.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    question: str = Field(min_length=1)
    expected: Literal["oui", "non"] = "oui"
    otherwise: str = Field(min_length=1)
    unsure: str = ""
    see: str = ""
    reference: tuple[str, ...]
    confidence: str


class Eligibility(Strict):
    """The questions of a procedure, in the order in which they are asked."""

    questions: tuple[Question, ...] = ()

    @cached_property
    def form(self) -> Form:
        """The questions as a form of one page, compiled once: each takes yes, no, or does not know."""
        return Form(
            {
                "type": "object",
                "additionalProperties": False,
                "required": [each.key for each in self.questions],
                "properties": {each.key: _field(each) for each in self.questions},
            }
        )

    def unmet(self, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """Those whose answer is another than the one expected; not knowing is no answer."""
        return tuple(each for each in self.questions if answers[each.key] not in (each.expected, "ne_sait_pas"))

    def unknown(self, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """Those to which the person does not know the answer."""
        return tuple(each for each in self.questions if answers[each.key] == "ne_sait_pas")


def _field(question: Question) -> dict[str, Any]:
    choices = [{"const": value, "title": title} for value, title in ANSWERS.items()]
    return {"type": "string", "title": question.question, "oneOf": choices}


@lru_cache(maxsize=64)
def eligibility(procedure: str) -> Eligibility:
    """The questions of a procedure; none without a file. Raises CatalogueError."""
    return read(PROCEDURES / procedure)


def read(folder: Path) -> Eligibility:
    """What the folder of a procedure asks. Raises CatalogueError."""
    file = folder / FILE
    return read_toml(file, Eligibility) if file.exists() else Eligibility()
