"""SQL kept beside the migrations, one file per subject."""

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).resolve().parent / "sql"


def run(*names: str) -> None:
    """Run the files of `migrations/sql/`, in order, in the migration's transaction, as they are written."""
    for name in names:
        op.get_bind().exec_driver_sql((FOLDER / name).read_text(encoding="utf-8").replace("%", "%%"))
