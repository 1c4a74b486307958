"""Large objects: written part by part as they arrive, then moved inside the store without passing through us."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storage.objects.store import AlreadyStored, ObjectMissing, ObjectStore, StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, ListMultipartUploadsOutputTypeDef

PART = 8 << 20


class PartedWrite:
    """A write of unknown length: `add` bytes, then `close`, or `abort`.

    Holds at most PART bytes. Nothing is visible under the key before `close` returns; `abort` forgets the parts
    already sent (the reconciler forgets those of a process that was killed).
    """

    def __init__(self, store: ObjectStore, bucket: str, key: str) -> None:
        self._store, self._bucket, self._key = store, bucket, key
        self._waiting = bytearray()
        self._upload: str | None = None
        self._parts: list[CompletedPartTypeDef] = []

    async def add(self, piece: bytes) -> None:
        """Add bytes at the end, sending a part when there is enough of them."""
        self._waiting += piece
        while len(self._waiting) >= PART:
            await self._send(bytes(self._waiting[:PART]))
            del self._waiting[:PART]

    async def _send(self, body: bytes) -> None:
        store, bucket, key = self._store, self._bucket, self._key
        if self._upload is None:
            self._upload = (await store.call(store.client.create_multipart_upload, Bucket=bucket, Key=key))["UploadId"]
        number = len(self._parts) + 1
        answer = await store.call(
            store.client.upload_part, Bucket=bucket, Key=key, UploadId=self._upload, PartNumber=number, Body=body
        )
        self._parts.append({"PartNumber": number, "ETag": answer["ETag"]})

    async def close(self) -> None:
        """Send what waits and make the object visible."""
        store = self._store
        if self._upload is None:
            await store.call(store.client.put_object, Bucket=self._bucket, Key=self._key, Body=bytes(self._waiting))
            return
        if self._waiting:
            await self._send(bytes(self._waiting))
        await store.call(
            store.client.complete_multipart_upload,
            Bucket=self._bucket,
            Key=self._key,
            UploadId=self._upload,
            MultipartUpload={"Parts": self._parts},
        )

    async def abort(self) -> None:
        """Forget everything sent so far."""
        if self._upload is not None:
            await abort(self._store, self._bucket, self._key, self._upload)


async def abort(store: ObjectStore, bucket: str, key: str, upload: str) -> None:
    """Forget the parts of an unfinished write. A store that is away keeps them until the reconciler's next pass."""
    try:
        await store.call(store.client.abort_multipart_upload, Bucket=bucket, Key=key, UploadId=upload)
    except (ObjectMissing, StoreUnavailable):
        return


async def copy_once(store: ObjectStore, bucket: str, source: str, target: str) -> bool:
    """Copy `source` to `target` inside the store unless `target` exists; tell whether this call made it.

    A one-part upload: `complete` honours If-None-Match where a plain CopyObject of versitygw 1.8 ignores it.
    """
    client = store.client
    upload = (await store.call(client.create_multipart_upload, Bucket=bucket, Key=target))["UploadId"]
    try:
        part = await store.call(
            client.upload_part_copy,
            Bucket=bucket,
            Key=target,
            UploadId=upload,
            PartNumber=1,
            CopySource={"Bucket": bucket, "Key": source},
        )
        await store.call(
            client.complete_multipart_upload,
            Bucket=bucket,
            Key=target,
            UploadId=upload,
            MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}]},
            IfNoneMatch="*",
        )
    except AlreadyStored:
        await abort(store, bucket, target, upload)
        return False
    except BaseException:
        await abort(store, bucket, target, upload)
        raise
    return True


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A write begun and neither closed nor aborted: the key it aims at, its upload, when it began (UTC)."""

    key: str
    upload: str
    started: datetime


async def unfinished(store: ObjectStore, bucket: str) -> AsyncIterator[Unfinished]:
    """Every unfinished write of a bucket."""
    after: dict[str, str] = {}
    while True:
        page = await store.call(list_unfinished, store.client, bucket, after)
        for found in page.get("Uploads", []):
            yield Unfinished(found["Key"], found["UploadId"], found["Initiated"])
        if not page.get("IsTruncated"):
            return
        after = {"KeyMarker": page["NextKeyMarker"], "UploadIdMarker": page["NextUploadIdMarker"]}


def list_unfinished(client: "S3Client", bucket: str, after: dict[str, str]) -> "ListMultipartUploadsOutputTypeDef":
    """One page of the unfinished writes, from where the last page ended."""
    if not after:
        return client.list_multipart_uploads(Bucket=bucket)
    return client.list_multipart_uploads(
        Bucket=bucket, KeyMarker=after["KeyMarker"], UploadIdMarker=after["UploadIdMarker"]
    )
