"""The loop that every procedure shares: one thing at a time, in order, until nothing lies ahead."""

from __future__ import annotations

from temporalio.client import Client, WorkflowExecutionStatus

from tests.ending import asleep, ended
from tests.workflows.book import Book, effect
from workflows.effects import Agenda, Dossier, Thing
from workflows.queues import DOSSIER

FILED = Agenda(3, [effect("completeness", "letter:acknowledgement"), effect("completeness", "email:filed")])


async def test_things_are_done_one_at_a_time_in_the_order_given(book: Book) -> None:
    page = Agenda(4, [effect("always", "webhook", 2), effect("decision", "letter:decision", 4)])
    run = await book.start("apa-domicile", FILED, page)
    await ended(run)
    assert book.done == [
        ("issue_letter", "letter:acknowledgement", 1),
        ("send_email", "email:filed", 1),
        ("announce_move", "webhook", 2),
        ("issue_letter", "letter:decision", 4),
    ]


async def test_a_wait_ends_by_itself_and_the_agenda_is_read_again(book: Book) -> None:
    run = await book.start("acces-documents", Agenda(3, [], 0.05), Agenda(3, [Thing("settle", "decision", "silence")]))
    await ended(run)
    assert book.done == [("settle", "silence", 0)]


async def test_a_signal_ends_a_wait_of_three_months(book: Book) -> None:
    run = await book.start("acces-documents", Agenda(3, [], 92 * 86400.0))
    await asleep(run)
    await run.signal("moved")
    await ended(run, within=20)


async def test_what_is_given_up_becomes_an_incident_and_the_rest_goes_on(book: Book) -> None:
    book.failing["letter:acknowledgement"] = "unrenderable"
    run = await book.start("apa-domicile", FILED)
    await ended(run)
    assert book.done == [("give_up", "unrenderable", 1), ("send_email", "email:filed", 1)]


async def test_a_verb_of_tomorrow_is_an_incident_never_silence(book: Book) -> None:
    run = await book.start("apa-domicile", Agenda(3, [effect("decision", "fax:decision", 3)]))
    await ended(run)
    assert book.done == [("give_up", "unknown_kind", 3)]


async def test_a_letter_of_tomorrow_is_refused_by_its_activity_and_becomes_an_incident(book: Book) -> None:
    """The workflow knows verbs alone: a kind that comes or goes changes no command of a run that has waited."""
    book.failing["letter:of_tomorrow"] = "unrenderable"
    run = await book.start("apa-domicile", Agenda(3, [effect("decision", "letter:of_tomorrow", 3)]))
    await ended(run)
    assert book.done == [("give_up", "unrenderable", 3)]


async def test_a_step_that_the_procedure_leaves_out_is_an_incident_never_silence(book: Book) -> None:
    run = await book.start("acces-documents", Agenda(3, [effect("proposal", "letter:proposal", 3)]))
    await ended(run)
    assert book.done == [("give_up", "step_without_block", 3)]


async def test_a_closed_run_is_followed_by_another_under_the_same_id(book: Book) -> None:
    first = await book.start("apa-domicile", FILED)
    await ended(first)
    again = Agenda(5, [effect("always", "email:message", 5)])
    second = await book.start("apa-domicile", again, dossier=first.id.removeprefix("dossier/"))
    await ended(second)
    assert book.done[-1] == ("send_email", "email:message", 5)
    assert first.id == second.id


async def test_any_other_slug_runs_on_the_steps_of_its_plan(book: Book) -> None:
    book.steps = ["assessment", "decision"]
    page = Agenda(3, [effect("assessment", "tell:assess"), effect("proposal", "letter:proposal", 3)])
    run = await book.start("permission-de-voirie", page, FILED)
    await ended(run)
    # Alerts stand beside the rest: neither waits for the other.
    assert sorted(book.done[:2]) == [("give_up", "step_without_block", 3), ("tell_agents", "tell:assess", 1)]
    assert book.kinds("issue_letter") == ["letter:acknowledgement"]


async def test_where_it_stands_names_the_version_seen_and_the_steps(book: Book) -> None:
    run = await book.start("acces-documents", Agenda(3, [], 3600.0))
    await asleep(run)
    standing = await run.query("where_it_stands")
    assert standing == {
        "seq": 3,
        "doing": "waiting",
        "steps": ["completeness", "decision", "notice", "always"],
    }
    await run.terminate()


async def test_a_long_life_continues_as_new_and_loses_nothing(book: Book, client: Client) -> None:
    """The server suggests it after 4 096 events (400 in tests); here many small things get there."""
    pages = [Agenda(3, [effect("always", "webhook", page * 20 + each) for each in range(20)]) for page in range(4)]
    run = await book.start("acces-documents", *pages)
    for _ in range(20):
        await run.signal("moved")
    await ended(run, follow_runs=True)
    first = await client.get_workflow_handle(run.id, run_id=run.first_execution_run_id).describe()
    assert first.status is WorkflowExecutionStatus.CONTINUED_AS_NEW
    assert [seq for _, _, seq in book.done] == list(range(80))
    last = await client.get_workflow_handle(run.id).describe()
    assert last.status is WorkflowExecutionStatus.COMPLETED


async def test_signal_with_start_uses_the_run_that_is_open(book: Book, client: Client) -> None:
    first = await book.start("acces-documents", Agenda(3, [], 3600.0))
    await asleep(first)
    second = await client.start_workflow(
        "acces-documents",
        Dossier(first.id.removeprefix("dossier/")),
        id=first.id,
        task_queue=book.prefix + DOSSIER,
        start_signal="moved",
    )
    await ended(first, within=20)
    assert (await client.get_workflow_handle(second.id).describe()).run_id == first.first_execution_run_id
