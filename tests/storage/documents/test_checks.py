"""Every file of the corpus gets its verdict, whether judged while it arrives or as a whole."""

import io
import zipfile

import pytest

from storage.documents.checks.examine import Examined, examine
from storage.documents.checks.names import checked_name
from storage.documents.checks.refusals import DocumentRefused, Reason
from storage.documents.checks.stream_watch import StreamWatch
from tests.storage.documents.corpus import CASES, Case


def seen(watch: StreamWatch, content: bytes, cut: int) -> None:
    """Show a content to a watch, piece by piece."""
    for start in range(0, len(content), cut):
        watch.see(content[start : start + cut])


def judged(case: Case, *, limit: int = 200 << 20, cut: int = 7_001) -> Examined:
    """What an upload does: the name, then the pieces as they arrive, then the whole."""
    name, content = checked_name(case.name), case.make()
    watch = StreamWatch(name, case.declared, limit)
    seen(watch, content, cut)
    watch.finish()
    return examine(io.BytesIO(content), name, case.declared)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_file_gets_its_verdict(case: Case) -> None:
    if case.verdict is None:
        assert judged(case).flags == case.flags
        return
    with pytest.raises(DocumentRefused) as refused:
        judged(case)
    assert refused.value.reason == case.verdict, refused.value.detail
    assert refused.value.detail.endswith(".")


def test_the_file_of_an_archive_that_is_refused_is_named() -> None:
    """An archive may be sent: what cannot be is one of its files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("lettres/notes.txt", "Bonjour")
    with pytest.raises(DocumentRefused, match=r"^[^:]+: Dans l'archive, « notes.txt » : Ce type"):
        examine(content, "pieces.zip")


@pytest.mark.parametrize(("size", "refused"), [(99, False), (100, False), (101, True)])
def test_the_limit_is_the_last_size_accepted(size: int, refused: bool) -> None:  # noqa: FBT001
    watch = StreamWatch("a.pdf", limit=100)
    content = b"%PDF-1.7\n".ljust(size, b" ")
    if not refused:
        watch.see(content)
        assert watch.size == size
        return
    with pytest.raises(DocumentRefused) as raised:
        watch.see(content)
    assert raised.value.reason == Reason.TOO_LARGE


def test_a_forbidden_type_is_refused_at_its_first_bytes_not_at_its_end() -> None:
    watch = StreamWatch("film.mp4")
    with pytest.raises(DocumentRefused) as raised:
        watch.see(b"\0\0\0\x18ftypmp42" + bytes(8))
    assert raised.value.reason == Reason.FORBIDDEN


@pytest.mark.parametrize("cut", [1, 3, 16, 1000])
def test_markup_split_between_two_pieces_is_still_seen(cut: int) -> None:
    content = b"\xff\xd8\xff\xe0" + bytes(60) + b"<?PhP system(1)" + bytes(40)
    watch = StreamWatch("photo.jpg")
    with pytest.raises(DocumentRefused) as raised:
        seen(watch, content, cut)
    assert raised.value.reason == Reason.POLYGLOT


def test_the_corpus_has_a_case_for_every_verdict_of_a_file() -> None:
    by_others = {Reason.NONE, Reason.TOO_LARGE, Reason.TRUNCATED, Reason.VIRUS, Reason.DIGEST}
    assert {case.verdict for case in CASES if case.verdict} == set(Reason) - by_others
