"""Files that people, and their enemies, send: each made by code, with the verdict it must get.

One module for each family of attack, and what is honest; `CASES` gathers them all.
"""

from tests.storage.documents.corpus import (
    archives,
    honest,
    images,
    names,
    office,
    office_honest,
    office_parts,
    opendocuments,
    pdf_actions,
    pdfs,
    types,
)
from tests.storage.documents.corpus.case import Case

CASES: tuple[Case, ...] = (
    *honest.CASES,
    *types.CASES,
    *names.CASES,
    *archives.CASES,
    *office.CASES,
    *office_parts.CASES,
    *office_honest.CASES,
    *opendocuments.CASES,
    *pdfs.CASES,
    *pdf_actions.CASES,
    *images.CASES,
)

__all__ = ["CASES", "Case"]
