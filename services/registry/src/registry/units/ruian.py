"""Exports of RÚIAN (ČÚZK): municipalities (UI_OBEC) and their parts (UI_CAST_OBCE)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.imports.columns import NamedRow
from registry.units.codes import MunicipalityStatus
from registry.units.registers import KEPT_FROM, Fault, Known, Told
from registry.units.timeline import Statement
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, Refusal

NEEDED = ("kod", "nazev", "plati_od", "plati_do", "datum_vzniku")
STATUSES = {
    "1": MunicipalityStatus.MILITARY_AREA,
    "2": MunicipalityStatus.MUNICIPALITY,
    "3": MunicipalityStatus.TOWN,
    "4": MunicipalityStatus.STATUTORY_CITY,
    "5": MunicipalityStatus.CAPITAL_CITY,
    "6": MunicipalityStatus.MARKET_TOWN,
}
"""STATUS_KOD: the export of 2026 beside the statuses of the ministry's workbook (6,258 municipalities)."""
PRAGUE_AS_DISTRICT = {"9999": "3100"}
"""Prague is in no district: since 2021 RÚIAN writes 9999. Here it has the district CZ0100, as in LAU."""


class StatusUnknown(Invalid):
    cs = "Status obce „{value}“ neznáme."
    en = "We do not know the status “{value}” of a municipality."


class ParentNotRegistered(Invalid):
    cs = "Celek „{value}“, do kterého má patřit, v registru není."
    en = "The unit “{value}” to which it should belong is not in the registry."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPou:
    """In which POÚ a municipality is, by the RÚIAN code of the POÚ."""

    row: int
    municipality: str
    pou: UUID
    valid_from: date
    valid_until: date | None


def kind_of(columns: Sequence[str]) -> UnitKind:
    """Return what the export is of: only parts of municipalities name a municipality."""
    names = {name.strip().casefold() for name in columns}
    return UnitKind.MUNICIPALITY_PART if "obec_kod" in names else UnitKind.MUNICIPALITY


def needed(kind: UnitKind) -> tuple[str, ...]:
    own = ("obec_kod",) if kind is UnitKind.MUNICIPALITY_PART else ("status_kod", "okres_kod")
    return (*NEEDED, *own)


def read_rows(rows: Iterable[NamedRow], kind: UnitKind, known: Known) -> tuple[list[Told], list[Fault]]:
    """Return what the rows say and what is wrong with the others."""
    told: list[Told] = []
    faults: list[Fault] = []
    for row in rows:
        try:
            told.append(_read(row, kind, known))
        except Refusal as refusal:
            column = str(refusal.facts.get("column") or "kod")
            faults.append(Fault(row=row.number, column=column, value=row.get(column), refusal=refusal))
    return told, faults


def read_pous(rows: Iterable[NamedRow], good: Iterable[Told], known: Known) -> tuple[list[ToldPou], int]:
    """Return in which POÚ the municipalities of the good rows are, and how many POÚ we do not know."""
    statements = {told.row: told for told in good}
    found, unknown = [], 0
    for row in rows:
        told, code = statements.get(row.number), row.get("pou_kod")
        if told is None or code is None:
            continue
        pou = known.find(UnitKind.POU, "ruian_code", code, told.statement.valid_from)
        if pou is None:
            unknown += 1
            continue
        begins, ends = told.statement.valid_from, told.statement.valid_until
        found.append(
            ToldPou(row=row.number, municipality=told.code, pou=pou.id, valid_from=begins, valid_until=ends)
        )
    return found, unknown


def _read(row: NamedRow, kind: UnitKind, known: Known) -> Told:
    row.expect_no_surplus()
    code = row.need("kod")
    begins = row.day("plati_od") or KEPT_FROM
    values: dict[str, str | UUID | MunicipalityStatus | None] = {"name": row.need("nazev"), "code": code}
    if kind is UnitKind.MUNICIPALITY:
        values["status"] = _status(row.need("status_kod"))
        parent = _parent(row, "okres_kod", UnitKind.DISTRICT, begins, known)
    else:
        values["ruian_code"] = code
        parent = _parent(row, "obec_kod", UnitKind.MUNICIPALITY, begins, known)
    return Told(
        row=row.number,
        column="kod",
        kind=kind,
        code=code,
        statement=Statement(valid_from=begins, valid_until=row.day("plati_do"), values=values),
        parent_id=parent,
        born_on=row.day("datum_vzniku") or KEPT_FROM,
    )


def _status(value: str) -> MunicipalityStatus:
    if value not in STATUSES:
        raise StatusUnknown(column="status_kod", value=value[:40])
    return STATUSES[value]


def _parent(row: NamedRow, column: str, kind: UnitKind, day: date, known: Known) -> UUID | None:
    code = row.get(column)
    if code is None:
        return None
    wanted = PRAGUE_AS_DISTRICT.get(code, code) if kind is UnitKind.DISTRICT else code
    parent = known.find(kind, "ruian_code", wanted, day)
    if parent is None:
        raise ParentNotRegistered(column=column, value=code[:40])
    return parent.id
