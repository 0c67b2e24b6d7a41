"""What is handed over to records management, and what stops it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from shared.errors import Finding, Invalid, NotFound, RuleBroken

MOST_ITEMS: Final = 500
"""Versions in one package; a larger period goes in several."""


class FilingUnknown(NotFound):
    cs = "Balíček pro spisovou službu neexistuje."
    en = "There is no such package for records management."


class OfficeNotYours(Invalid):
    cs = "Balíček smíte připravit jen pro svůj úřad: uveďte v „office_id“ územní celek ze svého přístupu."
    en = "You pack for your own office alone: name a unit of your access in “office_id”."


class NothingToFile(RuleBroken):
    cs = "Zadání neodpovídá žádná zveřejněná verze, která by ještě nebyla předána."
    en = "No published version that was not handed over yet is what you ask for."


class PeriodBackwards(Invalid):
    cs = "Období končí {published_until}, tedy dříve, než začíná ({published_from})."
    en = "The period ends on {published_until}, before it begins ({published_from})."


class ItemsNotInPackage(Invalid):
    cs = "Některé verze v tomto balíčku nejsou."
    en = "Some versions are not in this package."


class AcknowledgedOtherwise(RuleBroken):
    cs = "Verze {number} dokumentu {document_id} už má ve spisové službě identifikátor „{known}“."
    en = "Version {number} of document {document_id} is “{known}” in records management already."


class FileGone(RuleBroken):
    cs = "Balíček už nelze sestavit: soubor {file_name} byl vyřazen."
    en = "The package can be put together no more: the file {file_name} was disposed of."


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of a version; `digest` is the SHA-256 of its bytes."""

    file_name: str
    media_type: str
    size_bytes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedUnit:
    code: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What is known of a version when it is packed; mark, years and trigger come from the retention rule."""

    document_id: UUID
    number: int
    title: str
    kind: str
    kind_name: str
    label: str | None
    reference_number: str | None
    file_mark: str | None
    author: str | None
    approved_by: str | None
    approved_on: date | None
    signed_on: date | None
    dated_on: date
    language: str
    published_on: date
    mark: str | None
    years: int | None
    trigger: str | None
    units: tuple[PackedUnit, ...]
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which published versions: of a unit, published in a period; `again` takes those handed over too.

    `office_id` is the unit whose records management takes them, all of them its own; None: the Agency's.
    """

    office_id: UUID | None = None
    unit_id: UUID | None
    published_from: date | None
    published_until: date | None
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A package; `digest` is that of its manifest."""

    id: UUID
    wanted: Wanted
    digest: str
    size_bytes: int
    item_count: int
    created_at: datetime
    created_by: str
    acknowledged: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    document_id: UUID
    number: int
    records_identifier: str


def check_wanted(wanted: Wanted) -> None:
    """Raise `PeriodBackwards`."""
    start, end = wanted.published_from, wanted.published_until
    if start is not None and end is not None and end < start:
        raise PeriodBackwards(pointer="/published_until", published_from=start, published_until=end)


def news_of(
    told: Sequence[Acknowledgement], known: Mapping[tuple[UUID, int], str | None]
) -> list[Acknowledgement]:
    """Return what is new; raises `ItemsNotInPackage`, `AcknowledgedOtherwise`. The same again is no news."""
    missing = [
        Finding(
            pointer=f"/items/{place}",
            code="not-in-package",
            cs="Tato verze v balíčku není.",
            en="This version is not in the package.",
        )
        for place, one in enumerate(told)
        if (one.document_id, one.number) not in known
    ]
    if missing:
        raise ItemsNotInPackage(findings=missing)
    news: dict[tuple[UUID, int], Acknowledgement] = {}
    for one in told:
        key = (one.document_id, one.number)
        before = news[key].records_identifier if key in news else known[key]
        if before is None:
            news[key] = one
        elif before != one.records_identifier:
            raise AcknowledgedOtherwise(document_id=one.document_id, number=one.number, known=before)
    return list(news.values())
