"""Pieces asked for after filing: sent one file at a time, each kept, then given; what is wrong with one is said."""

from __future__ import annotations

import httpx2

from tests.api.journeys import PDF
from tests.web.residents.visiting import Visit, said, visit
from tests.web.site import Site, hidden


async def test_a_piece_is_sent_given_and_no_longer_missing(site: Site) -> None:
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"

    first = await _send(anne, at, "recto.pdf")
    await _send(anne, at, "verso.pdf")
    page = await anne.page("/pieces/identite")
    boxes = page.split('name="document" value="')[1:]
    fields = {**hidden(page), "document": [box.split('"')[0] for box in boxes]}
    given = await anne.visitor.post(at, fields)

    assert first.headers["location"] == f"{at}?dit=piece"
    assert "recto.pdf" in page
    assert given.headers["location"] == f"{anne.at}/pieces?dit=piece_donnee"
    (piece,) = [
        one for one in (await anne.api.get(f"dossiers/{anne.dossier}/pieces")).json() if one["key"] == "identite"
    ]
    assert (len(piece["documents"]), piece["missing"]) == (2, False)


async def test_what_is_wrong_with_a_file_is_said_and_the_others_stay(site: Site) -> None:
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"
    await _send(anne, at, "recto.pdf")

    none = await _send(anne, at, "", b"")
    empty = await _send(anne, at, "vide.pdf", b"")
    kind = await _send(anne, at, "film.exe", b"MZ" + bytes(60))

    titles = [one.text.split('id="file-erreur">')[1].split("</p>")[0] for one in (none, empty, kind)]
    assert len(set(titles)) == 3
    for page in (none, empty, kind):
        assert page.status_code >= 400
        assert "<title>Erreur : " in page.text
        assert 'href="#file"' in page.text
        assert "recto.pdf" in page.text


async def test_formats_and_size_are_said_before_choosing(site: Site) -> None:
    anne = await visit(site)

    page = await anne.page("/pieces/identite")

    assert page.index("20 Mo au plus") < page.index('type="file"')
    assert page.index("Formats acceptés") < page.index('type="file"')


async def test_a_file_is_saved_under_its_name_and_never_shown_in_the_page_s_origin(site: Site) -> None:
    anne = await visit(site)
    await _send(anne, f"{anne.at}/pieces/identite", "recto.pdf")
    (document,) = (await anne.api.get(f"dossiers/{anne.dossier}/documents")).json()

    found = await anne.visitor.get(f"{anne.at}/documents/{document['id']}")

    assert found.content == PDF
    assert found.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in found.headers["content-security-policy"]


async def test_giving_nothing_says_so(site: Site) -> None:
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"
    await _send(anne, at, "recto.pdf")

    refused = await anne.visitor.submit(at, at)

    assert refused.status_code == 422
    assert "Choisissez au moins un document" in said(refused.text)


async def test_a_file_without_our_proof_is_not_kept(site: Site) -> None:
    anne = await visit(site)

    sent = await anne.visitor.client.post(
        f"{anne.at}/pieces/identite/documents", files={"file": ("a.pdf", PDF, "application/pdf")}
    )

    assert sent.status_code == 403
    assert (await anne.api.get(f"dossiers/{anne.dossier}/documents")).json() == []


async def _send(anne: Visit, at: str, name: str, content: bytes = PDF) -> httpx2.Response:
    """Send one file as a browser does: the hidden proof, then the file."""
    csrf = hidden((await anne.visitor.get(at)).text)["_csrf"]
    return await anne.visitor.client.post(
        f"{at}/documents", data={"_csrf": csrf}, files={"file": (name, content, "application/pdf")}
    )
