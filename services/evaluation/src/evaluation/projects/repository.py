"""Every statement with which projects are written; `list_repository` and `sum_repository` read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex
from uuid import UUID, uuid5

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.participants.tables import SupportEntryRow
from evaluation.programmes.tables import OutputDocumentRow
from evaluation.projects.budget import financed
from evaluation.projects.conversion import Operator, SupportUnit, Threshold
from evaluation.projects.domain import KeyActivity, Project
from evaluation.projects.tables import KeyActivityRow, ProjectOutputRow, ProjectRow
from evaluation.units.tables import UnitRow
from shared.canonical import plain
from shared.contracts.documents import OutputKind
from shared.names import search_text, sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What decisions inside a project need of it."""

    id: UUID
    version: int
    owner_unit_id: UUID | None
    unit_ids: frozenset[UUID]
    starts_on: date
    ends_on: date
    support_units: frozenset[SupportUnit]
    attendance_unit: SupportUnit | None
    threshold: Threshold
    salt: str


async def lock(session: AsyncSession, project_id: UUID, *, shared: bool = False) -> Kept | None:
    """Load a project to decide; `shared`: others may decide inside it too, but nobody changes it."""
    row = await session.scalar(
        select(ProjectRow)
        .where(ProjectRow.id == project_id)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    )
    return None if row is None else kept(row)


def kept(row: ProjectRow) -> Kept:
    return Kept(
        id=row.id,
        version=row.version,
        owner_unit_id=row.owner_unit_id,
        unit_ids=frozenset(row.unit_ids),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        support_units=frozenset(map(SupportUnit, row.support_units)),
        attendance_unit=SupportUnit(row.attendance_unit) if row.attendance_unit else None,
        threshold=Threshold(hours=row.threshold_hours, operator=Operator(row.operator)),
        salt=row.salt,
    )


async def has_number(session: AsyncSession, number: str, *, but: UUID) -> bool:
    found = select(ProjectRow.id).where(ProjectRow.registration_number == number, ProjectRow.id != but)
    return await session.scalar(found.limit(1)) is not None


async def unknown_units(session: AsyncSession, unit_ids: Collection[UUID]) -> set[UUID]:
    found = await session.scalars(select(UnitRow.id).where(UnitRow.id.in_(unit_ids)))
    return set(unit_ids) - set(found)


async def add(session: AsyncSession, project: Project, *, now: datetime) -> bool:
    """Return whether it was added; somebody may have been faster with the same registration number."""
    statement = insert(ProjectRow).values(
        id=project.id, salt=token_hex(32), changed_at=now, **_values(project)
    )
    free = statement.on_conflict_do_nothing(index_elements=["registration_number"])
    added = (await session.execute(free.returning(ProjectRow.id))).one_or_none() is not None
    if added:
        await _save_parts(session, project)
    return added


async def save(session: AsyncSession, project: Project, *, now: datetime) -> None:
    """Save a project with all its parts; what it names no more is removed."""
    await session.execute(
        update(ProjectRow).where(ProjectRow.id == project.id).values(changed_at=now, **_values(project))
    )
    outputs = [output_id(project.id, output.code) for output in project.outputs]
    activities = [key_activity_id(project.id, activity.number) for activity in project.key_activities]
    await session.execute(
        delete(ProjectOutputRow).where(
            ProjectOutputRow.project_id == project.id, ProjectOutputRow.id.not_in(outputs)
        )
    )
    await _save_parts(session, project)
    await session.execute(
        delete(KeyActivityRow).where(
            KeyActivityRow.project_id == project.id, KeyActivityRow.id.not_in(activities)
        )
    )


async def save_if_free(session: AsyncSession, project: Project, *, now: datetime) -> bool:
    """Save; False, and an end to the transaction, where somebody took the number this moment."""
    try:
        await save(session, project, now=now)
    except IntegrityError as error:
        if "uq_project_registration_number" not in str(error.orig):
            raise
        return False
    return True


def key_activity_id(project_id: UUID, number: str) -> UUID:
    return uuid5(project_id, f"key-activity:{number}")


def output_id(project_id: UUID, code: str) -> UUID:
    return uuid5(project_id, f"output:{code}")


def _values(project: Project) -> dict[str, object]:
    names = (
        *("version", "registration_number", "title", "beneficiary", "beneficiary_ico", "owner_unit_id"),
        *("starts_on", "ends_on", "total_czk", "document_target", "participant_target"),
    )
    return {
        **{name: getattr(project, name) for name in names},
        "programme": project.programme.value,
        "sort_key": sort_key(project.title),
        "search_text": search_text(project.title, project.registration_number, project.beneficiary),
        "unit_ids": list(project.unit_ids),
        "sources": [plain(each) for each in financed(project.total_czk, project.sources)],
        "threshold_hours": project.threshold.hours,
        "operator": project.threshold.operator.value,
        "threshold_credit": project.threshold.credit,
        "support_units": sorted(project.support_units),
        "attendance_unit": project.attendance_unit and project.attendance_unit.value,
    }


async def _save_parts(session: AsyncSession, project: Project) -> None:
    activities = [
        _activity_values(project.id, activity, at) for at, activity in enumerate(project.key_activities)
    ]
    outputs = [
        {
            "id": output_id(project.id, output.code),
            "project_id": project.id,
            "key_activity_id": key_activity_id(project.id, activity.number),
            "position": at,
            "code": output.code,
            "title": output.title,
            "kind": output.kind.value,
            "target": output.target,
            "per_unit": output.per_unit,
            "in_indicator": output.in_indicator,
        }
        for activity in project.key_activities
        for at, output in enumerate(activity.outputs)
    ]
    for row, rows in ((KeyActivityRow, activities), (ProjectOutputRow, outputs)):
        if rows:
            statement = insert(row).values(rows)
            said = {name: statement.excluded[name] for name in rows[0] if name not in {"id", "project_id"}}
            await session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=said))


def _activity_values(project_id: UUID, activity: KeyActivity, position: int) -> dict[str, object]:
    return {
        "id": key_activity_id(project_id, activity.number),
        "project_id": project_id,
        "position": position,
        "number": activity.number,
        "title": activity.title,
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "activity_kinds": sorted(activity.activity_kinds),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """An output that documents fulfil already."""

    code: str
    kind: OutputKind
    per_unit: bool
    documents: int


async def lock_fulfilled(session: AsyncSession, project_id: UUID) -> list[Fulfilled]:
    """Lock all outputs of a project and return those with documents."""
    row = ProjectOutputRow
    await session.execute(select(row.id).where(row.project_id == project_id).with_for_update())
    found = await session.execute(
        select(row.code, row.kind, row.per_unit, func.count())
        .join(OutputDocumentRow, OutputDocumentRow.output_id == row.id)
        .where(row.project_id == project_id)
        .group_by(row.code, row.kind, row.per_unit)
        .order_by(row.code)
    )
    return [
        Fulfilled(code=code, kind=OutputKind(kind), per_unit=per_unit, documents=documents)
        for code, kind, per_unit, documents in found
    ]


async def units_with_documents(session: AsyncSession, project_id: UUID) -> set[UUID]:
    """Return the units that have their document of an output that is one per unit."""
    found = await session.scalars(
        select(OutputDocumentRow.unit_id)
        .join(ProjectOutputRow, ProjectOutputRow.id == OutputDocumentRow.output_id)
        .where(ProjectOutputRow.project_id == project_id, OutputDocumentRow.per_unit)
        .distinct()
    )
    return {unit_id for unit_id in found if unit_id is not None}


async def supported_activities(session: AsyncSession, project_id: UUID) -> list[str]:
    """Return the numbers of key activities in which support is recorded."""
    row = KeyActivityRow
    await session.execute(select(row.id).where(row.project_id == project_id).with_for_update())
    found = await session.scalars(
        select(row.number)
        .where(row.project_id == project_id, SupportEntryRow.key_activity_id == row.id)
        .distinct()
        .order_by(row.number)
    )
    return list(found)


async def used_units(session: AsyncSession, project_id: UUID) -> set[SupportUnit]:
    found = await session.scalars(
        select(SupportEntryRow.unit).where(SupportEntryRow.project_id == project_id).distinct()
    )
    return {SupportUnit(unit) for unit in found}
