"""What search shows of what it found: facts of documents, and the places of their texts."""

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Uuid,
    and_,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, aggregate_order_by

from documents.extraction.tables import ExtractionRow, TextPageRow
from documents.files.list_repository import IS_PUBLIC, VISIBLE_VERSION
from documents.files.tables import DocumentRow, VersionRow
from documents.search.hit_repository import WEIGHTS, tsquery
from documents.units.tables import UnitRow
from shared.reads import Query, json_object

PLACES: Final = 3
PAGES_LOOKED_AT: Final = 60

_D, _V, _X, _P = DocumentRow, VersionRow, ExtractionRow, TextPageRow


def _units() -> ScalarSelect[object]:
    unit = json_object({"id": UnitRow.id, "name": UnitRow.name})
    listed = func.json_agg(aggregate_order_by(unit, UnitRow.name, UnitRow.id), type_=JSON)
    return select(listed).where(UnitRow.id == any_(_D.unit_ids)).correlate(_D).scalar_subquery()


def _places() -> ScalarSelect[object]:
    """Return the pages that hold the most of what was asked, of the first that hold anything of it."""
    asked = tsquery("any")
    rank = func.ts_rank(WEIGHTS, _P.words, asked).label("rank")
    held = (
        select(_P.number, _P.label, _P.text, rank)
        .where(_P.digest == _V.digest, _P.words.op("@@")(asked))
        .order_by(_P.number)
        .limit(PAGES_LOOKED_AT)
        .correlate(_V)
        .subquery("held")
    )
    best = select(held).order_by(held.c.rank.desc(), held.c.number).limit(PLACES).subquery("best")
    one = json_object({name: best.c[name] for name in ("number", "label", "text")})
    listed = aggregate_order_by(one, best.c.rank.desc(), best.c.number)
    return select(func.json_agg(listed, type_=JSON)).scalar_subquery()


@cache
def hits(*, asks: bool) -> Query:
    """Return the query for what is shown of the versions named by two arrays, in their order."""
    named = func.unnest(
        bindparam("documents", type_=ARRAY(Uuid)), bindparam("numbers", type_=ARRAY(Integer))
    ).table_valued("document_id", "number", with_ordinality="place", name="named", joins_implicitly=True)
    named = named.render_derived()
    return Query(
        select(
            _D.id,
            _D.kind,
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
            (_places() if asks else literal(None, type_=JSON)).label("places"),
        )
        .select_from(named)
        .join(_D, _D.id == named.c.document_id)
        .join(_V, and_(_V.document_id == _D.id, _V.number == named.c.number))
        .outerjoin(_X, _X.digest == _V.digest)
        .where(VISIBLE_VERSION)
        .order_by(named.c.place)
    )


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
