"""SQL of decisions on values: obligations under lock, what is decided on them, the trail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, delete, insert, select, true, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.definitions import repository as definitions
from evaluation.definitions.domain import Definition
from evaluation.definitions.kinds import Accumulation
from evaluation.monitoring.domain import ObligationStatus
from evaluation.monitoring.tables import (
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.values.derivation import Input
from evaluation.values.domain import DefinedAs, Obligation, Report
from evaluation.values.life import Act
from evaluation.values.series import Point
from evaluation.values.tables import ValueActRow, ValueDraftRow
from shared.auth import Actor
from shared.canonical import plain
from shared.transaction import Transaction

COUNTING = (ObligationStatus.SUBMITTED.value, ObligationStatus.APPROVED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided on one obligation, and what is to be kept of it."""

    obligation: Obligation
    act: Act
    report: Report | None = None
    reason: str | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.is_agency else MonitoredPlanRow.unit_ids.overlap(list(actor.units))


async def lock_obligations(
    session: AsyncSession, ids: Iterable[UUID], *, actor: Actor
) -> dict[UUID, Obligation]:
    """Return those of the obligations under lock that the actor may know of.

    The plan comes first, shared: its lock of periods and its next revision wait. The indicator is locked
    with the obligation, so that two values of one series are not reported past each other.
    """
    asked = (ObligationRow.obligation_id.in_(sorted(ids)), visible_to(actor))
    plans = (
        select(MonitoredPlanRow.plan_id)
        .join(ObligationRow, ObligationRow.plan_id == MonitoredPlanRow.plan_id)
        .where(*asked)
        .order_by(MonitoredPlanRow.plan_id)
    )
    await session.execute(plans.with_for_update(of=MonitoredPlanRow, read=True))
    found = await session.execute(
        select(
            ObligationRow,
            MonitoredPlanRow.unit_ids,
            MonitoredPlanRow.locked_until,
            MonitoredIndicatorRow.definition_code.label("linked_code"),
            MonitoredIndicatorRow.accumulation,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(*asked)
        .order_by(ObligationRow.plan_id, ObligationRow.indicator_id, ObligationRow.obligation_id)
        .with_for_update(of=(MonitoredIndicatorRow, ObligationRow), key_share=True)
    )
    rows = found.all()
    codes = {row.linked_code for row in rows if row.linked_code}
    defined = await definitions.definitions(session, codes) if codes else {}
    return {row.ObligationRow.obligation_id: _obligation(row, defined) for row in rows}


def _obligation(
    found: Row[ObligationRow, list[UUID], object, str | None, str | None], defined: Mapping[str, Definition]
) -> Obligation:
    row = found.ObligationRow
    return Obligation(
        obligation_id=row.obligation_id,
        plan_id=row.plan_id,
        unit_ids=frozenset(found.unit_ids),
        indicator_id=row.indicator_id,
        period=row.period,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        status=ObligationStatus(row.status),
        version=row.version,
        value=row.value,
        measured_on=row.measured_on,
        reported_by=row.reported_by,
        wording=row.wording,
        definition=defined.get(found.linked_code) if found.linked_code else None,
        defined_as=_defined_as(row),
        accumulation=Accumulation(found.accumulation) if found.accumulation else None,
        locked_until=found.locked_until,
    )


async def series_of(
    session: AsyncSession, indicators: Iterable[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], dict[str, Point]]:
    """Return by plan and indicator the numbers that were reported and not returned, by period."""
    asked = sorted(set(indicators))
    if not asked:
        return {}
    row = ObligationRow
    found = await session.scalars(
        select(row)
        .where(row.indicator_id.in_([indicator_id for _, indicator_id in asked]))
        .where(row.plan_id.in_([plan_id for plan_id, _ in asked]))
        .where(row.status.in_(COUNTING), row.value.is_not(None))
    )
    series: dict[tuple[UUID, UUID], dict[str, Point]] = {each: {} for each in asked}
    for each in found:
        if each.value is not None and (each.plan_id, each.indicator_id) in series:
            series[each.plan_id, each.indicator_id][each.period] = Point(
                period=each.period,
                ends_on=each.ends_on,
                value=each.value,
                words=_defined_as(each),
            )
    return series


async def inputs_of(session: AsyncSession, obligation: Obligation, codes: Iterable[str]) -> list[Input]:
    """Return the approved values of indicators of these codes in the same plan and period."""
    found = await session.execute(
        select(MonitoredIndicatorRow.definition_code, ObligationRow)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
        .where(
            ObligationRow.plan_id == obligation.plan_id,
            ObligationRow.period == obligation.period,
            ObligationRow.status == ObligationStatus.APPROVED.value,
            ObligationRow.value.is_not(None),
            MonitoredIndicatorRow.definition_code.in_(sorted(codes)),
            MonitoredIndicatorRow.removed_in.is_(None),
        )
        .order_by(MonitoredIndicatorRow.definition_code, ObligationRow.obligation_id)
    )
    return [
        Input(
            code=code,
            obligation_id=row.obligation_id,
            version=row.version,
            value=row.value,
            measured_on=row.measured_on,
        )
        for code, row in found
        if code is not None and row.value is not None and row.measured_on is not None
    ]


async def save(tx: Transaction, decided: Sequence[Decided]) -> None:
    """Write all that was decided: as many statements for one obligation as for a hundred."""
    if not decided:
        return
    names = ("status", "version", "value", "wording", "measured_on", "reported_by")
    defined = ("definition_code", "definition_edition")
    statement = (
        update(ObligationRow)
        .where(ObligationRow.obligation_id == bindparam("of_id"))
        .values({name: bindparam(f"to_{name}") for name in (*names, *defined)})
    )
    rows = [_columns(each.obligation) for each in decided]
    await (await tx.session.connection()).execute(statement, rows)
    await tx.session.execute(insert(ValueActRow), [_act(each, tx) for each in decided])
    reported = [each.obligation.obligation_id for each in decided if each.act is Act.REPORTED]
    if reported:
        await tx.session.execute(delete(ValueDraftRow).where(ValueDraftRow.obligation_id.in_(reported)))


def _columns(obligation: Obligation) -> dict[str, object]:
    return {
        "of_id": obligation.obligation_id,
        "to_status": obligation.status.value,
        "to_version": obligation.version,
        "to_value": obligation.value,
        "to_wording": obligation.wording,
        "to_measured_on": obligation.measured_on,
        "to_reported_by": obligation.reported_by,
        "to_definition_code": obligation.defined_as and obligation.defined_as.code,
        "to_definition_edition": obligation.defined_as and obligation.defined_as.edition,
    }


def _defined_as(row: ObligationRow) -> DefinedAs | None:
    if row.definition_code is None or row.definition_edition is None:
        return None
    return DefinedAs(code=row.definition_code, edition=row.definition_edition)


def _act(decided: Decided, tx: Transaction) -> dict[str, object]:
    obligation, report = decided.obligation, decided.report
    has_parts = report and (report.breakdown.parts or report.breakdown.not_broken_down)
    return {
        "obligation_id": obligation.obligation_id,
        "version": obligation.version,
        "act": decided.act.value,
        "value": obligation.value,
        "wording": obligation.wording,
        "measured_on": report and report.measured_on,
        "source": report and report.source,
        "note": report and report.note,
        "reason": decided.reason,
        "late": obligation.is_locked and decided.act not in {Act.RETURNED, Act.UPHELD},
        "definition_code": obligation.defined_as and obligation.defined_as.code,
        "definition_edition": obligation.defined_as and obligation.defined_as.edition,
        "breakdown": plain(report.breakdown) if report and has_parts else None,
        "evidence": plain(report.evidence) if report and report.evidence else None,
        "derivation": plain(dict(report.derivation)) if report and report.derivation else None,
        "actor_id": tx.actor.id,
        "actor_affiliation": tx.actor.affiliation,
        "at": tx.now,
    }


async def keep_draft(tx: Transaction, obligation: Obligation, content: Mapping[str, object]) -> None:
    """Keep what is being prepared, and note on the obligation that it has moved."""
    values = {
        "obligation_id": obligation.obligation_id,
        "content": plain(dict(content)),
        "actor_id": tx.actor.id,
        "actor_affiliation": tx.actor.affiliation,
        "at": tx.now,
    }
    statement = insert_or_update(ValueDraftRow).values(**values)
    fresh = {name: statement.excluded[name] for name in values if name != "obligation_id"}
    await tx.session.execute(statement.on_conflict_do_update(index_elements=["obligation_id"], set_=fresh))
    await tx.session.execute(
        update(ObligationRow)
        .where(ObligationRow.obligation_id == obligation.obligation_id)
        .values(version=obligation.version)
    )
