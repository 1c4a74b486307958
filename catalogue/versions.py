"""`procedures/<slug>/published/<version>.json`: each published version of a plan, kept whole, never edited.

The newest one is also what `procedure.toml` says, until its author begins the next.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalogue.errors import CatalogueError, Fault
from domain.plan import Plan
from domain.sentence import N_
from domain.serial import PLAN

FOLDER = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version; `intact` is False when its file is no longer what was published."""

    path: Path
    plan: Plan
    intact: bool


def versions(folder: Path) -> tuple[Version, ...]:
    """What a procedure's folder has published, oldest first. Raises CatalogueError when a file cannot be read."""
    found = (_read(path) for path in (folder / FOLDER).glob("*.json"))
    return tuple(sorted(found, key=lambda version: version.plan.version))


def publish(folder: Path, plan: Plan) -> Path | None:
    """Keep this version of the plan; None when that number is published already, whatever it says."""
    path = folder / FOLDER / f"{plan.version}.json"
    if path.exists():
        return None
    said = PLAN.dump_python(plan, mode="json")
    path.parent.mkdir(exist_ok=True)
    document = {"sha256": _digest(said), "plan": said}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _read(path: Path) -> Version:
    name = f"{path.parent.parent.name}/{FOLDER}/{path.name}"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        said = document["plan"]
        plan = PLAN.validate_json(json.dumps(said))
    except (ValueError, KeyError, TypeError, ValidationError) as bad:
        raise CatalogueError((Fault(name, 0, "", EDITED, f"git checkout -- procedures/{name}"),)) from bad
    intact = document.get("sha256") == _digest(said) and path.stem == str(plan.version)
    return Version(path=path, plan=plan, intact=intact)


EDITED = N_("cette version est publiée et son fichier a changé : des dossiers la suivent. Rendez-lui son contenu.")


def _digest(said: Any) -> str:
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
