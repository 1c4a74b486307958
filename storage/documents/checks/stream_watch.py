"""What can be judged while a file arrives: emptiness, size, first bytes, text hidden in an image, digest."""

import hashlib
import re
from typing import Final

from domain.sentence import N_, Sentence, Verbatim
from storage.documents.checks.kinds import (
    ACCEPTED_WORDS,
    BY_EXTENSION,
    BY_MEDIA_TYPE,
    HEAD,
    IMAGES,
    PDF,
    PDF_HEAD,
    STILL,
    ZIP,
    Kind,
    extension_of,
    is_another,
    is_compound,
    is_heif,
    kind_of,
)
from storage.documents.checks.refusals import DocumentRefused, Reason, two_at_once

MEGABYTE: Final = 1 << 20
LARGEST: Final = 200 * MEGABYTE
LARGEST_IDENTITY: Final = 20 * MEGABYTE

_HINTS: Final = (b"<?php", b"<script", b"<!doctype", b"<html")
_MARKUP: Final = re.compile(rb"<\?php\s|<script[\s>]|<!doctype\s|<html[\s>]", re.IGNORECASE)
_OVERLAP: Final = 16
_PDF_HEAD: Final = 1024
HEIF: Final = N_(
    "Cette photo est au format HEIC ou AVIF, que beaucoup d'ordinateurs n'ouvrent pas. Sur un iPhone : Réglages, "
    "Appareil photo, Formats, « Le plus compatible », puis reprenez la photo. Sur un autre téléphone : réglages de "
    "l'appareil photo, désactivez « haute efficacité ». Ou ouvrez la photo, faites-en une capture d'écran, et envoyez "
    "la capture."
)


class StreamWatch:
    """Sees every byte of one upload, in order, and raises DocumentRefused at the first that condemns it.

    `limit` in bytes; `name` already checked; `declared` is the media type that the browser said.
    """

    def __init__(self, name: str, declared: str = "", limit: int = LARGEST) -> None:
        self._name, self._declared, self._limit = name, declared, limit
        self.size = 0
        self.head = b""
        self.kind: Kind | None = None
        self._judged = False
        self._digest = hashlib.sha256()
        self._tail = b""

    def see(self, piece: bytes) -> None:
        """Judge the next bytes."""
        self.size += len(piece)
        if self.size > self._limit:
            raise too_large(self._limit)
        self._digest.update(piece)
        if not self._judged:
            self.head += piece[: PDF_HEAD - len(self.head)]
            if len(self.head) >= HEAD:
                self._judge_head(is_whole=len(self.head) == PDF_HEAD)
        self._look_for_markup(piece)

    def finish(self) -> bytes:
        """The SHA-256 of the whole. Raises DocumentRefused for an empty file, or one too short to be anything."""
        if not self.size:
            raise DocumentRefused(Reason.EMPTY, "Le fichier est vide (0 octet). Vérifiez-le, puis renvoyez-le.")
        if not self._judged:
            self._judge_head(is_whole=True)
        return self._digest.digest()

    def _judge_head(self, *, is_whole: bool) -> None:
        """Know the kind by its first bytes; only a PDF may be told later, by what follows a few others."""
        self.kind = kind_of(self.head)
        self._judged = is_whole or self.kind is not None or is_compound(self.head)
        if self.kind is None and not is_compound(self.head) and (is_whole or is_another(self.head)):
            raise unaccepted(self._name, self._declared, self.head)

    def _look_for_markup(self, piece: bytes) -> None:
        is_first_kilobyte = self.kind is PDF and self.size - len(piece) < _PDF_HEAD
        if self.kind not in IMAGES and not is_first_kilobyte:
            return
        text = (self._tail + (piece[:_PDF_HEAD] if self.kind is PDF else piece)).lower()
        self._tail = text[-_OVERLAP:]
        if any(hint in text for hint in _HINTS) and _MARKUP.search(text):
            raise two_at_once("une page web ou un programme")


def too_large(limit: int) -> DocumentRefused:
    """The refusal of a file above `limit` bytes."""
    return DocumentRefused(
        Reason.TOO_LARGE,
        Sentence(
            "Le fichier dépasse {limit} Mo. Réduisez-le (numérisation en 150 ou 200 points par pouce) ou découpez-le.",
            limit=limit // MEGABYTE,
        ),
    )


def unaccepted(name: str, declared: str = "", head: bytes = b"") -> DocumentRefused:
    """The refusal of a kind not accepted: disguised when its name or its declared type says otherwise."""
    if is_heif(head):
        return DocumentRefused(Reason.FORBIDDEN, HEIF)
    claimed = BY_EXTENSION.get(extension_of(name)) or BY_MEDIA_TYPE.get(declared)
    if claimed:
        return DocumentRefused(
            Reason.DISGUISED,
            Sentence(
                "Le fichier est présenté comme {claimed}, mais son contenu n'en est pas. "
                "Ouvrez-le, enregistrez-le à nouveau au bon format, puis renvoyez-le.",
                claimed=claimed.words,
            ),
        )
    accepted = Sentence("Ce type de fichier n'est pas accepté. Envoyez un {accepted}.", accepted=ACCEPTED_WORDS)
    return DocumentRefused(Reason.FORBIDDEN, accepted)


def _is_known(name: str) -> bool:
    extension = extension_of(name)
    return not extension or extension in BY_EXTENSION


def check_claim(real: Kind, name: str, declared: str) -> None:
    """Raise DocumentRefused when the extension or the declared type names another kind than the real one.

    A name without extension claims nothing; nor does a media type that is not one of ours (browsers vary). What is
    only looked at may bear the extension of another such kind: it is renamed (`kinds.renamed`).
    """
    claims = (BY_EXTENSION.get(extension_of(name)), BY_MEDIA_TYPE.get(declared))
    if real in STILL and all(claim is None or claim in STILL for claim in claims) and _is_known(name):
        return
    extension = extension_of(name)
    by_type = BY_MEDIA_TYPE.get(declared, real)
    if extension and extension not in real.extensions:
        said: str = Verbatim(f"« .{extension} »")
    elif by_type is not real and by_type is not ZIP:
        said = by_type.words
    else:
        return
    raise DocumentRefused(
        Reason.DISGUISED,
        Sentence(
            "Le fichier est présenté comme {claimed}, mais c'est en réalité : {real}. Donnez-lui l'extension "
            "« .{extension} », ou envoyez le bon fichier.",
            claimed=said,
            real=real.words,
            extension=Verbatim(real.extensions[0]),
        ),
    )
