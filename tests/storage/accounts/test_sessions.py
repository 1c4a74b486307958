"""How long an ended session is kept: an hour, for what was being sent, and no longer."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import text

from storage.accounts import accounts, sessions
from storage.engine.database import Context, Database
from storage.engine.settings import Settings

OWNER = Context(audience="owner", subject=None)
ENDED = {
    "idle for two hours and more": ("seen_at = now() - interval '2 hours 1 minute'", False),
    "idle for less than an hour more": ("seen_at = now() - interval '1 hour 59 minutes'", True),
    "at its eight hours long ago": ("expires_at = now() - interval '61 minutes'", False),
    "at its eight hours just now": ("expires_at = now() - interval '59 minutes'", True),
    "live": ("device = ''", True),
}


async def test_what_ended_more_than_an_hour_ago_goes_with_anybodys_next_sign_in(settings: Settings) -> None:
    """A resident's sessions are idle after one hour; each is opened, aged, then somebody else signs in."""
    owner, app = (Database(settings, role, size=1) for role in ("owner", "app"))
    opened = {}
    async with owner.transaction(OWNER) as connection:
        mine, other = [
            await accounts.add(connection, settings.master, "resident", f"{uuid4().hex}@example.org", "X")
            for _ in range(2)
        ]
        for name in ENDED:
            opened[name] = (await sessions.start(connection, mine, "resident", "")).id
        for name, (aged, _) in ENDED.items():
            await connection.execute(text(f"UPDATE session SET {aged} WHERE id = :id"), {"id": opened[name]})  # noqa: S608 (constants)

    async with app.transaction(Context(audience="resident", subject=other)) as connection:
        await sessions.start(connection, other, "resident", "")

    async with owner.transaction(OWNER) as connection:
        found = await connection.execute(text("SELECT id FROM session WHERE account = :id"), {"id": mine})
        kept = set(found.scalars())
    for database in (owner, app):
        await database.close()
    assert {name: opened[name] in kept for name in ENDED} == {name: stays for name, (_, stays) in ENDED.items()}
