"""The two buckets: created when absent, refused when they are not what they must be."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

ALREADY_OURS = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


class BucketNotLocked(Exception):
    """The bucket for acts has no object lock: what is written there could be rewritten."""


def prepare_buckets(client: "S3Client", bucket: str, locked: str) -> None:
    """Create `bucket` (plain) and `locked` (object lock, hence versions); check the lock of one found there.

    Raises BucketNotLocked: a lock is chosen at a bucket's creation and cannot be assumed afterwards.
    """
    create(client, bucket, lock=False)
    create(client, locked, lock=True)
    if not is_locked(client, locked):
        raise BucketNotLocked(
            f"Le compartiment « {locked} » n'a pas de verrou d'objets : les actes pourraient y être réécrits. "
            "Créez-en un avec ObjectLockEnabledForBucket, ou changez S3_LOCKED_BUCKET."
        )


def create(client: "S3Client", bucket: str, *, lock: bool) -> None:
    """Create one bucket; one that exists already and is ours is kept."""
    try:
        client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=lock)
    except ClientError as error:
        if error.response["Error"].get("Code") not in ALREADY_OURS:
            raise
        client.head_bucket(Bucket=bucket)


def is_locked(client: "S3Client", bucket: str) -> bool:
    """Whether objects of the bucket can be locked, and are versioned."""
    try:
        lock = client.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
    except ClientError as error:
        if error.response["Error"].get("Code") == "ObjectLockConfigurationNotFoundError":
            return False
        raise
    versions = client.get_bucket_versioning(Bucket=bucket).get("Status")
    return lock.get("ObjectLockEnabled") == "Enabled" and versions == "Enabled"
