"""The life of a unit as registry tells it, for the services that keep a copy."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from shared.contracts.registry import UnitChanged, UnitClosed, UnitKind, UnitRegistered
from tests.support.tokens import OBRNICE, TRMICE

Told = TypeVar("Told", bound=UnitRegistered | UnitChanged | UnitClosed)


def a_unit_told(
    kind: type[Told],
    version: int = 1,
    name: str = "Obrnice",
    code: str | None = "567337",
    unit_id: UUID = OBRNICE,
) -> Told:
    """Return the event of the kind; a closure names the last day."""
    return kind(
        version=version,
        unit_id=unit_id,
        kind=UnitKind.MUNICIPALITY,
        code=code,
        name=name,
        parent_id=None,
        valid_from=date(2000, 1, 1),
        valid_until=date(2027, 12, 31) if kind is UnitClosed else None,  # type: ignore[arg-type]
    )


LIFE = (
    a_unit_told(UnitRegistered, 1),
    a_unit_told(UnitChanged, 2, "Nové Obrnice"),
    a_unit_told(UnitClosed, 3, "Nové Obrnice"),
)
ANOTHER_LIFE = (
    a_unit_told(UnitRegistered, 1, "Trmice", "553697", TRMICE),
    a_unit_told(UnitClosed, 2, "Trmice", "553697", TRMICE),
    a_unit_told(UnitChanged, 3, "Trmice", None, TRMICE),
)
