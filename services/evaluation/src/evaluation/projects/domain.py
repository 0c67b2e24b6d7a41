"""A project of an ESF programme: its numbers, dates, key activities and promised outputs agree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from evaluation.projects.budget import Source, expect_whole
from evaluation.projects.conversion import SupportUnit, Threshold
from evaluation.projects.refusals import (
    AttendanceUnitNotRecognised,
    DocumentTargetsDiffer,
    KeyActivityOutsideTheProject,
    KeyActivityTwice,
    OutputCodeTwice,
    ProjectEndsBeforeItStarts,
    RegistrationNumberMalformed,
    TargetOverUnits,
)
from shared.contracts.documents import OutputKind
from shared.contracts.intake import ExpertActivityKind


class Programme(StrEnum):
    """A code list and no free text: the same page was seen to name two programmes."""

    OPZ = "OPZ"  # Operační program Zaměstnanost 2014–2020
    OPZ_PLUS = "OPZ+"  # Operační program Zaměstnanost plus 2021–2027


PATTERNS: Final = {
    Programme.OPZ: (
        re.compile(r"CZ\.03\.\d\.\d{2}/0\.0/0\.0/\d{2}_\d{3}/\d{7}", re.ASCII),
        "CZ.03.2.63/0.0/0.0/16_063/0006590",
    ),
    Programme.OPZ_PLUS: (
        re.compile(r"CZ\.03\.\d{2}\.\d{2}/\d{2}/\d{2}_\d{3}/\d{7}", re.ASCII),
        "CZ.03.02.02/00/22_004/0000366",
    ),
}
"""The form of registration numbers and an example; inferred from published ones."""
DOCUMENTS: Final = {Programme.OPZ: "80500", Programme.OPZ_PLUS: "805000"}
PARTICIPANTS: Final = {Programme.OPZ: "60000", Programme.OPZ_PLUS: "600000"}
"""Codes of the indicators: written and published documents, and participants above the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is promised; `in_indicator`: its documents count in the indicator of written documents."""

    code: str
    title: str
    kind: OutputKind
    target: int | None
    per_unit: bool
    in_indicator: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActivity:
    number: str
    title: str
    starts_on: date
    ends_on: date
    activity_kinds: frozenset[ExpertActivityKind]
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`owner_unit_id` is the municipality whose project it is; None where the Agency keeps it."""

    id: UUID
    version: int
    programme: Programme
    registration_number: str
    title: str
    beneficiary: str
    beneficiary_ico: str | None
    owner_unit_id: UUID | None
    unit_ids: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    total_czk: Decimal | None
    sources: tuple[Source, ...]
    document_target: int | None
    participant_target: int | None
    threshold: Threshold
    support_units: frozenset[SupportUnit]
    attendance_unit: SupportUnit | None
    key_activities: tuple[KeyActivity, ...]

    @property
    def outputs(self) -> tuple[Output, ...]:
        return tuple(output for activity in self.key_activities for output in activity.outputs)


def normalised(number: str) -> str:
    """Return a registration number without spaces and stray dots before slashes, as some pages print it."""
    return re.sub(r"\.+/", "/", re.sub(r"\s", "", number)).upper()


def expect_sound(project: Project) -> None:
    """Raise what is wrong with a project by itself, with a pointer to where."""
    pattern, example = PATTERNS[project.programme]
    if pattern.fullmatch(project.registration_number) is None:
        raise RegistrationNumberMalformed(
            pointer="/registration_number",
            number=project.registration_number,
            programme=project.programme.value,
            example=example,
        )
    if project.ends_on < project.starts_on:
        raise ProjectEndsBeforeItStarts(
            pointer="/ends_on", starts_on=project.starts_on, ends_on=project.ends_on
        )
    expect_whole(project.sources)
    unit = project.attendance_unit
    if unit is not None and unit not in project.support_units:
        raise AttendanceUnitNotRecognised(pointer="/attendance_unit", unit=unit.value)
    _expect_key_activities(project)
    _expect_outputs(project)


def _expect_key_activities(project: Project) -> None:
    numbers: set[str] = set()
    for at, activity in enumerate(project.key_activities):
        if activity.number in numbers:
            raise KeyActivityTwice(pointer=f"/key_activities/{at}/number", number=activity.number)
        numbers.add(activity.number)
        if not project.starts_on <= activity.starts_on <= activity.ends_on <= project.ends_on:
            raise KeyActivityOutsideTheProject(
                pointer=f"/key_activities/{at}/starts_on",
                number=activity.number,
                starts_on=activity.starts_on,
                ends_on=activity.ends_on,
            )


def _expect_outputs(project: Project) -> None:
    codes: set[str] = set()
    for at, activity in enumerate(project.key_activities):
        for of, output in enumerate(activity.outputs):
            place = f"/key_activities/{at}/outputs/{of}"
            if output.code in codes:
                raise OutputCodeTwice(pointer=f"{place}/code", code=output.code)
            codes.add(output.code)
            if output.per_unit and output.target is not None and output.target > len(project.unit_ids):
                raise TargetOverUnits(
                    pointer=f"{place}/target",
                    code=output.code,
                    target=output.target,
                    units=len(project.unit_ids),
                )
    planned = promised_documents(project.outputs)
    if project.document_target is not None and planned not in (None, project.document_target):
        raise DocumentTargetsDiffer(
            pointer="/document_target", planned=planned, target=project.document_target
        )


def promised_documents(outputs: Sequence[Output]) -> int | None:
    """Return the sum of targets in the indicator of documents; None where no output says how many."""
    targets = [output.target for output in outputs if output.in_indicator and output.target is not None]
    return sum(targets) if targets else None
