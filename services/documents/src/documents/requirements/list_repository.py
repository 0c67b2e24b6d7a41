"""What is required of whom, what is there of it and what is missing; who sees which is decided here."""

from functools import cache
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by, array
from sqlalchemy.sql.selectable import LateralFromClause

from documents.files.list_repository import ADDRESS, VISIBLE, kind_name
from documents.files.tables import DocumentRow
from documents.requirements.domain import (
    PLANS,
    RANK_OF_NEED,
    RANKS,
    Fulfilment,
    Milestone,
    SubjectKind,
)
from documents.requirements.tables import (
    MilestoneRow,
    RequirementEditionRow,
    RequirementRow,
    RequiringSubjectRow,
)
from documents.units.tables import UnitRow
from shared.contracts.documents import DocumentKind
from shared.reads import Query, json_object

D: Final = DocumentRow.__table__.c
E: Final = RequirementEditionRow.__table__.c
Q: Final = RequirementRow.__table__.c
S: Final = RequiringSubjectRow.__table__.c
M: Final = MilestoneRow.__table__.c
_NOTHING: Final = literal_column("'[]'::json", type_=JSON)
_BEFORE: Final = 730
"""Documents of a unit count for its cooperation when they are at most two years older."""
_TODAY: Final = bindparam("today", type_=Date)
_MAY_SEE: Final = or_(
    bindparam("agency", type_=Boolean), S.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid)))
)
_EDITION: Final = func.coalesce(
    select(func.max(E.number))
    .where(E.valid_from <= S.begins_on)
    .correlate(RequiringSubjectRow)
    .scalar_subquery(),
    select(func.min(E.number)).scalar_subquery(),
)
"""The edition in force when it began; the oldest for what is older than all."""


def _reached_on() -> ColumnElement[object]:
    """Return the day from which the time runs.

    A cooperation leans on the newest memorandum that its unit had by its beginning; where there was none,
    on the first one after. Of descriptions the first one counts.
    """
    before = and_(M.milestone == Milestone.MEMORANDUM.value, M.reached_on <= S.begins_on)
    noted = (
        select(func.coalesce(func.max(M.reached_on).filter(before), func.min(M.reached_on)))
        .where(M.milestone == Q.milestone, or_(M.of_id == S.id, M.of_id == any_(S.unit_ids)))
        .correlate(RequirementRow, RequiringSubjectRow)
        .scalar_subquery()
    )
    return case(
        (Q.milestone == Milestone.BEGINNING.value, S.begins_on),
        (Q.milestone == Milestone.PLANNED_END.value, S.ends_on),
        (Q.milestone == Milestone.END.value, S.ended_on),
        else_=noted,
    )


_RANK: Final = case(
    (D.public_number.is_not(None), 4),
    *((D.state == state.value, rank) for state, rank in RANKS.items()),
    else_=0,
)
_SHOWN: Final = ("id", "title", "state", "address")
_NEED: Final = case(*((Q.need == need.value, rank) for need, rank in RANK_OF_NEED.items()), else_=1)


def _document() -> LateralFromClause:
    """Return the document that meets the requirement best."""
    is_kind = or_(
        D.kind == Q.kind,
        and_(
            Q.kind == DocumentKind.PLAN.value,
            D.kind.in_([each.value for each in PLANS]),
        ),
    )
    of_unit = and_(
        S.kind == SubjectKind.COOPERATION.value,
        D.cooperation_id.is_(None),
        D.unit_ids.overlap(S.unit_ids),
        D.dated_on >= S.begins_on - _BEFORE,
    )
    anybody = or_(func.cardinality(D.unit_ids) == 0, D.public_number.is_not(None))
    counts = or_(D.unit_ids.overlap(S.unit_ids), anybody)  # whoever files a draft names what he likes
    return (
        select(
            *(D.id, D.title, D.state, ADDRESS.label("address")),
            *(VISIBLE.label("is_seen"), _RANK.label("rank")),
        )
        .where(is_kind, _RANK > 0, counts, or_(D.plan_id == S.id, D.cooperation_id == S.id, of_unit))
        .order_by(_RANK.desc(), D.created_at.desc(), D.id)
        .limit(1)
        .correlate(RequirementRow, RequiringSubjectRow)
        .lateral("document_found")
    )


def _items() -> LateralFromClause:
    found = _document()
    due_on = cast(_reached_on() + Q.due_days, Date)
    fulfilment = case(
        (found.c.rank >= _NEED, Fulfilment.COMPLETE.value),
        (found.c.rank.is_not(None), Fulfilment.IN_PROGRESS.value),
        else_=Fulfilment.MISSING.value,
    )
    is_complete = fulfilment == Fulfilment.COMPLETE.value
    return (
        select(
            Q.edition,
            Q.kind,
            kind_name(Q.kind).label("kind_name"),
            Q.need,
            Q.milestone,
            due_on.label("due_on"),
            fulfilment.label("fulfilment"),
            and_(~is_complete, func.coalesce(due_on < _TODAY, False)).label("is_overdue"),
            *(case((found.c.is_seen, found.c[name])).label(f"document_{name}") for name in _SHOWN),
        )
        .select_from(RequirementRow)
        .outerjoin(found, true())
        .where(
            Q.edition == _EDITION,
            Q.subject == S.kind,
            or_(func.cardinality(Q.applies_to) == 0, S.variant == any_(Q.applies_to)),
        )
        .correlate(RequiringSubjectRow)
        .lateral("item")
    )


def _summed() -> LateralFromClause:
    item = _items()
    shown = json_object({column.key: column for column in item.c})
    ordered = aggregate_order_by(shown, item.c.due_on.asc().nulls_last(), item.c.kind)
    return (
        select(
            func.count().label("required"),
            func.count().filter(item.c.fulfilment == Fulfilment.COMPLETE.value).label("complete"),
            func.count().filter(item.c.is_overdue).label("overdue"),
            func.min(item.c.due_on).filter(item.c.is_overdue).label("overdue_from"),
            func.coalesce(func.json_agg(ordered, type_=JSON), _NOTHING).label("items"),
        )
        .select_from(item)
        .lateral("summed")
    )


_SUMMED: Final = _summed()
_VARIANT_NAME: Final = func.json_extract_path_text(
    cast(bindparam("variant_names", type_=Text), JSON), S.variant
)
_CALLED: Final = func.coalesce(_VARIANT_NAME, S.variant)
_UNIT_NAMES: Final = (
    select(func.string_agg(UnitRow.name, aggregate_order_by(literal(", "), UnitRow.name)))
    .where(UnitRow.id == any_(S.unit_ids))
    .correlate(RequiringSubjectRow)
    .scalar_subquery()
)
_TITLE: Final = func.coalesce(func.nullif(S.title, ""), func.concat_ws(": ", _UNIT_NAMES, _CALLED))
"""A cooperation has no title of its own: it is that of its unit in its regime."""
_UNIT: Final = json_object({"id": UnitRow.id, "name": UnitRow.name})
_UNITS: Final = (
    select(func.coalesce(func.json_agg(aggregate_order_by(_UNIT, UnitRow.name), type_=JSON), _NOTHING))
    .where(UnitRow.id == any_(S.unit_ids))
    .correlate(RequiringSubjectRow)
    .scalar_subquery()
)
_COLUMNS: Final = (
    S.id,
    S.kind,
    S.variant,
    _CALLED.label("variant_name"),
    _TITLE.label("title"),
    _UNITS.label("units"),
    S.begins_on,
    S.ends_on,
    S.ended_on,
    *_SUMMED.c,
)
_ALL: Final = select(*_COLUMNS).select_from(RequiringSubjectRow).join(_SUMMED, true())

ONE: Final = Query(_ALL.where(S.id == bindparam("id", type_=Uuid), _MAY_SEE))
_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "unit": S.unit_ids.contains(array([bindparam("unit", type_=Uuid)])),
    "subject": S.kind == bindparam("subject", type_=Text),
    "overdue": bindparam("overdue", type_=Boolean) == (_SUMMED.c.overdue > 0),
    "ended": bindparam("ended", type_=Boolean) == S.ended_on.is_not(None),
}


@cache
def completeness(*filters: str) -> Query:
    """Return the query for cooperations and plans that the caller may see, those begun last first."""
    return Query(
        _ALL.where(_MAY_SEE, *(_FILTERS[name] for name in filters)),
        keys=(S.begins_on, S.id),
        descending=True,
    )


_REQUIRED: Final = json_object(
    {name: Q[name] for name in ("subject", "kind", "milestone", "due_days", "need", "applies_to")}
)
_LISTED: Final = aggregate_order_by(_REQUIRED, Q.subject, Q.milestone, Q.kind)
_REQUIREMENTS: Final = (
    select(func.coalesce(func.json_agg(_LISTED, type_=JSON), _NOTHING))
    .where(Q.edition == E.number)
    .correlate(RequirementEditionRow)
    .scalar_subquery()
)
_EDITIONS: Final = select(E.number, E.valid_from, E.note, _REQUIREMENTS.label("requirements"))
EDITIONS: Final = Query(_EDITIONS, keys=(E.number,), descending=True)
EDITION: Final = Query(_EDITIONS.where(E.number == bindparam("number", type_=Integer)), version="number")
