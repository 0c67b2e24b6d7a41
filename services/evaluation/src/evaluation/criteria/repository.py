"""SQL of scales and criteria."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, Text, bindparam, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.criteria.domain import Criterion, Edition, Scale
from evaluation.criteria.tables import CriterionEditionRow, CriterionRow, ScaleRow
from shared.canonical import plain
from shared.contracts.registry import ThematicArea
from shared.names import search_text, sort_key
from shared.reads import Query, json_object
from shared.stored import from_row

_EDITION: Final = (
    *("edition", "name", "description", "scale", "valid_from", "valid_until"),
    "is_described",
)


async def add_scale(session: AsyncSession, scale: Scale, *, now: datetime) -> bool:
    """Add the scale unless its code is taken; return whether it was added."""
    levels = [plain(level) for level in scale.levels]
    added = await session.execute(
        insert(ScaleRow)
        .values(code=scale.code, name=scale.name, levels=levels, added_at=now)
        .on_conflict_do_nothing()
        .returning(ScaleRow.code)
    )
    return added.one_or_none() is not None


async def scales(session: AsyncSession, codes: Iterable[str]) -> dict[str, Scale]:
    found = await session.execute(
        select(ScaleRow.code, ScaleRow.name, ScaleRow.levels).where(ScaleRow.code.in_(sorted(codes)))
    )
    return {row.code: from_row(Scale, row._asdict()) for row in found}


async def add_missing(session: AsyncSession, criteria: Iterable[Criterion]) -> list[UUID]:
    """Add the criteria whose area and code are not there yet; return the ids of the added ones.

    In one order always: two descriptions at once wait for each other, never both for both.
    """
    named = sorted({each.id: each for each in criteria}.values(), key=lambda each: each.id)
    rows = [
        {"id": each.id, "version": each.version, "area": each.area.value, "code": each.code, **_names(each)}
        for each in named
    ]
    added = set(
        await session.scalars(insert(CriterionRow).on_conflict_do_nothing().returning(CriterionRow.id), rows)
    )
    editions = [row for each in named if each.id in added for row in _edition_rows(each)]
    if editions:
        await session.execute(insert(CriterionEditionRow), editions)
    return sorted(added)


async def lock_criterion(session: AsyncSession, criterion_id: UUID) -> Criterion | None:
    await session.execute(select(CriterionRow.id).where(CriterionRow.id == criterion_id).with_for_update())
    found = await criteria(session, [criterion_id])
    return found.get(criterion_id)


async def criteria(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, Criterion]:
    """Return the criteria with their editions: one statement."""
    rows = await session.execute(
        select(
            CriterionRow.id,
            CriterionRow.version,
            CriterionRow.area,
            CriterionRow.code,
            *(getattr(CriterionEditionRow, name) for name in _EDITION),
        )
        .join(CriterionEditionRow, CriterionEditionRow.criterion_id == CriterionRow.id)
        .where(CriterionRow.id.in_(list(ids)))
        .order_by(CriterionRow.id, CriterionEditionRow.edition)
    )
    found = {}
    for criterion_id, of_one in groupby(rows, key=lambda row: row.id):
        lines = list(of_one)
        found[criterion_id] = Criterion(
            id=criterion_id,
            version=lines[0].version,
            area=ThematicArea(lines[0].area),
            code=lines[0].code,
            editions=tuple(Edition(**{name: getattr(line, name) for name in _EDITION}) for line in lines),
        )
    return found


async def save_criterion(session: AsyncSession, criterion: Criterion) -> None:
    """Keep the version and the editions; of those that stand already only what a trigger lets change."""
    await session.execute(
        update(CriterionRow)
        .where(CriterionRow.id == criterion.id)
        .values(version=criterion.version, **_names(criterion))
    )
    statement = insert(CriterionEditionRow)
    changing = ("name", "description", "valid_until", "is_described")
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["criterion_id", "edition"],
            set_={name: statement.excluded[name] for name in changing},
        ),
        _edition_rows(criterion),
    )


def _names(criterion: Criterion) -> dict[str, object]:
    name = criterion.last.name
    return {"sort_key": sort_key(name), "search_text": search_text(criterion.code, name)}


def _edition_rows(criterion: Criterion) -> list[dict[str, object]]:
    return [
        {"criterion_id": criterion.id, **{name: getattr(each, name) for name in _EDITION}}
        for each in criterion.editions
    ]


SCALES: Final = Query(
    select(ScaleRow.code, ScaleRow.name, ScaleRow.levels), keys=(ScaleRow.__table__.c.code,)
)

_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "area": CriterionRow.area == bindparam("area", type_=Text()),
    "q": CriterionRow.search_text.like(bindparam("q", type_=Text())),
    "valid_on": select(CriterionEditionRow.edition)
    .where(
        CriterionEditionRow.criterion_id == CriterionRow.id,
        CriterionEditionRow.valid_from <= bindparam("valid_on", type_=Date()),
        or_(
            CriterionEditionRow.valid_until.is_(None),
            CriterionEditionRow.valid_until >= bindparam("valid_on", type_=Date()),
        ),
    )
    .correlate(CriterionRow)
    .exists(),
}


def _shown() -> Select[*tuple[object, ...]]:
    edition = json_object({name: getattr(CriterionEditionRow, name) for name in _EDITION})
    editions = (
        select(
            func.coalesce(
                func.json_agg(aggregate_order_by(edition, CriterionEditionRow.edition)), text("'[]'::json")
            )
        )
        .where(CriterionEditionRow.criterion_id == CriterionRow.id)
        .correlate(CriterionRow)
        .scalar_subquery()
    )
    return select(
        CriterionRow.id,
        CriterionRow.version,
        CriterionRow.area,
        CriterionRow.code,
        editions.label("editions"),
    )


@cache
def criteria_list(filters: frozenset[str]) -> Query:
    """Return the list by the newest name, with those of `_FILTERS`."""
    columns = CriterionRow.__table__.c
    return Query(
        _shown().where(*(_FILTERS[name] for name in sorted(filters))),
        keys=(columns.sort_key, columns.id),
    )


ONE_CRITERION: Final = Query(_shown().where(CriterionRow.id == bindparam("criterion_id")), version="version")
