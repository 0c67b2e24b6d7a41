"""Figures on their way to the table: lines of CSV in the one order, and the digest of their content."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.statistics.cells import Values, texts_of_numbers
from registry.statistics.domain import FigureStatus, PartTold
from registry.statistics.told import Told

COLUMNS: Final = ("series", "period", "unit_id", "value", "status", "note", "vintage_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The figures of one series and period, in the order of the units' ids.

    `values` has NaN where no figure is given; `lines` are CSV without the last column.
    """

    series: str
    period: date
    unit_ids: Sequence[str]
    values: Values
    lines: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All figures of an edition. The same figures have the same digest, however the file was sorted."""

    blocks: Sequence[Block]

    @property
    def figure_count(self) -> int:
        return sum(len(block.lines) for block in self.blocks)

    @property
    def parts(self) -> frozenset[PartTold]:
        return frozenset(PartTold(series=block.series, period=block.period) for block in self.blocks)

    def body(self) -> str:
        return "\n".join(line for block in self.blocks for line in block.lines)

    def digest(self) -> str:
        return hashlib.sha256(self.body().encode()).hexdigest()

    def csv(self, vintage_id: int) -> bytes:
        """Return the rows of `COLUMNS` for COPY."""
        end = f"{vintage_id}\n"
        return (self.body().replace("\n", end) + end).encode() if self.figure_count else b""


def content_of(blocks: Iterable[Block]) -> Content:
    filled = (block for block in blocks if block.lines)
    return Content(blocks=sorted(filled, key=lambda block: (block.series, block.period)))


def block_of_numbers(
    series: str,
    period: date,
    unit_ids: Sequence[str],
    values: Values,
    *,
    not_applicable: NDArray[np.bool_] | None = None,
) -> Block:
    """Return the figures of units sorted by id. NaN is confidential, or what `not_applicable` says."""
    missing = FigureStatus.CONFIDENTIAL.value
    nothing = FigureStatus.NOT_APPLICABLE.value
    silent = [missing] * len(unit_ids)
    if not_applicable is not None:
        silent = [nothing if none else missing for none in not_applicable.tolist()]
    texts = texts_of_numbers(values)
    given = FigureStatus.GIVEN.value
    lines = [
        f"{series},{period},{unit_id},{text},{given if text else status},,"
        for unit_id, text, status in zip(unit_ids, texts, silent, strict=True)
    ]
    return Block(series=series, period=period, unit_ids=unit_ids, values=values, lines=lines)


def block_of_figures(series: str, period: date, figures: Iterable[tuple[str, Told]]) -> Block:
    """Return told figures of units, which are named by their ids, as a block."""
    in_order = sorted(figures, key=lambda figure: figure[0])
    return Block(
        series=series,
        period=period,
        unit_ids=[unit_id for unit_id, _ in in_order],
        values=np.array([np.nan if told.value is None else told.value for _, told in in_order], np.float64),
        lines=[_line_of(unit_id, told) for unit_id, told in in_order],
    )


def _line_of(unit_id: str, told: Told) -> str:
    """Return one figure; the note is quoted where there is one, on one line."""
    quoted = '"' + " ".join(told.note.split()).replace('"', '""') + '"' if told.note else ""
    value = "" if told.value is None else _plain(told.value)
    return f"{told.series},{told.period},{unit_id},{value},{told.status.value},{quoted},"


def _plain(value: Decimal) -> str:
    """Return the one text of a number: 5.50 and 5.5 are the same figure."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
