"""Search among the dossiers that an agent may see: every word asked for, by the token of its stem."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.in_clear import token_of
from storage.master_key import MasterKey
from storage.stems import stems

WORDS = 8
_FOUND = text("""
    SELECT t.dossier FROM search_token t
    WHERE t.token = ANY (:tokens) AND t.procedure = ANY (:procedures)
    GROUP BY t.dossier HAVING count(*) = :wanted
    ORDER BY t.dossier DESC LIMIT :limit
""")


async def search(
    connection: AsyncConnection, master: MasterKey, words: str, procedures: Sequence[str], limit: int = 50
) -> list[UUID]:
    """The dossiers of those procedures that hold every word (eight at most), the latest first.

    A whole reference finds its own dossier.
    """
    wanted = list(dict.fromkeys(stems(words)))[:WORDS]
    reference = words.strip().lower()
    found = await _holding(connection, [token_of(master, reference)], procedures, limit)
    if found or not wanted:
        return found
    return await _holding(connection, [token_of(master, stem) for stem in wanted], procedures, limit)


async def _holding(
    connection: AsyncConnection, tokens: list[bytes], procedures: Sequence[str], limit: int
) -> list[UUID]:
    given = {"tokens": tokens, "procedures": list(procedures), "wanted": len(tokens), "limit": limit}
    return list((await connection.execute(_FOUND, given)).scalars())
