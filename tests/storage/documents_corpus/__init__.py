"""Files that people, and their enemies, send: each made by code, with the verdict it must get.

One module for each family of reliability §2.3; `CASES` gathers them all.
"""

from tests.storage.documents_corpus import archives, honest, images, names, office, pdfs, types
from tests.storage.documents_corpus.case import Case

CASES: tuple[Case, ...] = (
    *honest.CASES,
    *types.CASES,
    *names.CASES,
    *archives.CASES,
    *office.CASES,
    *pdfs.CASES,
    *images.CASES,
)

__all__ = ["CASES", "Case"]
