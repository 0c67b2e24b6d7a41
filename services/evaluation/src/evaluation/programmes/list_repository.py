"""What is read of the ledger: what was published, and whether it counts on a day."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Subquery,
    Text,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by, array
from sqlalchemy.orm import aliased

from evaluation.programmes.domain import Standing
from evaluation.programmes.tables import DeliverableRow, DocumentWithdrawalRow, OutputDocumentRow
from evaluation.projects.tables import KeyActivityRow, ProjectOutputRow
from evaluation.units.tables import UnitRow
from shared.reads import Query, json_object

PROJECT_ID: Final = bindparam("project_id", type_=Uuid)
UNTIL: Final = bindparam("until", type_=DateTime(timezone=True))
AS_OF: Final = bindparam("as_of", type_=Date)
"""The end of the day in question, and the day."""

_KEY = DeliverableRow.__table__.c
_BY_PUBLICATION = (_KEY.published_at, _KEY.document_id, _KEY.version)
WITHDRAWN: Final = exists().where(
    DocumentWithdrawalRow.document_id == DeliverableRow.document_id,
    DocumentWithdrawalRow.version >= DeliverableRow.version,
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": DeliverableRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": DeliverableRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "kind": DeliverableRow.kind == bindparam("kind", type_=Text()),
    "unassigned": ~exists().where(OutputDocumentRow.document_id == DeliverableRow.document_id),
}


@cache
def deliverables(filters: frozenset[str]) -> Query:
    """Return the list, the newest first, with those of `_FILTERS`."""
    return Query(
        select(
            DeliverableRow.document_id,
            DeliverableRow.version,
            DeliverableRow.kind,
            DeliverableRow.title,
            DeliverableRow.plan_id,
            DeliverableRow.revision,
            DeliverableRow.unit_ids,
            DeliverableRow.media_type,
            DeliverableRow.size_bytes,
            DeliverableRow.digest,
            DeliverableRow.published_at,
            DeliverableRow.approved_by,
            DeliverableRow.approved_on,
            DeliverableRow.output_kind,
            DeliverableRow.output_id,
            WITHDRAWN.label("withdrawn"),
        ).where(*(_FILTERS[name] for name in sorted(filters))),
        keys=_BY_PUBLICATION,
        descending=True,
    )


@cache
def totals() -> Query:
    """Return one row: a document counts once, however many versions are public; a withdrawn one does not."""
    by_kind = (
        select(
            DeliverableRow.kind,
            func.count(DeliverableRow.document_id.distinct()).label("documents"),
            func.count().label("versions"),
        )
        .where(~WITHDRAWN)
        .group_by(DeliverableRow.kind)
        .subquery("by_kind")
    )
    total = json_object({name: by_kind.c[name] for name in ("kind", "documents", "versions")})
    items = func.coalesce(func.json_agg(aggregate_order_by(total, by_kind.c.kind)), text("'[]'::json"))
    return Query(
        select(
            items.label("items"),
            func.coalesce(func.sum(by_kind.c.documents), 0).label("documents"),
            func.coalesce(func.sum(by_kind.c.versions), 0).label("versions"),
        )
    )


@cache
def ledger() -> Subquery:
    """Return the documents that fulfil outputs of a project, each with its standing on a day."""
    of = OutputDocumentRow.__table__.c
    version = aliased(DeliverableRow, name="version")
    newest = (
        select(version)
        .where(version.document_id == of.document_id, version.published_at <= UNTIL)
        .order_by(version.version.desc())
        .limit(1)
        .correlate(OutputDocumentRow)
        .lateral("newest")
    )
    public = newest.c
    told = public.approved_by.is_not(None) & public.approved_on.is_not(None)
    approved_by = case((told, public.approved_by), else_=of.approved_by)
    approved_on = case((told, public.approved_on), else_=of.approved_on)
    withdrawn = exists().where(
        DocumentWithdrawalRow.document_id == of.document_id,
        DocumentWithdrawalRow.version >= public.version,
        DocumentWithdrawalRow.withdrawn_at <= UNTIL,
    )
    whole = (func.btrim(public.title) != "") & (public.digest != "") & (func.btrim(approved_by) != "")
    standing = case(
        (public.document_id.is_(None), literal(Standing.NOT_YET.value)),
        (withdrawn, literal(Standing.WITHDRAWN.value)),
        (whole & (approved_on <= AS_OF), literal(Standing.COUNTED.value)),
        else_=literal(Standing.INCOMPLETE.value),
    )
    return (
        select(
            of.document_id,
            of.version,
            of.output_id,
            of.unit_id,
            of.assigned_at,
            public.title,
            public.digest,
            public.published_at,
            approved_by.label("approved_by"),
            approved_on.label("approved_on"),
            standing.label("standing"),
            ProjectOutputRow.key_activity_id,
            ProjectOutputRow.code,
            ProjectOutputRow.position,
            ProjectOutputRow.in_indicator,
        )
        .select_from(OutputDocumentRow)
        .join(ProjectOutputRow, ProjectOutputRow.id == of.output_id)
        .join(newest, true(), isouter=True)
        .where(ProjectOutputRow.project_id == PROJECT_ID)
        .subquery("ledger")
    )


@cache
def documents_of_project(*, of_output: bool, of_standing: bool) -> Query:
    """Return the ledger of a project by key activity and output, with what is missing where it is."""
    row = ledger().c
    found = (
        select(
            row.document_id,
            row.version,
            row.output_id,
            row.code.label("output_code"),
            KeyActivityRow.number.label("key_activity"),
            row.unit_id,
            UnitRow.name.label("unit_name"),
            row.title,
            row.digest,
            row.published_at,
            row.approved_by,
            row.approved_on,
            row.standing,
            row.in_indicator,
        )
        .join(KeyActivityRow, KeyActivityRow.id == row.key_activity_id)
        .join(UnitRow, UnitRow.id == row.unit_id, isouter=True)
    )
    if of_output:
        found = found.where(row.output_id == bindparam("output", type_=Uuid))
    if of_standing:
        found = found.where(row.standing == bindparam("standing", type_=Text))
    keys = (KeyActivityRow.__table__.c.position, row.position, row.document_id)
    return Query(found, keys=keys)
