"""A paper turned into the texts that the pages show, in reading order; the template only places them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from textwrap import shorten
from typing import TypeAlias

from documents.papers import blocks as of
from documents.rendering.axis import axis_over
from documents.rendering.labels import WORDS
from documents.rendering.typography import number_text, paragraphs, set_text

View: TypeAlias = "Mapping[str, View] | Sequence[View] | str | int | bool | None"

CONTENTS_FROM = 4
"""A paper with so many headings of the first two levels has its contents."""
TEXT_WIDTH, TEXT_WIDTH_OF_LANDSCAPE = 162, 249
"""Millimetres between the margins."""
FITS = 500
"""A row stays on one page, unless one of its texts is longer than this."""


def view_of(paper: of.Paper) -> View:
    language = paper.language
    shown = tuple(levelled(paper.blocks))
    return {
        "title": line(paper.title, language) or line(paper.kind, language),
        "running": shorten(line(paper.title, language), width=70, placeholder=" …"),
        "kind": line(paper.kind, language),
        "kind-beside-title": line(paper.kind_beside_title, language),
        "short-kind": shorten(line(paper.kind_beside_title, language), width=48, placeholder=" …"),
        "subtitle": line(paper.subtitle, language),
        "lang": language.value,
        "region": REGIONS[language],
        "parties": [line(party, language) for party in paper.parties],
        "facts": _facts(paper.facts, language),
        "remark": paragraphs(paper.remark, language),
        "digest": paper.digest,
        "keywords": [line(paper.kind, language), *filter(None, (paper.identifier, paper.digest))],
        "title-page": paper.title_page,
        "large": paper.large_type,
        "landscape": paper.landscape,
        "contents": has_contents(paper),
        "words": WORDS[language] | ({"digest": paper.digest_label} if paper.digest_label else {}),
        "blocks": [_Laid(language).view(block) for block in shown],
    }


REGIONS: Mapping[of.Language, str] = {of.Language.CS: "CZ", of.Language.EN: "GB"}


def has_contents(paper: of.Paper) -> bool:
    high = [block for block in paper.blocks if isinstance(block, of.Heading) and block.level <= 2]
    return paper.title_page and len(high) >= CONTENTS_FROM


def levelled(shown: Iterable[of.Block]) -> Iterator[of.Block]:
    """Give the blocks so that no level of headings is skipped and none is empty, as PDF/UA asks."""
    last = 0
    for block in shown:
        if isinstance(block, of.Heading):
            if not paragraphs(block.text):
                continue
            last = max(1, min(block.level, last + 1, 4))
            yield replace(block, level=last)
        else:
            yield block


def line(text: str, language: of.Language) -> str:
    return " ".join(paragraphs(text, language))


def _facts(pairs: Iterable[tuple[str, str]], language: of.Language) -> View:
    return [
        {"label": line(label, language), "text": text}
        for label, value in pairs
        if (text := paragraphs(value, language))
    ]


def values_of(chart: of.Chart, language: of.Language) -> of.Table:
    """Return the values of a chart as a table: who does not see the picture reads them."""
    columns = (of.Column(title=chart.unit), *(_numbers(series.name) for series in chart.series))
    rows = tuple(
        (label, *(number_text(series.values[place], language) or "–" for series in chart.series))
        for place, label in enumerate(chart.labels)
    )
    return of.Table(columns=columns, rows=rows)


def _numbers(title: str) -> of.Column:
    return of.Column(title=title, align=of.Align.RIGHT)


def chart_view(chart: of.Chart, language: of.Language) -> dict[str, View]:
    """Return where everything of a chart lies, from 0 up to `HEIGHT`, and what stands beside it."""
    bars = chart.kind is of.ChartKind.BARS
    axis = axis_over((value for one in chart.series for value in one.values), from_zero=bars)
    inside = axis.ticks[0] <= 0 <= axis.ticks[-1]
    return {
        "kind": chart.kind.value,
        "unit": line(chart.unit, language),
        "labels": [line(label, language) for label in chart.labels],
        "ticks": [
            {"at": axis.place(tick), "text": number_text(tick, language), "zero": tick == 0}
            for tick in axis.ticks
        ],
        "zero": axis.place(Decimal(0)) if inside else 0,
        "series": [
            {
                "name": line(one.name, language),
                "dashed": one.dashed,
                "values": [
                    None if value is None else {"at": axis.place(value), "text": number_text(value, language)}
                    for value in one.values
                ],
            }
            for one in chart.series
        ],
    }


class _Laid:
    """Lays out blocks in one language."""

    def __init__(self, language: of.Language) -> None:
        self._language = language

    def view(self, block: of.Block) -> View:
        match block:
            case of.Heading():
                return {"type": "heading", "level": block.level, "text": line(block.text, self._language)}
            case of.Lead() | of.Note() | of.Paragraph():
                return {"type": type(block).__name__.lower(), "text": self._text(block.text)}
            case of.Marked():
                return {"type": "marked", "runs": [self._run(run) for run in block.runs]}
            case of.Facts():
                return {"type": "facts", "pairs": _facts(block.pairs, self._language)}
            case of.PageBreak():
                return {"type": "break"}
            case _:
                return self._listing(block)

    def _listing(self, block: of.Bullets | of.Table | of.Chart) -> View:
        match block:
            case of.Bullets():
                items = [text for item in block.items if (text := self._text(item))]
                return {"type": "bullets", "numbered": block.numbered, "items": items}
            case of.Table():
                return {"type": "table", **self._table(block)}
            case of.Chart():
                values = self._table(values_of(block, self._language)) if block.with_values else None
                drawn = chart_view(block, self._language)
                alt, caption = line(block.alt, self._language), self._text(block.caption)
                return {"type": "chart", **drawn, "alt": alt, "caption": caption, "values": values}

    def _text(self, text: str) -> list[str]:
        return paragraphs(text, self._language)

    def _run(self, run: of.Run) -> View:
        return {"change": run.change.value, "text": set_text(run.text, self._language, trim=False)}

    def _table(self, table: of.Table) -> dict[str, View]:
        return {
            "caption": self._text(table.caption),
            "columns": [
                {"title": self._text(one.title), "width": one.width_mm, "align": one.align.value}
                for one in table.columns
            ],
            "rows": [{"whole": fits(row), "cells": [self._cell(cell) for cell in row]} for row in table.rows],
            "totals": [self._cell(cell) for cell in table.totals],
        }

    def _cell(self, cell: of.CellText) -> View:
        shown = of.Cell(text=cell) if isinstance(cell, str) else cell
        return {
            "text": self._text(shown.text),
            "aside": self._text(shown.aside),
            "strong": shown.strong,
        }


def fits(row: Iterable[of.CellText]) -> bool:
    """Whether a row may be kept on one page."""
    return all(len(cell if isinstance(cell, str) else cell.text + cell.aside) <= FITS for cell in row)


def widths_of(columns: Sequence[of.Column], *, text_width: int) -> tuple[int, ...]:
    """Return widths (mm) that fill the line; those not given share what is left, 15 mm each at least."""
    free = [column for column in columns if column.width_mm is None]
    given = sum(column.width_mm or 0 for column in columns)
    share = max((text_width - given) // len(free), 15) if free else 0
    widths = [column.width_mm or share for column in columns]
    whole = sum(widths)
    return tuple(width * text_width // whole for width in widths) if whole > text_width else tuple(widths)
