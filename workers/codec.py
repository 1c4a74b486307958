"""The second wall around histories: payloads sealed with AES-256-GCM, failures sealed with them.

Histories hold only ids, dates and codes; should something else slip into one, it is unreadable without the master
key. The workflow's id is the associated data: a payload copied into another workflow does not open.
"""

import os
from collections.abc import Sequence
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import (
    ActivitySerializationContext,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    PayloadConverter,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)
from temporalio.exceptions import ApplicationError, FailureError

ENCODING = b"binary/encrypted"
VERSION = b"1"
NONCE_LENGTH = 12
NOBODY = ""
UNSAID = "what went wrong is in the worker's log"


class Unreadable(RuntimeError):
    """A payload does not open: another master key or workflow, or altered bytes. Nothing is lost: put the key back."""


class SealedPayloads(PayloadCodec, WithSerializationContext):
    """Seals what goes into histories and opens what comes out, for one workflow id at a time."""

    def __init__(self, cipher: AESGCM, workflow: str = NOBODY) -> None:
        self._cipher = cipher
        self._workflow = workflow

    def with_context(self, context: SerializationContext) -> "SealedPayloads":
        """The same codec for the workflow that `context` names."""
        if isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return SealedPayloads(self._cipher, context.workflow_id or NOBODY)
        return SealedPayloads(self._cipher)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal each payload whole, its own metadata included, under a random 96-bit nonce."""
        return [self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open each payload. Raises Unreadable."""
        return [self._open(payload) for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        nonce = os.urandom(NONCE_LENGTH)
        sealed = self._cipher.encrypt(nonce, payload.SerializeToString(), self._workflow.encode())
        return Payload(metadata={"encoding": ENCODING, "v": VERSION}, data=nonce + sealed)

    def _open(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        nonce, sealed = payload.data[:NONCE_LENGTH], payload.data[NONCE_LENGTH:]
        try:
            return Payload.FromString(self._cipher.decrypt(nonce, sealed, self._workflow.encode()))
        except InvalidTag as error:
            raise Unreadable(
                f"A payload of workflow {self._workflow!r} does not open: check that GUICHET_MASTER_KEY is the key "
                "under which it was written."
            ) from error


class QuietFailures(DefaultFailureConverterWithEncodedAttributes):
    """Seals failures, and of an exception that is not ours says its type and its stack only.

    A mail server quotes the address that it refuses, a template the value that it could not print: such words, and
    those of their causes, stay in the worker's own log. Our own failures (FailureError) speak in codes.
    """

    def to_failure(self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure) -> None:
        """Write `exception` and its causes into `failure`."""
        said = exception if isinstance(exception, FailureError) else _unsaid(exception)
        super().to_failure(said, payload_converter, failure)


def _unsaid(exception: BaseException) -> ApplicationError:
    quiet = ApplicationError(UNSAID, type=type(exception).__name__)
    quiet.__traceback__ = exception.__traceback__
    quiet.__cause__ = exception.__cause__
    quiet.__context__ = exception.__context__
    quiet.__suppress_context__ = exception.__suppress_context__
    return quiet


def sealing_converter(secret: bytes) -> DataConverter:
    """The data converter of every client, worker and replayer; `secret`: 32 bytes derived from the master key."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"guichet/temporal").derive(secret)
    return replace(
        DataConverter.default,
        payload_codec=SealedPayloads(AESGCM(key)),
        failure_converter_class=QuietFailures,
    )
