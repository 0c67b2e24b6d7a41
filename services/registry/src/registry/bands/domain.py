"""Tables of bands: municipalities and people by band and size, means by two named ways of averaging."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from registry.exclusion.method import Band
from registry.explanation.sizes import CLASSES
from shared.errors import Invalid


class GroupedBy(StrEnum):
    """Kinds of territory by which a table is drawn; a municipality may be in several associations."""

    REGION = "region"
    DISTRICT = "district"
    ORP = "orp"
    POU = "pou"
    MUNICIPALITY_ASSOCIATION = "municipality-association"
    LOCAL_ACTION_GROUP = "local-action-group"


class AreaGivenTwice(Invalid):
    cs = "Uveďte buď územní celek, nebo kraj, ne obojí."
    en = "Give either a unit or a region, not both."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    unit_id: UUID
    code: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Municipalities of one group, one size class (from 1) and one band (None: Index not known), summed.

    `weighted_sum` is the sum of index × population 15+.
    """

    group: Group | None
    of_total: bool
    size: int | None
    band: int | None
    municipalities: int
    index_sum: int
    weighted_sum: int
    population_15_plus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InBand:
    band: int
    municipalities: int
    population_15_plus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSize:
    """A size class within a line: it stands beside the bands, never is there a ranking without it."""

    size: int
    municipalities: int
    bands: tuple[int, ...]
    mean: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group; None for the total, or for municipalities that belong to no group of the kind."""

    group: Group | None
    municipalities: int
    without_index: int
    population_15_plus: int
    bands: tuple[InBand, ...]
    sizes: tuple[OfSize, ...]
    mean: Fraction | None
    weighted_mean: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Groups in their order, those that belong to none, and the total: each municipality once."""

    lines: tuple[Line, ...]
    outside: Line | None
    total: Line


def table_of(cells: Iterable[Cell], bands: Sequence[Band]) -> Table:
    groups: dict[UUID, list[Cell]] = {}
    outside: list[Cell] = []
    total: list[Cell] = []
    for cell in cells:
        if cell.of_total:
            total.append(cell)
        elif cell.group is None:
            outside.append(cell)
        else:
            groups.setdefault(cell.group.unit_id, []).append(cell)
    return Table(
        lines=tuple(_line(of_group, bands) for of_group in groups.values()),
        outside=_line(outside, bands) if outside else None,
        total=_line(total, bands),
    )


def _line(cells: Sequence[Cell], bands: Sequence[Band]) -> Line:
    known = [cell for cell in cells if cell.band is not None]
    return Line(
        group=cells[0].group if cells else None,
        municipalities=sum(cell.municipalities for cell in cells),
        without_index=sum(cell.municipalities for cell in cells if cell.band is None),
        population_15_plus=sum(cell.population_15_plus for cell in cells),
        bands=tuple(
            InBand(
                band=band.number,
                municipalities=sum(each.municipalities for each in known if each.band == band.number),
                population_15_plus=sum(each.population_15_plus for each in known if each.band == band.number),
            )
            for band in bands
        ),
        sizes=tuple(
            _of_size(number, [cell for cell in cells if cell.size == number], bands)
            for number, _ in enumerate(CLASSES, start=1)
        ),
        mean=_mean(known),
        weighted_mean=_ratio(
            sum(cell.weighted_sum for cell in known), sum(cell.population_15_plus for cell in known)
        ),
    )


def _of_size(number: int, cells: Sequence[Cell], bands: Sequence[Band]) -> OfSize:
    return OfSize(
        size=number,
        municipalities=sum(cell.municipalities for cell in cells),
        bands=tuple(sum(cell.municipalities for cell in cells if cell.band == band.number) for band in bands),
        mean=_mean([cell for cell in cells if cell.band is not None]),
    )


def _mean(known: Sequence[Cell]) -> Fraction | None:
    return _ratio(sum(cell.index_sum for cell in known), sum(cell.municipalities for cell in known))


def _ratio(total: int, count: int) -> Fraction | None:
    return Fraction(total, count) if count else None
