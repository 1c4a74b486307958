"""Markdown read into plain blocks of text: what a letter may contain, and nothing that could run."""

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Block = dict[str, Any]
Run = dict[str, Any]
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


class Unrenderable(Exception):
    """The source of a letter cannot become a letter: says which one and why."""


def blocks_of(markdown: str) -> list[Block]:
    """The headings, paragraphs, lists, tables and quotes of `markdown`. Raises Unrenderable for anything else."""
    tree = SyntaxTreeNode(_PARSER.parse(markdown))
    return [block for node in tree.children for block in _block(node)]


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield {"kind": "heading", "level": int(node.tag[1:]), "runs": _inline(node)}
        case "paragraph":
            yield {"kind": "paragraph", "runs": _inline(node)}
        case "bullet_list" | "ordered_list":
            items = [[block for child in item.children for block in _block(child)] for item in node.children]
            yield {"kind": "list", "ordered": node.type == "ordered_list", "items": items}
        case "blockquote":
            yield {"kind": "quote", "blocks": [block for child in node.children for block in _block(child)]}
        case "table":
            yield _table(node)
        case "hr":
            yield {"kind": "rule"}
        case _:
            raise Unrenderable(f"A letter has no use for « {node.type} »: write paragraphs, lists, tables and titles.")


def _table(node: SyntaxTreeNode) -> Block:
    rows = [[_inline(cell) for cell in row.children] for part in node.children for row in part.children]
    return {"kind": "table", "head": rows[0], "rows": rows[1:]}


def _inline(node: SyntaxTreeNode) -> list[Run]:
    return [run for inline in node.children for child in inline.children for run in _runs(child, {})]


def _runs(node: SyntaxTreeNode, style: dict[str, bool]) -> Iterator[Run]:
    match node.type:
        case "text" | "code_inline":
            yield {"text": node.content, **style}
        case "softbreak":
            yield {"text": " ", "soft": True, **style}
        case "hardbreak":
            yield {"text": "\n", **style}
        case "strong" | "em":
            for child in node.children:
                yield from _runs(child, {**style, node.type: True})
        case "link":
            for child in node.children:
                yield from _runs(child, style)
        case _:
            raise Unrenderable(f"A letter has no use for « {node.type} » inside a line.")
