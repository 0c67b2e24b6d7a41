"""PDF from blocks: tagged, for archiving, the same bytes for the same input."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Final

import typst

from documents.papers.blocks import Chart, Language, Paper
from documents.rendering.layout import chart_view, view_of

DOTS_PER_INCH: Final = 200


class NothingTypeset(Exception):  # noqa: N818 - the fact that stopped us
    """The typesetter gave no file."""


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the library: those of the machine would change the bytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


@cache
def _template(*names: str) -> bytes:
    return b"\n".join(files("documents.papers").joinpath(name).read_bytes() for name in names)


def pdf_of(paper: Paper) -> bytes:
    """Set a paper; equal papers give equal bytes. Takes long, so call it in a thread (it frees the GIL)."""
    view = json.dumps(view_of(paper), ensure_ascii=False)
    return typeset(_template("chart.typ", "paper.typ"), made_on=paper.made_on, paper=view)


def picture_of(chart: Chart, language: Language) -> bytes:
    """Return the chart alone as PNG, 16 cm wide; equal charts give equal bytes."""
    drawn = typst.compile(
        _template("chart.typ", "picture.typ"),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={
            "chart": json.dumps(chart_view(chart, language), ensure_ascii=False),
            "lang": language.value,
        },
    )
    return _one_file(drawn)


def typeset(template: bytes, *, made_on: date, **inputs: str) -> bytes:
    """Set one document as PDF/A-2a and PDF/UA-1."""
    made = typst.compile(
        template,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(made_on, time(), UTC),
    )
    return _one_file(made)


def _one_file(made: object) -> bytes:
    if not isinstance(made, bytes):
        raise NothingTypeset
    return made
