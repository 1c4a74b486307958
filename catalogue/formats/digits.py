"""Numbers as people copy them from a paper, and as they are shown: in groups, whatever sets them apart."""

import re
from collections.abc import Callable
from typing import Any

BLANKS = re.compile(r"[\s\u202f]+")
# A hyphen that does not break, a dash, a minus sign: what a text processor puts in place of the keyboard's.
HYPHENS = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
APART = re.compile(r"[\s\u202f.\-/]+")
CAPITALS = {"spellcheck": "false", "autocapitalize": "characters"}


def compact(text: str) -> str:
    """A number without what sets its groups apart, in capitals."""
    return APART.sub("", text).upper()


def in_ascii(check: Callable[[str], Any]) -> Callable[[str], bool]:
    """A check that the digits of other scripts do not pass."""
    return lambda text: text.isascii() and bool(check(text))


def copied(label: str) -> Callable[[str], str]:
    """Reads a number after the `label` that stands before it on paper: « SIRET », « N° », « IBAN : »."""
    before = re.compile(label)

    def read(typed: str) -> str:
        return compact(before.sub("", HYPHENS.sub("-", typed))) or typed

    return read


def in_groups(pattern: str) -> Callable[[str], str]:
    """Shows a number as the groups of a pattern; as it is when it does not fit."""
    groups = re.compile(pattern)

    def grouped(text: str) -> str:
        found = groups.fullmatch(compact(text))
        return " ".join(found.groups()) if found else text

    return grouped
