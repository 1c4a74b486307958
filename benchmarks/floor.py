"""The floor of the measure: the same rows, in one bare transaction, behind a bare FastAPI route.

No identity, no validation, no kernel, no key, no chain: what PostgreSQL and the web framework cost whatever we do.
Its rows are those of a dossier that was really filed (`FLOOR_DOSSIER`), under new identifiers.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from psycopg import AsyncConnection, sql
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from uuid_utils.compat import uuid7

from cli.serving import serve
from storage import addresses

# Each table of a filing, and the column that bears the dossier's id.
TABLES = {
    "dossier": "id",
    "journal": "dossier",
    "clock": "dossier",
    "queue_row": "dossier",
    "search_token": "dossier",
    "effect": "dossier",
    "idempotency": "dossier",
}
_OUTBOX = "INSERT INTO outbox (kind, subject, payload) VALUES ('floor', %s, '{}')"


@dataclass(frozen=True, slots=True)
class Template:
    """The rows of one table: its insertion, and the values with the place of the id and of what must be unique."""

    insertion: sql.Composed
    rows: list[list[Any]]
    columns: list[str]

    def values(self, dossier: UUID, reference: str, command: UUID) -> list[Any]:
        """Every row's values, under another identity."""
        fresh = {"id": dossier, "dossier": dossier, "reference": reference, "command_id": command, "key": str(command)}
        return [fresh.get(name, value) for row in self.rows for name, value in zip(self.columns, row, strict=True)]


async def templates(connection: AsyncConnection[Any], dossier: UUID) -> list[Template]:
    """What a filing writes, read from one."""
    found = []
    for table, of in TABLES.items():
        cursor = await connection.execute(
            sql.SQL("SELECT * FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(of)), [dossier]
        )
        rows = [[Jsonb(v) if isinstance(v, dict | list) else v for v in row] for row in await cursor.fetchall()]
        columns = [column.name for column in cursor.description or ()]
        one = sql.SQL("({})").format(sql.SQL(", ").join(sql.Placeholder() * len(columns)))
        insertion = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join([one] * len(rows)),
        )
        found.append(Template(insertion, rows, columns))
    return found


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """A pool, and the rows to write."""
    url = addresses.for_sqlalchemy(os.environ["DATABASE_URL"])
    app.state.engine = create_async_engine(url, pool_size=int(os.environ.get("FLOOR_POOL", "10")), max_overflow=0)
    app.state.dossier = UUID(os.environ["FLOOR_DOSSIER"])
    async with app.state.engine.connect() as connection:
        app.state.templates = await templates(await driver(connection), app.state.dossier)
    yield
    await app.state.engine.dispose()


async def driver(connection: Any) -> AsyncConnection[Any]:
    """The driver's own connection."""
    raw = await connection.get_raw_connection()
    found: AsyncConnection[Any] = raw.driver_connection
    return found


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
async def ready() -> dict[str, str]:
    """It answers."""
    return {}


@app.post("/submit", status_code=201)
async def submit(request: Request) -> dict[str, str]:
    """The rows of a filing."""
    engine: AsyncEngine = app.state.engine
    await request.json()
    dossier, command = uuid7(), uuid7()
    async with engine.connect() as connection:
        bare = await driver(connection)
        async with bare.pipeline():
            for template in app.state.templates:
                values = template.values(dossier, str(dossier), command)
                await bare.execute(template.insertion, values, prepare=True)
            await bare.execute(_OUTBOX, [str(dossier)], prepare=True)
            await bare.commit()
    return {"id": str(dossier)}


@app.post("/act/{dossier}")
async def act(dossier: UUID, request: Request) -> dict[str, str]:
    """The rows of an act: one more entry, the head, the clock and queue row, one effect."""
    engine: AsyncEngine = app.state.engine
    await request.json()
    async with engine.connect() as connection:
        bare = await driver(connection)
        cursor = await bare.execute(
            "SELECT version, state FROM dossier WHERE id = %s FOR UPDATE", [dossier], prepare=True
        )
        row = await cursor.fetchone()
        version, state = (row[0] + 1, row[1]) if row else (1, b"")
        journal = app.state.templates[1]
        values = dict(zip(journal.columns, journal.rows[0], strict=True))
        values |= {"dossier": dossier, "seq": version, "command_id": uuid7()}
        columns = sql.SQL(", ").join(map(sql.Identifier, journal.columns))
        places = sql.SQL(", ").join(sql.Placeholder() * len(journal.columns))
        insertion = sql.SQL("INSERT INTO journal ({}) VALUES ({})").format(columns, places)
        async with bare.pipeline():
            await bare.execute(insertion, list(values.values()), prepare=True)
            await bare.execute("UPDATE dossier SET version = %s, state = %s WHERE id = %s", [version, state, dossier])
            await bare.execute("UPDATE clock SET seq = %s WHERE dossier = %s", [version, dossier])
            await bare.execute("UPDATE queue_row SET seq = %s WHERE dossier = %s", [version, dossier])
            effect = "INSERT INTO effect (dossier, seq, kind, step, position) VALUES (%s, %s, %s, 'always', %s)"
            await bare.execute(effect, [dossier, version, "email:message", 0])
            await bare.execute(effect, [dossier, version, "webhook", 1])
            await bare.execute(_OUTBOX, [str(dossier)])
            await bare.commit()
    return {"version": str(version)}


def main() -> None:
    """Serve the floor exactly as the product is served."""
    parser = argparse.ArgumentParser(description="Le plancher : les mêmes lignes, derrière une route nue.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d'écoute")
    parser.add_argument("--port", type=int, required=True, help="port d'écoute")
    parser.add_argument("--workers", type=int, default=2, help="nombre de processus")
    asked = parser.parse_args()
    serve("benchmarks.floor:app", asked.host, asked.port, asked.workers)


if __name__ == "__main__":
    main()
