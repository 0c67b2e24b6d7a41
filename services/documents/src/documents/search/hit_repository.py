"""What search reads: what is found, counted and shown, within what the caller may see."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    Float,
    FromClause,
    Integer,
    ScalarSelect,
    SmallInteger,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    column,
    extract,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, TSQUERY, TSVECTOR, aggregate_order_by
from sqlalchemy.sql.elements import SQLCoreOperations

from documents.files.list_repository import MAY_SEE, VISIBLE_VERSION, kind_name
from documents.files.states import DocumentState
from documents.files.tables import DocumentRow, VersionRow
from documents.search.tables import SearchEntryRow
from documents.units.tables import UnitRow
from shared.reads import Query, json_object

RANKED: Final = 50
"""So many are ranked by their whole text; the others follow as their title, subject and age say."""
MOST_IN_FACET: Final = 30
WEIGHTS: Final[ColumnElement[object]] = literal_column("'{0.1, 0.2, 0.4, 1.0}'::float4[]")
"""Of D, C, B, A: a lemma in the text, a form in the text, metadata, the title."""
NEW: Final = 0.2
"""What being of today is worth; half of it a year later."""
YEAR: Final = 365
FILTERS: Final = ("kind", "unit", "area", "year")

_D, _V, _E = DocumentRow, VersionRow, SearchEntryRow


def tsquery(name: str) -> ColumnElement[object]:
    """Return a parameter that is read once: as a text it would be read anew for each row."""
    return cast(bindparam(name, type_=TSQUERY), TSQUERY)


@cache
def search(*, asks: bool, filters: tuple[str, ...], phrases: tuple[tuple[bool, bool], ...]) -> Query:
    """Return the query for one page of what is found, with its total and facets, as one row.

    `phrases`: for each clause that holds one, whether it is refused, and whether something else would do.
    """
    found = _found(asks=asks, phrases=phrases)
    conditions = _conditions(found)
    narrowed = (conditions[name] for name in filters)
    chosen = select(found).where(*narrowed).cte("chosen") if filters else found
    return Query(
        select(
            select(func.count()).select_from(chosen).scalar_subquery().label("total"),
            _page(chosen, asks=asks).label("hits"),
            *(
                _facet(name, found, [conditions[other] for other in filters if other != name])
                for name in FILTERS
            ),
        )
    )


def _found(*, asks: bool, phrases: tuple[tuple[bool, bool], ...]) -> CTE:
    """Return what holds all that was asked, in its newest version that the caller may see."""
    entry = _entries_that_say("asked") if asks else SearchEntryRow.__table__
    days = func.abs(cast(bindparam("today", type_=Date), Date) - _D.dated_on)
    cheap = NEW * YEAR / cast(YEAR + days, Float)
    source = (
        select(entry.c.document_id)
        .select_from(entry)
        .join(_D, _D.id == entry.c.document_id)
        .join(_V, and_(_V.document_id == entry.c.document_id, _V.number == entry.c.number))
    )
    current = or_(
        bindparam("every_version", type_=Boolean),
        entry.c.number == case((MAY_SEE, _D.latest), else_=_D.public_number),
    )
    if asks:
        about = _versions_that_say("about")
        same = and_(about.c.document_id == entry.c.document_id, about.c.number == entry.c.number)
        source = source.outerjoin(about, same)
        said = func.ts_rank(WEIGHTS, entry.c.title_words, tsquery("any"))
        cheap = cheap + 2 * said + case((about.c.document_id.is_not(None), 0.3), else_=0.0)
    for place, (is_not, has_others) in enumerate(phrases):
        source = source.where(_phrase(place, entry, is_not=is_not, has_others=has_others))
    return (
        source.where(VISIBLE_VERSION, current, _D.state != DocumentState.DISCARDED.value)
        .add_columns(
            entry.c.number,
            _D.kind,
            _D.unit_ids,
            entry.c.areas,
            cast(extract("year", _D.dated_on), SmallInteger).label("year"),
            _D.dated_on,
            cheap.label("cheap"),
        )
        .cte("found")
    )


def _entries_that_say(name: str) -> FromClause:
    """Return the entries that a query holds for, by the index alone: no vector of a text is read for it."""
    columns = (
        column("document_id", Uuid),
        column("number", Integer),
        column("title_words", TSVECTOR),
        column("areas", ARRAY(Text)),
    )
    return func.entries_that_say(tsquery(name)).table_valued(*columns, name=f"entry_{name}")


def _versions_that_say(name: str) -> CTE:
    columns = (column("document_id", Uuid), column("number", Integer))
    said = func.versions_that_say(tsquery(name)).table_valued(*columns, name=f"say_{name}")
    return select(said.c.document_id, said.c.number).cte(name)


def _phrase(place: int, entry: FromClause, *, is_not: bool, has_others: bool) -> ColumnElement[bool]:
    """Hold where a page, or the metadata, have the words of the phrase one after another."""
    ordered = tsquery(f"phrase{place}")
    said = func.files_that_say(tsquery(f"pairs{place}"), tsquery(f"long{place}"))
    files = said.table_valued(column("digest", Text), name=f"files{place}")
    held = [_V.digest.in_(select(files.c.digest)), entry.c.title_words.op("@@")(ordered)]
    if has_others:
        others = _versions_that_say(f"other{place}")
        named = select(others.c.document_id, others.c.number)
        held.append(tuple_(entry.c.document_id, entry.c.number).in_(named))
    return not_(or_(*held)) if is_not else or_(*held)


def _conditions(found: CTE) -> dict[str, ColumnElement[bool]]:
    return {
        "kind": found.c.kind == bindparam("kind", type_=Text),
        "unit": bindparam("unit", type_=Uuid) == any_(found.c.unit_ids),
        "area": bindparam("area", type_=Text) == any_(found.c.areas),
        "year": found.c.year == bindparam("year", type_=Integer),
    }


def _page(chosen: CTE, *, asks: bool) -> ScalarSelect[object]:
    """Return the ids of one page: the best by title, subject and age are ranked by their whole text."""
    first = select(chosen).order_by(*_in_order(chosen.c.cheap, chosen)).limit(RANKED).cte("first")
    rank: ColumnElement[object] = first.c.cheap
    source = select(first.c.document_id, first.c.number)
    if asks:
        same = and_(_E.document_id == first.c.document_id, _E.number == first.c.number)
        source = source.join(_E, same)
        rank = rank + func.ts_rank(WEIGHTS, _E.words, tsquery("any"), 1)
    ranked = source.add_columns(literal(1).label("tier"), rank.label("rank"), first.c.dated_on)
    ids = select(first.c.document_id, first.c.number).subquery("ids")
    is_first = select(ids.c.number).where(
        ids.c.document_id == chosen.c.document_id, ids.c.number == chosen.c.number
    )
    others = select(
        chosen.c.document_id,
        chosen.c.number,
        literal(0).label("tier"),
        chosen.c.cheap.label("rank"),
        chosen.c.dated_on,
    ).where(~is_first.exists(), bindparam("is_deep", type_=Boolean))
    every = union_all(ranked, others).subquery("every")
    page = (
        select(every)
        .order_by(every.c.tier.desc(), *_in_order(every.c.rank, every))
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
        .subquery("page")
    )
    one = json_object({"document_id": page.c.document_id, "number": page.c.number})
    order = (page.c.tier.desc(), *_in_order(page.c.rank, page))
    return select(func.json_agg(aggregate_order_by(one, *order), type_=JSON)).scalar_subquery()


def _in_order(rank: ColumnElement[object], rows: FromClause) -> tuple[ColumnElement[object], ...]:
    """Give an order without ties: the best, then the newest."""
    return rank.desc(), rows.c.dated_on.desc(), rows.c.document_id, rows.c.number.desc()


def _facet(name: str, found: CTE, conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[object]:
    """Count what is found by each value, under all filters but the facet's own."""
    times = func.count().label("times")
    if name in {"unit", "area"}:
        several = found.c.unit_ids if name == "unit" else found.c.areas
        same = select(several.label("several"), times).where(*conditions).group_by(several).subquery()
        each = select(func.unnest(same.c.several).label("value"), same.c.times).subquery()
        times = cast(func.sum(each.c.times), Integer).label("times")
        counted = select(each.c.value, times).group_by(each.c.value)
    else:
        value = found.c[name].label("value")
        counted = select(value, times).where(*conditions).group_by(found.c[name])
    top = counted.order_by(times.desc(), counted.selected_columns.value).limit(MOST_IN_FACET).subquery()
    members: dict[str, SQLCoreOperations[object]] = {"value": top.c.value, "count": top.c.times}
    source: FromClause = top
    if name == "kind":
        members["name"] = kind_name(top.c.value)
    if name == "unit":
        members["name"] = UnitRow.name
        source = top.join(UnitRow, UnitRow.id == top.c.value)
    listed = aggregate_order_by(json_object(members), top.c.times.desc(), top.c.value)
    return select(func.json_agg(listed, type_=JSON)).select_from(source).scalar_subquery().label(f"{name}s")
