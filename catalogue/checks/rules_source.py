"""`rules.py` as its text says it is: pure, exact, and without a number that no text gives."""

import ast
from collections.abc import Iterator

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from domain.sentence import N_, Sentence

MAY_IMPORT = frozenset({"__future__", "collections", "dataclasses", "datetime", "decimal", "domain", "typing"})
READS_THE_WORLD = frozenset({"now", "today", "utcnow", "open", "input", "getenv", "eval", "exec"})
MUST_DEFINE = ("facts_of", "amounts")


def rules_source(subject: Subject) -> Iterator[Fault]:
    """What a lawyer could not see in the values: a number, a float, the present day, another room."""
    file, name = subject.folder / "rules.py", f"{subject.slug}/rules.py"
    computed: list[str] = [step.kind for step in subject.plan.steps if getattr(step, "computed", False)]
    computed += [outcome.key for outcome in subject.plan.outcomes if outcome.computed]
    if not file.exists():
        for each in computed:
            what = Sentence("« {each} » est calculé (computed = true), et aucun rules.py ne le calcule.", each=each)
            yield subject.fault([], what, "def amounts(given, values): …")
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for wanted in MUST_DEFINE:
        if wanted not in defined:
            yield Fault(name, 0, wanted, N_("cette fonction manque."), f"def {wanted}(…): …")
    for node in ast.walk(tree):
        if (wrong := _wrong(node)) is not None:
            line = getattr(node, "lineno", 0)
            yield Fault(name, line, "", wrong, 'values["mtp"], et la valeur datée dans parameters.toml')


def _wrong(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=float() as number):
            return Sentence(
                "le nombre {number} est à virgule flottante : un montant se calcule en Decimal.", number=number
            )
        case ast.Constant(value=int() as number) if number not in {0, 1}:
            return Sentence(
                "le nombre {number} est écrit dans le code : une valeur a une date et un texte.", number=number
            )
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str() as value)]) if value not in {
            "0",
            "1",
        }:
            return Sentence(
                "le nombre {number} est écrit dans le code : une valeur a une date et un texte.", number=value
            )
        case ast.Import(names=names) if (root := _root(names[0].name)) not in MAY_IMPORT:
            return Sentence("« {root} » n'a pas sa place dans des règles pures.", root=root)
        case ast.ImportFrom(module=str() as module) if _root(module) not in MAY_IMPORT:
            return Sentence("« {root} » n'a pas sa place dans des règles pures.", root=_root(module))
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in READS_THE_WORLD:
            return Sentence("« {called} » lit le monde : le jour et les faits sont donnés, jamais lus.", called=called)
        case _:
            return None


def _root(module: str) -> str:
    return module.split(".", 1)[0]
