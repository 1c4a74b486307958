"""The least of an answer that a form still admits: to try what happens when a person leaves out all they may."""

import copy
from typing import Any

from catalogue.forms import Form


def minimal(form: Form, data: Any) -> Any:
    """`data` without any field that the form does not require; `data` itself when it is not valid."""
    if form.errors(data):
        return data
    smallest = copy.deepcopy(data)
    for path in sorted(_paths(smallest), key=len, reverse=True):
        if path[-1:] and isinstance(path[-1], str):
            _drop(form, smallest, path)
    return smallest


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(data, dict):
        inner = [found for key, each in data.items() for found in _paths(each, (*path, key))]
        return [path, *inner] if path else inner
    if isinstance(data, list):
        return [path, *(found for index, each in enumerate(data) for found in _paths(each, (*path, index)))]
    return [path]


def _drop(form: Form, whole: Any, path: tuple[str | int, ...]) -> None:
    holder = whole
    for part in path[:-1]:
        holder = holder[part]
    kept = dict(holder)
    del holder[path[-1]]
    if form.errors(whole):
        holder.clear()
        holder.update(kept)
