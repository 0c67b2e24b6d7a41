"""Builders for averages, bands and peers: values of municipalities, and editions stored as they are told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert

from registry.averages.domain import Asked, Averaging, Missing, Municipality, Value
from registry.exclusion.definition import definition_of, digest_of
from registry.exclusion.method import DEFAULT
from registry.exclusion.tables import IndexComputationRow, IndexMethodRow, IndexReferenceRow, IndexResultRow
from registry.units.codes import unit_id
from shared.contracts.registry import UnitKind
from tests.support.exclusion import STATE, a_method
from tests.support.geography import a_municipality, register_all
from tests.support.service import ServiceUnderTest

OBRNICE: Final = "567337"
TRMICE: Final = "553697"
SLUKNOV: Final = "562858"
NAMES: Final = {OBRNICE: "Obrnice", TRMICE: "Trmice", SLUKNOV: "Šluknov"}
USTI: Final = unit_id(UnitKind.REGION, "CZ042")
PUBLISHED_AT: Final = datetime(2026, 3, 1, 9, tzinfo=UTC)
Told = Mapping[str, tuple[int | None, int]]
"""Index (None: not known) and population 15+ by the code of the municipality."""


def id_of(code: str) -> UUID:
    return unit_id(UnitKind.MUNICIPALITY, code)


def a_value(
    index: int | None = 8, *, code: str = OBRNICE, year: int = 2021, population: int | None = 1000
) -> Value:
    return Value(
        municipality=Municipality(unit_id=id_of(code), code=code, name=NAMES.get(code, f"Obec {code}")),
        year=year,
        index=index,
        population_15_plus=population,
    )


def a_question(**changes: object) -> Asked:
    values: dict[str, object] = {
        "municipalities": (OBRNICE, TRMICE),
        "within": None,
        "set_on": date(2026, 11, 22),
        "years": (2020, 2021),
        "averaging": Averaging.MEAN_OF_MUNICIPALITIES,
        "missing": Missing.REFUSE,
        **changes,
    }
    return Asked(**values)  # type: ignore[arg-type]


async def some_municipalities(service: ServiceUnderTest, codes: Sequence[str] = tuple(NAMES)) -> None:
    await register_all(service, [a_municipality(code, NAMES.get(code, f"Obec {code}")) for code in codes])


async def an_edition(
    service: ServiceUnderTest,
    told: Told,
    *,
    year: int = 2021,
    method: str = DEFAULT,
    version: int = 1,
    regions: Mapping[str, UUID] | None = None,
    **changes: object,
) -> int:
    """Store a computation with just this Index and population, by a method with these changes."""
    definition = a_method(code=method, **changes)
    mark = f"{method} {year} {version}"
    async with service.transaction() as tx:
        if await tx.session.get(IndexMethodRow, method) is None:
            await tx.session.execute(
                insert(IndexMethodRow).values(
                    code=method,
                    definition=definition_of(definition),
                    digest=digest_of(definition),
                    first_year=definition.first_year,
                    last_year=definition.last_year,
                    enacted_by="test",
                    enacted_at=tx.now,
                )
            )
        computation: int | None = await tx.session.scalar(
            insert(IndexComputationRow)
            .values(
                method=method,
                year=year,
                inputs_digest=f"inputs of {mark}",
                results_digest=f"results of {mark}",
                code_version="test",
                vintages={},
                municipalities=len(told),
                computed_at=tx.now,
                published_at=PUBLISHED_AT,
                bands={},
                version=version,
            )
            .returning(IndexComputationRow.id)
        )
        assert computation is not None
        sums = {"numerators": [1] * 5, "denominators": [100] * 5}
        await tx.session.execute(
            insert(IndexReferenceRow),
            [{"computation_id": computation, "unit_id": each, **sums} for each in (STATE, USTI)],
        )
        await tx.session.execute(
            insert(IndexResultRow),
            [
                _result(computation, code, *each) | {"region_id": (regions or {}).get(code, USTI)}
                for code, each in told.items()
            ],
        )
    return computation


def _result(computation: int, code: str, index: int | None, population: int) -> dict[str, object]:
    band = a_method().band_of(index).number if index is not None else None
    return {
        "computation_id": computation,
        "unit_id": id_of(code),
        "index": index,
        "band": band,
        "points": "00000" if index is not None else "0000-",
        "scores": "0" * 15,
        "numerators": [1, 12, 12, 1, 1],
        "denominators": [population, population, population, population * 3 // 4, max(population // 100, 1)],
        "population_15_plus": population,
        "way": "own" if index is not None else "unknown",
        "inputs_digest": b"\0" * 32,
    }
