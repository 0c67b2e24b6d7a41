"""The rows of open data, read by COPY."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, any_, case, func, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from documents.catalogue.domain import ACTS, DOCUMENTS, Dataset, Form
from documents.files.list_repository import IS_PUBLIC, D, V
from documents.files.tables import DocumentRow, VersionRow
from documents.record.tables import ActRow, BundleRow
from documents.units.tables import UnitRow
from shared.bulk import copy_out
from shared.canonical import canonical_json
from shared.csv_files import Delimiter, csv_file

A: Final = ActRow.__table__.c
_INSTANT: Final = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'


def _utc(instant: ColumnElement[object], name: str) -> ColumnElement[str]:
    return func.to_char(func.timezone("UTC", instant), _INSTANT).label(name)


def _documents() -> Select[*tuple[object, ...]]:
    codes = (
        select(func.string_agg(UnitRow.code, " ").label("codes"))
        .where(UnitRow.id == any_(D.unit_ids))
        .correlate(DocumentRow)
        .scalar_subquery()
    )
    path = func.concat("/documents/", V.document_id, "/versions/", V.number, "/content")
    return (
        select(
            *(V.document_id, V.number, D.kind, D.title, V.label, codes.label("unit_codes"), D.plan_id),
            D.reference_number,
            func.coalesce(V.approved_by, D.approved_by).label("approved_by"),
            func.coalesce(V.approved_on, D.approved_on).label("approved_on"),
            _utc(V.published_at, "published_at"),
            *(D.language, D.licence, V.media_type, V.size_bytes, V.digest, path.label("path")),
        )
        .join_from(VersionRow, DocumentRow, V.document_id == D.id)
        .where(IS_PUBLIC)
        .order_by(V.document_id, V.number)
    )


def _acts() -> Select[*tuple[object, ...]]:
    bundle = select(BundleRow.number).where(BundleRow.day == A.received_on).scalar_subquery()
    return select(
        A.position,
        case((A.disclosed, A.type), else_=null()).label("type"),
        case((A.disclosed, A.subject_id), else_=null()).label("subject_id"),
        _utc(A.received_at, "received_at"),
        A.received_on,
        A.digest,
        bundle.label("bundle"),
    ).order_by(A.position)


_ROWS: Final[Mapping[str, Select[*tuple[object, ...]]]] = {DOCUMENTS.id: _documents(), ACTS.id: _acts()}


async def rows_of(session: AsyncSession, dataset: Dataset, form: Form) -> bytes:
    """Return the whole dataset: CSV with a heading, or an object a line."""
    statement = _ROWS[dataset.id]
    if form is Form.CSV:
        return await copy_out(session, statement)
    rows = (await session.execute(statement)).mappings()
    return b"".join(canonical_json(dict(row)) + b"\n" for row in rows)


async def spreadsheet_of(session: AsyncSession, dataset: Dataset) -> bytes:
    """Return the whole dataset as Czech spreadsheets open it: Czech headings, and no formula in it."""
    found = await session.execute(_ROWS[dataset.id])
    rows = ([str(cell) if isinstance(cell, UUID) else cell for cell in row] for row in found)
    return csv_file([[column.cs for column in dataset.columns], *rows], Delimiter.SEMICOLON)
