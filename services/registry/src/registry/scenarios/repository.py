"""SQL of scenarios: whom a change concerns, how they are named, the questions that were kept."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Date, Text, Uuid, any_, bindparam, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.exclusion.tables import IndexComputationRow
from registry.memberships.repository import municipalities_within
from registry.scenarios.tables import ScenarioRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, Reader

_WITHIN: Final = Query(municipalities_within())
_NAMES: Final = Query(
    select(UnitStateRow.unit_id, UnitStateRow.name).where(
        UnitStateRow.unit_id == any_(bindparam("unit_ids", type_=ARRAY(Uuid))),
        named_on(UnitStateRow, bindparam("day", type_=Date)),
    )
)
_CITED, _NEWER = aliased(IndexComputationRow), aliased(IndexComputationRow)
_NEWER_EDITION: Final = exists(
    select(_NEWER.id)
    .join(_CITED, (_CITED.method == _NEWER.method) & (_CITED.year == _NEWER.year))
    .where(
        or_(_CITED.id == ScenarioRow.computation_id, _CITED.id == ScenarioRow.other_computation_id),
        _NEWER.version > _CITED.version,
    )
    .correlate(ScenarioRow)
)
_SEEN: Final = or_(ScenarioRow.visibility == "shared", ScenarioRow.owner == bindparam("caller", type_=Text))
_HEAD: Final = (
    ScenarioRow.id,
    ScenarioRow.name,
    ScenarioRow.note,
    ScenarioRow.visibility,
    ScenarioRow.owner,
    ScenarioRow.affiliation,
    ScenarioRow.year,
    ScenarioRow.method,
    ScenarioRow.results_digest,
    ScenarioRow.summary,
    ScenarioRow.outcome_digest,
    ScenarioRow.created_at,
    _NEWER_EDITION.label("newer_edition"),
)
_ONE: Final = (ScenarioRow.id == bindparam("scenario_id", type_=Uuid), _SEEN)
_BY_AGE: Final = (ScenarioRow.__table__.c.created_at, ScenarioRow.__table__.c.id)

ONE: Final = Query(select(*_HEAD, ScenarioRow.question).where(*_ONE))
KEPT: Final = Query(
    select(
        ScenarioRow.computation_id,
        ScenarioRow.other_computation_id,
        ScenarioRow.question.cast(Text).label("question"),
        ScenarioRow.areas.cast(Text).label("areas"),
        ScenarioRow.outcome_digest,
        _NEWER_EDITION.label("newer_edition"),
    ).where(*_ONE)
)


@cache
def scenarios(*, of_year: bool, own: bool) -> Query:
    """Return the scenarios that the caller (`caller`) may see, the latest first."""
    found = select(*_HEAD).where(_SEEN)
    if of_year:
        found = found.where(ScenarioRow.year == bindparam("year"))
    if own:
        found = found.where(ScenarioRow.owner == bindparam("caller", type_=Text))
    return Query(found, keys=_BY_AGE, descending=True)


async def municipalities(reads: Reader, unit: UUID, *, on: date) -> list[UUID]:
    """Return the municipalities within a unit of whatever kind on a day."""
    return [row["unit_id"] for row in await reads.rows(_WITHIN, within=unit, day=on)]


async def names(reads: Reader, unit_ids: list[UUID], *, on: date) -> Mapping[UUID, str]:
    if not unit_ids:
        return {}
    return {row["unit_id"]: row["name"] for row in await reads.rows(_NAMES, unit_ids=unit_ids, day=on)}


async def add(session: AsyncSession, values: Mapping[str, object]) -> bool:
    """Keep a scenario; return whether its owner had none of that name."""
    statement = insert(ScenarioRow).values(dict(values))
    taken = statement.on_conflict_do_nothing(index_elements=[ScenarioRow.owner, ScenarioRow.name])
    return await session.scalar(taken.returning(ScenarioRow.id)) is not None
