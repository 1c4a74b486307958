"""A letter made as the worker makes it, short of the paper: what `guichet procedure check` tries each source with."""

from collections.abc import Mapping
from typing import Any

from letters.blocks import Block, blocks_of
from letters.source import fill


def rehearsed(source: str, context: Mapping[str, Any]) -> list[Block]:
    """The blocks of a letter. Raises Unrenderable."""
    return blocks_of(fill(source, context))
