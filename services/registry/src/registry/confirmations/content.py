"""What a confirmation says, as the JSON over which its digest is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypedDict
from uuid import UUID

from registry.averages.domain import Average, EditionUsed, Municipality, Value
from registry.averages.report import AverageJson, edition_json, report_of, yearly_json
from registry.confirmations.domain import Confirmation, NamedUnit
from shared.canonical import canonical_json, digest


class UnitJson(TypedDict):
    unit_id: str
    kind: str
    code: str | None
    name: str


class ContentJson(AverageJson):
    number: str
    issued_on: str
    purpose: str
    applicant: UnitJson
    within: UnitJson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A confirmation as it is kept and handed over."""

    id: UUID
    content: ContentJson
    digest: str
    text_cs: str
    text_en: str
    issued_at: datetime
    newer_edition: bool = False


def content_of(confirmation: Confirmation) -> ContentJson:
    """Return all that is said: nothing has to be looked up again."""
    report = report_of(
        confirmation.average,
        confirmation.asked,
        list(confirmation.editions),
        threshold=confirmation.threshold,
    )
    return ContentJson(
        **report,
        number=confirmation.number,
        issued_on=confirmation.issued_on.isoformat(),
        purpose=confirmation.purpose,
        applicant=_unit(confirmation.applicant),
        within=_unit(confirmation.within) if confirmation.within else None,
    )


def digest_of(content: ContentJson) -> str:
    return digest(canonical_json(dict(content)))


def values_in(content: ContentJson) -> Iterator[Value]:
    """Give back what was averaged and what was left out."""
    municipalities = {each["unit_id"]: each for each in content["municipalities"]}
    for stored in (*content["values"], *content["left_out"]):
        named = municipalities[stored["unit_id"]]
        yield Value(
            municipality=Municipality(unit_id=UUID(named["unit_id"]), code=named["code"], name=named["name"]),
            year=stored["year"],
            index=stored["index"],
            population_15_plus=stored["population_15_plus"],
        )


def says(content: ContentJson, average: Average, editions: list[EditionUsed]) -> bool:
    """Whether an average calculated again is the one that was confirmed, from the same editions."""
    return (
        Fraction(content["exact"]) == average.exact
        and content["yearly"] == [yearly_json(each) for each in average.yearly]
        and content["editions"] == [edition_json(each) for each in editions]
    )


def _unit(unit: NamedUnit) -> UnitJson:
    return UnitJson(unit_id=str(unit.unit_id), kind=unit.kind, code=unit.code, name=unit.name)
