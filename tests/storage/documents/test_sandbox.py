"""The confined process says what the checks say, and its death is a refusal, never a crash or a wait."""

import io
import json
import time
import zlib

import pikepdf
import pytest

from domain.sentence import Sentence
from storage.documents import sandbox
from storage.documents.checks.refusals import DocumentRefused, Reason, packed, too_demanding, unpacked
from storage.documents.sandbox import examine_apart
from tests.storage.documents.corpus import CASES, Case, archives, images, pdfs
from tests.storage.documents.corpus.making import blank_pdf

NO_DECODING = pikepdf.StreamDecodeLevel.none
HONEST = tuple(case for case in (*pdfs.CASES, *images.CASES, *archives.CASES) if case.verdict is None)
SAMPLE = (*tuple(case for case in CASES if case.make())[::21], *HONEST)


@pytest.mark.parametrize("case", SAMPLE, ids=str)
def test_it_says_what_the_checks_say(case: Case) -> None:
    content = case.make()
    if case.verdict is None:
        examined = examine_apart(io.BytesIO(content), len(content), case.name, case.declared)
        assert examined.flags == case.flags
    elif case.verdict is not Reason.NAME:
        with pytest.raises(DocumentRefused) as refused:
            examine_apart(io.BytesIO(content), len(content), case.name, case.declared)
        assert refused.value.reason == case.verdict


def test_what_it_says_can_be_said_in_another_language() -> None:
    """A sentence and its places come whole through the line; a name in it is text, whatever braces it has."""
    inside = Sentence("elle contient plus de {limit} fichiers", limit=4)
    told = Sentence("Dans l'archive, « {name} » : {detail}", name="{a}.pdf", detail=too_demanding(inside).detail)
    said = unpacked(json.loads(json.dumps(packed(DocumentRefused(Reason.BOMB, told)))))
    assert (said.reason, said.detail) == (Reason.BOMB, told)
    assert isinstance(said.detail, Sentence)
    assert isinstance(said.detail.params["detail"].params["what"], Sentence)
    assert said.detail.params["name"] == "{a}.pdf"


@pytest.mark.parametrize("text", ["{a.__class__}", "{a[0]}", "{a!r}", "{a:>99999999}", "{b}", "{}"])
def test_a_process_that_was_taken_over_reaches_nothing_through_a_sentence(text: str) -> None:
    """It read a hostile file: its sentences name their places, and do nothing else."""
    with pytest.raises(ValueError, match="does not read"):
        unpacked({"reason": Reason.BOMB, "detail": {"text": text, "places": {"a": "x"}}})


def deflated_zeros(mebibytes: int) -> bytes:
    """A zlib stream that inflates to so many mebibytes, made at once from one block repeated."""
    packer, block = zlib.compressobj(9), bytes(16 << 20)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (mebibytes // 16 - 1) + packer.flush(zlib.Z_FINISH)


def test_a_pdf_that_inflates_beyond_memory_is_refused_within_seconds() -> None:
    """An attachment of 8 GB of zeros, in 8 MB."""

    def swell(pdf: pikepdf.Pdf) -> None:
        bomb = pikepdf.Stream(
            pdf, deflated_zeros(8192), Type=pikepdf.Name.EmbeddedFile, Filter=pikepdf.Name.FlateDecode
        )
        pdf.Root.Bomb = pdf.make_indirect(bomb)

    content, started = blank_pdf(swell, compress_streams=False, stream_decode_level=NO_DECODING), time.monotonic()
    with pytest.raises(DocumentRefused) as refused:
        examine_apart(io.BytesIO(content), len(content), "a.pdf")
    assert refused.value.reason == Reason.BOMB
    assert time.monotonic() - started < 20


def test_a_process_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_COMMAND", (*sandbox._COMMAND[:2], "import os; os._exit(9)"))
    with pytest.raises(DocumentRefused) as refused:
        examine_apart(io.BytesIO(blank_pdf()), 100, "a.pdf")
    assert refused.value.reason == Reason.BOMB


def test_the_process_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment holds its import path and nothing of ours: were a secret there, this one would crash it."""
    spy = "import os, sys; os._exit(3 if 'GUICHET_MASTER_KEY' in os.environ else 0)"
    monkeypatch.setenv("GUICHET_MASTER_KEY", "secret")
    started: list[int] = []
    start = sandbox._start

    def watched(theirs: object) -> object:
        process = start(theirs)  # type: ignore[arg-type]
        started.append(process.wait())
        return process

    monkeypatch.setattr(sandbox, "_COMMAND", (*sandbox._COMMAND[:2], spy))
    monkeypatch.setattr(sandbox, "_start", watched)
    with pytest.raises(DocumentRefused):
        examine_apart(io.BytesIO(blank_pdf()), 100, "a.pdf")
    assert started == [0]
