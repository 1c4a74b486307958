"""Sealed streams read where they are, in S3: as a file for the checks, in order for readers and the scanner."""

import io
from collections.abc import AsyncIterator
from functools import partial

from storage.objects.sealed_stream import BrokenStream, SealedReader, open_stream, sealed_size
from storage.objects.store import ObjectStore


def sealed_file(store: ObjectStore, name: str, plain: int, key: bytes, context: str) -> io.BufferedReader:
    """The object, whose content has `plain` bytes, as a seekable file read a mebibyte at a time.

    Making and reading it block: use it in a thread. Raises BrokenStream, ObjectMissing, StoreUnavailable.
    """
    fetch = partial(store.read_now, store.bucket, name)
    return io.BufferedReader(SealedReader(fetch, sealed_size(plain), key, context), 1 << 16)


async def opened(store: ObjectStore, name: str, plain: int, key: bytes, context: str) -> AsyncIterator[bytes]:
    """The content of `plain` bytes, in order, each byte authenticated before it is given.

    The stored length is checked before the first byte. Raises BrokenStream, ObjectMissing, StoreUnavailable.
    """
    if await store.size(store.bucket, name) != sealed_size(plain):
        raise BrokenStream("L'objet stocké n'a pas la longueur attendue.")
    async for piece in open_stream(store.stream(store.bucket, name), key, context):
        yield piece
