"""The worked cases are enough to see that a rule is wrong: they kill nearly every mutant of each `rules.py`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalogue.cases import amount_cases
from catalogue.loader import PROCEDURES, catalogue
from catalogue.rules import Rules, rules
from tests.procedures.mutants import Mutant, dies, mutants

COMPUTING = [slug for slug in catalogue().slugs() if (PROCEDURES / slug / "rules.py").exists()]
ENOUGH = 0.85


def _made(slug: str) -> tuple[Rules, list[Mutant]]:
    whole = rules(slug)
    assert whole is not None
    source = (PROCEDURES / slug / "rules.py").read_text(encoding="utf-8")
    return whole, list(mutants(source, sorted(whole.file.parameters)))


@pytest.mark.parametrize("slug", COMPUTING)
def test_the_cases_kill_the_mutants(slug: str, record_property: Callable[[str, object], None]) -> None:
    """By what lawyers worked out by hand alone, no property; the survivors are printed at the end of the run."""
    whole, made = _made(slug)
    survivors = [mutant for mutant in made if not dies(mutant, whole, amount_cases(slug))]
    killed = len(made) - len(survivors)
    told = [f"{slug}: {killed} of {len(made)} mutants of rules.py die on the cases ({killed / len(made):.0%})"]
    told += [f"  survives: line {mutant.line}, {mutant.change}" for mutant in survivors]
    record_property("figure", "\n".join(told))
    assert killed >= ENOUGH * len(made), told


@pytest.mark.parametrize("slug", COMPUTING)
def test_rules_unchanged_survive(slug: str) -> None:
    """Else the cases would kill whatever they are given."""
    whole, _ = _made(slug)
    source = (PROCEDURES / slug / "rules.py").read_text(encoding="utf-8")
    assert not dies(Mutant(0, "nothing", compile(source, "<mutant>", "exec")), whole, amount_cases(slug))
