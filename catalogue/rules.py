"""Runs a procedure's `rules.py` with its `parameters.toml` on a day: the only place where that file is loaded."""

import hashlib
import importlib.util
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from catalogue.errors import UnknownProcedure
from catalogue.loader import Catalogue, catalogue
from catalogue.toml_files import Strict, read_toml
from domain.amounts import Amounts, NoValueYet, Value, Values

EXACT = re.compile(r"\A[0-9]+(\.[0-9]+)?\Z")


def _exact(value: Any) -> Decimal:
    """A TOML float would already have lost digits."""
    if not isinstance(value, str) or EXACT.match(value) is None:
        raise ValueError("une valeur s'écrit en chiffres, entre guillemets, pour rester exacte")
    return Decimal(value)


class DatedValue(Strict):
    """One value of `parameters.toml`."""

    start: date = Field(alias="from")
    value: Annotated[Decimal, BeforeValidator(_exact)]
    reference: str = Field(min_length=1)
    confidence: str = "U"


class Parameter(Strict):
    """One parameter: its title, its unit, its values by date."""

    title: str
    unit: str
    values: tuple[DatedValue, ...] = Field(min_length=1)


class ParametersFile(Strict):
    """`parameters.toml`; past `review_by` the suite fails until somebody has looked."""

    review_by: date
    parameters: dict[str, Parameter]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one procedure: pure functions over values by date, and the hashes that say which they are."""

    module: ModuleType
    file: ParametersFile
    hashes: Mapping[str, str]

    def values(self, on: date) -> Values:
        """The values in force on a day."""
        return Values(_tables(self.file), on)

    def amounts(self, facts: Mapping[str, Any], on: date) -> Amounts:
        """The amounts for these facts. Raises InvalidFacts, NotEntitled, NoValueYet."""
        computed: Amounts = self.module.amounts(facts, self.values(on))
        return computed

    def facts_of(
        self, form: Mapping[str, Any], findings: Mapping[str, Any], content: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The facts of a dossier."""
        facts: dict[str, Any] = self.module.facts_of(form, findings, content)
        return facts

    def provisional(self, on: date) -> Amounts:
        """The provisional amount due when silence takes effect."""
        computed: Amounts = self.module.provisional(self.values(on))
        return computed

    def advance(self, since: date, until: date) -> Amounts:
        """What the provisional aid has paid from `since` to the day `until`, at the rate of the day it began."""
        computed: Amounts = self.module.advance(since, until, self.values(since))
        return computed

    def imputation(self, contribution: Decimal, advance: Decimal) -> Amounts:
        """What remains to pay once the advance is imputed."""
        computed: Amounts = self.module.imputation(contribution, advance)
        return computed


def rules(slug: str, within: Catalogue | None = None) -> Rules | None:
    """The rules of a procedure; None when it computes no amount. Raises UnknownProcedure, CatalogueError."""
    return _read((within or catalogue()).folder(slug))


def provisional_amounts(slug: str, effect: str, on: date) -> Mapping[str, Decimal]:
    """The amounts of the aid that silence gives on a day, in euros; empty when it gives none, or nobody computes it."""
    if effect != "provisional":
        return {}
    try:
        known = rules(slug)
        return known.provisional(on).values if known is not None else {}
    except (UnknownProcedure, NoValueYet):
        return {}


@lru_cache(maxsize=64)
def _read(folder: Path) -> Rules | None:
    source, parameters = folder / "rules.py", folder / "parameters.toml"
    if not source.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"procedures.{folder.name.replace('-', '_')}_rules", source)
    if spec is None or spec.loader is None:
        raise ImportError(str(source))
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (source, parameters)}
    return Rules(module, read_toml(parameters, ParametersFile), hashes)


def _tables(file: ParametersFile) -> dict[str, tuple[Value, ...]]:
    return {
        name: tuple(
            Value(start=each.start, value=each.value, reference=each.reference, confidence=each.confidence)
            for each in parameter.values
        )
        for name, parameter in file.parameters.items()
    }
