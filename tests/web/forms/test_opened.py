"""What an answer opens is asked next; what it closes is dropped."""

from __future__ import annotations

from catalogue.forms import FieldError
from tests.web.forms.every_form import FormPage, page_of
from web.forms.reading import Read, wrong


def test_what_an_answer_opens_is_asked_next_and_is_no_fault() -> None:
    """The spouse after « marié »; the page says so, and takes the person there."""
    page = page_of("apa-domicile/v2", "foyer")
    posted = page.drawn({}).posted().but({"foyer.situation": "marie"})

    read = page.read(posted)
    html = page.drawn({}, read=read, errors=_wrong(page, read))

    assert read.opened == ("foyer.conjoint",)
    assert _wrong(page, read) == ()
    assert [each.text for each in html.elements if each.get("role") == "status"] != []
    assert [each.get("name") for each in html.elements if "autofocus" in each.attributes] == ["foyer.conjoint.civilite"]


def test_left_empty_once_shown_it_is_an_error() -> None:
    """Each of its questions says so; a box that posts nothing does not open for ever."""
    page = page_of("apa-domicile/v2", "foyer")
    shown = page.drawn({"foyer": {"situation": "marie"}})

    read = page.read(shown.posted())

    assert read.opened == ()
    assert {error.pointer for error in _wrong(page, read)} == {
        "/foyer/conjoint/nom_naissance",
        "/foyer/conjoint/prenoms",
        "/foyer/conjoint/date_naissance",
    }


def test_what_is_no_longer_asked_is_no_longer_kept() -> None:
    """The spouse, after « célibataire »: their name is nobody's business any more."""
    page = page_of("apa-domicile/v2", "foyer")
    spouse = {"nom_naissance": "Le Gall", "prenoms": "Yann", "date_naissance": "1944-05-12"}
    before = {"foyer": {"situation": "marie", "conjoint": spouse}}

    posted = page.drawn(before).posted()
    unmarried = page.read(posted.but({"foyer.situation": "celibataire"}), before)

    assert page.read(posted, before).answers == before["foyer"]
    assert unmarried.answers == {"situation": "celibataire"}
    assert (unmarried.opened, _wrong(page, unmarried)) == ((), ())


def test_linked_choices_follow_the_first_answer() -> None:
    """Asked once it is answered, with its choices alone; asked anew when it changes, without a reproach."""
    page = page_of("every_format", "action")
    empty, chosen = page.drawn({}), page.drawn({"action": {"domaine": "culture", "action": "fest_noz"}})

    changed = page.read(chosen.posted().but({"action.domaine": "sport"}))

    assert {each.get("name") for each in empty.of("input")} == {"action.domaine"}
    offered = [each.get("value") for each in chosen.of("input") if each.get("name") == "action.action"]
    assert offered == ["stage", "fest_noz"]
    assert (changed.answers, changed.opened) == ({"domaine": "sport"}, ("action.action",))
    assert _wrong(page, changed) == ()


def _wrong(page: FormPage, read: Read) -> tuple[FieldError, ...]:
    return wrong(page.form, page.page, read)
