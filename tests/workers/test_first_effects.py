"""From filing to the first letter and the first e-mail, on the real parts."""

from __future__ import annotations

from storage.documents import letters
from tests.workers.office import Office


async def test_filing_is_followed_by_an_acknowledgement_letter_and_an_email(office: Office) -> None:
    dossier = await office.file("agrement-assistant-maternel")
    async with office.working():
        effects = await office.settled(dossier)
    assert effects[(1, "letter:acknowledgement")] == "done"
    assert effects[(1, "email:filed")] == "done"
    assert set(effects.values()) == {"done"}
    async with office.world.transaction() as connection:
        (found,) = [each for each in await letters.of_dossier(connection, dossier) if each.seq == 1]
    told = await office.story(dossier)
    pdf = await letters.pdf(office.world.objects, told.key, found)
    assert pdf.startswith(b"%PDF-1.7")
    assert found.locked
    assert len(pdf) == found.size


async def test_the_email_says_where_and_nothing_of_the_matter(office: Office) -> None:
    dossier = await office.file("agrement-assistant-maternel")
    async with office.working():
        await office.settled(dossier)
    (mail,) = [mail for mail in office.mails() if mail["To"] == "anna@example.org"]
    told = await office.story(dossier)
    text = mail.get_content()  # type: ignore[attr-defined]
    assert told.reference in text
    for secret in ("agrément", "assistant", "Le Goff", "enfant"):
        assert secret not in f"{mail['Subject']} {text}"
