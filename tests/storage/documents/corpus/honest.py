"""What honest people send, and must never be refused."""

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import EXCEL, TYPES, archive, blank_pdf, image, links, text_document, word

SHEET = b'<?xml version="1.0"?><workbook/>'

CASES = (
    Case("a PDF", "avis d'imposition 2026.pdf", blank_pdf, declared="application/pdf"),
    Case("a PDF whose name has quotes and accents", 'reçu "été".pdf', blank_pdf),
    Case("a PDF without extension", "Attestation du 12.03.2026", blank_pdf, declared="application/octet-stream"),
    Case("a PDF with an extension in capitals", "SCAN0001.PDF", blank_pdf),
    Case("a PDF whose scanner added a line after its end", "scan.pdf", lambda: blank_pdf() + b"\r\n%scanner\r\n"),
    Case("a JPEG", "photo.jpeg", lambda: image("JPEG"), declared="image/jpeg"),
    Case("a PNG", "capture.png", lambda: image("PNG"), declared="image/png"),
    Case("a TIFF of a fax", "fax.tif", lambda: image("TIFF")),
    Case("a WebP", "photo.webp", lambda: image("WEBP")),
    Case("a Word document", "lettre.docx", word),
    Case("a Word document, said to be a ZIP", "lettre.docx", word, declared="application/zip"),
    Case(
        "a Word document with a hyperlink",
        "lettre.docx",
        lambda: word({"word/_rels/document.xml.rels": links("https://example.org/", "hyperlink")}),
    ),
    Case(
        "an Excel workbook with its printer's settings",
        "budget.xlsx",
        lambda: archive(
            {
                "[Content_Types].xml": TYPES.format("xl/workbook.xml", EXCEL).encode(),
                "xl/workbook.xml": SHEET,
                "xl/printerSettings/printerSettings1.bin": b"\0" * 40,
            }
        ),
    ),
    Case("an OpenDocument text", "lettre.odt", text_document),
    Case("a ZIP of documents", "pieces.zip", lambda: archive({"a.pdf": blank_pdf(), "photos/b.jpg": image("JPEG")})),
    Case(
        "a ZIP made by macOS",
        "pieces.zip",
        lambda: archive({"a.pdf": blank_pdf(), "__MACOSX/._a.pdf": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}),
    ),
    Case("a ZIP in a ZIP", "pieces.zip", lambda: archive({"b.zip": archive({"a.pdf": blank_pdf()})})),
    Case("an empty file", "vide.pdf", lambda: b"", Reason.EMPTY),
    Case("an archive of nothing", "rien.zip", lambda: b"PK\5\6" + bytes(18), Reason.DISGUISED),
)
