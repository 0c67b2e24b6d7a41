"""A confirmation: what it says, its number, and where a second calculation differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.averages.domain import Asked, Average, EditionUsed, Value
from shared.errors import Invalid, NotFound


class ConfirmationUnknown(NotFound):
    cs = "Takové potvrzení jsme nevydali."
    en = "We have issued no such confirmation."


class ApplicantUnknown(Invalid):
    cs = "Žadatel k {on} v registru není."
    en = "On {on} the applicant is not in the registry."


class AreaUnknown(Invalid):
    cs = "Územní celek, v němž mají obce ležet, k {on} v registru není."
    en = "On {on} the unit that should hold the municipalities is not in the registry."


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    unit_id: UUID
    kind: str
    code: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """All that a confirmation says; nothing of it is looked up again when it is printed."""

    number: str
    issued_on: date
    purpose: str
    applicant: NamedUnit
    within: NamedUnit | None
    asked: Asked
    editions: tuple[EditionUsed, ...]
    average: Average
    threshold: Decimal

    @property
    def reaches_threshold(self) -> bool:
        return self.average.reaches(self.threshold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A value that comes out otherwise now than it was confirmed."""

    code: str
    name: str
    year: int
    confirmed_index: int | None
    found_index: int | None
    confirmed_population_15_plus: int | None
    found_population_15_plus: int | None


def number_of(year: int, ordinal: int) -> str:
    """Return the number as it is cited: four digits at least, unbroken within the year."""
    return f"ISV/{year}/{ordinal:04d}"


def differences(confirmed: Sequence[Value], found: Sequence[Value]) -> list[Difference]:
    """Return where values found now differ from those confirmed, in the order of the confirmation."""
    now = {(value.municipality.unit_id, value.year): value for value in found}
    return [
        Difference(
            code=before.municipality.code,
            name=before.municipality.name,
            year=before.year,
            confirmed_index=before.index,
            found_index=after.index if after else None,
            confirmed_population_15_plus=before.population_15_plus,
            found_population_15_plus=after.population_15_plus if after else None,
        )
        for before in confirmed
        if (after := now.get((before.municipality.unit_id, before.year))) is None
        or (after.index, after.population_15_plus) != (before.index, before.population_15_plus)
    ]
