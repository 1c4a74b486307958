"""Names that deceive a person or a machine; and honest ones that look strange."""

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import blank_pdf

BAD = {
    "a path upwards": "../../etc/passwd.pdf",
    "a path of Windows": "C:\\Users\\a\\avis.pdf",
    "an absolute path": "/etc/avis.pdf",
    "a NUL": "avis.pdf\0.exe",
    "a line break": "avis.pdf\r\nSet-Cookie: a=b",
    "a right-to-left override": "avis\u202efdp.exe",
    "a zero-width space": "avis\u200b.pdf",
    "a lone surrogate": "avis\ud800.pdf",
    "256 bytes": "é" * 126 + ".pdf",
    "a device of Windows": "CON",
    "a device of Windows with an extension": "nul.pdf",
    "only dots": "..",
    "nothing": "",
    "only blanks": "   ",
    "a dot at its end": "avis.pdf.",
    "a space at its end": "avis.pdf ",
}
GOOD = {
    "255 bytes": "e" * 251 + ".pdf",
    "quotes, semicolons and percents": 'a"b;c%0d%0a.pdf',
    "another script": "ταυτότητα.pdf",
    "an emoji made with a joiner": "👩‍👧.pdf",
    "a console of its own": "console.pdf",
    "marks of direction at its ends": "\u200eavis.pdf\u200f\ufeff",
}

CASES = (
    *(Case(f"a name with {about}", name, blank_pdf, Reason.NAME) for about, name in BAD.items()),
    *(Case(f"a name of {about}", name, blank_pdf) for about, name in GOOD.items()),
)
