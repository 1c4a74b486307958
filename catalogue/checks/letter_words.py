"""What a letter never says to a person: a code, a doubt, an empty tag, a plural in brackets, a text glued to a list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.sentence import N_, Sentence

Block = Mapping[str, Any]

# A code is words held by underscores; an address has them too.
CODE = re.compile(r"(?<![\w@./:-])[a-z0-9]+(?:_[a-z0-9]+)+(?![\w@/]|\.\w)")
MACHINE = re.compile(r"\{\{|\}\}|\{%|%\}|\b(?:None|True|False|undefined)\b")
DOUBT = re.compile(r"à (?:confirmer|renseigner|compléter|préciser)\b(?! (?:par|au|avec))", re.IGNORECASE)
EMPTY = re.compile(r"[(«]\s*[,;.]*\s*[)»]|\(\s*,|,\s*[,)]|(?<=\w)\s+\.(?=\s|$)|,\s*\.(?!\.)|:\s*[.,;](?!\w)")
BRACKETS = re.compile(r"\w\((?:s|e|es|x|ne|nes|le|les)\)")
ONE_OF_MANY = re.compile(
    r"(?<![\d,.]\s)(?<![\d,.])1[ \u00a0]"
    r"(?:jours|semaines|ans|années|enfants|jeunes|personnes|contrats|pièces|demandes)\b"
)

WRONG: tuple[tuple[re.Pattern[str], str], ...] = (
    (CODE, N_("la lettre dit un code : « {found} ». Donnez un titre à ce choix dans son formulaire.")),
    (MACHINE, N_("la lettre dit un mot de machine : « {found} ».")),
    (DOUBT, N_("la lettre dit un doute : « {found} ». Il se dit à qui tient la démarche, jamais à la personne.")),
    (EMPTY, N_("une balise vide laisse « {found} » : gardez la phrase par « if ».")),
    (BRACKETS, N_("un pluriel est entre parenthèses : « {found} ».")),
    (ONE_OF_MANY, N_("le pluriel est faux : « {found} ».")),
)
GLUED = N_("un paragraphe est collé à la dernière puce : laissez une ligne vide avant « {found} ».")
UNANSWERED = N_("« {found} » n'est suivi de rien : gardez la phrase par « if ».")


def wrong_words(title: str, blocks: Sequence[Block]) -> Iterator[Sentence]:
    """What is wrong with the words of a letter that was made, in whole sentences."""
    for text in (title, *_texts(blocks)):
        for pattern, sentence in WRONG:
            if (found := pattern.search(text)) is not None:
                yield Sentence(sentence, found=_around(text, found))
    for glued in _glued(blocks):
        yield Sentence(GLUED, found=_short(glued))
    for alone in _unanswered(blocks):
        yield Sentence(UNANSWERED, found=_short(alone))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block["kind"]:
            case "list":
                for item in block["items"]:
                    yield from _texts(item)
            case "quote":
                yield from _texts(block["blocks"])
            case "table":
                yield from (_text(cell) for row in (block["head"], *block["rows"]) for cell in row)
            case "rule":
                continue
            case _:
                yield _text(block["runs"])


def _glued(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines that Markdown took for the end of a bullet: a list item of ours is one line."""
    for block in blocks:
        if block["kind"] == "list":
            for item in block["items"]:
                for each in item:
                    runs = list(each.get("runs", ()))
                    soft = next((rank for rank, run in enumerate(runs) if run.get("soft")), None)
                    if soft is not None:
                        yield _text(runs[soft:])


def _unanswered(blocks: Sequence[Block]) -> Iterator[str]:
    """The last line, when it announces something."""
    if blocks and blocks[-1]["kind"] in {"paragraph", "heading"} and _text(blocks[-1]["runs"]).rstrip().endswith(":"):
        yield _text(blocks[-1]["runs"])


def _text(runs: Sequence[Mapping[str, Any]]) -> str:
    return "".join(str(run["text"]) for run in runs)


def _around(text: str, found: re.Match[str]) -> str:
    return _short(text[max(0, found.start() - 30) : found.end() + 30])


def _short(text: str) -> str:
    return " ".join(text.split())[:80]
