"""SQL of descriptions: editions of one cooperation, those in force on a day, lists."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Text,
    Uuid,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from registry.descriptions.domain import Description
from registry.descriptions.tables import DescriptionRow
from registry.memberships.repository import inside
from registry.units.tables import UnitStateRow
from shared.auth import Actor
from shared.canonical import plain
from shared.contracts.intake import CooperationDomain
from shared.reads import Query
from shared.stored import from_json, from_row

_JSON: Final = ("content", "baseline", "agreements")
_FOR_LISTS: Final = frozenset({"methodology", "areas", "starts_on", "ends_on", "drafted_at"})
"""Columns that repeat the content, or are nobody's business."""
_COLUMNS: Final = tuple(each for each in DescriptionRow.__table__.c if each.name not in _FOR_LISTS)
_DAY: Final = bindparam("day", type_=Date)


def description_of(row: Mapping[str, object]) -> Description:
    """Return the description from a row, whose JSON may be text or already read."""
    return from_row(Description, row, json_columns=_JSON)


def description_from_json(text: str) -> Description:
    return from_json(Description, text)


def visible() -> ColumnElement[bool]:
    """Select what was agreed for everybody, what is in the making for the unit and the Agency."""
    own = DescriptionRow.unit_id == bindparam("units", type_=ARRAY(Uuid)).any_()
    return or_(DescriptionRow.agreed_on.is_not(None), bindparam("agency", type_=Boolean), own)


def is_in_force(day: ColumnElement[date]) -> ColumnElement[bool]:
    return (DescriptionRow.in_force_from <= day) & (DescriptionRow.in_force_until >= day)


def _unit_name() -> ColumnElement[str]:
    """Return the name of the unit on the day; before its first day the first, after its last the last."""
    named = select(UnitStateRow.name).where(UnitStateRow.unit_id == DescriptionRow.unit_id)
    nearest = named.order_by(
        (UnitStateRow.valid_from <= _DAY).desc(), func.abs(UnitStateRow.valid_from - _DAY)
    )
    return nearest.limit(1).correlate(DescriptionRow).scalar_subquery()


_FILTERS: Final[Mapping[str, ColumnElement[bool]]] = {
    "unit": DescriptionRow.unit_id == bindparam("unit", type_=Uuid),
    "cooperation": DescriptionRow.cooperation_id == bindparam("cooperation", type_=Uuid),
    "region": DescriptionRow.unit_id.in_(inside("region", None)),
    "status": DescriptionRow.status == bindparam("status", type_=Text),
    "domain": DescriptionRow.domain == bindparam("domain", type_=Text),
    "area": bindparam("area", type_=Text) == DescriptionRow.__table__.c.areas.any_(),
    "as_of": is_in_force(_DAY),
}
_HEAD: Final = (
    *(DescriptionRow.id, DescriptionRow.cooperation_id, DescriptionRow.unit_id),
    _unit_name().label("unit_name"),
    *(DescriptionRow.domain, DescriptionRow.edition, DescriptionRow.version, DescriptionRow.status),
    *(DescriptionRow.areas, DescriptionRow.starts_on, DescriptionRow.ends_on, DescriptionRow.agreed_on),
    *(DescriptionRow.in_force_from, DescriptionRow.in_force_until, DescriptionRow.digest),
)

ONE: Final = Query(select(*_COLUMNS).where(DescriptionRow.id == bindparam("id", type_=Uuid), visible()))
_ASKED: Final = DescriptionRow.__table__.alias("asked")
PAIR: Final = Query(
    select(*_COLUMNS)
    .join(
        _ASKED,
        (_ASKED.c.cooperation_id == DescriptionRow.cooperation_id)
        & (_ASKED.c.domain == DescriptionRow.domain),
    )
    .where(
        _ASKED.c.id == bindparam("id", type_=Uuid),
        visible(),
        or_(
            DescriptionRow.id == _ASKED.c.id,
            (DescriptionRow.status != "discarded")
            & (DescriptionRow.edition == func.coalesce(bindparam("against"), _ASKED.c.edition - 1)),
        ),
    )
)
"""The edition asked for and the one to compare it with: `against`, or the one before."""


@cache
def descriptions(filters: frozenset[str]) -> Query:
    """Return the editions that the caller may read, the latest first, with those of `_FILTERS`."""
    found = select(*_HEAD).where(visible(), *(_FILTERS[name] for name in sorted(filters)))
    return Query(found, keys=(DescriptionRow.id,), descending=True)


async def unit_of(session: AsyncSession, description_id: UUID, *, actor: Actor) -> UUID | None:
    """Return the unit of a description that the actor may know of."""
    found = select(DescriptionRow.unit_id).where(DescriptionRow.id == description_id, visible())
    return await session.scalar(found, actor.sees())


async def beside(session: AsyncSession, description_id: UUID) -> list[Description]:
    """Load all editions of the cooperation and domain of one; the caller holds the lock of the unit."""
    asked = DescriptionRow.__table__.alias("asked")
    found = select(*_COLUMNS).join(
        asked,
        (asked.c.cooperation_id == DescriptionRow.cooperation_id) & (asked.c.domain == DescriptionRow.domain),
    )
    rows = await session.execute(found.where(asked.c.id == description_id).order_by(DescriptionRow.id))
    return [description_of({str(k): v for k, v in row.items()}) for row in rows.mappings()]


async def of_domain(
    session: AsyncSession, cooperation_id: UUID, domain: CooperationDomain
) -> list[Description]:
    """Load all editions of a cooperation in one domain; the caller holds the lock of the unit."""
    rows = await session.execute(
        select(*_COLUMNS)
        .where(DescriptionRow.cooperation_id == cooperation_id, DescriptionRow.domain == domain.value)
        .order_by(DescriptionRow.id)
    )
    return [description_of({str(k): v for k, v in row.items()}) for row in rows.mappings()]


async def last_day(session: AsyncSession, cooperation_id: UUID) -> date | None:
    """Return the last day of the agreed descriptions of a cooperation, whatever their domain."""
    return await session.scalar(
        select(func.max(DescriptionRow.in_force_until)).where(
            DescriptionRow.cooperation_id == cooperation_id, DescriptionRow.status == literal("agreed")
        )
    )


async def add(session: AsyncSession, description: Description, *, now: datetime) -> None:
    await session.execute(insert(DescriptionRow).values(**_values(description), drafted_at=now))


async def save(session: AsyncSession, description: Description) -> None:
    changed = update(DescriptionRow).where(DescriptionRow.id == description.id)
    await session.execute(changed.values(**_values(description)))


def _values(description: Description) -> dict[str, object]:
    content = description.content
    texts = {"domain": description.domain.value, "status": description.status.value}
    parts = {name: plain(getattr(description, name)) for name in _JSON}
    rest = [each.name for each in _COLUMNS if each.name not in texts.keys() | parts.keys()]
    return {
        **{name: getattr(description, name) for name in rest},
        **texts,
        **parts,
        "authors": list(description.authors),
        "methodology": content.methodology or None,
        "areas": [area.value for area in content.areas],
        "starts_on": content.starts_on,
        "ends_on": content.ends_on,
    }
