"""The kinds of questions, in the order in which they are tried: a format that has its own input has its line here."""

from web.forms.kinds.chosen import Checkboxes, Consent, OneOf
from web.forms.kinds.commune import Commune, DepartementCommune
from web.forms.kinds.computed import Computed
from web.forms.kinds.day import Birth, Day
from web.forms.kinds.group import Blocks, Group
from web.forms.kinds.kind import KINDS, Kind, kind_of
from web.forms.kinds.line import Document, Line, Lines, Money

__all__ = ["KINDS", "Kind", "kind_of"]

KINDS += [
    Computed(), Consent(), OneOf(), Group(), Blocks(), Checkboxes(), Lines(), Day(), Birth(), Money(), Commune(),
    DepartementCommune(), Document(), Line(),
]  # fmt: skip
