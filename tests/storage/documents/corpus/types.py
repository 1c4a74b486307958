"""Forbidden and disguised types, and files that are two at once."""

from functools import partial

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import EICAR, archive, blank_pdf, image, word

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FOREIGN = b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body onload="x()"/></foreignObject></svg>'
HTML = b"<!doctype html><html><body><script>alert(document.domain)</script></body></html>"
MHTML = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
)
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'
PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(64)


def jpeg_with(comment: bytes) -> bytes:
    """A JPEG whose comment is a text."""
    made = image("JPEG")
    return made[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + made[2:]


def with_archive(made: bytes) -> bytes:
    """A file followed by a ZIP."""
    return made + archive({"page.html": HTML})


def heif(brand: bytes) -> bytes:
    """The beginning of a photograph of a telephone."""
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1" + brand + bytes(400)


def before_pdf(before: bytes) -> bytes:
    """A PDF with bytes before it."""
    return before + blank_pdf()


LATE = {
    "a byte order mark": b"\xef\xbb\xbf",
    "blank lines": b"\r\n" * 30,
    "the words of a printer": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
    "the header of a message": b"From: Anne <anne@example.org>\r\nContent-Type: application/pdf\r\n\r\n",
    "a header of Macintosh": bytes(128),
    "as much as is admitted": b" " * 1024,
}
TOO_MUCH = {
    "more than is admitted": b" " * 1025,
    "a program": PROGRAM,
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "an archive, after blanks": b"   PK\3\4" + bytes(40),
    "a picture": b"GIF89a" + bytes(40),
    "a page": b"\n\n<script>alert(1)</script>",
    "a page in capitals": b"  <HTML><BODY>",
    "an SVG": b"<svg onload='x()'/>",
    "an XML": b"<?xml version='1.0'?><a/>",
}

CASES = (
    Case("an SVG with a script", "logo.svg", lambda: SVG, Reason.FORBIDDEN, declared="image/svg+xml"),
    Case("an SVG with a foreign object", "logo.svg", lambda: FOREIGN, Reason.FORBIDDEN),
    Case("a web page", "page.html", lambda: HTML, Reason.FORBIDDEN),
    Case("a GIF", "anime.gif", lambda: image("GIF"), Reason.FORBIDDEN),
    Case("a GIF that is JavaScript", "anime.gif", lambda: b"GIF89a/*" + bytes(40) + b"*/=alert(1)", Reason.FORBIDDEN),
    Case("a program", "setup.exe", lambda: PROGRAM, Reason.FORBIDDEN),
    Case("EICAR in a text", "eicar.txt", lambda: EICAR, Reason.FORBIDDEN),
    Case("a text without extension", "notes", lambda: b"bonjour", Reason.FORBIDDEN),
    Case("a web page called PDF", "avis.pdf", lambda: HTML, Reason.DISGUISED, declared="application/pdf"),
    Case("an MHTML called PDF", "avis.pdf", lambda: MHTML, Reason.DISGUISED),
    Case("an XHTML called PDF", "avis.pdf", lambda: XHTML, Reason.DISGUISED),
    Case("a web page before a PDF", "avis.pdf", lambda: HTML + blank_pdf(), Reason.DISGUISED),
    Case("a program called JPEG", "photo.jpg", lambda: PROGRAM, Reason.DISGUISED),
    Case("EICAR called PDF", "eicar.pdf", lambda: EICAR, Reason.DISGUISED),
    Case("a program declared PDF without a name for it", "avis", lambda: PROGRAM, Reason.DISGUISED, "application/pdf"),
    Case("a PNG called PDF", "avis.pdf", lambda: image("PNG")),
    *(
        Case(f"a {form} called {name}", name, partial(image, form), declared=declared)
        for form, name, declared in (
            ("PNG", "photo.jpg", "image/jpeg"),
            ("JPEG", "PHOTO.PNG", "image/png"),
            ("WEBP", "photo.jpeg", "image/jpeg"),
            ("TIFF", "fax.pdf", "application/pdf"),
        )
    ),
    Case("a PDF called JPEG", "avis.jpg", blank_pdf, declared="image/jpeg"),
    Case("a PNG called Word", "photo.docx", lambda: image("PNG"), Reason.DISGUISED),
    Case("a PNG called a program", "photo.exe", lambda: image("PNG"), Reason.DISGUISED),
    Case("a Word document called PDF", "lettre.pdf", word, Reason.DISGUISED),
    *(
        Case(f"a photograph {name} ({brand.decode()})", name, partial(heif, brand), Reason.FORBIDDEN, declared)
        for name, brand, declared in (
            ("IMG_0001.HEIC", b"heic", "image/heic"),
            ("IMG_0002.jpg", b"heix", "image/jpeg"),
            ("IMG_0003.avif", b"avif", "image/avif"),
            ("IMG_0004", b"mif1", ""),
        )
    ),
    Case("a film called a photograph", "photo.jpg", lambda: heif(b"qt  "), Reason.DISGUISED),
    *(Case(f"a PDF after {about}", "avis.pdf", partial(before_pdf, before)) for about, before in LATE.items()),
    *(
        Case(f"a PDF behind {about}", "avis.pdf", partial(before_pdf, before), Reason.DISGUISED)
        for about, before in TOO_MUCH.items()
    ),
    Case("a PDF called EXE", "avis.exe", blank_pdf, Reason.DISGUISED),
    Case("a PDF declared PNG", "avis.pdf", blank_pdf, declared="image/png"),
    Case("a ZIP called Word", "lettre.docx", lambda: archive({"a.pdf": blank_pdf()}), Reason.DISGUISED),
    Case("a JPEG with PHP in it", "photo.jpg", lambda: jpeg_with(b"<?php system($_GET[0]); ?>"), Reason.POLYGLOT),
    Case("a JPEG with a script in it", "photo.jpg", lambda: jpeg_with(b"<SCRIPT src=//x></SCRIPT>"), Reason.POLYGLOT),
    Case("a PNG with a page after it", "photo.png", lambda: image("PNG") + HTML, Reason.POLYGLOT),
    Case("a PDF with a page at its start", "avis.pdf", lambda: b"%PDF-1.7\n" + HTML + blank_pdf()[9:], Reason.POLYGLOT),
    Case("a PDF that is also a ZIP", "avis.pdf", lambda: with_archive(blank_pdf()), Reason.POLYGLOT),
    Case("a JPEG that is also a ZIP", "photo.jpg", lambda: with_archive(image("JPEG")), Reason.POLYGLOT),
    Case("a PDF followed by a program", "avis.pdf", lambda: blank_pdf() + PROGRAM + b"A" * 4000, Reason.POLYGLOT),
)
