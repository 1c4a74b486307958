"""My answers once filed: read back, corrected with trace; everything downloaded in one file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from tests.api.journeys import PDF, act, given
from tests.web.residents.filling_in import Applicant
from tests.web.residents.visiting import proposed, said, visit
from tests.web.visitors import Site


async def test_answers_are_read_back_in_words(site: Site) -> None:
    anne = await visit(site)

    text = said(await anne.page("/reponses"))

    assert "Nom de naissance" in text
    assert "Kerbrat" in text
    assert "14 mars 1952" in text


async def test_a_correction_is_one_page_and_leaves_its_trace(site: Site) -> None:
    anne = await visit(site)
    at = f"{anne.at}/correction/demandeur"
    by_hand = Applicant(anne.visitor, "apa-domicile")
    page = (await anne.visitor.get(at)).text

    done = await by_hand.sends(at, by_hand.filled(page, "demandeur", {"demandeur.nom_naissance": "Kervran"}))
    wrong = await by_hand.sends(at, by_hand.filled(page, "demandeur", {"demandeur.nom_naissance": ""}))

    assert done.headers["location"] == f"{anne.at}/reponses?dit=correct"
    assert wrong.status_code == 422
    shown = (await anne.api.get(f"dossiers/{anne.dossier}")).json()
    assert shown["form"]["demandeur"]["nom_naissance"] == "Kervran"
    assert shown["form"]["foyer"] == {"situation": "veuf"}
    journal = [entry["kind"] for entry in (await anne.api.get(f"dossiers/{anne.dossier}/journal")).json()]
    assert journal.count("corrected") == 1


async def test_once_examined_the_page_says_to_write_instead(site: Site) -> None:
    anne = await visit(site)
    agent = await site.counter.agent("apa", procedures=("apa-domicile",))
    assert (await act(agent, anne.dossier, "take")).status_code == 200

    assert "Modifier" not in said(await anne.page("/reponses"))
    assert "ne peuvent plus être corrigées" in said(await anne.page("/correction/demandeur"))


async def test_everything_is_in_one_file_save_letters_to_open(site: Site) -> None:
    """Opening a letter to open would notify it: the archive leaves it out and its page says so."""
    anne = await proposed(site)
    await given(anne.api, f"dossiers/{anne.dossier}", "identite")

    page = said(await anne.page("/tout"))
    sent = await anne.visitor.get(f"{anne.at}/tout.zip")

    assert "n'y sont pas" in page
    assert sent.headers["content-disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert json.loads(archive.read("reponses.json"))["foyer"] == {"situation": "veuf"}
        documents = [name for name in names if name.startswith("documents/")]
        assert [archive.read(name) for name in documents] == [PDF] * 4
    assert not [name for name in names if name.startswith("lettres/")]
    assert (await anne.api.get(f"dossiers/{anne.dossier}")).json()["proposal"] is None


async def test_the_longest_names_unpack_everywhere(site: Site, tmp_path: Path) -> None:
    """255 bytes, signs that Windows refuses: each name of the archive is short, safe, and keeps its extension."""
    anne = await visit(site)
    for name in ("é" * 125 + "a.pdf", 'reçu "été" <1>: a?b.pdf', "e" * 251 + ".pdf", "👩‍👧" * 13):
        sent = await anne.api.post(f"dossiers/{anne.dossier}/documents", files={"file": (name, PDF, "application/pdf")})
        assert sent.status_code == 201, sent.text

    content = (await anne.visitor.get(f"{anne.at}/tout.zip")).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("documents/")]
        archive.extractall(tmp_path)

    assert len(names) >= 4
    assert all((tmp_path / name).stat().st_size for name in names)
    assert all(len(name.encode()) <= 140 and not set(name) & set('<>:"\\|?*') for name in names)
    assert all(name.endswith(".pdf") for name in names)
