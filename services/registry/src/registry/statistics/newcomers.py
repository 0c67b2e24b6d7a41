"""What a workbook says of units beside what the registry knows: who is new, what does not agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

import numpy as np

from registry.imports.domain import RowProblem
from registry.statistics import faults
from registry.statistics.index_workbook import NO_CODE, IndexWorkbook
from registry.units.codes import unit_id
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
    group_id: UUID | None = None


Known = Mapping[tuple[str, str], KnownUnit]
"""By kind and code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The workbook with the ids of its municipalities, and what has to be registered before its figures.

    `memberships` are pairs of municipality and POÚ for those that have none yet. `notices` tell where
    the registry knows a unit differently.
    """

    book: IndexWorkbook
    unit_ids: Sequence[UUID]
    registrations: Sequence[tuple[Unit, UnitRegistered]]
    memberships: Sequence[tuple[UUID, UUID]]
    notices: Sequence[RowProblem]


@dataclass(slots=True)
class _Naming:
    """Units of one kind that the rows name: the first row with a code says what it is."""

    known: Known
    kind: UnitKind
    first: dict[str, tuple[str, UUID | None, int]] = field(default_factory=dict)
    new: list[tuple[Unit, UnitRegistered]] = field(default_factory=list)

    def id_of(self, code: str) -> UUID:
        known = self.known.get((self.kind.value, code))
        return known.id if known else unit_id(self.kind, code)

    def take(self, code: str, name: str, parent: tuple[UUID, Place] | None, row: int) -> bool:
        """Return whether the row agrees with the first one; a unit not known yet is registered."""
        told = (name, parent[0] if parent else None)
        if code in self.first:
            return self.first[code][:2] == told
        self.first[code] = (*told, row)
        if (self.kind.value, code) not in self.known:
            details = Details(name=name, code=code, parent_id=told[1])
            self.new.append(
                register(
                    kind=self.kind,
                    details=details,
                    valid_from=FIRST_DAY,
                    valid_until=None,
                    parent=parent[1] if parent else None,
                    new_id=_NO_ID,
                )
            )
        return True


def place_units(book: IndexWorkbook, known: Known) -> Placed:
    """Return who is who; rows with an unknown region or district, or that contradict others, are left out."""
    orps, pous = _Naming(known, UnitKind.ORP), _Naming(known, UnitKind.POU)
    problems = [*_unplaced(book, known), *_contradicting(book, known, orps, pous), *_not_alive(book, known)]
    good = ~np.isin(book.rows, [problem.row for problem in problems])
    fit = book.only(good, problems)
    towns = _Naming(known, UnitKind.MUNICIPALITY)
    notices = list(_known_otherwise(fit, known))
    for row, code, name, district in zip(
        fit.rows.tolist(), fit.codes, fit.texts["name"], fit.texts["district_code"], strict=True
    ):
        towns.take(code, name, _place(known, UnitKind.DISTRICT, district), row)
    unit_ids = [towns.id_of(code) for code in fit.codes]
    return Placed(
        book=fit,
        unit_ids=unit_ids,
        registrations=[*orps.new, *pous.new, *towns.new],
        memberships=list(_new_memberships(fit, known, unit_ids, pous)),
        notices=notices,
    )


def _unplaced(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    for row, region, district in zip(
        book.rows.tolist(), book.texts["region_code"], book.texts["district_code"], strict=True
    ):
        of_region = known.get((UnitKind.REGION.value, region))
        of_district = known.get((UnitKind.DISTRICT.value, district))
        if of_region is None:
            yield faults.REGION_UNKNOWN.at(row, book.headings["region_code"], region)
        elif of_district is None or of_district.parent_id != of_region.id:
            yield faults.DISTRICT_UNKNOWN.at(row, book.headings["district_code"], district)


def _contradicting(book: IndexWorkbook, known: Known, orps: _Naming, pous: _Naming) -> Iterator[RowProblem]:
    """Take the POÚ and ORP of each row; a second row must say the same of them."""
    columns = (book.texts[name] for name in ("region_code", "orp_code", "orp_name", "pou_code", "pou_name"))
    for row, region, orp, orp_name, pou, pou_name in zip(book.rows.tolist(), *columns, strict=True):
        parent = _place(known, UnitKind.REGION, region)
        if orp in NO_CODE or parent is None:
            continue
        if not orps.take(orp, orp_name, parent, row):
            yield faults.PLACED_DIFFERENTLY.at(
                row, book.headings["orp_name"], orp_name, code=orp, first=orps.first[orp][2]
            )
            continue
        place = Place(kind=UnitKind.ORP, code=orp, first_day=FIRST_DAY, last_day=None)
        if not pous.take(pou, pou_name, (orps.id_of(orp), place), row):
            yield faults.PLACED_DIFFERENTLY.at(
                row, book.headings["pou_name"], pou_name, code=pou, first=pous.first[pou][2]
            )


def _not_alive(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    """Give rows of municipalities that did not exist on the last day of the year."""
    last = date(book.year, 12, 31)
    for row, code in zip(book.rows.tolist(), book.codes, strict=True):
        unit = known.get((UnitKind.MUNICIPALITY.value, code))
        if unit and (unit.valid_from > last or (unit.valid_until is not None and unit.valid_until < last)):
            yield faults.NOT_ALIVE.at(
                row, book.headings["code"], code, since=unit.valid_from, until=unit.valid_until or "–"
            )


def _known_otherwise(book: IndexWorkbook, known: Known) -> Iterator[RowProblem]:
    for row, code, name, district in zip(
        book.rows.tolist(), book.codes, book.texts["name"], book.texts["district_code"], strict=True
    ):
        unit = known.get((UnitKind.MUNICIPALITY.value, code))
        if unit is None:
            continue
        if unit.name != name:
            yield faults.KNOWN_OTHERWISE.at(row, book.headings["name"], name, known=unit.name)
        of_district = known.get((UnitKind.DISTRICT.value, district))
        if of_district is None or unit.parent_id != of_district.id:
            known_as = next((code for (_, code), each in known.items() if each.id == unit.parent_id), "–")
            yield faults.KNOWN_OTHERWISE.at(row, book.headings["district_code"], district, known=known_as)


def _new_memberships(
    book: IndexWorkbook, known: Known, unit_ids: Sequence[UUID], pous: _Naming
) -> Iterator[tuple[UUID, UUID]]:
    for code, id_, pou in zip(book.codes, unit_ids, book.texts["pou_code"], strict=True):
        unit = known.get((UnitKind.MUNICIPALITY.value, code))
        if pou not in NO_CODE and (unit is None or unit.group_id is None):
            yield id_, pous.id_of(pou)


def _place(known: Known, kind: UnitKind, code: str) -> tuple[UUID, Place] | None:
    unit = known.get((kind.value, code))
    if unit is None:
        return None
    return unit.id, Place(kind=kind, code=code, first_day=unit.valid_from, last_day=unit.valid_until)
