"""Columns that several datasets share, and short ways to declare one."""

from registry.datasets.domain import Column, Kind, Words


def text(name: str, cs: str, en: str, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.TEXT, title=Words(cs=cs, en=en), required=required)


def integer(name: str, cs: str, en: str, *, unit: str | None = None, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.INTEGER, title=Words(cs=cs, en=en), unit=unit, required=required)


def decimal(name: str, cs: str, en: str, *, unit: str | None = None, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.DECIMAL, title=Words(cs=cs, en=en), unit=unit, required=required)


def day(name: str, cs: str, en: str, *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.DATE, title=Words(cs=cs, en=en), required=required)


def year(name: str, cs: str, en: str, *, required: bool = True) -> Column:
    return Column(name=name, kind=Kind.YEAR, title=Words(cs=cs, en=en), required=required)


def boolean(name: str, cs: str, en: str) -> Column:
    return Column(name=name, kind=Kind.BOOLEAN, title=Words(cs=cs, en=en), required=True)


UNIT = (
    text("unit_id", "Identifikátor celku v Pospolu", "Id of the unit in Pospolu", required=True),
    text("unit_kind", "Druh celku", "Kind of unit", required=True),
    text("unit_code", "Kód celku (u sdružení IČO)", "Code of the unit (IČO of an association)"),
    text("unit_name", "Název celku", "Name of the unit", required=True),
)
MUNICIPALITY = (
    text("unit_id", "Identifikátor obce v Pospolu", "Id of the municipality in Pospolu", required=True),
    text("unit_code", "Kód obce (ČSÚ, RÚIAN)", "Code of the municipality (ČSÚ, RÚIAN)", required=True),
    text("unit_name", "Název obce k 31. 12.", "Name of the municipality on 31 December", required=True),
)
EDITION = (
    year("year", "Rok dat", "Data year"),
    text("method", "Kód metodiky indexu", "Code of the method of the Index", required=True),
)
VALIDITY = (
    day("valid_from", "Platí od", "Valid from", required=True),
    day("valid_until", "Platí do (včetně; prázdné = dosud)", "Valid until (included; empty = still)"),
)
