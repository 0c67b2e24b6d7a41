"""SQL of the index: which versions it lacks, and how they are put into it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, cast, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import TSVECTOR, insert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.extraction.analysis import ANALYSER
from documents.extraction.tables import ExtractionRow, TextPageRow
from documents.files.tables import DocumentRow, VersionRow
from documents.retention.tables import DisposedVersionRow
from documents.search.tables import SearchEntryRow
from documents.units.tables import UnitRow
from shared.contracts.documents import DocumentKind

_UNITS_VERSION = (
    select(func.coalesce(func.sum(UnitRow.version), 0))
    .where(UnitRow.id == func.any(DocumentRow.unit_ids))
    .correlate(DocumentRow)
    .scalar_subquery()
)
_UNIT_NAMES = (
    select(func.array_agg(UnitRow.name))
    .where(UnitRow.id == func.any(DocumentRow.unit_ids))
    .correlate(DocumentRow)
    .scalar_subquery()
)


_IS_DISPOSED = exists().where(
    DisposedVersionRow.document_id == VersionRow.document_id, DisposedVersionRow.number == VersionRow.number
)
"""Another document may name the same file: its text is no more one of this document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A version that the index does not know as it is now."""

    document_id: UUID
    number: int
    digest: str
    kind: DocumentKind
    title: str
    others: tuple[str, ...]
    unit_names: tuple[str, ...]
    document_version: int
    units_version: int
    read_at: datetime | None
    is_disposed: bool


async def stale_versions(session: AsyncSession, *, most: int) -> list[Stale]:
    """Return versions that came, changed or were read since, the newest first."""
    d, v, x, e = DocumentRow, VersionRow, ExtractionRow, SearchEntryRow
    is_stale = or_(
        e.document_id.is_(None),
        e.document_version != d.version,
        e.read_at.is_distinct_from(x.read_at),
        e.analyser != ANALYSER,
    )
    found = (
        select(
            v.document_id,
            v.number,
            v.digest,
            v.label,
            v.file_name,
            d.kind,
            d.title,
            d.reference_number,
            d.file_mark,
            d.author,
            d.version.label("document_version"),
            _UNITS_VERSION.label("units_version"),
            _UNIT_NAMES.label("unit_names"),
            x.read_at,
            _IS_DISPOSED.label("is_disposed"),
        )
        .join(d, d.id == v.document_id)
        .outerjoin(x, and_(x.digest == v.digest, ~_IS_DISPOSED))
        .outerjoin(e, (e.document_id == v.document_id) & (e.number == v.number))
        .where(is_stale)
        .order_by(v.created_at.desc())
        .limit(most)
    )
    return [
        Stale(
            document_id=row.document_id,
            number=row.number,
            digest=row.digest,
            kind=DocumentKind(row.kind),
            title=row.title,
            others=tuple(
                filter(None, (row.reference_number, row.file_mark, row.author, row.label, row.file_name))
            ),
            unit_names=tuple(row.unit_names or ()),
            document_version=row.document_version,
            units_version=row.units_version,
            read_at=row.read_at,
            is_disposed=row.is_disposed,
        )
        for row in await session.execute(found)
    ]


async def pages_of(session: AsyncSession, digest: str) -> dict[int, str]:
    pages = select(TextPageRow.number, TextPageRow.text).where(TextPageRow.digest == digest)
    rows = await session.execute(pages.order_by(TextPageRow.number))
    return {row.number: row.text for row in rows}


async def save_entry(
    session: AsyncSession, version: Stale, *, words: str, title_words: str, areas: list[str]
) -> None:
    """Put a version into the index; one that was saved from an older state is found stale again."""
    values = {
        "document_id": version.document_id,
        "number": version.number,
        "words": cast(words, TSVECTOR),
        "title_words": cast(title_words, TSVECTOR),
        "areas": areas,
        "document_version": version.document_version,
        "units_version": version.units_version,
        "read_at": version.read_at,
        "analyser": ANALYSER,
    }
    statement = insert(SearchEntryRow).values(values)
    fresh = {name: statement.excluded[name] for name in values if name not in {"document_id", "number"}}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[SearchEntryRow.document_id, SearchEntryRow.number], set_=fresh
        )
    )


async def have_renamed_units_indexed(session: AsyncSession) -> None:
    """Make stale what was indexed under other names of its units."""
    renamed = (
        select(SearchEntryRow.document_id, SearchEntryRow.number)
        .join(DocumentRow, DocumentRow.id == SearchEntryRow.document_id)
        .where(SearchEntryRow.units_version != _UNITS_VERSION)
        .subquery()
    )
    same = (SearchEntryRow.document_id == renamed.c.document_id) & (SearchEntryRow.number == renamed.c.number)
    await session.execute(update(SearchEntryRow).where(same).values(analyser=0))
