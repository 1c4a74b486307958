"""Sentences in templates and in Python, by Babel's own extractors."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from catalogue.departement import ROOT

KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {"problem_type": (3,), "Sentence": (1,), "Counted": (1, 2)}
"""gettext's own, sentences with places (`domain/sentence.py`), and the third argument by which a problem is titled."""
REFUSES = {
    "Problem": 1, "Refused": 1, "not_now": 0, "_no": 0, "_misplanned": 0,
    "DocumentRefused": 1, "too_demanding": 0, "active": 0, "two_at_once": 0, "_refuse": 0,
}  # fmt: skip
"""Who says why something is refused, and the rank of the argument that does."""
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}
"""As `web/site/rendering.py` reads them: a template that cannot be read is an error here too."""


def in_templates(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What templates say: `_()`, `ngettext()`, `{% trans %}`."""
    return _found(folder, "jinja2.ext:babel_extract", "**.html", TEMPLATES)


def in_code(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What Python says by `gettext` and `ngettext`, or marks by `N_`."""
    return _found(folder, "python", "**.py", {})


def in_refusals(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What problems and refusals say in a plain sentence; one with places is a `Sentence`, which Babel finds."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(name), args=args, keywords=named) if name in REFUSES:
                    said = [*args[REFUSES[name] :][:1], *(each.value for each in named if each.arg == "what_to_do")]
                    for one in said:
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            yield one.value, "", file.relative_to(ROOT).as_posix()


def _found(folder: Path, method: str, files: str, options: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    read = extract_from_dir(folder, [(files, method)], options_map={files: options}, keywords=KEYWORDS)
    for name, _, message, *_ in read:
        text, plural = message if isinstance(message, tuple) else (message, "")
        yield text, plural, (folder / name).relative_to(ROOT).as_posix()
