"""The floor of the measure: the same rows, in one bare transaction, behind a bare FastAPI route.

No identity, no validation, no kernel, no key, no chain, no wall: what PostgreSQL and the web framework cost whatever
we do. Its rows are those of a dossier that was really filed (`FLOOR_DOSSIER`), under new identifiers; its statements
travel as the product's do (`storage/engine/pipeline.py`), so that the ratio says what the safeguards cost alone.
"""

import argparse
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from cli.serving import serve
from storage.engine.connections import Connections
from storage.engine.pipeline import Pipeline, Statement

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
# What an act changes, and the rows that it adds.
CHANGED = {
    "dossier": ("version", "acts", "head", "state", "recorded_at"),
    "clock": ("seq", "step", "status", "closed", "ledger", "due_at", "due_kind", "due_article"),
    "queue_row": ("status", "closed", "due_at", "agent", "fields", "seq"),
}
ADDED = {"journal": 1, "effect": 2, "idempotency": 1}
_OUTBOX = "INSERT INTO outbox (kind, subject, payload) VALUES ('floor', %s, '{}')"
_LOCK = "SELECT version, clock_timestamp() FROM dossier WHERE id = %s FOR UPDATE"
_BEGIN: Statement = ("BEGIN", ())
_COMMIT: Statement = ("COMMIT", ())


@dataclass(frozen=True, slots=True)
class Template:
    """The rows of one table of a filing; `rows[:count]` are written again for each request."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    def insertion(self, count: int | None = None) -> "Rows":
        """Those rows, or so many of them, under another identity."""
        one = f"({', '.join(['%s'] * len(self.columns))})"
        rows = self.rows[:count]
        query = f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES {', '.join([one] * len(rows))}"  # noqa: S608
        return Rows(query, self.columns * len(rows), [value for row in rows for value in row])

    def change(self, names: tuple[str, ...]) -> "Rows":
        """The same values once more in those columns."""
        key, values = TABLES[self.table], dict(zip(self.columns, self.rows[0], strict=True))
        query = f"UPDATE {self.table} SET {' = %s, '.join(names)} = %s WHERE {key} = %s"  # noqa: S608
        return Rows(query, (*names, key), [*(values[name] for name in names), None])


@dataclass(frozen=True, slots=True)
class Rows:
    """A statement made once; `names` say which of its `values` are another's at each request."""

    query: str
    names: tuple[str, ...]
    values: list[Any]

    def of(self, fresh: dict[str, Any]) -> Statement:
        """The statement for that request."""
        return self.query, [fresh.get(name, value) for name, value in zip(self.names, self.values, strict=True)]


@dataclass(frozen=True, slots=True)
class Written:
    """What the two routes write."""

    filing: list[Rows]
    act: list[Rows]

    @classmethod
    async def of(cls, connections: Connections, dossier: UUID) -> "Written":
        """Read from a dossier that was filed."""
        async with connections.one() as pipeline:
            found = {table: await _template(pipeline, table, dossier) for table in TABLES}
        changes = [found[table].change(names) for table, names in CHANGED.items()]
        additions = [found[table].insertion(count) for table, count in ADDED.items()]
        return cls([template.insertion() for template in found.values()], [*changes, *additions])


async def _template(pipeline: Pipeline, table: str, dossier: UUID) -> Template:
    columns = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum"
    whose = f"SELECT * FROM {table} WHERE {TABLES[table]} = %s"  # noqa: S608 - ours
    names, rows = await pipeline.send((columns, (table,)), (whose, (dossier,)))
    written = [[Jsonb(value) if isinstance(value, dict | list) else value for value in row] for row in rows]
    return Template(table, tuple(name for (name,) in names), written)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Connections, and the rows to write."""
    connections = Connections(os.environ["DATABASE_URL"], int(os.environ.get("FLOOR_POOL", "10")))
    app.state.connections = connections
    app.state.written = await Written.of(connections, UUID(os.environ["FLOOR_DOSSIER"]))
    yield
    await connections.close()


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
async def ready() -> dict[str, str]:
    """It answers."""
    return {}


@app.post("/submit", status_code=201)
async def submit(request: Request) -> dict[str, str]:
    """The rows of a filing."""
    await request.json()
    dossier, command = uuid7(), uuid7()
    fresh = {
        "id": dossier, "dossier": dossier, "reference": str(dossier), "command_id": command, "key": str(command),
    }  # fmt: skip
    rows = [row.of(fresh) for row in app.state.written.filing]
    async with app.state.connections.one() as pipeline:
        await pipeline.send(_BEGIN, *rows, (_OUTBOX, (str(dossier),)), _COMMIT)
    return {"id": str(dossier)}


@app.post("/act/{dossier}")
async def act(dossier: UUID, request: Request) -> dict[str, str]:
    """The rows of an act: one more entry, the head, the clock and queue row, two effects, the kept answer."""
    await request.json()
    async with app.state.connections.one() as pipeline:
        _, locked = await pipeline.send(_BEGIN, (_LOCK, (dossier,)))
        version, now = locked[0][0] + 1, locked[0][1]
        command = uuid7()
        fresh = {
            "id": dossier, "dossier": dossier, "version": version, "acts": version, "seq": version,
            "recorded_at": now, "command_id": command, "key": str(command),
        }  # fmt: skip
        rows = [row.of(fresh) for row in app.state.written.act]
        await pipeline.send(*rows, (_OUTBOX, (str(dossier),)), _COMMIT)
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
