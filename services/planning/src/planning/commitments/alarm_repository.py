"""The statements of the alarm: measures in force that nobody stands behind, each word reported once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, literal_column, or_, select
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
    word = (
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
    version = func.coalesce(word.c.version, 0)
    trouble = _trouble(word.c.word, word.c.decided_on, silent_since=silent_since, lapsed_since=lapsed_since)
    noted = exists().where(
        OwnerAlarmRow.plan_id == NodeRow.plan_id,
        OwnerAlarmRow.measure_id == NodeRow.id,
        OwnerAlarmRow.owner == NodeRow.owner,
        OwnerAlarmRow.word_version == version,
    )
    rows = await session.execute(
        select(
            NodeRow.plan_id,
            PlanRow.revision,
            _units().label("unit_ids"),
            NodeRow.id,
            NodeRow.number,
            NodeRow.owner,
            version,
            word.c.decided_on,
            trouble,
        )
        .join(PlanRow, PlanRow.id == NodeRow.plan_id)
        .join(
            RevisionRow,
            and_(RevisionRow.plan_id == PlanRow.id, RevisionRow.number == PlanRow.revision),
        )
        .outerjoin(word, literal(value=True))
        .where(
            PlanRow.status.in_(sorted(IN_FORCE)),
            NodeRow.kind == NodeKind.MEASURE.value,
            NodeRow.owner != "",
            or_(NodeRow.ends_on.is_(None), NodeRow.ends_on >= today),
            trouble.is_not(None),
            ~noted,
        )
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
            owner=row[5],
            word_version=row[6],
            said_on=row[7],
            trouble=OwnerTrouble(row[8]),
        )
        for row in rows
    ]


def _trouble(
    word: ColumnElement[str], decided_on: ColumnElement[date], *, silent_since: date, lapsed_since: date
) -> ColumnElement[str | None]:
    """Return what is wrong with the last word of an owner, NULL where nothing is (or not yet)."""
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
