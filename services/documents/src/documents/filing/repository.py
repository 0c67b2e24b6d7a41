"""Every statement on packages for records management."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    any_,
    cast,
    column,
    exists,
    func,
    insert,
    literal_column,
    select,
    true,
    tuple_,
    update,
    values,
)
from sqlalchemy.dialects.postgresql import JSON, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files.kinds import KINDS
from documents.files.list_repository import IS_PUBLIC, D, F, V
from documents.files.tables import DocumentRow, VersionRow
from documents.filing.domain import Acknowledgement, Filing, Packed, Wanted
from documents.filing.tables import FilingItemRow, FilingRow
from documents.retention.tables import RetentionRuleRow
from documents.units.tables import UnitRow
from shared.canonical import canonical_json
from shared.contracts.documents import DocumentKind
from shared.days import PRAGUE
from shared.reads import json_object
from shared.stored import from_row

G: Final = FilingRow.__table__.c
I: Final = FilingItemRow.__table__.c  # noqa: E741 - the items
R: Final = RetentionRuleRow.__table__.c
_NOTHING: Final = literal_column("'[]'::json", type_=JSON)
_FILE_NAMES: Final = ("file_name", "media_type", "size_bytes", "digest")


def _day(instant: ColumnElement[datetime]) -> ColumnElement[date]:
    return cast(func.timezone(PRAGUE.key, instant), Date)


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    published_on = _day(V.published_at)
    handed_over = exists().where(
        *(I.document_id == V.document_id, I.number == V.number, I.filing_id == G.id),
        G.office_id.is_not_distinct_from(wanted.office_id),
    )
    asked = [IS_PUBLIC]
    if wanted.office_id is not None:
        asked.append(D.unit_ids.contains([wanted.office_id]))
    if wanted.unit_id is not None:
        asked.append(D.unit_ids.contains([wanted.unit_id]))
    if wanted.published_from is not None:
        asked.append(published_on >= wanted.published_from)
    if wanted.published_until is not None:
        asked.append(published_on <= wanted.published_until)
    return asked if wanted.again else [*asked, ~handed_over]


async def lock_wanted(session: AsyncSession, wanted: Wanted, *, most: int) -> list[tuple[UUID, int]]:
    """Lock the versions asked for, so that two packages made at once share none; the oldest first."""
    statement = (
        select(V.document_id, V.number)
        .join_from(VersionRow, DocumentRow, V.document_id == D.id)
        .where(*_wanted(wanted))
        .order_by(V.published_at, V.document_id, V.number)
        .limit(most)
        .with_for_update(of=VersionRow)
    )
    return [(row.document_id, row.number) for row in await session.execute(statement)]


async def packed(session: AsyncSession, wanted: Wanted, versions: Sequence[tuple[UUID, int]]) -> list[Packed]:
    """Return what is known of the versions now that they are locked."""
    rule = (
        select(R.mark, R.years, R.trigger)
        .where(R.kind == D.kind, R.valid_from <= _day(D.created_at))
        .order_by(R.valid_from.desc())
        .limit(1)
        .lateral("rule")
    )
    unit = json_object({"code": UnitRow.code, "name": UnitRow.name})
    units = select(func.coalesce(func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id)), _NOTHING))
    other = json_object({name: F[name] for name in _FILE_NAMES})
    others = select(func.coalesce(func.json_agg(aggregate_order_by(other, F.media_type)), _NOTHING))
    named = ("reference_number", "file_mark", "author", "signed_on", "dated_on", "language")
    statement = (
        select(
            *(V.document_id, V.number, V.label, D.title, D.kind, *(D[name] for name in named)),
            func.coalesce(V.approved_by, D.approved_by).label("approved_by"),
            func.coalesce(V.approved_on, D.approved_on).label("approved_on"),
            _day(V.published_at).label("published_on"),
            *(rule.c.mark, rule.c.years, rule.c.trigger),
            units.where(UnitRow.id == any_(D.unit_ids)).scalar_subquery().label("units"),
            json_object({name: V[name] for name in _FILE_NAMES}).label("file"),
            others.where(F.document_id == V.document_id, F.number == V.number)
            .scalar_subquery()
            .label("others"),
        )
        .join_from(VersionRow, DocumentRow, V.document_id == D.id)
        .join(rule, true(), isouter=True)
        .where(tuple_(V.document_id, V.number).in_(versions), *_wanted(wanted))
        .order_by(V.published_at, V.document_id, V.number)
    )
    found = []
    for row in (await session.execute(statement)).mappings():
        facts = {**row, "kind_name": KINDS[DocumentKind(row["kind"])].cs}
        facts["files"] = [facts.pop("file"), *facts.pop("others")]
        found.append(from_row(Packed, facts))
    return found


async def add_filing(session: AsyncSession, filing: Filing, items: Sequence[Packed]) -> None:
    wanted = filing.wanted
    await session.execute(
        insert(FilingRow).values(
            id=filing.id,
            office_id=wanted.office_id,
            unit_id=wanted.unit_id,
            published_from=wanted.published_from,
            published_until=wanted.published_until,
            digest=filing.digest,
            size_bytes=filing.size_bytes,
            item_count=filing.item_count,
            acknowledged=filing.acknowledged,
            version=filing.version,
            created_at=filing.created_at,
            created_by=filing.created_by,
        )
    )
    rows = [
        {
            "filing_id": filing.id,
            "document_id": one.document_id,
            "number": one.number,
            "place": place,
            "facts": canonical_json(one).decode(),
        }
        for place, one in enumerate(items, 1)
    ]
    await session.execute(insert(FilingItemRow), rows)


async def lock_filing(
    session: AsyncSession, filing_id: UUID, offices: Collection[UUID] | None
) -> tuple[int, int] | None:
    """Return version and acknowledged items of a package of one of the offices; None: of any."""
    statement = select(FilingRow.version, FilingRow.acknowledged).where(FilingRow.id == filing_id)
    if offices is not None:
        statement = statement.where(FilingRow.office_id.in_(offices))
    row = (await session.execute(statement.with_for_update())).one_or_none()
    return (row.version, row.acknowledged) if row else None


async def identifiers_of(session: AsyncSession, filing_id: UUID) -> dict[tuple[UUID, int], str | None]:
    statement = select(I.document_id, I.number, I.records_identifier).where(I.filing_id == filing_id)
    rows = await session.execute(statement)
    return {(row.document_id, row.number): row.records_identifier for row in rows}


async def acknowledge(
    session: AsyncSession,
    filing_id: UUID,
    news: Sequence[Acknowledgement],
    *,
    by: str,
    now: datetime,
) -> None:
    columns = (column("document_id", Uuid), column("number", Integer), column("identifier", Text))
    told = values(*columns, name="told").data(
        [(one.document_id, one.number, one.records_identifier) for one in news]
    )
    this = (I.filing_id == filing_id, I.document_id == told.c.document_id, I.number == told.c.number)
    noted = {"records_identifier": told.c.identifier, "acknowledged_at": now, "acknowledged_by": by}
    statement = update(FilingItemRow).where(*this).values(noted)
    await session.execute(statement.execution_options(synchronize_session=False))
    counted = {"acknowledged": FilingRow.acknowledged + len(news), "version": FilingRow.version + 1}
    await session.execute(update(FilingRow).where(FilingRow.id == filing_id).values(counted))
