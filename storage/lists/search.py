"""Search among the dossiers that an agent may see: every word asked for, by the token of its stem."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.master_key import MasterKey
from storage.register.in_clear import token_of
from storage.register.search_tokens import looked_for, references

FIRST_YEAR = 2020
_FOUND = text("""
    SELECT t.dossier FROM search_token t
    WHERE t.token = ANY (:tokens) AND t.procedure = ANY (:procedures)
    GROUP BY t.dossier HAVING count(*) = :wanted
    ORDER BY t.dossier DESC LIMIT :limit
""")
_NUMBERED = text("""
    SELECT dossier FROM queue_row WHERE reference = ANY (:references) AND procedure = ANY (:procedures)
    ORDER BY dossier DESC LIMIT :limit
""")
_YEAR = text("SELECT extract(year FROM legal_now())::int")


async def search(
    connection: AsyncConnection, master: MasterKey, words: str, procedures: Sequence[str], limit: int = 50
) -> list[UUID]:
    """The dossiers of those procedures that hold every word (eight at most), the latest first.

    A whole reference finds its own dossier; the part of it that people say (« 123 ») finds it before the others.
    """
    found = await _numbered(connection, words, procedures, limit)
    if found and "-" in words:
        return found
    for wanted in looked_for(words):
        if len(found) < limit:
            tokens = [token_of(master, one) for one in wanted]
            found += await _holding(connection, tokens, procedures, limit)
    return list(dict.fromkeys(found))[:limit]


async def _numbered(connection: AsyncConnection, words: str, procedures: Sequence[str], limit: int) -> list[UUID]:
    if not references(words, [FIRST_YEAR]):
        return []
    this_year = (await connection.execute(_YEAR)).scalar_one()
    possible = references(words, range(FIRST_YEAR, this_year + 1))
    given = {"references": possible, "procedures": list(procedures), "limit": limit}
    return list((await connection.execute(_NUMBERED, given)).scalars())


async def _holding(
    connection: AsyncConnection, tokens: list[bytes], procedures: Sequence[str], limit: int
) -> list[UUID]:
    given = {"tokens": tokens, "procedures": list(procedures), "wanted": len(tokens), "limit": limit}
    return list((await connection.execute(_FOUND, given)).scalars())
