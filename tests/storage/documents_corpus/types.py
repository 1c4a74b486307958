"""Forbidden and disguised types, and files that are two at once."""

from storage.document_checks.refusals import Reason
from tests.storage.documents_corpus.case import Case
from tests.storage.documents_corpus.making import EICAR, archive, blank_pdf, image

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
    Case("a PNG called PDF", "avis.pdf", lambda: image("PNG"), Reason.DISGUISED),
    Case("a PDF called EXE", "avis.exe", blank_pdf, Reason.DISGUISED),
    Case("a PDF declared PNG", "avis.pdf", blank_pdf, Reason.DISGUISED, declared="image/png"),
    Case("a ZIP called Word", "lettre.docx", lambda: archive({"a.pdf": blank_pdf()}), Reason.DISGUISED),
    Case("a JPEG with PHP in it", "photo.jpg", lambda: jpeg_with(b"<?php system($_GET[0]); ?>"), Reason.POLYGLOT),
    Case("a JPEG with a script in it", "photo.jpg", lambda: jpeg_with(b"<SCRIPT src=//x></SCRIPT>"), Reason.POLYGLOT),
    Case("a PNG with a page after it", "photo.png", lambda: image("PNG") + HTML, Reason.POLYGLOT),
    Case("a PDF with a page at its start", "avis.pdf", lambda: b"%PDF-1.7\n" + HTML + blank_pdf()[9:], Reason.POLYGLOT),
    Case("a PDF that is also a ZIP", "avis.pdf", lambda: with_archive(blank_pdf()), Reason.POLYGLOT),
    Case("a JPEG that is also a ZIP", "photo.jpg", lambda: with_archive(image("JPEG")), Reason.POLYGLOT),
    Case("a PDF followed by a program", "avis.pdf", lambda: blank_pdf() + PROGRAM + b"A" * 4000, Reason.POLYGLOT),
)
