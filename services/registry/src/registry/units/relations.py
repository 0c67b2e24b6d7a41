"""Relation files of the statistical office (ČSÚ, VAZaaaa_bbbb): which unit belongs to which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.imports.columns import NamedRow
from registry.units.code_lists import LISTS
from registry.units.places import MAY_BELONG_TO
from registry.units.registers import Fault, Known, Told
from registry.units.timeline import History, Statement
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, Refusal

NEEDED = ("kodjaz", "kodcis1", "chodnota1", "kodcis2", "chodnota2")
RELATED = {**LISTS, "51": UnitKind.CITY_PART}
CZECH = "CS"
Pair = tuple[UnitKind, UnitKind]
OF_POU = (UnitKind.MUNICIPALITY, UnitKind.POU)
OF_ORP = (UnitKind.MUNICIPALITY, UnitKind.ORP)
"""Kept as the ORP of the municipality's POÚ: such a file is compared with what is known."""


class RelationUnknown(Invalid):
    cs = "Vazbu mezi číselníky {found} neumíme převzít."
    en = "We cannot take over the relation between the code lists {found}."


class RowOfAnotherRelation(Invalid):
    cs = "Řádek je vazbou jiných číselníků ({found}) než první řádek."
    en = "The row relates other code lists ({found}) than the first row."


class NotRegisteredThen(Invalid):
    cs = "Celek s kódem „{value}“ v registru není, nebo {day} neexistoval."
    en = "There is no unit with the code “{value}” in the registry, or it did not exist on {day}."


class OtherOrpKnown(Invalid):
    cs = "Obec patří podle registru do ORP {known}, ne {told}."
    en = "By the registry the municipality belongs to the ORP {known}, not {told}."


class PouNotKnown(Invalid):
    cs = "Není známo, pod který pověřený obecní úřad obec patří; převezměte nejdřív vazbu 0043_0061."
    en = "The POÚ of the municipality is not known; take over the relation 0043_0061 first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """One row: the unit belongs to the group."""

    row: int
    unit: History
    group: History


def pair_of(rows: Iterable[NamedRow]) -> Pair:
    """Return what the first Czech row relates to what; raises RelationUnknown."""
    first = next((row for row in rows if _is_czech(row)), None)
    pair = _pair(first) if first else None
    if pair is None or not (pair in {OF_POU, OF_ORP} or pair[1] in MAY_BELONG_TO[pair[0]]):
        raise RelationUnknown(found=_numbers(first) if first else "–")
    return pair


def read_rows(
    rows: Iterable[NamedRow], pair: Pair, known: Known, day: date
) -> tuple[list[Related], list[Fault]]:
    """Return which units belong to which on the day, and what is wrong with the other rows.

    A basic territorial unit (list 51) that is a whole municipality is no part of it: it is passed over.
    """
    related: list[Related] = []
    faults: list[Fault] = []
    for row in rows:
        is_whole = pair[0] is UnitKind.CITY_PART and row.get("chodnota1") == row.get("chodnota2")
        if not _is_czech(row) or is_whole:
            continue
        try:
            row.expect_no_surplus()
            if _pair(row) != pair:
                raise RowOfAnotherRelation(column="kodcis1", found=_numbers(row))
            unit = _existing(row, "chodnota1", pair[0], known, day)
            group = _existing(row, "chodnota2", pair[1], known, day)
            related.append(Related(row=row.number, unit=unit, group=group))
        except Refusal as refusal:
            column = str(refusal.facts.get("column") or "chodnota1")
            faults.append(Fault(row=row.number, column=column, value=row.get(column), refusal=refusal))
    return related, faults


def as_parents(related: Iterable[Related], day: date) -> list[Told]:
    """Say of each unit that it belongs to its group from the day on."""
    return [
        Told(
            row=each.row,
            column="chodnota1",
            kind=each.unit.kind,
            code=each.unit.seen_on(day).details.code or "",
            statement=Statement(valid_from=day, valid_until=None, values={}),
            parent_id=each.group.id,
        )
        for each in related
    ]


def other_orp(told: Related, pou: History | None, known: Known, day: date) -> Fault | None:
    """Return the fault of a row that tells another ORP than that of the municipality's POÚ."""
    code = told.unit.seen_on(day).details.code
    parent_id = pou.seen_on(day).details.parent_id if pou else None
    if parent_id == told.group.id:
        return None
    refusal: Refusal = PouNotKnown()
    if parent_id is not None:
        orp = known.by_id[parent_id].seen_on(day).details
        refusal = OtherOrpKnown(known=orp.code, told=told.group.seen_on(day).details.code)
    return Fault(row=told.row, column="chodnota2", value=code, refusal=refusal)


def _existing(row: NamedRow, column: str, kind: UnitKind, known: Known, day: date) -> History:
    value = row.need(column)
    for name in ("code", "csu_code"):
        unit = known.find(kind, name, value, day)
        if unit is not None and unit.seen_on(day).holds_on(day):
            return unit
    raise NotRegisteredThen(column=column, value=value[:40], day=day)


def _pair(row: NamedRow) -> Pair | None:
    one, other = (RELATED.get((row.get(name) or "").lstrip("0")) for name in ("kodcis1", "kodcis2"))
    return (one, other) if one and other else None


def _numbers(row: NamedRow) -> str:
    return f"{row.get('kodcis1')} – {row.get('kodcis2')}"


def _is_czech(row: NamedRow) -> bool:
    return (row.get("kodjaz") or "").upper() == CZECH
