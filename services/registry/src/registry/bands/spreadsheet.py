"""The table of bands as CSV for spreadsheets: a byte-order mark, headings in the reader's language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from registry.averages.domain import half_up
from registry.bands.domain import Line, Table
from registry.exclusion.method import Band
from registry.explanation.sizes import CLASSES, SizeClass
from shared.csv_files import Delimiter, csv_file


def csv_of(table: Table, bands: Sequence[Band], *, delimiter: Delimiter, language: str) -> bytes:
    """Return CSV with headings in the language; the last line is the total."""
    czech = language == "cs"
    lines = (
        [line.group.code if line.group else "", name, *_numbers(line)]
        for line, name in _named(table, czech=czech)
    )
    return csv_file([_headings(bands, czech=czech), *lines], delimiter)


def size_text(size: SizeClass) -> str:
    return f"{size.lowest}–{size.highest}" if size.highest is not None else f"{size.lowest}+"


def _headings(bands: Sequence[Band], *, czech: bool) -> list[str]:
    first = (
        ["kód", "název", "obcí", "obcí bez indexu", "obyvatel 15+"]
        if czech
        else ["code", "name", "municipalities", "municipalities without Index", "population 15+"]
    )
    counted, living = (
        ("obcí v pásmu", "obyvatel 15+ v pásmu") if czech else ("in band", "population 15+ in band")
    )
    means = (
        ["průměr indexu (prostý průměr obcí)", "průměr indexu (vážený počtem obyvatel 15+)"]
        if czech
        else ["mean Index (plain mean of municipalities)", "mean Index (weighted by population 15+)"]
    )
    sized = "obcí s obyvateli 15+" if czech else "municipalities with population 15+"
    return [
        *first,
        *(f"{counted} {band.lowest}–{band.highest}" for band in bands),
        *(f"{living} {band.lowest}–{band.highest}" for band in bands),
        *means,
        *(f"{sized} {size_text(size)}" for size in CLASSES),
    ]


def _named(table: Table, *, czech: bool) -> Iterator[tuple[Line, str]]:
    for line in table.lines:
        yield line, line.group.name if line.group else ""
    if table.outside is not None:
        yield table.outside, "nezařazené obce" if czech else "municipalities outside"
    yield table.total, "celkem" if czech else "total"


def _numbers(line: Line) -> Iterator[int | Decimal | None]:
    yield from (line.municipalities, line.without_index, line.population_15_plus)
    yield from (each.municipalities for each in line.bands)
    yield from (each.population_15_plus for each in line.bands)
    yield from (_shown(mean) for mean in (line.mean, line.weighted_mean))
    yield from (each.municipalities for each in line.sizes)


def _shown(mean: Fraction | None) -> Decimal | None:
    return None if mean is None else half_up(mean)
