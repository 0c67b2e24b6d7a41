"""What search shows of what it found: facts of documents, and the places of their texts."""

from functools import cache
from typing import Final

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    TableValuedAlias,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, TSQUERY, aggregate_order_by

from documents.extraction.tables import ExtractionRow, TextPageRow
from documents.files.list_repository import (
    ADDRESS_OF_VERSION,
    CONTENT,
    IS_DISPOSED,
    IS_PUBLIC,
    VISIBLE_VERSION,
    kind_name,
)
from documents.files.tables import DocumentRow, VersionRow
from documents.search.hit_repository import tsquery
from documents.units.tables import UnitRow
from shared.reads import Query, json_object

PLACES: Final = 3

_D, _V, _X, _P = DocumentRow, VersionRow, ExtractionRow, TextPageRow


def _units() -> ScalarSelect[object]:
    unit = json_object({"id": UnitRow.id, "name": UnitRow.name})
    listed = func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id), type_=JSON)
    return select(listed).where(UnitRow.id == any_(_D.unit_ids)).correlate(_D).scalar_subquery()


def _named() -> TableValuedAlias:
    """Return the versions that two arrays name, in their order."""
    documents = bindparam("documents", type_=ARRAY(Uuid))
    named = func.unnest(documents, bindparam("numbers", type_=ARRAY(Integer)))
    columns = named.table_valued(
        "document_id", "number", with_ordinality="place", name="named", joins_implicitly=True
    )
    return columns.render_derived()


def _places(count: int) -> CTE:
    """Return the pages of each file that hold the most of what was asked, the first ones first.

    All pages of a file have a lexeme in common, so that the index alone tells which of them hold what.
    """
    named = _named()
    of_file = func.concat("'#", func.left(_V.digest, 16), "'")
    theirs = and_(_V.document_id == named.c.document_id, _V.number == named.c.number)
    files = select(cast(func.string_agg(of_file, " | "), TSQUERY)).select_from(named).join(_V, theirs)
    held = union_all(*(_holding(place, files, worth=2 if place < count - 1 else 1) for place in range(count)))
    each = held.subquery("each")
    worth = func.sum(each.c.worth)
    order = func.row_number().over(partition_by=each.c.digest, order_by=(worth.desc(), each.c.number))
    ranked = select(each.c.digest, each.c.number, order.label("place")).group_by(each.c.digest, each.c.number)
    best = ranked.subquery("best")
    one = json_object({"number": _P.number, "label": _P.label, "text": _P.text})
    listed = func.json_agg(aggregate_order_by(one, best.c.place), type_=JSON)
    return (
        select(best.c.digest, listed.label("pages"))
        .join(_P, and_(_P.digest == best.c.digest, _P.number == best.c.number))
        .where(best.c.place <= PLACES)
        .group_by(best.c.digest)
        .cte("places")
        .prefix_with("MATERIALIZED")
    )


def _holding(place: int, files: Select[str], *, worth: int) -> Select[str, int, int]:
    """Return the pages of the files that a query holds for."""
    asked = files.scalar_subquery().op("&&")(tsquery(f"page{place}"))
    pages = func.pages_that_say(asked).table_valued(
        column("digest", Text), column("number", Integer), name=f"page{place}"
    )
    return select(pages.c.digest, pages.c.number, literal(worth).label("worth"))


@cache
def hits(asked: int) -> Query:
    """Return the query for what is shown of the versions named by two arrays, in their order.

    `asked`: so many queries for pages there are, the last one for pages that are full of it; 0: none.
    """
    named = _named()
    shown = (
        select(
            _D.id,
            _D.kind,
            kind_name(_D.__table__.c.kind).label("kind_name"),
            ADDRESS_OF_VERSION.label("address"),
            CONTENT.label("content"),
            _D.title,
            _D.reference_number,
            _D.dated_on,
            _units().label("units"),
            _V.number,
            _V.label,
            _V.file_name,
            _V.media_type,
            _V.published_at,
            IS_PUBLIC.label("is_public"),
            _X.state.label("text_state"),
            func.coalesce(_X.has_pages, literal(False)).label("has_pages"),
            _X.page_count,
        )
        .select_from(named)
        .join(_D, _D.id == named.c.document_id)
        .join(_V, and_(_V.document_id == _D.id, _V.number == named.c.number))
        .outerjoin(_X, and_(_X.digest == _V.digest, ~IS_DISPOSED))
        .where(VISIBLE_VERSION)
        .order_by(named.c.place)
    )
    if not asked:
        return Query(shown.add_columns(literal(None, type_=JSON).label("places")))
    places = _places(asked)
    shown = shown.add_columns(places.c.pages.label("places"))
    return Query(shown.outerjoin(places, and_(places.c.digest == _V.digest, ~IS_DISPOSED)))


@cache
def unmatched(count: int) -> Query:
    """Return the query for which of so many clauses no version that the caller may see holds."""
    return Query(select(*(_is_held(f"clause{place}").label(f"held{place}") for place in range(count))))


def _is_held(name: str) -> ColumnElement[bool]:
    said = func.versions_that_say(tsquery(name)).table_valued(
        column("document_id", Uuid), column("number", Integer), name=name
    )
    return (
        select(literal(1))
        .select_from(said)
        .join(_D, _D.id == said.c.document_id)
        .join(_V, and_(_V.document_id == said.c.document_id, _V.number == said.c.number))
        .where(VISIBLE_VERSION)
        .exists()
    )
