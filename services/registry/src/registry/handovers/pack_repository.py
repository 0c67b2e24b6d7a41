"""The one statement that reads a pack out of the tables of all neighbours."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, Uuid, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.ext.asyncio import AsyncSession

from registry.activities.domain import ActivityStatus
from registry.activities.tables import ActivityRow, ActivityUnitRow
from registry.applications.steps import Status as ApplicationStatus
from registry.applications.tables import ApplicationRow
from registry.calls.tables import CallRow
from registry.caseload.repository import lasts_on
from registry.caseload.tables import AssignmentRow
from registry.contacts.domain import ContactStatus
from registry.contacts.tables import ContactRow
from registry.cooperation.phases import Status as Phase
from registry.cooperation.tables import CooperationRow, PhaseRow
from registry.correspondence.domain import Direction
from registry.correspondence.promises import PromiseStatus
from registry.correspondence.tables import CorrespondenceRow, CorrespondenceUnitRow, PromiseRow
from registry.descriptions.tables import DescriptionRow
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexResultRow
from registry.handovers.pack import Items
from registry.memoranda.tables import MemorandumRow
from registry.plans.tables import PlanRow
from registry.statements.domain import OPEN
from registry.statements.tables import StatementRow

LATEST: Final = 10
"""So many entries of a log are enough to begin with; the rest is in the log."""
_UNIT: Final = bindparam("unit_id", type_=Uuid)
_DAY: Final = bindparam("day", type_=Date)
_RUNNING: Final = sorted(status.value for status in OPEN)
_SETTLED: Final = tuple(
    status.value
    for status in (
        ApplicationStatus.MEMORANDUM_SIGNED,
        ApplicationStatus.REJECTED,
        ApplicationStatus.WITHDRAWN,
    )
)


async def parts(session: AsyncSession, unit_id: UUID, day: date) -> Mapping[str, Items | None]:
    """Return what is known of the unit on the day, by the codes of the parts; None where there is nothing."""
    columns = [_as_list(found).label(code) for code, found in _PARTS.items()]
    found = await session.execute(select(*columns), {"unit_id": unit_id, "day": day})
    return dict(zip(_PARTS, found.one(), strict=True))


def _as_list(found: Select[*tuple[object, ...]]) -> ColumnElement[object]:
    item = found.subquery()
    return select(func.jsonb_agg(func.to_jsonb(item.table_valued()))).scalar_subquery()


def _cooperations() -> Select[*tuple[object, ...]]:
    phase = func.jsonb_build_object(
        "status", PhaseRow.status, "from_on", PhaseRow.from_on, "until_on", PhaseRow.until_on
    )
    phases = (
        select(func.jsonb_agg(aggregate_order_by(phase, PhaseRow.from_on)))
        .where(PhaseRow.cooperation_id == CooperationRow.id)
        .scalar_subquery()
    )
    row = CooperationRow
    return (
        select(row.id, row.regime, row.status, row.starts_on, row.ends_on, phases.label("phases"))
        .where(row.unit_id == _UNIT, row.status != Phase.CANCELLED.value)
        .order_by(row.starts_on.desc().nulls_first(), row.id)
    )


def _memorandum() -> Select[*tuple[object, ...]]:
    row = MemorandumRow
    lasts = or_(row.in_force_until.is_(None), row.in_force_until >= _DAY)
    return select(
        row.id, row.edition, row.agency_party, row.concluded_on, row.in_force_until, row.digest
    ).where(row.unit_id == _UNIT, row.concluded_on <= _DAY, lasts)


def _descriptions() -> Select[*tuple[object, ...]]:
    row = DescriptionRow
    return (
        select(row.id, row.domain, row.edition, row.areas, row.starts_on, row.ends_on, row.digest)
        .where(row.unit_id == _UNIT, row.in_force_from <= _DAY, row.in_force_until >= _DAY)
        .where(row.agreed_on.is_not(None))
        .order_by(row.domain, row.edition)
    )


def _plans() -> Select[*tuple[object, ...]]:
    row = PlanRow
    return (
        select(row.id, row.kind, row.title, row.state, row.revision, row.valid_from, row.valid_until)
        .add_columns(row.body, row.approved_on, row.resolution_number)
        .where(
            row.unit_ids.contains(array([_UNIT], type_=Uuid)), row.state != "closed", row.approved_version > 0
        )
        .where(or_(row.valid_until.is_(None), row.valid_until >= _DAY))
        .order_by(row.valid_from, row.id)
    )


def _index() -> Select[*tuple[object, ...]]:
    editions = in_force().subquery()
    return (
        select(editions.c.year, editions.c.method, editions.c.version.label("edition"))
        .add_columns(IndexResultRow.index, IndexResultRow.band, IndexResultRow.points)
        .join(IndexResultRow, IndexResultRow.computation_id == editions.c.id)
        .where(IndexResultRow.unit_id == _UNIT)
        .order_by(editions.c.year.desc())
        .limit(2)
    )


def _people() -> Select[*tuple[object, ...]]:
    row = AssignmentRow
    return (
        select(row.person_name, row.duty, row.starts_on, row.ends_on)
        .where(row.unit_id == _UNIT, lasts_on(_DAY))
        .order_by(row.duty, row.starts_on, row.id)
    )


def _contacts() -> Select[*tuple[object, ...]]:
    row = ContactRow
    return (
        select(row.role, func.count().label("count"), func.max(row.valid_from).label("latest_from"))
        .where(row.unit_id == _UNIT, row.status == ContactStatus.CURRENT.value)
        .group_by(row.role)
        .order_by(row.role)
    )


def _applications() -> Select[*tuple[object, ...]]:
    row = ApplicationRow
    return (
        select(row.id, row.number, row.status, row.due_on)
        .add_columns(CallRow.code.label("call"), CallRow.title.label("call_title"))
        .join(CallRow, CallRow.id == row.call_id)
        .where(row.unit_id == _UNIT, row.status.not_in(_SETTLED))
        .order_by(row.created_at, row.id)
    )


def _statements() -> Select[*tuple[object, ...]]:
    row = StatementRow
    return (
        select(row.id, row.kind, row.status, row.applicant_name, row.project_title, row.due_on)
        .where(row.unit_ids.contains(array([_UNIT], type_=Uuid)), row.status.in_(_RUNNING))
        .order_by(row.due_on.nulls_last(), row.id)
    )


def _promises() -> Select[*tuple[object, ...]]:
    row, entry = PromiseRow, CorrespondenceRow
    return (
        select(row.id, row.what, row.side, row.promised_on, row.due_on)
        .join(entry, entry.id == row.correspondence_id)
        .join(CorrespondenceUnitRow, CorrespondenceUnitRow.correspondence_id == entry.id)
        .where(CorrespondenceUnitRow.unit_id == _UNIT, entry.direction != Direction.INTERNAL.value)
        .where(row.status == PromiseStatus.OPEN.value)
        .order_by(row.due_on.nulls_last(), row.id)
    )


def _correspondence() -> Select[*tuple[object, ...]]:
    row = CorrespondenceRow
    return (
        select(row.id, row.occurred_on, row.direction, row.channel, row.subject)
        .join(CorrespondenceUnitRow, CorrespondenceUnitRow.correspondence_id == row.id)
        .where(CorrespondenceUnitRow.unit_id == _UNIT, row.direction != Direction.INTERNAL.value)
        .where(row.occurred_on <= _DAY)
        .order_by(row.occurred_on.desc(), row.id.desc())
        .limit(LATEST)
    )


def _activities() -> Select[*tuple[object, ...]]:
    row = ActivityRow
    return (
        select(row.id, row.held_on, row.kind, row.title, row.areas, row.minutes)
        .join(ActivityUnitRow, ActivityUnitRow.activity_id == row.id)
        .where(ActivityUnitRow.unit_id == _UNIT, row.status != ActivityStatus.STRUCK_OUT.value)
        .where(row.held_on <= _DAY)
        .order_by(row.held_on.desc(), row.id.desc())
        .limit(LATEST)
    )


_PARTS: Final = {
    "cooperations": _cooperations(),
    "memorandum": _memorandum(),
    "descriptions": _descriptions(),
    "plans": _plans(),
    "index": _index(),
    "people": _people(),
    "contacts": _contacts(),
    "applications": _applications(),
    "statements": _statements(),
    "promises": _promises(),
    "correspondence": _correspondence(),
    "activities": _activities(),
}
