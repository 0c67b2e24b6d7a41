"""SQL of confirmations: numbers without a gap, the stored content, whether a newer edition is in force."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Uuid,
    any_,
    bindparam,
    exists,
    func,
    insert,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from registry.confirmations.content import ContentJson, Issued
from registry.confirmations.domain import Confirmation, NamedUnit
from registry.confirmations.tables import ConfirmationRow
from registry.exclusion.tables import IndexComputationRow
from registry.units.repository import holds_on
from registry.units.tables import UnitStateRow
from shared.reads import Query

_LOCK: Final = "registry.confirmations"
_CONTENT: Final = ConfirmationRow.content
_CITED, _NEWER = aliased(IndexComputationRow), aliased(IndexComputationRow)
_NEWER_EDITION: Final = exists(
    select(_NEWER.id)
    .join(_CITED, (_CITED.method == _NEWER.method) & (_CITED.year == _NEWER.year))
    .where(
        _CITED.id == func.any(ConfirmationRow.computation_ids),
        _NEWER.version > _CITED.version,
    )
    .correlate(ConfirmationRow)
)
_HEAD: Final = (
    ConfirmationRow.id,
    _CONTENT["number"].astext.label("number"),
    _CONTENT["issued_on"].astext.label("issued_on"),
    _CONTENT["purpose"].astext.label("purpose"),
    _CONTENT["applicant"].label("applicant"),
    _CONTENT["years"].label("years"),
    func.jsonb_array_length(_CONTENT["municipalities"]).label("municipality_count"),
    _CONTENT["averaging"].label("averaging"),
    _CONTENT["rounded"].astext.label("rounded"),
    _CONTENT["threshold"].astext.label("threshold"),
    _CONTENT["reaches_threshold"].label("reaches_threshold"),
    ConfirmationRow.digest,
    _NEWER_EDITION.label("newer_edition"),
)
_ONE_BY_ONE: Final = (ConfirmationRow.__table__.c.year, ConfirmationRow.__table__.c.ordinal)

_ONE: Final = select(
    ConfirmationRow.id,
    ConfirmationRow.content,
    ConfirmationRow.digest,
    ConfirmationRow.text_cs,
    ConfirmationRow.text_en,
    ConfirmationRow.issued_at,
    _NEWER_EDITION.label("newer_edition"),
).where(ConfirmationRow.id == bindparam("confirmation_id", type_=Uuid))
_OF_OWN_UNITS: Final = ConfirmationRow.applicant_id == any_(bindparam("units", type_=ARRAY(Uuid)))


@cache
def one_confirmation(*, of_all_units: bool) -> Query:
    return Query(_ONE if of_all_units else _ONE.where(_OF_OWN_UNITS))


@cache
def confirmations(*, of_all_units: bool, of_applicant: bool, of_year: bool) -> Query:
    """Return the list, the latest number first; else than of all units only of the caller's own."""
    found = select(*_HEAD) if of_all_units else select(*_HEAD).where(_OF_OWN_UNITS)
    if of_applicant:
        found = found.where(ConfirmationRow.applicant_id == bindparam("applicant_id", type_=Uuid))
    if of_year:
        found = found.where(ConfirmationRow.year == bindparam("year", type_=Integer))
    return Query(found, keys=_ONE_BY_ONE, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    content: ContentJson
    digest: str
    computation_ids: list[int]
    newer_edition: bool


async def next_ordinal(session: AsyncSession, year: int) -> int:
    """Return the next number of the year; others wait until this transaction has ended.

    Two statements: the second sees what those wrote for whose end the first had to wait. A transaction
    that fails gives its number back.
    """
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_LOCK, 0))))
    last = await session.scalar(select(func.max(ConfirmationRow.ordinal)).where(ConfirmationRow.year == year))
    return (last or 0) + 1


async def add(
    session: AsyncSession, issued: Issued, confirmation: Confirmation, *, ordinal: int, by: str
) -> None:
    await session.execute(
        insert(ConfirmationRow).values(
            id=issued.id,
            year=confirmation.issued_on.year,
            ordinal=ordinal,
            applicant_id=confirmation.applicant.unit_id,
            computation_ids=[edition.computation_id for edition in confirmation.editions],
            content=issued.content,
            digest=issued.digest,
            text_cs=issued.text_cs,
            text_en=issued.text_en,
            issued_by=by,
            issued_at=issued.issued_at,
        )
    )


async def stored(session: AsyncSession, confirmation_id: UUID) -> Stored | None:
    statement = select(
        ConfirmationRow.content,
        ConfirmationRow.digest,
        ConfirmationRow.computation_ids,
        _NEWER_EDITION.label("newer_edition"),
    ).where(ConfirmationRow.id == confirmation_id)
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    return Stored(
        content=row.content,
        digest=row.digest,
        computation_ids=row.computation_ids,
        newer_edition=row.newer_edition,
    )


async def named_unit(session: AsyncSession, unit_id: UUID, *, on: date) -> NamedUnit | None:
    """Return the unit as it is named on a day."""
    return (await named_units(session, [unit_id], on=on)).get(unit_id)


async def named_units(
    session: AsyncSession, unit_ids: Collection[UUID], *, on: date
) -> dict[UUID, NamedUnit]:
    """Return the units, of those that there are on a day, as they are named then."""
    statement = select(UnitStateRow.unit_id, UnitStateRow.kind, UnitStateRow.code, UnitStateRow.name).where(
        UnitStateRow.unit_id.in_(unit_ids), holds_on(bindparam("day", on))
    )
    return {row.unit_id: NamedUnit(**row._asdict()) for row in await session.execute(statement)}
