"""What a new registry begins with: territory with 38 municipalities, statistics, a method, methodologies.

Sources: names, codes and the hierarchy from RÚIAN, numbers of regions (`csu_code`) from code list 100 of
the statistical office. `valid_from` is real for the state, for the regions and for a municipality that
came into being later; everything older is kept from 2000-01-01, the first day of the present regions.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from uuid import UUID

from registry.calls.methodology import methodologies_in
from registry.calls.use_cases import seed_methodologies
from registry.exclusion.definition import method_in
from registry.exclusion.method import Method
from registry.exclusion.use_cases import enact_method
from registry.statistics.domain import Periodicity, Series, Source
from registry.statistics.use_cases import seed_statistics
from registry.units.codes import unit_id
from registry.units.domain import Details, Unit, register
from registry.units.places import Place
from registry.units.use_cases import register_missing
from shared.contracts.registry import UnitKind, UnitRegistered
from shared.transaction import Transaction

_NO_ID = UUID(int=0)
_SERIES_TEXTS = (
    "code",
    "name_cs",
    "name_en",
    "definition_cs",
    "definition_en",
    "unit_of_measure",
    "source",
)


async def seed(tx: Transaction) -> None:
    await register_missing(tx, list(registrations(_rows())))
    sources, series = statistics()
    await seed_statistics(tx, sources, series)
    await enact_method(tx, first_method())
    await seed_methodologies(tx, methodologies_in(_rows("methodologies")))


def registrations(rows: Iterable[dict[str, str]]) -> Iterator[tuple[Unit, UnitRegistered]]:
    """Turn rows into registrations, parents before those that belong to them.

    Raises KeyError where a parent does not come before, and whatever `register` refuses.
    """
    places: dict[str, Place] = {}
    for row in rows:
        parent = places[row["parent"]] if row["parent"] else None
        unit, registered = register(
            kind=UnitKind(row["kind"]),
            details=_details(row, parent),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=None,
            parent=parent,
            new_id=_NO_ID,
        )
        places[row["code"]] = unit.place
        yield unit, registered


def _details(row: dict[str, str], parent: Place | None) -> Details:
    return Details(
        name=row["name"],
        code=row["code"],
        parent_id=unit_id(parent.kind, parent.code) if parent and parent.code else None,
        csu_code=row["csu_code"] or None,
        ruian_code=row["ruian_code"] or None,
    )


def first_method() -> Method:
    """Return the method of the Index that a new registry knows."""
    text = files("registry").joinpath("data/methods/isv-2020.json").read_text(encoding="utf-8")
    return method_in(text)


def statistics() -> tuple[list[Source], list[Series]]:
    """Return the sources and series that a new registry knows."""
    sources = [
        Source(
            **{name: row[name] for name in ("code", "name_cs", "name_en", "publisher", "licence")},
            url=row["url"] or None,
            suppress_below=int(row["suppress_below"]) if row["suppress_below"] else None,
            in_parts=row["in_parts"] == "true",
        )
        for row in _rows("sources")
    ]
    series = [
        Series(
            **{name: row[name] for name in _SERIES_TEXTS},
            periodicity=Periodicity(row["periodicity"]),
            denominator=row["denominator"] or None,
        )
        for row in _rows("series")
    ]
    return sources, series


def _rows(name: str = "units") -> list[dict[str, str]]:
    text = files("registry").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
