"""`cases.toml`: worked examples that a lawyer can edit; each is a story, and what is expected of it at given dates."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import Field

from catalogue.amount_cases import AmountCase
from catalogue.errors import CatalogueError, Fault
from catalogue.loader import Catalogue, catalogue
from catalogue.toml_files import Strict, read_toml
from domain.act_description import Misdescribed, command_of, instant
from domain.calendar import Instant
from domain.command import ANY
from domain.commands import COMMANDS
from domain.filing import File
from domain.futures.simulation import Planned, Story, tell
from domain.plan import Plan
from domain.sentence import N_, Sentence, Verbatim
from domain.steps.decision import Decision


class ActSaid(Strict):
    """An act at a date (noon in Paris) or an instant; `refused` is a text that its refusal must contain."""

    on: str
    act: str
    data: dict[str, Any] = Field(default_factory=dict)
    refused: str = ""


class Expected(Strict):
    """What must be true at a date (noon in Paris) or an instant."""

    on: str
    status: str | None = None
    born: date | None = None
    expires: date | None = None
    decide_by: date | None = None
    happened: tuple[str, ...] = ()
    not_happened: tuple[str, ...] = ()


class Late(Strict):
    """A filing received on paper, on the case's `filed`, and entered by an agent later.

    `initially` names the administration that received it first, `competent` is when we then did (CRPA L114-3).
    """

    entered: str
    evidence: str
    initially: str = ""
    competent: str = ""


class Case(Strict):
    """A filing, acts, expectations, and the texts that the case is about."""

    name: str
    title: str
    reference: tuple[str, ...] = ()
    filed: str
    missing: tuple[str, ...] = ()
    electronic_notice: bool = False
    late: Late | None = None
    form: dict[str, Any] = Field(default_factory=dict)
    acts: tuple[ActSaid, ...] = ()
    expect: tuple[Expected, ...] = Field(default=())


class CasesFile(Strict):
    """The whole file."""

    cases: tuple[Case, ...]
    amounts: tuple[AmountCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a case expects and what the kernel gives."""

    case: str
    on: str
    expected: str
    given: str


def cases(slug: str, within: Catalogue | None = None) -> tuple[Case, ...]:
    """The cases of a procedure, in the file's order. Raises UnknownProcedure, CatalogueError."""
    return _file(slug, within).cases


def amount_cases(slug: str, within: Catalogue | None = None) -> tuple[AmountCase, ...]:
    """The worked amounts of a procedure, in the file's order. Raises UnknownProcedure, CatalogueError."""
    return _file(slug, within).amounts


def _file(slug: str, within: Catalogue | None) -> CasesFile:
    file = (within or catalogue()).folder(slug) / "cases.toml"
    return read_toml(file, CasesFile) if file.exists() else CasesFile(cases=())


def planned(plan: Plan, case: Case) -> tuple[Planned, ...]:
    """The filing and the acts of a case. Raises CatalogueError for an act or data that the kernel does not know."""
    written = case.late.entered if case.late is not None else case.filed
    return (
        Planned(at=instant(written), command=filing(plan, case)),
        *(_act(plan, case, said) for said in case.acts),
    )


def filing(plan: Plan, case: Case) -> File:
    """The filing of a case: every required piece but those said missing."""
    required = (p.key for p in plan.pieces if p.required_for(case.form) and p.key not in case.missing)
    filed = File(
        form=case.form,
        pieces=dict.fromkeys(required, (ANY,)),
        electronic_notice=case.electronic_notice,
        channel="online",
    )
    late = case.late
    if late is None:
        return filed
    return replace(
        filed,
        effective=instant(case.filed),
        channel="paper",
        evidence=late.evidence,
        initially=late.initially,
        competent=instant(late.competent) if late.competent else None,
    )


def _act(plan: Plan, case: Case, said: ActSaid) -> Planned:
    stand_ins = COMMANDS[said.act].stand_ins if said.act in COMMANDS else {}
    try:
        command = command_of(said.act, {**stand_ins, **said.data})
    except Misdescribed as bad:
        fault = Fault(f"{plan.procedure}/cases.toml", 0, f"{case.name}, acte {said.act}", bad.told)
        raise CatalogueError((fault,)) from bad
    return Planned(at=instant(said.on), command=command)


def story(plan: Plan, case: Case, until: Instant | None = None) -> Story:
    """The case as the kernel tells it."""
    return tell(plan, planned(plan, case), until)


def disagreements(plan: Plan, case: Case) -> tuple[Disagreement, ...]:
    """Where the kernel and the case differ; nothing when the case passes."""
    found = [*_refusals(plan, case)]
    for expected in case.expect:
        found.extend(_compare(case, expected, story(plan, case, instant(expected.on))))
    return tuple(found)


def _refusals(plan: Plan, case: Case) -> list[Disagreement]:
    refused = [line for line in story(plan, case).lines if line.refused]
    found = []
    for said in (each for each in case.acts if each.refused):
        at = instant(said.on)
        match = next((line for line in refused if line.at == at and line.kind == said.act), None)
        if match is None or said.refused not in match.sentence:
            given = match.sentence if match else N_("admis")
            found.append(Disagreement(case.name, said.on, _refused(said.act, said.refused), given))
        else:
            refused.remove(match)
    found.extend(
        Disagreement(case.name, str(line.dated), _admitted(line.kind), Sentence("refusé : {why}", why=line.sentence))
        for line in refused
    )
    return found


def _refused(act: str, why: str) -> Sentence:
    return Sentence("{act} refusé : {why}", act=Verbatim(act), why=why)


def _admitted(act: str) -> Sentence:
    return Sentence("{act} admis", act=Verbatim(act))


def _compare(case: Case, expected: Expected, told: Story) -> list[Disagreement]:
    reckoning = told.dossier.reckoning()
    kinds = {event.kind for event in told.events}
    pairs: list[tuple[str, object, object]] = []
    if expected.status is not None:
        pairs.append(("status", expected.status, told.dossier.status))
    if expected.born is not None:
        pairs.append(("born", expected.born, reckoning.born))
    if expected.expires is not None:
        pairs.append(("expires", expected.expires, reckoning.expires))
    if expected.decide_by is not None:
        step = told.dossier.plan.step_of("decision")
        pairs.append(
            ("decide_by", expected.decide_by, step.last_day(told.dossier) if isinstance(step, Decision) else None)
        )
    pairs.extend((f"happened {kind}", True, kind in kinds) for kind in expected.happened)
    pairs.extend((f"happened {kind}", False, kind in kinds) for kind in expected.not_happened)
    return [
        Disagreement(case.name, expected.on, f"{name} = {wanted}", str(given))
        for name, wanted, given in pairs
        if wanted != given
    ]
