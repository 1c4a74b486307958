"""Small true files, from which the corpus is made."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="svg" ContentType="image/svg+xml"/>'
    f'<Default Extension="vml" ContentType="{OOXML}.vmlDrawing"/>'
    f'<Default Extension="bin" ContentType="{OOXML}.spreadsheetml.printerSettings"/>'
    f'<Default Extension="xlsx" ContentType="{OOXML}.spreadsheetml.sheet"/>'
    '<Override PartName="/{}" ContentType="{}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def blank_pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **saving: object) -> bytes:
    """A PDF of one page; `change` adds what a case needs."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change is not None:
            change(pdf)
        made = io.BytesIO()
        pdf.save(made, **saving)  # type: ignore[arg-type]
        return made.getvalue()


def image(form: str, size: tuple[int, int] = (40, 30), *, mode: str = "RGB", **saving: object) -> bytes:
    """An image of one colour in PNG, JPEG, TIFF, WEBP or GIF."""
    made = io.BytesIO()
    Image.new("RGB", size, (20, 90, 160)).convert(mode).save(made, form, **saving)
    return made.getvalue()


def archive(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """A ZIP of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as out:
        for name, content in members.items():
            out.writestr(zipfile.ZipInfo(name), content, method)
        out.comment = comment
    return made.getvalue()


def word(extra: Mapping[str, bytes] | None = None, *, main: str = WORD, body: bytes = b"") -> bytes:
    """A Word document, with more parts."""
    text = body or b'<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body/></w:document>'
    return archive(
        {"[Content_Types].xml": TYPES.format("word/document.xml", main).encode(), "word/document.xml": text}
        | dict(extra or {})
    )


def text_document(extra: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument text, with more parts."""
    return archive(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b'<?xml version="1.0"?><office/>'}
        | dict(extra or {}),
        method=zipfile.ZIP_STORED,
    )


def links(target: str, kind: str, mode: str = "External") -> bytes:
    """An OOXML part of relations, with one relation."""
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    ).encode()
