"""What a workbook says of units beside what the registry knows: who is new, what does not agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np

from registry.imports.domain import RowProblem
from registry.statistics import faults
from registry.statistics.index_workbook import NO_CODE, IndexWorkbook
from registry.units.codes import STATUS_BY_LETTER
from registry.units.domain import Details, Unit, register
from registry.units.places import Place
from shared.contracts.registry import UnitKind, UnitRegistered

FIRST_DAY: Final = date(2000, 1, 1)
"""The first day of the present regions: older units are kept from it, as those of the seed are."""
_NO_ID: Final = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """A unit in its latest state; `group_id` is the POÚ of a municipality."""

    id: UUID
    name: str
    parent_id: UUID | None
    valid_from: date
    valid_until: date | None
    csu_code: str | None = None
    group_id: UUID | None = None


Known = Mapping[tuple[UnitKind, str], KnownUnit]
"""By kind and code."""


class NewMember(NamedTuple):
    """A municipality that has no POÚ yet, and the one that a row of the workbook names."""

    row: int
    unit_id: UUID
    group_id: UUID
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The workbook with the ids of its municipalities, and what has to be registered before its figures.

    `notices` tell where the registry knows a unit differently.
    """

    book: IndexWorkbook
    unit_ids: Sequence[UUID]
    registrations: Sequence[tuple[Unit, UnitRegistered]]
    memberships: Sequence[NewMember]
    notices: Sequence[RowProblem]


@dataclass(slots=True)
class _Naming:
    """Units of one kind that the rows name: the first row with a code says what it is."""

    known: Known
    kind: UnitKind
    first: dict[str, tuple[str, UUID, int]] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    new: list[tuple[Unit, UnitRegistered]] = field(default_factory=list)

    def take(self, code: str, name: str, parent: tuple[UUID, Place], row: int, *, letter: str = "") -> bool:
        """Return whether the row agrees with the first one; a unit not known yet is registered."""
        seen = self.first.get(code)
        if seen is not None:
            return seen[:2] == (name, parent[0])
        self.first[code] = (name, parent[0], row)
        known = self.known.get((self.kind, code))
        self.ids[code] = known.id if known else self._register(code, name, parent, letter)
        return True

    def _register(self, code: str, name: str, parent: tuple[UUID, Place], letter: str) -> UUID:
        status = STATUS_BY_LETTER.get(letter)
        unit, registered = register(
            kind=self.kind,
            details=Details(name=name, code=code, parent_id=parent[0], status=status),
            valid_from=FIRST_DAY,
            valid_until=None,
            parent=parent[1],
            new_id=_NO_ID,
        )
        self.new.append((unit, registered))
        return unit.id


def place_units(book: IndexWorkbook, known: Known) -> Placed:
    """Return who is who; rows with an unknown region or district, or that contradict others, are left out."""
    orps, pous = _Naming(known, UnitKind.ORP), _Naming(known, UnitKind.POU)
    problems = [*_unplaced(book, known), *_contradicting(book, known, orps, pous), *_not_alive(book, known)]
    good = ~np.isin(book.rows, [problem.row for problem in problems])
    fit = book.only(good, problems)
    districts = _places(known, UnitKind.DISTRICT)
    towns = _Naming(known, UnitKind.MUNICIPALITY)
    columns = (fit.texts[name] for name in ("name", "district_code", "status"))
    for row, code, name, district, letter in zip(fit.rows.tolist(), fit.codes, *columns, strict=True):
        towns.take(code, name, districts[district], row, letter=letter)
    unit_ids = [towns.ids[code] for code in fit.codes]
    return Placed(
        book=fit,
        unit_ids=unit_ids,
        registrations=[*orps.new, *pous.new, *towns.new],
        memberships=list(_new_memberships(fit, known, unit_ids, pous)),
        notices=list(_known_otherwise(fit, known)),
    )


def _unplaced(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    regions = {code: unit.id for (kind, code), unit in known.items() if kind == UnitKind.REGION}
    districts = {code: unit.parent_id for (kind, code), unit in known.items() if kind == UnitKind.DISTRICT}
    for row, region, district in zip(
        book.rows.tolist(), book.texts["region_code"], book.texts["district_code"], strict=True
    ):
        if region not in regions:
            yield faults.REGION_UNKNOWN.at(row, book.headings["region_code"], region)
        elif districts.get(district) != regions[region]:
            yield faults.DISTRICT_UNKNOWN.at(row, book.headings["district_code"], district)


def _contradicting(book: IndexWorkbook, known: Known, orps: _Naming, pous: _Naming) -> Iterator[RowProblem]:
    """Take the POÚ and ORP of each row; a second row must say the same of them."""
    regions = _places(known, UnitKind.REGION)
    columns = (book.texts[name] for name in ("region_code", "orp_code", "orp_name", "pou_code", "pou_name"))
    for row, region, orp, orp_name, pou, pou_name in zip(book.rows.tolist(), *columns, strict=True):
        if orp in NO_CODE or region not in regions:
            continue
        if not orps.take(orp, orp_name, regions[region], row):
            first = orps.first[orp][2]
            yield faults.PLACED_DIFFERENTLY.at(
                row, book.headings["orp_name"], orp_name, code=orp, first=first
            )
            continue
        place = Place(kind=UnitKind.ORP, code=orp, first_day=FIRST_DAY, last_day=None)
        if not pous.take(pou, pou_name, (orps.ids[orp], place), row):
            first = pous.first[pou][2]
            yield faults.PLACED_DIFFERENTLY.at(
                row, book.headings["pou_name"], pou_name, code=pou, first=first
            )


def _not_alive(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    """Give rows of municipalities that did not exist on the last day of the year."""
    last = date(book.year, 12, 31)
    for row, code in zip(book.rows.tolist(), book.codes, strict=True):
        unit = known.get((UnitKind.MUNICIPALITY, code))
        if unit and (unit.valid_from > last or (unit.valid_until is not None and unit.valid_until < last)):
            yield faults.NOT_ALIVE.at(
                row, book.headings["code"], code, since=unit.valid_from, until=unit.valid_until or "–"
            )


def _known_otherwise(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    districts = {unit.id: code for (kind, code), unit in known.items() if kind == UnitKind.DISTRICT}
    columns = (book.texts[name] for name in ("name", "district_code"))
    for row, code, name, district in zip(book.rows.tolist(), book.codes, *columns, strict=True):
        unit = known.get((UnitKind.MUNICIPALITY, code))
        if unit is None:
            continue
        if unit.name != name:
            yield faults.KNOWN_OTHERWISE.at(row, book.headings["name"], name, known=unit.name)
        known_in = districts.get(unit.parent_id or _NO_ID, "–")
        if known_in != district:
            yield faults.KNOWN_OTHERWISE.at(row, book.headings["district_code"], district, known=known_in)


def _new_memberships(
    book: IndexWorkbook, known: Known, unit_ids: Sequence[UUID], pous: _Naming
) -> Iterator[NewMember]:
    columns = (book.rows.tolist(), book.codes, unit_ids, book.texts["pou_code"])
    for row, code, id_, pou in zip(*columns, strict=True):
        unit = known.get((UnitKind.MUNICIPALITY, code))
        if pou not in NO_CODE and (unit is None or unit.group_id is None):
            first_day = max(unit.valid_from, FIRST_DAY) if unit else FIRST_DAY
            yield NewMember(row, id_, pous.ids[pou], first_day)


def _places(known: Known, kind: UnitKind) -> dict[str, tuple[UUID, Place]]:
    return {
        code: (unit.id, Place(kind=kind, code=code, first_day=unit.valid_from, last_day=unit.valid_until))
        for (of_kind, code), unit in known.items()
        if of_kind == kind
    }
