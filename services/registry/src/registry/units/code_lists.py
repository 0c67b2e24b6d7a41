"""Code lists of the statistical office (ČSÚ): which list it is, and what its rows say of units."""

from collections.abc import Iterable
from datetime import date

from registry.imports.columns import NamedRow
from registry.units.codes import SHAPES
from registry.units.registers import Fault, Known, Told
from registry.units.timeline import Statement
from shared.contracts.registry import UnitKind
from shared.errors import Invalid, Refusal

NEEDED = ("kodjaz", "akrcis", "kodcis", "chodnota", "text", "admplod", "admnepo")
LISTS = {
    "43": UnitKind.MUNICIPALITY,
    "61": UnitKind.POU,
    "65": UnitKind.ORP,
    "100": UnitKind.REGION,
    "101": UnitKind.DISTRICT,
}
ACRONYMS = {"CISOB": "43", "CISORP": "65", "KRAJ_NUTS": "100"}
NUMBERED = frozenset({UnitKind.REGION, UnitKind.DISTRICT})
"""Kinds whose code is not the number in the list."""
CZECH = "CS"
_NUTS_COLUMNS = ("cznuts", "cz_nuts", "nuts", "okreslau", "lau1", "lau")
_BEFORE = date(1, 1, 1)


class CodeListUnknown(Invalid):
    cs = "Číselník „{found}“ neumíme převzít; umíme: {known}."
    en = "We cannot take over the code list “{found}”; we can: {known}."


class RowOfAnotherList(Invalid):
    cs = "Řádek patří do jiného číselníku ({found}) než první řádek ({expected})."
    en = "The row belongs to another code list ({found}) than the first row ({expected})."


class UnitNotRecognised(Invalid):
    cs = "Číslo „{value}“ nemá v souboru kód CZ-NUTS a v registru takový celek není."
    en = "The file gives no CZ-NUTS code for the number “{value}”, and no unit in the registry has it."


def list_of(rows: Iterable[NamedRow]) -> UnitKind:
    """Return what the code list of the first Czech row is about; raises CodeListUnknown."""
    first = next((row for row in rows if _is_czech(row)), None)
    number = _list_number(first) if first else "–"
    if number not in LISTS:
        raise CodeListUnknown(found=number, known=", ".join(LISTS))
    return LISTS[number]


def read_rows(rows: Iterable[NamedRow], kind: UnitKind, known: Known) -> tuple[list[Told], list[Fault]]:
    """Return what the Czech rows say and what is wrong with those that say nothing we can use."""
    told: list[Told] = []
    faults: list[Fault] = []
    for row in rows:
        if _is_czech(row):
            try:
                told.append(_read(row, kind, known))
            except Refusal as refusal:
                column = str(refusal.facts.get("column") or "chodnota")
                faults.append(Fault(row=row.number, column=column, value=row.get(column), refusal=refusal))
    return told, faults


def _read(row: NamedRow, kind: UnitKind, known: Known) -> Told:
    row.expect_no_surplus()
    if LISTS.get(_list_number(row)) is not kind:
        raise RowOfAnotherList(column="kodcis", found=_list_number(row), expected=kind.value)
    number, name = row.need("chodnota"), row.need("text")
    begins = row.day("admplod") or _BEFORE
    code = _code_of(row, kind, number, name, known)
    values = {"name": name, "code": code, "csu_code": number}
    if ruian_code := row.get("kod_ruian"):
        values["ruian_code"] = ruian_code
    orp = known.find(UnitKind.ORP, "code", code[:4], begins) if kind is UnitKind.POU else None
    return Told(
        row=row.number,
        column="chodnota",
        kind=kind,
        code=code,
        number=number if kind in NUMBERED else None,
        statement=Statement(valid_from=begins, valid_until=row.day("admnepo"), values=values),
        parent_id=orp.id if orp else None,
    )


def _code_of(row: NamedRow, kind: UnitKind, number: str, name: str, known: Known) -> str:
    """Return the code under which we keep a unit: of regions and districts not the number, but CZ-NUTS."""
    if kind not in NUMBERED:
        return number
    if given := next((value for column in _NUTS_COLUMNS if (value := row.get(column))), None):
        return given
    if number.startswith("CZ"):
        return number
    unit = known.find(kind, "csu_code", number, date.max) or known.the_only(kind, name)
    code = unit.states[-1].details.code if unit else None
    if code is None:
        raise UnitNotRecognised(value=number, shape=SHAPES[kind])
    return code


def _is_czech(row: NamedRow) -> bool:
    return (row.get("kodjaz") or "").upper() == CZECH


def _list_number(row: NamedRow) -> str:
    number = (row.get("kodcis") or "").lstrip("0")
    acronym = (row.get("akrcis") or "").upper()
    return number or ACRONYMS.get(acronym, acronym) or "–"
