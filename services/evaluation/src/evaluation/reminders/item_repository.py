"""What each line of a letter says, where it is still so and the reader may see it."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.mail.tables import MailAccountRow
from evaluation.monitoring.tables import (
    FALLS_DUE,
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.recommendations.tables import RecommendationRow
from evaluation.reminders import notice_repository
from evaluation.reminders.domain import Stage
from evaluation.reminders.notice_text import Item
from evaluation.reminders.tables import ReminderItemRow
from evaluation.units.tables import UnitRow
from shared.contracts.reports import EvaluationType

_NOTHING: Final = cast(null(), Text())


async def items_of(session: AsyncSession, letter_ids: Sequence[UUID]) -> dict[UUID, list[Item]]:
    """Return what is in each letter and still so: nothing that was reported, moved or closed meanwhile."""
    parts = (_values, _evaluations, _recommendations, _readings, _notices)
    found = await session.execute(union_all(*(part(letter_ids) for part in parts)))
    items: dict[UUID, list[Item]] = {letter_id: [] for letter_id in letter_ids}
    for row in found:
        items[row.message_id].append(
            Item(
                stage=Stage(row.stage),
                subject_id=row.subject_id,
                plan_title=row.plan_title,
                due_on=row.due_on,
                indicator=row.indicator or "",
                period=row.period or "",
                owner=row.owner or "",
                type=EvaluationType(row.type) if row.type else None,
                number=row.number or "",
                label=row.label or "",
                plan_id=row.plan_id,
            )
        )
    return items


def _written(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    letters = bindparam(None, list(letter_ids), type_=ARRAY(Uuid()))
    return select(
        ReminderItemRow.message_id, ReminderItemRow.stage, ReminderItemRow.subject_id, ReminderItemRow.due_on
    ).where(ReminderItemRow.message_id == letters.any_())


def _values(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    same = and_(
        ObligationRow.obligation_id == ReminderItemRow.subject_id,
        ObligationRow.due_on == ReminderItemRow.due_on,
    )
    sees = or_(MailAccountRow.sees_all, MailAccountRow.unit_ids.overlap(MonitoredPlanRow.unit_ids))
    return (
        _written(letter_ids)
        .add_columns(
            MonitoredPlanRow.title.label("plan_title"),
            (MonitoredIndicatorRow.number + " " + MonitoredIndicatorRow.name).label("indicator"),
            ObligationRow.period,
            ObligationRow.owner,
            _NOTHING.label("type"),
            _NOTHING.label("number"),
            _NOTHING.label("label"),
            ObligationRow.plan_id,
        )
        .join(ObligationRow, same)
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(FALLS_DUE, sees)
    )


def _evaluations(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    same = and_(
        EvaluationRow.evaluation_id == ReminderItemRow.subject_id,
        EvaluationRow.due_on == ReminderItemRow.due_on,
    )
    units = func.coalesce(EvaluatedPlanRow.unit_ids, EvaluationRow.unit_ids)
    title = func.coalesce(
        func.nullif(EvaluationRow.title, ""), EvaluatedPlanRow.title, _name_of(units[1]), ""
    )
    return (
        _written(letter_ids)
        .add_columns(
            title.label("plan_title"),
            *(_NOTHING, _NOTHING, _NOTHING, EvaluationRow.type, _NOTHING, _NOTHING),
            EvaluationRow.plan_id,
        )
        .join(EvaluationRow, same)
        .join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == EvaluationRow.plan_id, isouter=True)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(text("evaluation.status = 'planned'"), _sees(units))
    )


def _recommendations(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    row = RecommendationRow
    same = and_(
        row.recommendation_id == ReminderItemRow.subject_id, row.response_due_on == ReminderItemRow.due_on
    )
    units = func.coalesce(EvaluatedPlanRow.unit_ids, row.unit_ids)
    return (
        _written(letter_ids)
        .add_columns(
            func.coalesce(EvaluatedPlanRow.title, _name_of(units[1]), "").label("plan_title"),
            *(_NOTHING, _NOTHING, row.addressee, _NOTHING, row.number, row.text),
            row.plan_id,
        )
        .join(row, same)
        .join(EvaluatedPlanRow, EvaluatedPlanRow.plan_id == row.plan_id, isouter=True)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(row.answer_version.is_(None), _sees(units))
    )


def _readings(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    due = notice_repository.readings_due().subquery("due")
    same = and_(due.c.set_id == ReminderItemRow.subject_id, due.c.due_on == ReminderItemRow.due_on)
    of_unit = or_(MailAccountRow.sees_all, due.c.unit_id == MailAccountRow.unit_ids.any_())
    return (
        _written(letter_ids)
        .add_columns(
            func.coalesce(_name_of(due.c.unit_id), "").label("plan_title"),
            *([_NOTHING] * 6),
            cast(null(), Uuid()),
        )
        .join(due, same)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(of_unit)
    )


def _notices(letter_ids: Sequence[UUID]) -> Select[*tuple[object, ...]]:
    notice = notice_repository.still_so().subquery("notice")
    return (
        _written(letter_ids)
        .add_columns(
            notice.c.plan_title,
            *(_NOTHING, _NOTHING, notice.c.owner, _NOTHING, notice.c.number, notice.c.label),
            notice.c.plan_id,
        )
        .join(notice, notice.c.notice_id == ReminderItemRow.subject_id)
        .join(MailAccountRow, MailAccountRow.person_id == ReminderItemRow.person_id)
        .where(_sees(notice.c.unit_ids))
    )


def _name_of(unit_id: ColumnElement[UUID]) -> ColumnElement[str]:
    return select(UnitRow.name).where(UnitRow.id == unit_id).scalar_subquery()


def _sees(units: ColumnElement[list[UUID]]) -> ColumnElement[bool]:
    return or_(MailAccountRow.sees_all, MailAccountRow.unit_ids.overlap(units))
