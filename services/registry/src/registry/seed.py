"""What a new registry begins with: the state, its regions and districts, and 38 municipalities.

Sources: names, codes and the hierarchy from RÚIAN, numbers of regions (`csu_code`) from code list 100 of
the statistical office. `valid_from` is real for the state, for the regions and for a municipality that
came into being later; everything older is kept from 2000-01-01, the first day of the present regions.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files
from uuid import UUID

from registry.units.codes import unit_id
from registry.units.domain import Details, Unit, register
from registry.units.places import Place
from registry.units.use_cases import seed_units
from shared.contracts.registry import UnitKind, UnitRegistered
from shared.transaction import Transaction

_NO_ID = UUID(int=0)


async def seed(tx: Transaction) -> None:
    await seed_units(tx, list(registrations(_rows())))


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


def _rows() -> list[dict[str, str]]:
    text = files("registry").joinpath("data/units.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
