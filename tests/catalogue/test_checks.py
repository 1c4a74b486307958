"""`check` speaks of each thing that is wrong, where it is, and only of that."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.catalogue.drafts import Draft
from tests.catalogue.other_languages import prose_left

ASM, APA, DOC, CMI = "agrement-assistant-maternel", "apa-domicile", "acces-documents", "cmi"
TOML = "procedure.toml"
VISA = '[[steps]]\nkind = "visa"\nlevels = ["responsable"]\nreference = ["usage"]\nconfidence = "A"\n'
BROKEN = tomllib.loads(Path(__file__).with_name("broken.toml").read_text(encoding="utf-8"))["broken"]


@pytest.mark.parametrize("broken", BROKEN, ids=[broken["name"] for broken in BROKEN])
def test_what_is_broken_is_said(tmp_path: Path, broken: dict[str, str]) -> None:
    """Each thing that `broken.toml` breaks in a procedure that was right."""
    draft = Draft(tmp_path, broken["procedure"])
    draft.edit(broken["file"], broken["old"], broken["new"])
    faults = draft.faults()
    told = [fault for fault in faults if broken["said"] and broken["said"] in fault.sentence]
    assert bool(told) == bool(broken["said"]) == bool(faults)
    for fault in told:
        assert fault.line, fault.sentence
        assert fault.example, fault.sentence
        assert not prose_left(fault.sentence, fault.example), "said in French alone"
        assert not [one for line in fault.story for one in prose_left(line)], "told in French alone"
    assert broken.get("story", "") in "\n".join(line for fault in told for line in fault.story)


def test_a_counter_example_is_told_day_by_day(tmp_path: Path) -> None:
    """Dated acts, who acts, and what stops the way."""
    draft = Draft(tmp_path, DOC)
    draft.edit(TOML, '[[steps]]\nkind = "notice"', f'{VISA}\n[[steps]]\nkind = "notice"')
    (fault,) = (fault for fault in draft.faults() if "jamais terminée" in fault.what)
    assert fault.story[0] == "23 novembre 2026 — la personne : La demande est déposée en ligne."
    assert all(" 2026 — " in line for line in fault.story[:-1])
    assert fault.story[-1].startswith("→ give_visa refusé : La décision est déjà signée")


@pytest.mark.parametrize("slug", ["recours-gracieux", DOC])
def test_a_refusal_that_nobody_may_contest_is_told_as_a_story(tmp_path: Path, slug: str) -> None:
    """By silence here: the shortest way to a refusal."""
    draft = Draft(tmp_path, slug)
    file = draft.file(TOML)
    tables = file.read_text(encoding="utf-8").split("\n[[")
    kept = [table for table in tables if not table.startswith("appeals]]")]
    file.write_text("\n[[".join(kept), encoding="utf-8")
    (fault,) = (fault for fault in draft.faults() if "aucune voie de recours" in fault.what)
    assert "Faute de réponse dans le délai, la demande est rejetée" in fault.story[-2]
    assert fault.story[-1] == "→ personne ne peut dire devant qui contester, ni jusqu'à quand."
    assert fault.line


@pytest.mark.parametrize("slug", [ASM, CMI])
def test_a_shipped_procedure_has_nothing_wrong_once_copied(tmp_path: Path, slug: str) -> None:
    """All of them, in their place: `tests/cli/test_procedure.py`."""
    assert Draft(tmp_path, slug).said() == ""


def test_a_fault_names_the_line_of_what_is_wrong(tmp_path: Path) -> None:
    """Of the key when it is there, of its table when it is missing."""
    draft = Draft(tmp_path, ASM)
    lines = draft.file(TOML).read_text(encoding="utf-8").splitlines()
    draft.edit(TOML, "rank = 10", "rank = 40")
    draft.edit(TOML, "within = { days = 60 }", "")
    told = {fault.where: fault.line for fault in draft.faults()}
    assert lines[told["steps[2].within"] - 1] in {'kind = "assessment"', "[[steps]]"}
    assert lines[told["ranks[2].rank"] - 1] == "rank = 40"


def test_a_letter_that_an_event_asks_for_must_exist(tmp_path: Path) -> None:
    """No shared letter of that name either."""
    draft = Draft(tmp_path, APA)
    draft.file("letters/decision-accord.md").unlink()
    assert "n'a pas de lettre « decision-accord »" in draft.said()


def test_eight_cases_at_least(tmp_path: Path) -> None:
    """Fewer prove too little."""
    draft = Draft(tmp_path, DOC)
    text = draft.file("cases.toml").read_text(encoding="utf-8")
    draft.file("cases.toml").write_text("[[cases]]".join(text.split("[[cases]]")[:8]), encoding="utf-8")
    assert "il y a 7 cas ; il en faut 8" in draft.said()


def test_what_a_case_answers_is_what_the_form_in_force_admits(tmp_path: Path) -> None:
    """A field that a version dropped, or a choice that it does not offer, would be tried by nobody."""
    draft = Draft(tmp_path, CMI)
    draft.edit("cases.toml", 'qualite = "tuteur"', 'qualite = "voisin"')
    (fault,) = draft.faults()
    assert fault.where == "form/demandeur/representant/qualite"
    assert "le cas « representant » : " in fault.what
    assert draft.file("cases.toml").read_text(encoding="utf-8").splitlines()[fault.line - 1].startswith("form = ")


def test_nothing_is_said_of_letters_and_cases_when_the_plan_cannot_be_read(tmp_path: Path) -> None:
    """What is unreadable is told alone, at its line."""
    draft = Draft(tmp_path, ASM)
    draft.edit(TOML, "stopped_by", "stoped_by")
    (fault,) = draft.faults()
    assert fault.line == 11
    assert "Vouliez-vous écrire « stopped_by » ?" in fault.sentence


RULES = [
    ("\nSMIC = 3\n", "le nombre 3 est écrit dans le code"),
    ("\nRATE = 0.9\n", "le nombre 0.9 est à virgule flottante"),
    ('\nRATE = Decimal("0.9")\n', "le nombre 0.9 est écrit dans le code"),
    ("\nimport os\n", "« os » n'a pas sa place dans des règles pures"),
    ("\nfrom storage.engine import keys\n", "« storage » n'a pas sa place dans des règles pures"),
    ("\ndef day():\n    return date.today()\n", "« today » lit le monde"),
    ("\ndef (\n", "le fichier ne se lit pas"),
]


@pytest.mark.parametrize(("added", "said"), RULES, ids=[said for _, said in RULES])
def test_rules_are_pure_exact_and_without_a_number_of_their_own(tmp_path: Path, added: str, said: str) -> None:
    """What no lawyer could see in the dated values."""
    draft = Draft(tmp_path, APA)
    file = draft.file("rules.py")
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    (fault,) = (fault for fault in draft.faults() if said in fault.what)
    assert fault.file == f"{APA}/rules.py"
    assert fault.line


def test_an_amount_said_to_be_computed_is_computed(tmp_path: Path) -> None:
    """By a rules.py that is there."""
    draft = Draft(tmp_path, APA)
    draft.file("rules.py").unlink()
    assert "« accord » est calculé (computed = true), et aucun rules.py ne le calcule" in draft.said()
