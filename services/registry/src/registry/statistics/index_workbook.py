"""The ministry's yearly workbook of the Index: its rows checked, column by column, and what they say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.imports.domain import RowProblem
from registry.reading import Cell, Sheet
from registry.statistics import faults
from registry.statistics.cells import Values, is_blank, numbers_of, text_of
from registry.statistics.headings import COLUMNS, expect_columns
from registry.units.codes import STATUS_BY_LETTER

PERSONS: Final = ("POP15", "POP1564", "EXE", "UOZ", "PO", "LEAVERS")
COUNTS: Final = (*PERSONS, "PNB", "PNZ")
OF_SCHOOL: Final = ("PO", "PO %", "LEAVERS", "PO LQ")
TEXTS: Final = tuple(name for name, _, _ in COLUMNS[1:11])
CATEGORIES: Final = (("0 až 1", 0, 1), ("2 až 7", 2, 7), ("8 až 11", 8, 11), ("12 až 30", 12, 30))
_MOST: Final = 20_000_000
_CODE: Final = re.compile(r"\d{6}", re.ASCII)
_ORP: Final = re.compile(r"\d{4}", re.ASCII)
_POU: Final = re.compile(r"\d{5}", re.ASCII)
NO_CODE: Final = frozenset({"", "0", "X-X-X"})


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexWorkbook:
    """The good rows in the order of the file, column by column; `rows` are their numbers in the file.

    `values` has the eight counts, the published Index (`ISV`) and the derived columns (`EXE %`,
    `EXE LQ`, …), NaN where there is none. `without_school`: a sentence stands instead of the four numbers.
    `problems` tell of the rows left out.
    """

    year: int
    headings: Mapping[str, str]
    rows: NDArray[np.int64]
    codes: Sequence[str]
    texts: Mapping[str, Sequence[str]]
    values: Mapping[str, Values]
    without_school: NDArray[np.bool_]
    problems: Sequence[RowProblem]

    @property
    def row_count(self) -> int:
        """All rows with data, the bad ones too."""
        return len(self.rows) + len({problem.row for problem in self.problems})

    def only(self, good: NDArray[np.bool_], problems: Sequence[RowProblem]) -> "IndexWorkbook":
        """Return the workbook without further rows and with the problems that they have."""
        kept = np.flatnonzero(good).tolist()
        return IndexWorkbook(
            year=self.year,
            headings=self.headings,
            rows=self.rows[good],
            codes=[self.codes[place] for place in kept],
            texts={name: [column[place] for place in kept] for name, column in self.texts.items()},
            values={name: column[good] for name, column in self.values.items()},
            without_school=self.without_school[good],
            problems=[*self.problems, *problems],
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Raw columns by our names, and how each is headed in the file."""

    numbers: NDArray[np.int64]
    cells: Mapping[str, Sequence[Cell]]
    headings: Mapping[str, str]

    def problem(self, fault: faults.Fault, place: int, name: str, **facts: object) -> RowProblem:
        cell = self.cells[name][place]
        return fault.at(int(self.numbers[place]), self.headings[name], cell, **facts)


def read_workbook(sheet: Sheet, *, year: int) -> IndexWorkbook:
    """Read the sheet; raises ColumnsNotAsExpected, HeadingOfAnotherYear. Bad rows are left out and told."""
    rows = _rows_of(sheet, expect_columns(sheet.columns, year=year))
    values, strange = _numbers(rows)
    without_school = _says_no_school(rows, values)
    texts = {name: [text_of(cell) for cell in rows.cells[name]] for name in TEXTS}
    codes = [text_of(cell) for cell in rows.cells["code"]]
    problems = [
        *_wrong_codes(rows, codes),
        *_wrong_texts(rows, texts),
        *_wrong_cells(rows, strange, without_school),
        *_wrong_counts(rows, values),
        *_wrong_index(rows, values),
    ]
    problems.sort(key=lambda problem: problem.row)
    bad = np.isin(rows.numbers, [problem.row for problem in problems])
    whole = IndexWorkbook(
        year=year,
        headings=rows.headings,
        rows=rows.numbers,
        codes=codes,
        texts=texts,
        values=values,
        without_school=without_school,
        problems=(),
    )
    return whole.only(~bad, problems)


def _rows_of(sheet: Sheet, headings: Sequence[str]) -> _Rows:
    """Return the columns of the rows that hold anything."""
    kept = [place for place, row in enumerate(sheet.rows) if not all(map(is_blank, row))]
    columns = list(zip(*(sheet.rows[place] for place in kept), strict=False)) or [()] * len(COLUMNS)
    names = [name for name, _, _ in COLUMNS]
    return _Rows(
        numbers=np.array(kept, dtype=np.int64) + sheet.first_row,
        cells=dict(zip(names, columns, strict=False)),
        headings=dict(zip(names, headings, strict=True)),
    )


def _numbers(rows: _Rows) -> tuple[dict[str, Values], dict[str, list[int]]]:
    values, strange = {}, {}
    for name, _, _ in COLUMNS[11:30]:
        values[name], strange[name] = numbers_of(rows.cells[name])
    return values, strange


def _says_no_school(rows: _Rows, values: Mapping[str, Values]) -> NDArray[np.bool_]:
    """Return where a sentence stands in all four columns about the school."""
    silent = np.ones(len(rows.numbers), dtype=np.bool_)
    for name in OF_SCHOOL:
        told = np.array([isinstance(cell, str) and not is_blank(cell) for cell in rows.cells[name]], np.bool_)
        silent &= told & np.isnan(values[name])
    return silent


def _wrong_codes(rows: _Rows, codes: Sequence[str]) -> Iterator[RowProblem]:
    first: dict[str, int] = {}
    for place, code in enumerate(codes):
        if _CODE.fullmatch(code) is None:
            yield rows.problem(faults.CODE_MALFORMED, place, "code")
        elif code in first:
            yield rows.problem(faults.TWICE, place, "code", first=rows.numbers[first[code]])
        else:
            first[code] = place
    digits = np.array([[int(digit) for digit in code] for code in first], dtype=np.int64).reshape(-1, 6)
    expected = (11 - digits[:, :5] @ np.arange(6, 1, -1) % 11) % 10
    for place, digit in zip(first.values(), expected.tolist(), strict=True):
        if int(codes[place][-1]) != digit:
            yield rows.problem(faults.CHECK_DIGIT_WRONG, place, "code", expected=digit)


def _wrong_texts(rows: _Rows, texts: Mapping[str, Sequence[str]]) -> Iterator[RowProblem]:
    for place, name in enumerate(texts["name"]):
        if not name:
            yield rows.problem(faults.NAME_MISSING, place, "name")
    for place, status in enumerate(texts["status"]):
        if status not in STATUS_BY_LETTER:
            yield rows.problem(faults.STATUS_UNKNOWN, place, "status", letters=", ".join(STATUS_BY_LETTER))
    for place, (orp, pou) in enumerate(zip(texts["orp_code"], texts["pou_code"], strict=True)):
        if orp in NO_CODE and pou in NO_CODE:
            continue
        if _ORP.fullmatch(orp) is None:
            yield rows.problem(faults.ORP_MALFORMED, place, "orp_code")
        elif _POU.fullmatch(pou) is None or not pou.startswith(orp):
            yield rows.problem(faults.POU_MALFORMED, place, "pou_code")


def _wrong_cells(
    rows: _Rows, strange: Mapping[str, list[int]], without_school: NDArray[np.bool_]
) -> Iterator[RowProblem]:
    for name, places in strange.items():
        for place in places:
            if name not in OF_SCHOOL:
                yield rows.problem(faults.NOT_A_NUMBER, place, name)
            elif not without_school[place]:
                yield rows.problem(faults.SCHOOL_UNCLEAR, place, name)


def _wrong_counts(rows: _Rows, values: Mapping[str, Values]) -> Iterator[RowProblem]:
    for name in COUNTS:
        for place in _where(values[name] < 0):
            yield rows.problem(faults.NEGATIVE, place, name)
        for place in _where(values[name] > _MOST):
            yield rows.problem(faults.TOO_LARGE, place, name, most=_MOST)
    for name in PERSONS:
        for place in _where(np.mod(values[name], 1) > 0):
            yield rows.problem(faults.NOT_WHOLE, place, name)
    for place in _where(values["POP1564"] > values["POP15"]):
        yield rows.problem(faults.MORE_THAN_ALL, place, "POP1564")


def _where(holds: NDArray[np.bool_]) -> list[int]:
    places: list[int] = np.flatnonzero(holds).tolist()
    return places


def _wrong_index(rows: _Rows, values: Mapping[str, Values]) -> Iterator[RowProblem]:
    index = values["ISV"]
    for place, cell in enumerate(rows.cells["category"]):
        number = index[place]
        if np.isnan(number):
            continue
        if number != np.floor(number) or not 0 <= number <= 30:
            yield rows.problem(faults.INDEX_IMPOSSIBLE, place, "ISV")
            continue
        expected = next(text for text, least, most in CATEGORIES if least <= number <= most)
        if _category(cell) != expected:
            yield rows.problem(faults.CATEGORY_DIFFERS, place, "category", expected=expected)


def _category(cell: Cell) -> str:
    """Return the category as the ministry writes it: `12–30` and `12 az 30` mean the same."""
    found = re.findall(r"\d+", text_of(cell))
    return " až ".join(found)
