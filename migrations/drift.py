"""Do the migrations give what the code's tables say?"""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from migrations.tables import every_table
from storage.engine import addresses
from storage.engine.settings import Settings


def drift(settings: Settings) -> list[str]:
    """What an automatic migration would change, in Alembic's words; nothing when the two agree."""
    engine = create_engine(addresses.for_sqlalchemy(settings.database_url), poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, every_table())
        return [_told(difference) for difference in found if not _is_comment(difference)]


def _is_comment(difference: Any) -> bool:
    """Comments explain the code's tables to their reader; the database does without them."""
    changes = difference if isinstance(difference, list) else [difference]
    return all("comment" in change[0] for change in changes)


def _told(difference: Any) -> str:
    """`add_table dossier`, `modify_nullable …`: the operation and what it touches."""
    if isinstance(difference, list):
        return "; ".join(_told(change) for change in difference)
    operation, *touched = difference
    return f"{operation} {' '.join(str(getattr(one, 'name', one)) for one in touched if one is not None)}"
