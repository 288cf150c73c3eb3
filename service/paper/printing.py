"""Draws a sheet: words as JSON into a typst file beside this module. A few tenths of a second each."""

import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec
import typst

from db.acting import say_printed

REFERENCE = re.compile(r"\b[A-Z]{2}[0-9]{4}\b")
FOLDER = Path(__file__).resolve().parent


def font_folder() -> Path | None:
    """Where the print font lies; None leaves typst its own."""
    found = find_spec("font_source_sans_pro")
    return Path(found.origin).parent / "files" if found is not None and found.origin else None


def pdf(template: str, words: msgspec.Struct, made_at: datetime) -> bytes:
    """The PDF of `<template>.typ`; the same words and instant give the same bytes.

    The trail is told whom it shows: bytes of a PDF do not tell.
    """
    say_printed(REFERENCE.findall(msgspec.json.encode(words).decode()))
    return _compiled(template, words, made_at, "pdf")


def png(template: str, words: msgspec.Struct, made_at: datetime) -> bytes:
    """The first page as a picture, for tests and previews."""
    return _compiled(template, words, made_at, "png")


def _compiled(template: str, words: msgspec.Struct, made_at: datetime, form: Literal["pdf", "png"]) -> bytes:
    fonts = font_folder()
    drawn = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        font_paths=[str(fonts)] if fonts else [],
        ignore_system_fonts=True,
        sys_inputs={"data": msgspec.json.encode(words).decode()},
        format=form,
        ppi=110.0 if form == "png" else None,
        timestamp=int(made_at.timestamp()),
    )
    pages: bytes | list[bytes] = drawn
    return pages if isinstance(pages, bytes) else pages[0]
