"""Addresses written inside documents: which may be followed by a click, and which reach what nobody meant to reach.

A path on somebody else's machine (UNC) sends the reader's password there as soon as it is opened; a scheme that is not
of the web starts a program.
"""

import re
from typing import Final
from urllib.parse import unquote

from storage.documents.checks.kinds import words

_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):")
_WEB: Final = words(
    "http https mailto tel ftp ftps sms callto sip skype geo whatsapp webcal news urn doi about cid mid blob"
    " applewebdata x-apple-data-detectors"
)
_BLANKS: Final = re.compile(r"[\x00-\x20\x7f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_PROGRAM: Final = re.compile(
    r"\.(exe|scr|com|pif|bat|cmd|hta|cpl|msi|msp|mst|jar|js|jse|vb|vbs|vbe|ws|wsf|wsh|wsc|sct|ps1|psm1|lnk|url|scf|reg"
    r"|inf|dll|ocx|sys|chm|hlp|iso|img|vhdx?|appx|msix|app|command|sh|desktop|library-ms|search-ms|settingcontent-ms"
    r"|doc[mt]|dotm|xls[mb]|xlt[mx]?|xlam?|xll|ppt[mx]?|pptm|pot[mx]|pps[mx]?|ppam|sldm|rtf|mht|mhtml|html?|xhtml|svg"
    r"|slk|iqy|oqy|dqy|xsl|xslt|one|onetoc2)[. ]*$",
    re.IGNORECASE,
)


def is_program(name: str) -> bool:
    """Whether a file of this name runs, or makes something run, once opened."""
    return _PROGRAM.search(name) is not None


def scheme_of(target: str) -> str:
    """The scheme of a target, a disk of Windows included; empty without one."""
    found = _SCHEME.match(_plain(target))
    return found[1] if found else ""


def reaches_out(target: str) -> bool:
    """Whether opening this target leaves the document by itself: an address with a scheme, a path of a machine."""
    plain = _plain(target)
    return plain.startswith(("/", "\\")) or _SCHEME.match(plain) is not None


def is_dangerous(target: str) -> bool:
    """Whether a click on this target does more than open a page of the web, a message, or a neighbouring document."""
    plain = _plain(target)
    if re.match(r"[\\/]{2}", plain):
        return True
    scheme = _SCHEME.match(plain)
    if scheme is None:
        return _runs(plain)
    name = scheme[1]
    if name == "file":
        return _is_elsewhere(plain[5:]) or _runs(plain)
    if len(name) == 1:  # a disk of Windows
        return _runs(plain)
    return name not in _WEB


def is_here(target: str) -> bool:
    """Whether a target is a file of the machine that opens the document: broken elsewhere, and no harm."""
    plain = _plain(target)
    scheme = _SCHEME.match(plain)
    if re.match(r"[\\/]{2}", plain):
        return False
    if scheme is None or len(scheme[1]) == 1:
        return True
    return scheme[1] == "file" and not _is_elsewhere(plain[5:])


def _is_elsewhere(path: str) -> bool:
    """Whether what follows `file:` names another machine: two slashes, or four."""
    after = re.sub(r"[\\/]", "/", path)
    slashes = len(after) - len(after.lstrip("/"))
    rest = after.lstrip("/")
    here = re.match(r"[a-z][:|]", rest) is not None or rest.startswith("localhost/")
    return not here and slashes not in (0, 1, 3)


def _runs(plain: str) -> bool:
    path = re.split(r"[?#]", plain, maxsplit=1)[0]
    return bool(path) and is_program(path)


def _plain(target: str) -> str:
    """As programs read it: without blanks nor invisible signs, percents undone, in lower case."""
    return _BLANKS.sub("", unquote(target)).lower()
