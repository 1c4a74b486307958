"""Mutants of `rules.py`: one thing changed in each, as a slip of the hand or of the mind would."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType
from typing import Any

from catalogue.amount_cases import AmountCase, disagreement
from catalogue.rules import Rules

FILE = "<mutant>"
LONGEST = 20_000
"""Lines that a rule may run for one case: a mutant that goes on for ever is dead."""
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
CALLED = {"min": "max", "max": "min"}
DROPPED = (ast.Assign, ast.AugAssign, ast.If, ast.Raise, ast.While, ast.For)
# What a wrong rule may run into instead of an amount.
BROKEN = (ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError)


class TooLong(RuntimeError):
    """The rule does not end."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """What was changed, at which line, and the code that it makes."""

    line: int
    change: str
    code: CodeType


def mutants(source: str, parameters: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of the source; `parameters` are the names of values, each taken for its neighbour."""
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        for change, other in _changes(node, parameters):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[place]
            changed = _Put(target, other).visit(changed)
            code = compile(ast.fix_missing_locations(changed), FILE, "exec")
            yield Mutant(getattr(node, "lineno", 0), change, code)


class _Put(ast.NodeTransformer):
    """The tree with `other` in the place of `target`."""

    def __init__(self, target: ast.AST, other: ast.AST) -> None:
        self.target, self.other = target, other

    def visit(self, node: ast.AST) -> Any:
        """That node, or the one that takes its place."""
        return ast.copy_location(self.other, node) if node is self.target else self.generic_visit(node)


def _changes(node: ast.AST, parameters: Sequence[str]) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=right):
            for other in COMPARED[type(operator)]:
                yield f"{type(operator).__name__} → {other.__name__}", ast.Compare(left, [other()], right)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in COMPUTED:
            other_operator = COMPUTED[type(operator)]
            yield f"{type(operator).__name__} → {other_operator.__name__}", ast.BinOp(left, other_operator(), right)
        case ast.AugAssign(target=target, op=ast.Add(), value=value):
            yield "Add → Sub", ast.AugAssign(target, ast.Sub(), value)
        case ast.Constant(value=bool() as value):
            yield f"{value} → {not value}", ast.Constant(not value)
        case ast.Constant(value=int() as value) if value in {0, 1}:
            yield f"{value} → {1 - value}", ast.Constant(1 - value)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in CALLED:
            yield f"{name} → {CALLED[name]}", ast.Call(ast.Name(CALLED[name], ast.Load()), args, keywords)
        case ast.Subscript(value=ast.Name(id="values"), slice=ast.Constant(value=str() as name)) if name in parameters:
            neighbour = parameters[(parameters.index(name) + 1) % len(parameters)]
            yield f"{name} → {neighbour}", ast.Subscript(node.value, ast.Constant(neighbour), ast.Load())
    if isinstance(node, DROPPED):
        yield f"{type(node).__name__} dropped", ast.Pass()


def dies(mutant: Mutant, whole: Rules, cases: Sequence[AmountCase]) -> bool:
    """Whether a case disagrees with the mutant, or breaks it."""
    module = ModuleType("mutant_rules")
    sys.modules[module.__name__] = module  # dataclasses look their module up by name
    before = sys.gettrace()
    sys.settrace(_Patience())
    try:
        exec(mutant.code, module.__dict__)  # noqa: S102 (our own rules, one thing changed)
        return any(disagreement(Rules(module, whole.file, whole.hashes), case) is not None for case in cases)
    except (*BROKEN, TooLong):
        return True
    finally:
        sys.settrace(before)
        del sys.modules[module.__name__]


class _Patience:
    """Counts the lines of the mutant's own code."""

    def __init__(self) -> None:
        self.lines = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        """Follow the mutant's frames, and no other."""
        if frame.f_code.co_filename != FILE:
            return None
        if event == "line":
            self.lines += 1
            if self.lines > LONGEST:
                raise TooLong
        return self
