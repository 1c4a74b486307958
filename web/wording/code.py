"""Sentences in templates and in Python, by Babel's own extractors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from catalogue.departement import ROOT

KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {"problem_type": (3,)}
"""gettext's own, and how the API declares a kind of problem: its title is the third argument."""
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}
"""As `web/rendering.py` reads them: a template that cannot be read is an error here too."""


def in_templates(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What templates say: `_()`, `ngettext()`, `{% trans %}`."""
    return _found(folder, "jinja2.ext:babel_extract", "**.html", TEMPLATES)


def in_code(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What Python says by `gettext` and `ngettext`, or marks by `N_`."""
    return _found(folder, "python", "**.py", {})


def in_problems(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What problems say in a sentence without figures. Babel would take pieces of those that have some."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Problem"), args=[_, ast.Constant(str(text)), *_]):
                    yield text, "", file.relative_to(ROOT).as_posix()


def _found(folder: Path, method: str, files: str, options: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    read = extract_from_dir(folder, [(files, method)], options_map={files: options}, keywords=KEYWORDS)
    for name, _, message, *_ in read:
        text, plural = message if isinstance(message, tuple) else (message, "")
        yield text, plural, (folder / name).relative_to(ROOT).as_posix()
