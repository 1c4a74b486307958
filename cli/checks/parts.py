"""Temporal, the object store, the antivirus and the mail: does each answer?"""

import asyncio
import os
import socket
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from cli.checks.finding import Finding, bad, good, noted
from storage.engine.settings import Settings
from storage.objects.buckets import is_locked
from storage.objects.store import object_store

_TIMEOUT = 3.0


def temporal(settings: Settings) -> Finding:
    """Temporal serves our namespace."""
    where = f"{settings.temporal_address}, espace {settings.temporal_namespace}"
    try:
        asyncio.run(asyncio.wait_for(_describe(settings), _TIMEOUT * 2))
    except (RPCError, RuntimeError, TimeoutError) as error:
        return bad(
            "Temporal",
            f"{where} : {_short(error)}",
            "vérifiez TEMPORAL_ADDRESS et TEMPORAL_NAMESPACE ; sans lui on dépose et on agit, mais rien ne part",
        )
    return good("Temporal", where)


def objects(settings: Settings) -> Finding:
    """Both buckets are there, the second one with its lock."""
    client = object_store(settings).client
    try:
        client.head_bucket(Bucket=settings.s3_bucket)
        locked = is_locked(client, settings.s3_locked_bucket)
    except (BotoCoreError, ClientError) as error:
        return bad("documents (S3)", _short(error), "vérifiez S3_ENDPOINT_URL et ses clés, puis guichet migrate")
    if not locked:
        return bad("documents (S3)", f"« {settings.s3_locked_bucket} » n'est pas verrouillé", "guichet migrate")
    return good("documents (S3)", f"{settings.s3_endpoint_url}, {settings.s3_bucket} et {settings.s3_locked_bucket}")


def antivirus(settings: Settings) -> Finding:
    """Clamd answers PONG, when one is configured."""
    if not settings.clamd_address:
        without = "aucun (CLAMD_ADDRESS) : les documents diront « non analysé »"
        if settings.mode == "production" and not settings.only_here:
            return bad("antivirus", without, "donnez CLAMD_ADDRESS (hôte:port) : on ouvre ici des fichiers d'inconnus")
        return noted("antivirus", without)
    host, _, port = settings.clamd_address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=_TIMEOUT) as connection:
            connection.sendall(b"zPING\0")
            answer = connection.recv(16)
    except (OSError, ValueError) as error:
        return bad("antivirus", f"{settings.clamd_address} : {_short(error)}", "vérifiez CLAMD_ADDRESS (hôte:port)")
    if answer.strip(b"\0\n") != b"PONG":
        return bad("antivirus", f"{settings.clamd_address} ne répond pas PONG", "ce n'est pas un clamd")
    return good("antivirus", settings.clamd_address)


def mail(settings: Settings) -> Finding:
    """Messages leave by SMTP, or are written to a folder."""
    if settings.smtp_url:
        place = urlsplit(settings.smtp_url)
        try:
            socket.create_connection((place.hostname or "", place.port or 25), timeout=_TIMEOUT).close()
        except OSError as error:
            return bad("courriel", f"{place.hostname} : {_short(error)}", "vérifiez SMTP_URL")
        return good("courriel", f"SMTP {place.hostname}")
    if settings.mail_folder is None:
        return bad("courriel", "ni SMTP_URL ni MAIL_FOLDER", "donnez SMTP_URL, ou MAIL_FOLDER pour un essai")
    if not os.access(settings.mail_folder, os.W_OK):
        return bad("courriel", f"{settings.mail_folder} n'est pas accessible en écriture", "changez MAIL_FOLDER")
    return noted("courriel", f"écrit dans {settings.mail_folder}, rien n'est envoyé (SMTP_URL)")


async def _describe(settings: Settings) -> None:
    client = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
    await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=settings.temporal_namespace))


def _short(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
