"""What a new evaluation begins with: the catalogue of indicators that the field uses."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Final

from evaluation.definitions.domain import Content, Definition, define
from evaluation.definitions.kinds import Accumulation, Dimension, Kind, ValueSource
from evaluation.definitions.use_cases import seed_definitions
from shared.contracts.planning import Direction, Periodicity
from shared.transaction import Transaction

VALID_FROM: Final = date(2000, 1, 1)
REASON: Final = "První vydání katalogu"


async def seed(tx: Transaction) -> None:
    await seed_definitions(tx, list(definitions_in(_rows("indicators"))))


def definitions_in(rows: Iterable[Mapping[str, str]]) -> Iterator[Definition]:
    """Read first editions; raises ValueError, KeyError, and what is wrong with a definition."""
    for row in rows:
        yield define(row["code"], _content(row), valid_from=VALID_FROM, reason=REASON)


def _content(row: Mapping[str, str]) -> Content:
    return Content(
        name_cs=row["name_cs"],
        name_en=row["name_en"],
        area=row["area"],
        kind=Kind(row["kind"]),
        accumulation=Accumulation(row["accumulation"]),
        unit=row["unit"],
        direction=Direction(row["direction"]),
        level=row["level"],
        periodicity=Periodicity(row["periodicity"]) if row["periodicity"] else None,
        source=row["source"],
        method=row["method"],
        value_source=ValueSource(row["value_source"]),
        formula=row["formula"] or None,
        series=row["series"] or None,
        dimensions=tuple(map(Dimension, row["dimensions"].split())),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("evaluation").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
