"""Standard Webhooks: how a delivery is signed, so that its receiver can trust it and drop a repetition."""

from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook


def signed_headers(secrets: Sequence[str], delivery: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of one attempt at `at` (real clock); `secrets` (`whsec_…`): the one in force, and its predecessor.

    `delivery` is the webhook-id: the same at each attempt of the same delivery.
    """
    text = body.decode()
    signatures = " ".join(Webhook(secret).sign(delivery, at.astimezone(UTC), text) for secret in secrets)
    return {
        "content-type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signatures,
    }
