"""`published.lock`: a published form is never edited, and the message says what to do instead."""

from __future__ import annotations

from pathlib import Path

from catalogue.form_hashes import changed, missing, publish, published, unpublished
from catalogue.forms import FORMS
from catalogue.loader import catalogue
from tests.catalogue.drafts import Draft

DOC = "acces-documents"


def test_every_shipped_form_is_published_and_unchanged() -> None:
    """Changing one is a new version: copy it to the next number, then `guichet procedure publish`."""
    for slug in catalogue().slugs():
        assert unpublished(FORMS, slug) == ()
    assert missing(FORMS) == ()
    assert [form.name for form in FORMS.glob("*/*.json") if changed(FORMS, form)] == []


def test_an_edit_of_a_published_form_teaches_the_next_version(tmp_path: Path) -> None:
    """One byte is enough, and giving it back too."""
    draft = Draft(tmp_path, DOC)
    publish(draft.catalogue.forms, DOC)
    assert draft.said() == ""
    draft.edit("v1.json", "Qui demande ?", "Qui demande donc ?")
    (fault,) = draft.faults()
    assert fault.file == f"forms_schemas/{DOC}/v1.json"
    assert "est publié et son contenu a changé" in fault.what
    assert "copiez-le sous le nom v2.json" in fault.what
    assert "form = 2" in fault.what
    draft.edit("v1.json", "Qui demande donc ?", "Qui demande ?")
    assert draft.said() == ""


def test_an_edit_of_a_step_s_form_teaches_its_own_next_name(tmp_path: Path) -> None:
    """`communication.v1.json` is followed by `communication.v2.json`."""
    draft = Draft(tmp_path, DOC)
    publish(draft.catalogue.forms, DOC)
    draft.edit("communication.v1.json", "Moyen", "Voie")
    (fault,) = draft.faults()
    assert "communication.v2.json" in fault.what


def test_publishing_never_changes_what_is_published(tmp_path: Path) -> None:
    """Only new forms enter the lock."""
    draft = Draft(tmp_path, DOC)
    forms = draft.catalogue.forms
    publish(forms, DOC)
    before = published(forms)
    draft.edit("v1.json", "Qui demande ?", "Qui ?")
    (forms / DOC / "v2.json").write_text("{}", encoding="utf-8")
    assert [form.name for form in publish(forms, DOC)] == ["v2.json"]
    assert {path: digest for path, digest in published(forms).items() if path in before} == before


def test_a_published_form_that_is_gone_is_told(tmp_path: Path) -> None:
    """Old drafts and dossiers still need it."""
    draft = Draft(tmp_path, DOC)
    extra = draft.catalogue.forms / DOC / "v0.json"
    extra.write_text("{}", encoding="utf-8")
    publish(draft.catalogue.forms, DOC)
    extra.unlink()
    assert "ce formulaire est publié et il manque" in draft.said()
