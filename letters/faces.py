"""The faces that letters are set in: Typst's own, and Noto for what people write in other scripts and signs.

Noto (SIL Open Font License 1.1) comes with two wheels; Debian's, where an image has them, add rarer scripts. None is
required: a letter made without them says the code point of what it could not show.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

WHEELS = ("manimgx_fonts", "manimgx_fonts_cjk")
DEBIAN = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/opentype/noto"))
OWN = "Libertinus Serif"
PREFERRED = ("Noto Sans", "Noto Sans Symbols", "Noto Emoji", "Noto Sans CJK SC")
"""In this order where several faces have a character; Typst looks by itself in the others."""


@cache
def faces() -> typst.Fonts:
    """Every face there is, read once by this process."""
    found = [str(folder) for folder in (*_of_wheels(), *DEBIAN) if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=found)


@cache
def families() -> tuple[str, ...]:
    """The families to look in first, among those that are there."""
    there = set(faces().families())
    return (OWN, *(family for family in PREFERRED if family in there))


def _of_wheels() -> Iterator[Path]:
    for name in WHEELS:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            yield Path(spec.origin).parent
