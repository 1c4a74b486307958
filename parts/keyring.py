"""The secrets of an installation on one machine: made once, kept beside the data, readable by their owner only."""

import base64
import contextlib
import os
import secrets
from pathlib import Path


def master_key(data_dir: Path) -> str:
    """The master key in base64: `GUICHET_MASTER_KEY` when given, else `master.key` in the data folder."""
    return os.environ.get("GUICHET_MASTER_KEY") or kept_secret(data_dir / "master.key")


def kept_secret(file: Path) -> str:
    """32 random bytes in base64, drawn the first time and read afterwards; the file is 0600 and never half written."""
    if not file.exists():
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()
