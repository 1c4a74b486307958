"""Office documents that honest people send, whose parts, links and formulas look like those of their enemies."""

from collections.abc import Mapping
from functools import partial

from tests.storage.documents.corpus.making import OOXML, image
from tests.storage.documents.corpus.office_parts import (
    EXTERNAL,
    XML,
    each,
    field,
    kept,
    parts_of,
    related,
    with_parts,
    workbook,
    written,
)

HONEST_PARTS: Mapping[str, tuple[str, str, bytes]] = {
    "styles": ("word/styles.xml", f"{OOXML}.wordprocessingml.styles+xml", b"<w:styles xmlns:w='u'/>"),
    "a picture": ("word/media/image1.png", "image/png", image("PNG")),
    "a photograph": ("word/media/image1.jpeg", "image/jpeg", image("JPEG")),
    "a picture in BMP": ("word/media/image1.bmp", "image/bmp", image("BMP")),
    "a picture in GIF": ("word/media/image1.gif", "image/gif", image("GIF")),
    "a drawing (EMF)": ("word/media/image1.emf", "image/x-emf", b"\1\0\0\0l\0\0\0"),
    "a drawing (SVG)": (
        "word/media/image1.svg",
        "image/svg+xml",
        b"<svg><a href='https://a.example'/><path d='M0 0'/></svg>",
    ),
    "comments": ("word/comments.xml", f"{OOXML}.wordprocessingml.comments+xml", b"<w:comments xmlns:w='u'/>"),
    "people": ("word/people.xml", f"{OOXML}.wordprocessingml.people+xml", b"<w15:people xmlns:w15='u'/>"),
    "a property of the office": ("customXml/item1.xml", XML, b"<b:Sources xmlns:b='u'/>"),
    "a signature": (
        "_xmlsignatures/origin.sigs",
        "application/vnd.openxmlformats-package.digital-signature-origin",
        b"",
    ),
    "a thumbnail": ("docProps/thumbnail.jpeg", "image/jpeg", image("JPEG")),
    "a chart": (
        "word/charts/chart1.xml",
        f"{OOXML}.drawingml.chart+xml",
        b"<c:c xmlns:c='u'><c:f>Feuil1!$A$1:$A$3</c:f></c:c>",
    ),
    "the workbook of a chart": ("word/embeddings/Feuille.xlsx", f"{OOXML}.spreadsheetml.sheet", workbook({})),
    "an embedded font": ("word/fonts/font1.odttf", f"{OOXML}.obfuscatedFont", b"\x12\x34" * 30),
}
HONEST_RELATIONS: Mapping[str, bytes] = {
    "a link to the web": related("hyperlink", "https://www.service-public.fr/"),
    "a link to write": related("hyperlink", "mailto:anne@example.org?subject=a"),
    "a link to call": related("hyperlink", "tel:+33296000000"),
    "a link to a neighbour": related("hyperlink", "annexe%201.pdf"),
    "a link to the writer's disk": related("hyperlink", "file:///C:/Users/anne/Documents/devis.pdf"),
    "a link to a bookmark": related("hyperlink", "#haut"),
    "a link copied from a telephone": related("hyperlink", "x-apple-data-detectors://1"),
    "the writer's own template": related("attachedTemplate", "file:///C:\\Users\\anne\\Modeles\\Lettre.dotx"),
    "a picture left on the writer's disk": related("image", "file:///C:/Users/anne/photo.png"),
    "parts named from the root": related("styles", "/word/styles.xml", ""),
}
HONEST_WORDS: Mapping[str, str] = {
    "page numbers": field("PAGE \\* MERGEFORMAT"),
    "a table of contents": field('TOC \\o "1-3" \\h'),
    "a date": field('DATE \\@ "d MMMM yyyy"'),
    "a box to click": field("MACROBUTTON NoMacro [Votre nom]"),
    "a link by a field": field('HYPERLINK "https://example.org/"'),
    "a picture pasted from a message": field('INCLUDEPICTURE "cid:image001.png@01DB" \\\\* MERGEFORMATINET'),
    "a word that looks like one": "<w:p><w:r><w:t>Le DDEAUTO et INCLUDEPICTURE sont interdits</w:t></w:r></w:p>",
    "a fraction with a bar": "<m:f xmlns:m='urn:m'><m:num><m:r><m:t>a|b</m:t></m:r></m:num></m:f>",
    "a field inside IF": "<w:p><w:fldChar w:fldCharType='begin'/><w:instrText>IF </w:instrText>"
    + field("MERGEFIELD nom").removeprefix("<w:p>").removesuffix("</w:p>")
    + "<w:instrText> = \"x\"</w:instrText><w:fldChar w:fldCharType='end'/></w:p>",
    "an object of Excel": '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/>',
}
HONEST_CELLS: Mapping[str, str] = {
    "a sum": "<f>SUM(A1:A9)</f>",
    "a text with a bar": '<f>IF(A1="a|b",1,2)</f>',
    "a sheet with a bar in its name": "<f>'a|b'!A1</f>",
    "another sheet": "<f>'Année 2026'!B2</f>",
    "another workbook, by its number": "<f>[1]Feuil1!A1</f>",
    "a link": '<f>HYPERLINK("https://example.org","Voir")</f>',
    "a text that looks like one": "<is><t>=cmd|'/c calc'!A0</t></is>",
    "a function whose name ends alike": "<f>MAINTENANT()+RECALL(1)</f>",
}


HONEST_SHEETS: Mapping[str, tuple[str, str, bytes]] = {
    "a picture in a cell": ("xl/richData/richValueRel.xml", "application/vnd.ms-excel.richvaluerel+xml", b"<a/>"),
    "a discussion": ("xl/threadedComments/t.xml", "application/vnd.ms-excel.threadedcomments+xml", b"<a/>"),
    "a box to tick": ("xl/ctrlProps/c.xml", "application/vnd.ms-excel.controlproperties+xml", b"<a/>"),
    "the values of another workbook": (
        "xl/externalLinks/e.xml",
        EXTERNAL,
        b"<externalLink><externalBook/></externalLink>",
    ),
}

CASES = (
    *each("an honest workbook", "a.xlsx", parts_of(HONEST_SHEETS, workbook)),
    *each("an honest document", "a.docx", parts_of(HONEST_PARTS, with_parts)),
    *each("an honest document", "a.docx", kept(HONEST_RELATIONS)),
    *each("an honest text", "a.docx", {what: partial(written, body) for what, body in HONEST_WORDS.items()}),
    *each("an honest cell", "a.xlsx", {what: partial(workbook, {}, cell=cell) for what, cell in HONEST_CELLS.items()}),
)
