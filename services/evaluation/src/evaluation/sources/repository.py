"""SQL of values whose sources changed: what was computed or taken of what, and what is doubted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    delete,
    exists,
    func,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from evaluation.monitoring.tables import MonitoredPlanRow, ObligationRow
from evaluation.sources.domain import Computed, Doubt, Formula, Taken
from evaluation.sources.tables import DoubtedValueRow, SeriesEditionRow
from evaluation.values.derivation import Input
from evaluation.values.life import PUT_THERE
from evaluation.values.repository import COUNTING, visible_to
from evaluation.values.tables import ValueActRow
from shared.auth import Actor
from shared.canonical import canonical_json
from shared.reads import Compiled, create_read_pool
from shared.stored import from_json, from_row

D = DoubtedValueRow
_JSON: Final = frozenset({"figures"})
_LATER = aliased(ValueActRow, name="later")


def _stands(put_there: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell that the value counts, or may yet, and that no other was put there since that version."""
    newer = (
        exists()
        .where(
            _LATER.obligation_id == ObligationRow.obligation_id,
            _LATER.version > put_there,
            _LATER.act.in_(PUT_THERE),
        )
        .correlate(ObligationRow, ValueActRow, D)
    )
    return and_(ObligationRow.status.in_(COUNTING), ~newer)


DOUBTED = and_(
    D.obligation_id == ObligationRow.obligation_id,
    D.upheld_at.is_(None),
    _stands(D.__table__.c.made_version),
)
"""The value of an obligation is in doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands: a formula reads values of the same plan and period alone."""

    plan_id: UUID
    period: str


async def lock_plan_of(session: AsyncSession, obligation_id: UUID, *, actor: Actor) -> Place | None:
    """Lock the plan: nothing of it is reported, computed or decided until we commit."""
    plan = MonitoredPlanRow
    found = await session.execute(
        select(plan.plan_id, ObligationRow.period)
        .join(ObligationRow, ObligationRow.plan_id == plan.plan_id)
        .where(ObligationRow.obligation_id == obligation_id, visible_to(actor))
        .with_for_update(of=plan, key_share=True)
    )
    row = found.one_or_none()
    return row and Place(plan_id=row.plan_id, period=row.period)


async def computed_at(session: AsyncSession, place: Place) -> list[Computed]:
    """Return the values of the place that stand as their formulas gave them."""
    act = ValueActRow
    found = await session.execute(
        select(act.obligation_id, act.version, act.derivation)
        .join(ObligationRow, ObligationRow.obligation_id == act.obligation_id)
        .where(
            ObligationRow.plan_id == place.plan_id,
            ObligationRow.period == place.period,
            text("value_act.derivation ->> 'kind' = 'formula'"),
            act.act.in_(PUT_THERE),
            _stands(act.__table__.c.version),
        )
    )
    return [
        Computed(
            obligation_id=obligation_id,
            made_version=version,
            formula=from_json(Formula, canonical_json(derivation)),
        )
        for obligation_id, version, derivation in found
    ]


async def as_they_are(session: AsyncSession, inputs: Sequence[Input]) -> list[Input]:
    """Return the inputs with their values of today; one without a number is left out."""
    row = ObligationRow
    found = await session.execute(
        select(row.obligation_id, row.version, row.value, row.measured_on).where(
            row.obligation_id.in_([each.obligation_id for each in inputs]), row.value.is_not(None)
        )
    )
    codes = {each.obligation_id: each.code for each in inputs}
    known = [
        Input(code=codes[key], obligation_id=key, version=version, value=value, measured_on=measured_on)
        for key, version, value, measured_on in found
        if value is not None and measured_on is not None
    ]
    return sorted(known, key=lambda each: (each.code, each.obligation_id))


async def read_taken(database_url: str, series: Iterable[str]) -> list[Taken]:
    """Return the values that stand as taken of these series, on a connection of its own."""
    sql = Compiled(_taken(series))
    pool = await create_read_pool(database_url, 1)
    try:
        rows = await pool.fetch(sql.sql, *sql.arguments({}))
    finally:
        await pool.close()
    return [from_row(Taken, row, json_columns=_JSON) for row in rows]


async def taken_of(session: AsyncSession, series: Iterable[str]) -> list[Taken]:
    found = await session.execute(_taken(series))
    return [from_row(Taken, row, json_columns=_JSON) for row in map(dict, found.mappings())]


def _taken(series: Iterable[str]) -> Select[*tuple[object, ...]]:
    act, row = ValueActRow, ObligationRow
    of_series: ColumnElement[str] = literal_column("value_act.derivation ->> 'series'", Text())
    return (
        select(
            row.obligation_id,
            act.version.label("made_version"),
            row.period,
            row.starts_on,
            row.ends_on,
            row.value,
            of_series.label("series"),
            literal_column("value_act.derivation -> 'figures'", JSONB()).label("figures"),
        )
        .join(row, row.obligation_id == act.obligation_id)
        .where(
            text("value_act.derivation ->> 'kind' = 'table'"),
            of_series.in_(sorted(series)),
            act.act.in_(PUT_THERE),
            row.value.is_not(None),
            _stands(act.__table__.c.version),
        )
        .order_by(row.obligation_id)
    )


async def doubt(session: AsyncSession, doubts: Sequence[Doubt], *, now: datetime, due_on: date) -> None:
    """Keep the doubts; one that was upheld is not raised again by the same value."""
    if not doubts:
        return
    statement = insert(D).values(
        [
            {
                "obligation_id": each.obligation_id,
                "made_version": each.made_version,
                "because": each.because.value,
                "told": dict(each.told),
                "noted_at": now,
                "due_on": due_on,
            }
            for each in doubts
        ]
    )
    new = statement.excluded
    fresh = {
        name: new[name] for name in ("made_version", "because", "told", "noted_at", "due_on", "upheld_at")
    }
    known = and_(
        D.made_version == new.made_version,
        D.because == new.because,
        D.told["value"] == new.told["value"],
    )
    await session.execute(
        statement.on_conflict_do_update(index_elements=["obligation_id"], set_=fresh, where=~known)
    )


async def forget_doubts(session: AsyncSession, obligation_ids: Sequence[UUID]) -> None:
    """Drop the doubts of values that agree with their sources again."""
    await session.execute(delete(D).where(D.obligation_id.in_(obligation_ids)))


async def uphold(session: AsyncSession, obligation_id: UUID, *, now: datetime) -> bool:
    """Note that the value holds in spite of its doubt; return False where it has none."""
    doubted = select(D.obligation_id).join(ObligationRow, DOUBTED).where(D.obligation_id == obligation_id)
    done = await session.execute(
        update(D)
        .where(D.obligation_id.in_(doubted.scalar_subquery()))
        .values(upheld_at=now)
        .returning(D.obligation_id)
    )
    return done.one_or_none() is not None


async def heard_of(session: AsyncSession, series: str) -> int:
    """Return the newest edition of a series that was heard of; who hears of the next waits for us."""
    row = SeriesEditionRow
    await session.execute(insert(row).values(series=series, vintage_id=0).on_conflict_do_nothing())
    found = await session.execute(
        select(row.vintage_id).where(row.series == series).with_for_update(read=True)
    )
    return found.scalar_one()


async def reach(session: AsyncSession, heard: Mapping[str, int]) -> dict[str, int]:
    """Note how far each series is out; return how far it was ever heard to be."""
    if not heard:
        return {}
    edition = SeriesEditionRow
    statement = insert(edition).values(
        [{"series": series, "vintage_id": heard[series]} for series in sorted(heard)]
    )
    newest = func.greatest(edition.vintage_id, statement.excluded.vintage_id)
    found = await session.execute(
        statement.on_conflict_do_update(index_elements=["series"], set_={"vintage_id": newest}).returning(
            edition.series, edition.vintage_id
        )
    )
    return {row.series: row.vintage_id for row in found}
