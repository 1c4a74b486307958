"""S3, for ciphertext only: two buckets, create-only puts, an object lock where the law wants permanence.

Every call to boto3 runs in this store's own threads: none blocks the event loop, and a slow store
cannot take the threads of others. Bodies are sealed by the caller under the dossier's key, so the lock and
erasure do not fight: destroying the key erases what the lock keeps.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from storage.objects.buckets import prepare_buckets

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

    from storage.engine.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 16
READ_AT_ONCE = 1 << 20


class StoreUnavailable(Exception):
    """The object store did not answer, or refused: try again later. Nothing was lost."""


class ObjectMissing(Exception):
    """No object has this key."""


class AlreadyStored(Exception):
    """A create-only write met an object already there (S3's 412): read it back, and adopt or refuse it."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store holds under a key after a put: `adopted` when it was there before."""

    body: bytes
    adopted: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An object seen in a listing: its size in bytes and when it was written (UTC)."""

    key: str
    size: int
    modified: datetime


class ObjectStore:
    """The documents' bucket (`bucket`) and the locked one for acts (`locked`), through one boto3 client."""

    def __init__(self, *, endpoint: str, access_key: str, secret_key: str, bucket: str, locked: str) -> None:
        self.bucket = bucket
        self.locked = locked
        self.client: S3Client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            region_name="us-east-1",
            config=Config(
                s3={"addressing_style": "path"},
                connect_timeout=3,
                read_timeout=30,
                retries={"mode": "standard", "max_attempts": 3},
                max_pool_connections=THREADS,
            ),
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3")

    async def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one boto3 call in a thread. Raises ObjectMissing, AlreadyStored or StoreUnavailable."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(guarded, work, *args, **kwargs))

    async def prepare(self) -> None:
        """Create the two buckets, or check that they are what they must be (lock, versions)."""
        await self.call(prepare_buckets, self.client, self.bucket, self.locked)

    def read_now(self, bucket: str, key: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`, without leaving the calling thread (never the event loop's)."""
        return guarded(read_range, self.client, bucket, key, start, length)

    async def put_sealed(self, bucket: str, key: str, body: bytes, *, retain_until: datetime | None = None) -> Stored:
        """Write `body` once. A key already taken is read back and adopted: two attempts of one act store one object.

        `retain_until` (aware) locks the object in the locked bucket; not before then can anyone delete it.
        """
        extra: dict[str, Any] = {}
        if retain_until is not None:
            extra = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": retain_until}
        put = partial(self.client.put_object, Bucket=bucket, Key=key, Body=body, IfNoneMatch="*", **extra)
        try:
            await self.call(put)
        except AlreadyStored:
            return Stored(await self.get(bucket, key), adopted=True)
        return Stored(body, adopted=False)

    async def get(self, bucket: str, key: str) -> bytes:
        """The whole object, in memory: for letters and acts. Raises ObjectMissing, StoreUnavailable."""
        return await self.call(read_whole, self.client, bucket, key)

    async def stream(self, bucket: str, key: str) -> AsyncIterator[bytes]:
        """The object piece by piece, at most READ_AT_ONCE bytes in memory."""
        answer = await self.call(self.client.get_object, Bucket=bucket, Key=key)
        body = answer["Body"]
        try:
            while piece := await self.call(body.read, READ_AT_ONCE):
                yield piece
        finally:
            body.close()

    async def size(self, bucket: str, key: str) -> int | None:
        """Bytes stored under `key`, or None when there is nothing."""
        try:
            return (await self.call(self.client.head_object, Bucket=bucket, Key=key))["ContentLength"]
        except ObjectMissing:
            return None

    async def delete(self, bucket: str, key: str) -> None:
        """Delete an object and every version of it; a missing one is no error, a locked one is StoreUnavailable."""
        await self.call(delete_every_version, self.client, bucket, key)

    async def list(self, bucket: str, prefix: str) -> AsyncIterator[Listed]:
        """Every object whose key begins with `prefix`, a page of a thousand at a time."""
        after = ""
        while True:
            page = await self.call(self.client.list_objects_v2, Bucket=bucket, Prefix=prefix, StartAfter=after)
            for found in page.get("Contents", []):
                after = found["Key"]
                yield Listed(after, found["Size"], found["LastModified"])
            if not page.get("IsTruncated"):
                return

    def close(self) -> None:
        """Let the threads and the connections go."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.client.close()


def guarded(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call boto3 and give its errors our three names."""
    try:
        return work(*args, **kwargs)
    except ClientError as error:
        refuse(error)
    except (BotoCoreError, OSError) as error:
        raise StoreUnavailable(f"Le stockage des documents ne répond pas ({type(error).__name__}).") from error


def refuse(error: ClientError) -> NoReturn:
    """Raise the name of ours that S3's answer means."""
    code = error.response["Error"].get("Code", "")
    if code in {"NoSuchKey", "NotFound", "404", "NoSuchVersion", "NoSuchUpload"}:
        raise ObjectMissing(code) from error
    if code in {"PreconditionFailed", "ConditionalRequestConflict", "412"}:
        raise AlreadyStored(code) from error
    raise StoreUnavailable(f"Le stockage des documents a refusé l'opération ({code}).") from error


def read_range(client: "S3Client", bucket: str, key: str, start: int, length: int) -> bytes:
    """At most `length` bytes of an object, from `start` on, which is before its end."""
    with client.get_object(Bucket=bucket, Key=key, Range=f"bytes={start}-{start + length - 1}")["Body"] as body:
        return body.read()


def read_whole(client: "S3Client", bucket: str, key: str) -> bytes:
    """The bytes of one object."""
    with client.get_object(Bucket=bucket, Key=key)["Body"] as body:
        return body.read()


def delete_every_version(client: "S3Client", bucket: str, key: str) -> None:
    """Delete `key`; in a versioned bucket each version by its name, so that no marker hides what a lock still keeps."""
    if client.get_bucket_versioning(Bucket=bucket).get("Status") is None:
        client.delete_object(Bucket=bucket, Key=key)
        return
    page = client.list_object_versions(Bucket=bucket, Prefix=key)
    for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
        if version["Key"] == key:
            client.delete_object(Bucket=bucket, Key=key, VersionId=version["VersionId"])


def object_store(settings: "Settings") -> ObjectStore:
    """The store that the settings name (S3_ENDPOINT_URL and the rest); one for a process, closed by its wiring."""
    return ObjectStore(
        endpoint=settings.s3_endpoint_url,
        access_key=settings.s3_access_key_id,
        secret_key=settings.s3_secret_access_key,
        bucket=settings.s3_bucket,
        locked=settings.s3_locked_bucket,
    )
