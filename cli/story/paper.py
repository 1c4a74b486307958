"""The papers that people of the demonstration join: one-page PDF files, made here."""

from __future__ import annotations

import io

import pikepdf


def paper(title: str) -> bytes:
    """A PDF of one empty page that bears `title` in its properties."""
    with pikepdf.new() as document, io.BytesIO() as out:
        document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Title"] = title
        document.save(out)
        return out.getvalue()
