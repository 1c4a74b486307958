"""PDF files that run, hide, lock or break."""

from pikepdf import Array, AttachedFileSpec, Dictionary, Encryption, Name, Pdf, String

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import EICAR, blank_pdf

FACTUR_X = b'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:x"/>'


def script() -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def runs_at_opening(pdf: Pdf) -> None:
    """JavaScript when the document opens."""
    pdf.Root.OpenAction = script()


def launches(pdf: Pdf) -> None:
    """A program started by a click, written inside the page's own dictionary."""
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].Annots = Array([link])


def names_scripts(pdf: Pdf) -> None:
    """JavaScript in the names' tree."""
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script())])))


def is_dynamic(pdf: Pdf) -> None:
    """An XFA form."""
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def carries_invoice(pdf: Pdf) -> None:
    """The XML of an electronic invoice (Factur-X)."""
    pdf.attachments["factur-x.xml"] = AttachedFileSpec(pdf, FACTUR_X, mime_type="text/xml")


def carries_virus(pdf: Pdf) -> None:
    """A program as an attachment."""
    pdf.attachments["eicar.com"] = AttachedFileSpec(pdf, EICAR)


def speaks_of_scripts(pdf: Pdf) -> None:
    """A title that only speaks of them."""
    pdf.docinfo["/Title"] = String("Comment /JavaScript et /Launch marchent")


CASES = (
    Case("JavaScript at opening", "a.pdf", lambda: blank_pdf(runs_at_opening), Reason.ACTIVE),
    Case("JavaScript among the names", "a.pdf", lambda: blank_pdf(names_scripts), Reason.ACTIVE),
    Case("a program launched", "a.pdf", lambda: blank_pdf(launches), Reason.ACTIVE),
    Case(
        "JavaScript under an escaped name",
        "a.pdf",
        lambda: blank_pdf(runs_at_opening).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53"),
        Reason.ACTIVE,
    ),
    Case("a dynamic form", "a.pdf", lambda: blank_pdf(is_dynamic), Reason.ACTIVE),
    Case("a program attached", "a.pdf", lambda: blank_pdf(carries_virus), Reason.ACTIVE),
    Case("an electronic invoice", "a.pdf", lambda: blank_pdf(carries_invoice), flags=frozenset({"attachments"})),
    Case("a title about scripts", "a.pdf", lambda: blank_pdf(speaks_of_scripts)),
    Case(
        "a PDF under a password",
        "a.pdf",
        lambda: blank_pdf(encryption=Encryption(user="secret", owner="secret")),
        Reason.PROTECTED,
    ),
    Case("a PDF that only forbids changes", "a.pdf", lambda: blank_pdf(encryption=Encryption(user="", owner="banque"))),
    Case("a PDF cut in the middle", "a.pdf", lambda: blank_pdf()[:200], Reason.UNREADABLE),
    Case("a PDF of noise", "a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", Reason.UNREADABLE),
)
