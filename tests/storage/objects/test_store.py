"""The object store keeps what it was given first, locks what the law wants kept, and says clearly what it cannot do."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from storage.engine.settings import Settings
from storage.objects.buckets import BucketNotLocked
from storage.objects.moves import PART, PartedWrite, copy_once, unfinished
from storage.objects.store import ObjectMissing, ObjectStore, StoreUnavailable

pytest_plugins = ("tests.storage.documents.fixtures",)


def new_key(prefix: str = "letters") -> str:
    """A key that no other test uses."""
    return f"{prefix}/{uuid4().hex}"


def soon() -> datetime:
    """A retention as short as a test."""
    return datetime.now(UTC) + timedelta(minutes=1)


async def test_a_second_put_adopts_what_the_first_stored(store: ObjectStore) -> None:
    key = new_key()
    first = await store.put_sealed(store.locked, key, b"chiffre 1", retain_until=soon())
    second = await store.put_sealed(store.locked, key, b"chiffre 2", retain_until=soon())
    assert asdict(first) == {"body": b"chiffre 1", "adopted": False}
    assert asdict(second) == {"body": b"chiffre 1", "adopted": True}
    assert await store.get(store.locked, key) == b"chiffre 1"


async def test_an_act_under_lock_is_neither_deleted_nor_hidden(store: ObjectStore) -> None:
    key = new_key()
    await store.put_sealed(store.locked, key, b"acte", retain_until=soon())
    with pytest.raises(StoreUnavailable, match="refusé"):
        await store.delete(store.locked, key)
    assert await store.get(store.locked, key) == b"acte"


async def test_what_is_not_locked_is_deleted_with_every_version(store: ObjectStore) -> None:
    for bucket in (store.bucket, store.locked):
        key = new_key()
        await store.put_sealed(bucket, key, b"lettre")
        await store.delete(bucket, key)
        await store.delete(bucket, key)
        assert await store.size(bucket, key) is None
        with pytest.raises(ObjectMissing):
            await store.get(bucket, key)


async def test_a_bucket_without_lock_is_refused_for_acts(store: ObjectStore, settings: Settings) -> None:
    wrong = ObjectStore(
        endpoint=settings.s3_endpoint_url,
        access_key=settings.s3_access_key_id,
        secret_key=settings.s3_secret_access_key,
        bucket=store.bucket,
        locked=store.bucket,
    )
    with pytest.raises(BucketNotLocked, match="S3_LOCKED_BUCKET"):
        await wrong.prepare()
    wrong.close()


async def test_preparing_again_changes_nothing(store: ObjectStore) -> None:
    key = new_key()
    await store.put_sealed(store.bucket, key, b"lettre")
    await store.prepare()
    assert await store.get(store.bucket, key) == b"lettre"


async def test_a_store_that_is_away_says_so_within_seconds(settings: Settings) -> None:
    away = ObjectStore(endpoint="http://127.0.0.1:9", access_key="a", secret_key="b", bucket="c", locked="d")
    with pytest.raises(StoreUnavailable, match="ne répond pas"):
        await away.get("c", "k")
    away.close()


@pytest.mark.parametrize("size", [0, 10, PART, PART + 1, 2 * PART + 7])
async def test_a_parted_write_is_seen_whole_or_not_at_all(store: ObjectStore, size: int) -> None:
    key, content = new_key("quarantine"), os.urandom(size)
    write = PartedWrite(store, store.bucket, key)
    for start in range(0, size, 1_000_000):
        await write.add(content[start : start + 1_000_000])
    assert await store.size(store.bucket, key) is None
    await write.close()
    assert await store.get(store.bucket, key) == content
    assert b"".join([piece async for piece in store.stream(store.bucket, key)]) == content


async def test_an_aborted_write_leaves_nothing(store: ObjectStore) -> None:
    key = new_key("quarantine")
    write = PartedWrite(store, store.bucket, key)
    await write.add(bytes(PART + 1))
    assert key in {left.key async for left in unfinished(store, store.bucket)}
    await write.abort()
    assert key not in {left.key async for left in unfinished(store, store.bucket)}
    assert await store.size(store.bucket, key) is None


async def test_a_copy_is_made_once_and_never_over_another_object(store: ObjectStore) -> None:
    source, target = new_key("quarantine"), new_key("vault")
    await store.put_sealed(store.bucket, source, b"un")
    assert await copy_once(store, store.bucket, source, target)
    await store.delete(store.bucket, source)
    await store.put_sealed(store.bucket, source, b"deux")
    assert not await copy_once(store, store.bucket, source, target)
    assert await store.get(store.bucket, target) == b"un"
    with pytest.raises(ObjectMissing):
        await copy_once(store, store.bucket, new_key(), new_key("vault"))
    assert [left async for left in unfinished(store, store.bucket)] == []
