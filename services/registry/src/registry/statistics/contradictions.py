"""Numbers of the workbook that contradict each other: told as findings, nothing is refused for them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from registry.statistics.arrival import text_of_fact
from registry.statistics.cells import Values
from registry.statistics.domain import FindingKind, NoticedFigure
from registry.statistics.index_workbook import IndexWorkbook

DENOMINATORS: Final = {"EXE": "POP15", "PNB": "POP15", "PNZ": "POP15", "UOZ": "POP1564", "PO": "LEAVERS"}
TOLERANCE: Final = 1e-6
"""Shares and quotients agree to 1e-14 in the workbook of 2023: what differs by more is another number."""


def contradictions_in(book: IndexWorkbook, unit_ids: Sequence[UUID]) -> Iterator[NoticedFigure]:
    """Give derived numbers that do not follow from the counts, and averages of months that are no twelfths.

    Shares are in percent, 0 where nobody lives; the quotient is the share over the mean of the national and
    the regional share (domain specification 2.3), over the rows that were accepted.
    """
    for name, denominator in DENOMINATORS.items():
        count, whole = book.values[name], book.values[denominator]
        share = _share(count, whole)
        yield from _differing(book, unit_ids, name, " %", share)
        yield from _differing(book, unit_ids, name, " LQ", _quotient(book, count, whole, share))
    for name in ("PNB", "PNZ"):
        months = book.values[name] * 12
        for place in np.flatnonzero(np.abs(months - np.round(months)) > TOLERANCE * 12).tolist():
            facts = {"value": text_of_fact(book.values[name][place]), "rule": "average-of-twelve-months"}
            yield _noticed(book, unit_ids[place], name, FindingKind.IMPLAUSIBLE, facts)


def _share(count: Values, whole: Values) -> Values:
    zero = np.where(np.isnan(count) | np.isnan(whole), np.nan, 0.0)
    return np.divide(100 * count, whole, out=zero, where=whole > 0)


def _quotient(book: IndexWorkbook, count: Values, whole: Values, share: Values) -> Values:
    regions, of_row = np.unique(np.array(book.texts["region_code"], dtype=np.str_), return_inverse=True)
    both = ~np.isnan(count) & ~np.isnan(whole)
    counts = np.bincount(of_row[both], weights=count[both], minlength=len(regions)).astype(np.float64)
    wholes = np.bincount(of_row[both], weights=whole[both], minlength=len(regions)).astype(np.float64)
    national = _share(np.array([counts.sum()]), np.array([wholes.sum()]))
    reference = ((_share(counts, wholes) + national) / 2)[of_row]
    zero = np.where(np.isnan(share), np.nan, 0.0)
    return np.divide(share, reference, out=zero, where=reference > 0)


def _differing(
    book: IndexWorkbook, unit_ids: Sequence[UUID], name: str, derived: str, computed: Values
) -> Iterator[NoticedFigure]:
    told = book.values[name + derived]
    differs: NDArray[np.bool_] = np.abs(told - computed) > TOLERANCE
    for place in np.flatnonzero(differs).tolist():
        facts = {
            "column": name + derived,
            "published": text_of_fact(told[place]),
            "computed": text_of_fact(computed[place]),
        }
        yield _noticed(book, unit_ids[place], name, FindingKind.CONTRADICTION, facts)


def _noticed(
    book: IndexWorkbook, unit_id: UUID, series: str, kind: FindingKind, facts: dict[str, str]
) -> NoticedFigure:
    return NoticedFigure(kind=kind, series=series, period=date(book.year, 1, 1), unit_id=unit_id, facts=facts)
