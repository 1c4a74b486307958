"""Is this process fit to serve? Each check answers what is wrong, in French, or nothing; any doubt is a refusal."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from google.protobuf.field_mask_pb2 import FieldMask
from psycopg import Error as DriverError
from psycopg.errors import DiskFull
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from temporalio.api.common.v1 import TimeSkippingConfig, WorkflowExecution
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import UpdateWorkflowExecutionOptionsRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from api.production import moved_in_production
from api.services import ANONYMOUS, Services
from migrations.upgrade import heads
from storage.accounts.rate_limits import Limit, Spent, spend
from storage.documents.checks.walls import lacking
from storage.documents.sandbox import EXAMINED, standing_walls
from storage.engine.legal_time import read_clock
from storage.engine.master_key import Unreadable
from storage.engine.questions import asking

LOOKED: Final = Limit("readiness|looked", 1, timedelta(seconds=1))
LEAST_ROOM: Final = 64 * 1_048_576
PATIENCE: Final = 3.0
"""Seconds that one check may take."""
WITHOUT_WALL: Final = ("alembic_version", "legal_clock", "pinned_plan", "published")
"""Tables that the application reads and that hold nothing of anybody."""

_UNWALLED = text(
    """
    SELECT relname FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND has_table_privilege(c.oid, 'SELECT') AND NOT (relrowsecurity AND relforcerowsecurity)
      AND NOT relname = ANY(:known)
    ORDER BY relname
    """
)
_ABOVE_WALLS = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
_SOME_KEY = asking("SELECT dossier, wrapped FROM dossier_key WHERE wrapped IS NOT NULL LIMIT 1")
_SEEN_BY_NOBODY = text(
    "SELECT EXISTS (SELECT FROM dossier) OR EXISTS (SELECT FROM journal) OR EXISTS (SELECT FROM account)"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `problem` is empty when it is well."""

    name: str
    problem: str


async def examine(services: Services) -> list[Check]:
    """Every check, side by side."""
    checks: dict[str, Callable[[Services], Awaitable[str]]] = {
        "database": migrations_current,
        "legal_clock": legal_clock_runs,
        "row_level_security": walls_stand,
        "keys": keys_open,
        "room": room_is_left,
    }
    if services.settings.mode != "test":
        checks["examiner"] = examiner_confined
        checks["time_skipping"] = time_does_not_skip
    problems = await asyncio.gather(*(_answered(services, check) for check in checks.values()))
    return [Check(name, problem) for name, problem in zip(checks, problems, strict=True)]


async def migrations_current(services: Services) -> str:
    """The database's schema is the one this code knows."""
    async with services.database.transaction(ANONYMOUS) as connection:
        found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalars().all()
    expected = set(heads())
    if set(found) == expected:
        return ""
    return f"schéma à {', '.join(sorted(found)) or 'rien'}, ce code attend {', '.join(sorted(expected))}"


async def legal_clock_runs(services: Services) -> str:
    """In production, legal time is real time."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return moved_in_production(await read_clock(connection), services.settings.mode)


async def walls_stand(services: Services) -> str:
    """The application's role is held by row-level security, and nobody sees nothing."""
    async with services.database.transaction(ANONYMOUS) as connection:
        if (await connection.execute(_ABOVE_WALLS)).scalar_one():
            return "le rôle de l'application passe outre la sécurité par ligne"
        bare = (await connection.execute(_UNWALLED, {"known": list(WITHOUT_WALL)})).scalars().all()
        if bare:
            return f"sans sécurité par ligne : {', '.join(bare)}"
        if (await connection.execute(_SEEN_BY_NOBODY)).scalar_one():
            return "une connexion sans identité voit des lignes"
    return ""


async def keys_open(services: Services) -> str:
    """The keys' database answers, and what it holds opens with this master key."""
    for key in await services.database.keys.connections.ask(_SOME_KEY):
        try:
            services.master.open(key.wrapped, f"dossier_key|{key.dossier}")
        except Unreadable:
            return "les clés des dossiers ne s'ouvrent pas avec cette clé maîtresse"
    return ""


async def examiner_confined(services: Services) -> str:
    """What reads people's files reaches neither network nor files; in production nothing less serves."""
    reached = lacking(await EXAMINED.run("readiness", standing_walls))
    if not reached or services.settings.mode != "production":
        return ""
    return f"un fichier hostile atteindrait ce que l'examen des documents doit lui cacher ({', '.join(reached)})"


async def room_is_left(services: Services) -> str:
    """The database still writes, and this machine has room for what passes through it."""
    try:
        async with services.database.transaction(ANONYMOUS) as connection:
            await spend(connection, services.master, [Spent(LOOKED, "")])
    except OperationalError as error:
        if not isinstance(error.orig, DiskFull):
            raise
        return "le disque de la base est plein : plus rien ne s'enregistre"
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return "" if free >= LEAST_ROOM else f"le disque de cette machine est plein ({tempfile.gettempdir()})"


async def time_does_not_skip(services: Services) -> str:
    """Temporal's time skipping is off. Its absence is no reason: filing and acting do without it."""
    settings = services.settings
    question = UpdateWorkflowExecutionOptionsRequest(
        namespace=settings.temporal_namespace,
        workflow_execution=WorkflowExecution(workflow_id="readiness/no-such-workflow"),
        workflow_execution_options=WorkflowExecutionOptions(time_skipping_config=TimeSkippingConfig(enabled=True)),
        update_mask=FieldMask(paths=["time_skipping_config"]),
    )
    try:
        client = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
        await client.workflow_service.update_workflow_execution_options(question)
    except RPCError as error:
        # A server that skips looks for the workflow, and does not find it; another says that it cannot.
        return "Temporal saute le temps : réservé aux tests" if error.status is RPCStatusCode.NOT_FOUND else ""
    except RuntimeError:
        return ""
    return "Temporal saute le temps : réservé aux tests"


async def _answered(services: Services, check: Callable[[Services], Awaitable[str]]) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check(services)
    except TimeoutError:
        # Temporal being away, or slow, is said by its own metric; the database must answer.
        return "" if check is time_does_not_skip else "pas de réponse à temps"
    except (SQLAlchemyError, DriverError, OSError) as error:
        return f"ne répond pas ({type(error).__name__})"
