"""An S3 on this machine: versitygw on a folder, with versions."""

import os
import tempfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from parts.keyring import kept_secret
from parts.obtain import Progress, binary, quietly
from parts.ports import LOOPBACK, usual_or_free
from parts.supervisor import Part, child_environment
from parts.versions import VERSITYGW

USUAL_PORT = 7070
ACCESS_KEY = "guichet"
_HEALTH = "/health"


class ObjectStore:
    """The objects of `data_dir`/s3, their older versions beside them, on the loopback only."""

    name = "s3"
    patience = 30.0

    def __init__(self, data_dir: Path, *, on_progress: Progress = quietly) -> None:
        self.folder = data_dir / "s3"
        self.on_progress = on_progress
        self.address = f"http://{LOOPBACK}:{USUAL_PORT}"
        self.secret = ""

    def prepare(self) -> Part:
        """The process to start, its folders made. Raises PartRefused."""
        program = binary(VERSITYGW, self.on_progress)
        objects, versions, beside = (self.folder / name for name in ("objects", "versions", "attributes"))
        for folder in (self.folder, objects, versions):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.secret = kept_secret(self.folder / "secret.key")
        port = usual_or_free(USUAL_PORT)
        self.address = f"http://{LOOPBACK}:{port}"
        keep = ["posix", "--versioning-dir", str(versions), "--dir-perms", "0700", "--file-perms", "0600"]
        if not has_extended_attributes(objects):
            beside.mkdir(mode=0o700, exist_ok=True)
            keep += ["--sidecar", str(beside)]
        return Part(
            name=self.name,
            argv=(str(program), "--port", f"{LOOPBACK}:{port}", "--quiet", "--health", _HEALTH, *keep, str(objects)),
            env=child_environment() | {"ROOT_ACCESS_KEY": ACCESS_KEY, "ROOT_SECRET_KEY": self.secret},
            tier=1,
        )

    def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            with urlopen(self.address + _HEALTH, timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def bootstrap(self) -> dict[str, str]:
        """The settings that reach it."""
        return {
            "S3_ENDPOINT_URL": self.address,
            "S3_ACCESS_KEY_ID": ACCESS_KEY,
            "S3_SECRET_ACCESS_KEY": self.secret,
        }


def has_extended_attributes(folder: Path) -> bool:
    """Whether the file system under `folder` keeps the attributes in which versitygw writes its metadata."""
    if not hasattr(os, "setxattr"):
        return False
    with tempfile.NamedTemporaryFile(dir=folder.parent) as probe:
        try:
            os.setxattr(probe.name, "user.guichet", b"1")
        except OSError:
            return False
    return True
