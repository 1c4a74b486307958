"""Pieces asked for after filing: given as they are sent, several at once; what is wrong with one is said."""

from __future__ import annotations

import asyncio

import httpx2

from tests.api.journeys import PDF, given
from tests.web.residents.visiting import Visit, said, visit
from tests.web.visitors import Site, hidden


async def test_a_piece_is_given_as_it_is_sent_and_no_longer_missing(site: Site) -> None:
    """One button: several files chosen together, and one more later; no second step."""
    anne = await visit(site)

    both = await _send_each(anne, f"{anne.at}/pieces/identite", ("recto.pdf", PDF), ("verso.pdf", PDF))
    later = await _send(anne, f"{anne.at}/pieces/identite", "page3.pdf")
    page = await anne.page("/pieces/identite")

    assert both.headers["location"] == f"{anne.at}/pieces?dit=pieces_donnees"
    assert later.headers["location"] == f"{anne.at}/pieces?dit=piece_donnee"
    assert page.count("<button") == page.count('<button class="link">') + 1
    (piece,) = [
        one for one in (await anne.api.get(f"dossiers/{anne.dossier}/pieces")).json() if one["key"] == "identite"
    ]
    assert (len(piece["documents"]), piece["missing"]) == (3, False)


async def test_one_file_refused_among_several_leaves_the_others_given(site: Site) -> None:
    anne = await visit(site)

    page = await _send_each(
        anne, f"{anne.at}/pieces/identite", ("recto.pdf", PDF), ("film.exe", b"MZ" + bytes(60)), ("verso.pdf", PDF)
    )

    assert page.status_code == 415
    assert "« film.exe »" in said(page.text)
    (piece,) = [
        one for one in (await anne.api.get(f"dossiers/{anne.dossier}/pieces")).json() if one["key"] == "identite"
    ]
    assert len(piece["documents"]) == 2


async def test_what_was_sent_and_not_given_is_given_by_its_own_button(site: Site) -> None:
    """Sent by the API, or just after a session ended."""
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"
    await given(anne.api, f"dossiers/{anne.dossier}", "identite")
    page = await anne.page("/pieces/identite")
    box = page.split('name="document" value="')[1].split('"')[0]

    done = await anne.visitor.post(at, {**hidden(page), "document": box})

    assert done.headers["location"] == f"{anne.at}/pieces?dit=piece_donnee"


async def test_two_clicks_give_a_piece_once(site: Site) -> None:
    """Both are told that it is given; one document, one entry of the journal."""
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"

    clicks = await asyncio.gather(*(_send(anne, at, "carte.pdf") for _ in range(2)))

    assert {done.headers["location"] for done in clicks} == {f"{anne.at}/pieces?dit=piece_donnee"}
    assert len((await anne.api.get(f"dossiers/{anne.dossier}/documents")).json()) == 1
    journal = (await anne.api.get(f"dossiers/{anne.dossier}/journal")).json()
    assert [entry["kind"] for entry in journal].count("piece_received") == 1


async def test_what_is_wrong_with_a_file_is_said_and_the_others_stay(site: Site) -> None:
    anne = await visit(site)
    at = f"{anne.at}/pieces/identite"
    await given(anne.api, f"dossiers/{anne.dossier}", "identite")

    none = await _send(anne, at, "", b"")
    empty = await _send(anne, at, "vide.pdf", b"")
    kind = await _send(anne, at, "film.exe", b"MZ" + bytes(60))

    titles = [one.text.split('id="file-erreur">')[1].split("</p>")[0] for one in (none, empty, kind)]
    assert len(set(titles)) == 3
    for page in (none, empty, kind):
        assert page.status_code >= 400
        assert "<title>Erreur : " in page.text
        assert 'href="#file"' in page.text
        assert "identite.pdf" in page.text


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
    await given(anne.api, f"dossiers/{anne.dossier}", "identite")

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
    return await _send_each(anne, at, (name, content))


async def _send_each(anne: Visit, at: str, *files: tuple[str, bytes]) -> httpx2.Response:
    """Several chosen together are parts of one form, in their order."""
    csrf = hidden((await anne.visitor.get(at)).text)["_csrf"]
    parts = [("file", (name, content, "application/pdf")) for name, content in files]
    return await anne.visitor.client.post(f"{at}/documents", data={"_csrf": csrf}, files=parts)
