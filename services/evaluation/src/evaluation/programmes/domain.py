"""Which document fulfils which promised output of a project."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from evaluation.programmes.refusals import (
    ApprovalHalfTold,
    ApprovedInTheFuture,
    DocumentOfAnotherKind,
    DocumentOfAnotherUnit,
    UnitOfOutputMissing,
    UnitOutsideTheProject,
)
from shared.contracts.documents import OutputKind


class Standing(StrEnum):
    """Whether a document counts on a day, or why not."""

    COUNTED = "counted"  # počítá se
    INCOMPLETE = "incomplete"  # zveřejněn, chybí schválení nebo povinný údaj
    WITHDRAWN = "withdrawn"  # stažen
    NOT_YET = "not-yet"  # k tomu dni ještě nezveřejněn


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A promised output; `unit_ids` are those of its project."""

    id: UUID
    code: str
    kind: OutputKind
    per_unit: bool
    unit_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The output that a document fulfils; who approved it, where the document does not tell so itself."""

    document_id: UUID
    output_id: UUID
    unit_id: UUID | None
    approved_by: str | None
    approved_on: date | None


def assign(
    wanted: Assignment,
    output: Output,
    *,
    of_units: Collection[UUID],
    output_kind: OutputKind | None,
    today: date,
) -> Assignment:
    """Return the assignment, with the unit where the document is about one alone.

    Raises DocumentOfAnotherKind, UnitOfOutputMissing, UnitOutsideTheProject, DocumentOfAnotherUnit,
    ApprovalHalfTold, ApprovedInTheFuture.
    """
    expect_approval(wanted.approved_by, wanted.approved_on, today=today)
    if output_kind is not None and output_kind is not output.kind:
        raise DocumentOfAnotherKind(
            pointer="/output_id", kind=output_kind.value, expected_kind=output.kind.value
        )
    unit_id = wanted.unit_id
    if unit_id is None and len(of_units) == 1:
        (unit_id,) = of_units
    if output.per_unit:
        _expect_unit(unit_id, output, of_units)
    elif unit_id is not None and of_units and unit_id not in of_units:
        raise DocumentOfAnotherUnit(pointer="/unit_id")
    return replace(wanted, unit_id=unit_id)


def _expect_unit(unit_id: UUID | None, output: Output, of_units: Collection[UUID]) -> None:
    if unit_id is None:
        raise UnitOfOutputMissing(pointer="/unit_id", output=output.code)
    if unit_id not in output.unit_ids:
        raise UnitOutsideTheProject(pointer="/unit_id")
    if of_units and unit_id not in of_units:
        raise DocumentOfAnotherUnit(pointer="/unit_id")


def expect_approval(approved_by: str | None, approved_on: date | None, *, today: date) -> None:
    """Raise ApprovalHalfTold, ApprovedInTheFuture."""
    if (approved_by is None) != (approved_on is None):
        raise ApprovalHalfTold(pointer="/approved_by")
    if approved_on is not None and approved_on > today:
        raise ApprovedInTheFuture(pointer="/approved_on", approved_on=approved_on)
