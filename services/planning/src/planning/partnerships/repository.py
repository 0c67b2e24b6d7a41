"""Every statement with which bodies and mandates are written; `list_repository` reads them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.partnerships.domain import Body, BodyKind, Mandate, MemberRole, Quorum
from planning.partnerships.refusals import BodyUnknown, MandateUnknown
from planning.partnerships.tables import BodyRow, BodyUnitRow, MandateRow
from planning.plans.tables import PlanUnitRow
from planning.units.tables import UnitRow
from shared.names import search_text, sort_key


async def load(session: AsyncSession, body_id: UUID, *, to_decide: bool = True) -> Body:
    """Load a body; to decide, nobody else writes it or its mandates until we commit. Raises BodyUnknown."""
    query = select(BodyRow).where(BodyRow.id == body_id)
    row = await session.scalar(query.with_for_update() if to_decide else query)
    if row is None:
        raise BodyUnknown
    units = await session.scalars(
        select(BodyUnitRow.unit_id).where(BodyUnitRow.body_id == body_id).order_by(BodyUnitRow.unit_id)
    )
    return Body(
        id=row.id,
        version=row.version,
        kind=BodyKind(row.kind),
        name=row.name,
        unit_ids=tuple(units),
        plan_id=row.plan_id,
        areas=tuple(row.areas),
        statutes=row.statutes,
        is_public=row.is_public,
        quorum=Quorum(percent=row.quorum_percent, more_than=row.quorum_more_than),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


async def add(session: AsyncSession, body: Body) -> None:
    await session.execute(insert(BodyRow).values(id=body.id, **_values(body)))
    await _save_units(session, body)


async def save(session: AsyncSession, body: Body) -> None:
    await session.execute(update(BodyRow).where(BodyRow.id == body.id).values(**_values(body)))
    await session.execute(delete(BodyUnitRow).where(BodyUnitRow.body_id == body.id))
    await _save_units(session, body)


async def body_of_mandate(session: AsyncSession, mandate_id: UUID) -> UUID:
    """Raise MandateUnknown."""
    found = await session.scalar(select(MandateRow.body_id).where(MandateRow.id == mandate_id))
    if found is None:
        raise MandateUnknown
    return found


async def mandates(session: AsyncSession, body_id: UUID) -> list[Mandate]:
    """Return all mandates that a body ever had, by name."""
    found = select(MandateRow).where(MandateRow.body_id == body_id)
    rows = await session.scalars(found.order_by(MandateRow.sort_key, MandateRow.id))
    return [_mandate(row) for row in rows]


async def add_mandates(session: AsyncSession, begun: Sequence[Mandate]) -> None:
    rows = [{"id": each.id, "body_id": each.body_id, **_values_of(each)} for each in begun]
    await session.execute(insert(MandateRow), rows)


async def save_mandate(session: AsyncSession, mandate: Mandate) -> None:
    await session.execute(update(MandateRow).where(MandateRow.id == mandate.id).values(**_values_of(mandate)))


async def end_mandates(session: AsyncSession, body_id: UUID, last_day: date, *, reason: str) -> None:
    """End with a body all mandates that run on its last day."""
    running = (MandateRow.starts_on <= last_day) & (
        MandateRow.ends_on.is_(None) | (MandateRow.ends_on > last_day)
    )
    await session.execute(
        update(MandateRow)
        .where(MandateRow.body_id == body_id, running)
        .values(ends_on=last_day, end_reason=reason, version=MandateRow.version + 1)
    )


async def known_units(session: AsyncSession, unit_ids: Sequence[UUID]) -> int:
    found = await session.scalars(select(UnitRow.id).where(UnitRow.id.in_(unit_ids)))
    return len(found.all())


async def units_of_plan(session: AsyncSession, plan_id: UUID) -> frozenset[UUID]:
    return frozenset(await session.scalars(select(PlanUnitRow.unit_id).where(PlanUnitRow.plan_id == plan_id)))


async def _save_units(session: AsyncSession, body: Body) -> None:
    rows = [{"body_id": body.id, "unit_id": unit_id} for unit_id in body.unit_ids]
    await session.execute(insert(BodyUnitRow), rows)


def _values(body: Body) -> dict[str, object]:
    return {
        "version": body.version,
        "kind": body.kind.value,
        "name": body.name,
        "sort_key": sort_key(body.name),
        "search_text": search_text(body.name, *body.areas),
        "plan_id": body.plan_id,
        "areas": list(body.areas),
        "statutes": body.statutes,
        "is_public": body.is_public,
        "quorum_percent": body.quorum.percent,
        "quorum_more_than": body.quorum.more_than,
        "starts_on": body.starts_on,
        "ends_on": body.ends_on,
    }


def _values_of(mandate: Mandate) -> dict[str, object]:
    return {
        "version": mandate.version,
        "person": mandate.person,
        "person_key": mandate.person_key,
        "name": mandate.name,
        "sort_key": sort_key(mandate.name),
        "search_text": search_text(mandate.name, mandate.organisation),
        "organisation": mandate.organisation,
        "role": mandate.role.value,
        "email": mandate.email,
        "phone": mandate.phone,
        "alternate_for": mandate.alternate_for,
        "starts_on": mandate.starts_on,
        "ends_on": mandate.ends_on,
        "end_reason": mandate.end_reason,
        "is_erased": mandate.is_erased,
    }


def _mandate(row: MandateRow) -> Mandate:
    return Mandate(
        id=row.id,
        version=row.version,
        body_id=row.body_id,
        person=row.person,
        name=row.name,
        organisation=row.organisation,
        role=MemberRole(row.role),
        email=row.email,
        phone=row.phone,
        alternate_for=row.alternate_for,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        end_reason=row.end_reason,
        is_erased=row.is_erased,
    )
