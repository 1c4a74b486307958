"""The queue of a group: read page by page, filtered, searched by words, with what happens by itself."""

from __future__ import annotations

from tests.api.counter import Counter
from tests.api.journeys import act, filed
from tests.api.test_agents import desk


async def test_the_queue_pages_by_key_without_losing_or_repeating_a_row(counter: Counter) -> None:
    anne = await counter.resident()
    mine = {(await filed(anne, "agrement-assistant-maternel"))["id"] for _ in range(5)}
    agent = await desk(counter, "agrement-assistant-maternel")

    for sort in ("due", "filed"):
        seen, path = [], f"queues/groupe-agrement-assistant-maternel?limit=2&sort={sort}"
        while path:
            page = await agent.get(path)
            assert page.status_code == 200, page.text
            seen += [row["id"] for row in page.json()]
            path = page.links.get("next", {}).get("url", "")
        assert len(seen) == len(set(seen))
        assert mine <= set(seen)


async def test_the_queue_pages_back_as_it_pages_on(counter: Counter) -> None:
    """Whatever the order, the page before the second is the first, and nothing comes before it."""
    anne = await counter.resident()
    for _ in range(4):
        await filed(anne, "agrement-assistant-maternel")
    agent = await desk(counter, "agrement-assistant-maternel")

    for sort in ("due", "-due", "filed", "-filed"):
        first = await agent.get(f"queues/groupe-agrement-assistant-maternel?limit=2&sort={sort}")
        second = await agent.get(first.links["next"]["url"])
        back = await agent.get(second.links["prev"]["url"])
        assert "prev" not in first.links
        assert "prev" not in back.links
        assert [row["id"] for row in back.json()] == [row["id"] for row in first.json()]


async def test_a_queue_says_what_happens_by_itself_and_keeps_what_nobody_took(counter: Counter) -> None:
    anne = await counter.resident()
    taken, free = [(await filed(anne, "acces-documents"))["id"] for _ in range(2)]
    agent = await desk(counter, "acces-documents")
    await act(agent, taken, "take")

    rows = {row["id"]: row for row in (await agent.get("queues/groupe-acces-documents?untaken=true&limit=100")).json()}

    assert taken not in rows
    assert rows[free]["due"] == "rejet par le silence"


async def test_words_keep_the_rows_that_hold_them_and_the_resident_sees_it(counter: Counter) -> None:
    anne = await counter.resident()
    found, other = [(await filed(anne, "acces-documents")) for _ in range(2)]
    agent = await desk(counter, "acces-documents")

    rows = (await agent.get(f"queues/groupe-acces-documents?q={found['reference']}")).json()
    read = (await anne.get(f"dossiers/{found['id']}/readers")).json()

    assert [row["id"] for row in rows] == [found["id"]]
    assert [one["what"] for one in read] == ["search"]
    assert (await anne.get(f"dossiers/{other['id']}/readers")).json() == []


async def test_the_queue_filters_by_who_took_the_dossier_and_by_status(counter: Counter) -> None:
    anne = await counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    agent = await desk(counter, "acces-documents")
    await act(agent, dossier, "take")

    mine = (await agent.get("queues/groupe-acces-documents?mine=true")).json()
    examining = (await agent.get("queues/groupe-acces-documents?status=examining")).json()
    none = (await agent.get("queues/groupe-acces-documents?status=incomplete&mine=true")).json()

    assert [row["id"] for row in mine] == [dossier]
    assert dossier in {row["id"] for row in examining}
    assert none == []
    assert (await agent.get("queues/autonomie")).status_code == 404
