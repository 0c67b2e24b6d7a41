"""The statements of the alarm: measures in force that nobody stands behind, each word reported once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from planning.commitments.domain import Side, Word
from planning.commitments.tables import CommitmentRow, OwnerAlarmRow
from planning.plans.amending import IN_FORCE
from planning.plans.tables import NodeRow, PlanRow, PlanUnitRow, RevisionRow
from planning.plans.tree import NodeKind
from shared.contracts.planning import OwnerTrouble

AT_ONCE: Final = 1_000
"""So many alarms one tick raises; the next tick raises the others."""

_LAST: Final = (
    select(CommitmentRow.version, CommitmentRow.word, CommitmentRow.decided_on)
    .where(
        CommitmentRow.plan_id == NodeRow.plan_id,
        CommitmentRow.measure_id == NodeRow.id,
        CommitmentRow.side == Side.OWNER.value,
        CommitmentRow.party == NodeRow.owner,
    )
    .order_by(CommitmentRow.version.desc())
    .limit(1)
    .lateral("word")
)
"""The last word of the owner of a measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unowned:
    """A measure in force, its owner's last word, and what is wrong with it."""

    plan_id: UUID
    revision: int
    unit_ids: tuple[UUID, ...]
    measure_id: UUID
    number: str
    owner: str
    word_version: int
    said_on: date | None
    trouble: OwnerTrouble


async def raise_alarms(
    session: AsyncSession, *, today: date, silent_since: date, lapsed_since: date, now: datetime
) -> list[Unowned]:
    """Note what was not noted yet and return it; of two workers at once one notes each."""
    found = await _unowned(session, today=today, silent_since=silent_since, lapsed_since=lapsed_since)
    if not found:
        return []
    noted = await session.execute(
        insert(OwnerAlarmRow)
        .values([_row(each, now) for each in found])
        .on_conflict_do_nothing()
        .returning(OwnerAlarmRow.plan_id, OwnerAlarmRow.measure_id, OwnerAlarmRow.owner)
    )
    ours = {tuple(row) for row in noted}
    return [each for each in found if (each.plan_id, each.measure_id, each.owner) in ours]


def _row(each: Unowned, now: datetime) -> dict[str, object]:
    return {
        "plan_id": each.plan_id,
        "measure_id": each.measure_id,
        "owner": each.owner,
        "word_version": each.word_version,
        "reason": each.trouble.value,
        "raised_at": now,
    }


async def _unowned(
    session: AsyncSession, *, today: date, silent_since: date, lapsed_since: date
) -> Sequence[Unowned]:
    trouble = _trouble(silent_since=silent_since, lapsed_since=lapsed_since)
    version = func.coalesce(_LAST.c.version, 0)
    rows = await session.execute(
        _measures_in_force(version, trouble, today)
        .where(trouble.is_not(None), ~_noted(version))
        .order_by(NodeRow.plan_id, NodeRow.id)
        .limit(AT_ONCE)
    )
    return [
        Unowned(
            plan_id=row[0],
            revision=row[1],
            unit_ids=tuple(row[2] or ()),
            measure_id=row[3],
            number=row[4],
            owner=row[5] or "",
            word_version=row[6],
            said_on=row[7],
            trouble=OwnerTrouble(row[8]),
        )
        for row in rows
    ]


def _measures_in_force(
    version: ColumnElement[int], trouble: ColumnElement[str], today: date
) -> Select[UUID, int, list[UUID], UUID, str, str | None, int, date, str]:
    """Select the measures with an owner that last yet, with the owner's last word."""
    in_force = and_(RevisionRow.plan_id == PlanRow.id, RevisionRow.number == PlanRow.revision)
    found = select(
        NodeRow.plan_id,
        PlanRow.revision,
        _units(),
        NodeRow.id,
        NodeRow.number,
        NodeRow.owner,
        version,
        _LAST.c.decided_on,
        trouble,
    )
    return (
        found.join(PlanRow, PlanRow.id == NodeRow.plan_id)
        .join(RevisionRow, in_force)
        .outerjoin(_LAST, literal(value=True))
        .where(
            PlanRow.status.in_(sorted(IN_FORCE)),
            NodeRow.kind == NodeKind.MEASURE.value,
            NodeRow.owner != "",
            or_(NodeRow.ends_on.is_(None), NodeRow.ends_on >= today),
        )
    )


def _noted(version: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(
        OwnerAlarmRow.plan_id == NodeRow.plan_id,
        OwnerAlarmRow.measure_id == NodeRow.id,
        OwnerAlarmRow.owner == NodeRow.owner,
        OwnerAlarmRow.word_version == version,
    )


def _trouble(*, silent_since: date, lapsed_since: date) -> ColumnElement[str]:
    """Return what is wrong with the last word of an owner; NULL, and left out, where nothing is yet."""
    word, decided_on = _LAST.c.word, _LAST.c.decided_on
    quiet = or_(word.is_(None), word == Word.ENDED.value)
    refused = word.in_([Word.DECLINED.value, Word.WITHDRAWN.value])
    return case(
        (and_(quiet, RevisionRow.approved_on < silent_since), _code(OwnerTrouble.SILENT)),
        (refused, _code(OwnerTrouble.DECLINED)),
        (and_(word == Word.ACCEPTED.value, decided_on < lapsed_since), _code(OwnerTrouble.LAPSED)),
    )


def _code(trouble: OwnerTrouble) -> ColumnElement[str]:
    return literal_column(f"'{trouble.value}'")


def _units() -> ColumnElement[list[UUID]]:
    units = select(func.array_agg(aggregate_order_by(PlanUnitRow.unit_id, PlanUnitRow.unit_id)))
    return units.where(PlanUnitRow.plan_id == NodeRow.plan_id).correlate(NodeRow).scalar_subquery()
