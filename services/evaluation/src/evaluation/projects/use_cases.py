"""Projects are entered and changed as a whole: key activities, outputs, money."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from evaluation.projects import repository, threshold_repository
from evaluation.projects.domain import Project, expect_sound
from evaluation.projects.refusals import (
    KeyActivityHasSupport,
    OutputHasDocuments,
    ProjectNotYours,
    ProjectUnknown,
    RegistrationNumberTaken,
    SupportUnitInUse,
    ThresholdInTheFuture,
    UnitOfProjectUnknown,
    UnitWithDocumentLeftOut,
)
from evaluation.projects.repository import Kept
from shared.errors import expect_version
from shared.transaction import Transaction


async def enter_project(tx: Transaction, project: Project) -> Project:
    """Raise RegistrationNumberTaken, and what is wrong with the project itself."""
    _expect_owner(tx, project.owner_unit_id)
    await _expect_sound(tx, project)
    if not await repository.add(tx.session, project, now=tx.now):
        raise RegistrationNumberTaken(number=project.registration_number)
    await threshold_repository.keep_threshold(tx.session, project, since=date.min)
    return project


async def change_project(
    tx: Transaction, wanted: Project, *, expected: int, threshold_valid_from: date | None = None
) -> Project:
    """Say all of a project anew; what documents and participants hang on cannot be dropped.

    Another threshold holds from `threshold_valid_from` on, else from today: who was counted stays counted.
    Raises ThresholdInTheFuture, OutputHasDocuments, UnitWithDocumentLeftOut, KeyActivityHasSupport,
    SupportUnitInUse.
    """
    before = await repository.lock(tx.session, wanted.id)
    if before is None:
        raise ProjectUnknown
    _expect_owner(tx, before.owner_unit_id)
    expect_version(expected, before.version)
    if threshold_valid_from is not None and threshold_valid_from > tx.today:
        raise ThresholdInTheFuture(pointer="/threshold_valid_from", since=threshold_valid_from)
    changed = replace(wanted, version=before.version + 1, owner_unit_id=before.owner_unit_id)
    await _expect_sound(tx, changed)
    if await repository.has_number(tx.session, changed.registration_number, but=changed.id):
        raise RegistrationNumberTaken(number=changed.registration_number)
    await _expect_nothing_lost(tx, changed)
    if not await repository.save_if_free(tx.session, changed, now=tx.now):
        raise RegistrationNumberTaken(number=changed.registration_number)
    if threshold_valid_from is not None or changed.threshold != before.threshold:
        await threshold_repository.keep_threshold(tx.session, changed, since=threshold_valid_from or tx.today)
    return changed


async def expect_own(tx: Transaction, project_id: UUID) -> Kept:
    """Keep a project as it is until we commit. Raises ProjectUnknown, ProjectNotYours."""
    project = await repository.lock(tx.session, project_id, shared=True)
    if project is None:
        raise ProjectUnknown
    _expect_owner(tx, project.owner_unit_id)
    return project


def _expect_owner(tx: Transaction, owner_unit_id: UUID | None) -> None:
    if not (tx.actor.is_agency or owner_unit_id in tx.actor.units):
        raise ProjectNotYours


async def _expect_sound(tx: Transaction, project: Project) -> None:
    expect_sound(project)
    named = {*project.unit_ids, *([project.owner_unit_id] if project.owner_unit_id else [])}
    unknown = await repository.unknown_units(tx.session, named)
    if unknown:
        first = min(unknown, key=str)
        pointer = (
            f"/unit_ids/{project.unit_ids.index(first)}" if first in project.unit_ids else "/owner_unit_id"
        )
        raise UnitOfProjectUnknown(pointer=pointer, unit_id=first)


async def _expect_nothing_lost(tx: Transaction, project: Project) -> None:
    outputs = {output.code: output for output in project.outputs}
    for fulfilled in await repository.lock_fulfilled(tx.session, project.id):
        output = outputs.get(fulfilled.code)
        if output is None or (output.kind, output.per_unit) != (fulfilled.kind, fulfilled.per_unit):
            raise OutputHasDocuments(code=fulfilled.code, documents=fulfilled.documents)
    left_out = await repository.units_with_documents(tx.session, project.id) - set(project.unit_ids)
    if left_out:
        raise UnitWithDocumentLeftOut(unit_id=min(left_out, key=str))
    numbers = {activity.number for activity in project.key_activities}
    for number in await repository.supported_activities(tx.session, project.id):
        if number not in numbers:
            raise KeyActivityHasSupport(number=number)
    for unit in sorted(await repository.used_units(tx.session, project.id) - project.support_units):
        raise SupportUnitInUse(unit=unit.value)
