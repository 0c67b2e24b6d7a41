"""SQL of editions: what is published, results as lists, one municipality through the years."""

from collections.abc import Collection
from functools import cache
from typing import Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Select,
    SmallInteger,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.exclusion.repository import in_force
from registry.exclusion.tables import DonorChoiceRow, IndexComputationRow, IndexMethodRow, IndexResultRow
from registry.explanation.sizes import CLASSES
from registry.memberships.repository import municipalities_within
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import Query, decimal_text, json_object

_LOWEST: Final = f"(ARRAY[{', '.join(str(size.lowest) for size in CLASSES)}])"
_ENDS: Final = ", ".join("NULL" if size.highest is None else str(size.highest) for size in CLASSES)
_HIGHEST: Final = f"(ARRAY[{_ENDS}]::integer[])"
_DONOR = aliased(UnitStateRow)
_LAST_DAY: Final = func.make_date(cast(IndexComputationRow.year, Integer), 12, 31, type_=Date)
_COMPUTATION_ID: Final = IndexComputationRow.__table__.c.id
_BY_NAME: Final = (
    UnitStateRow.__table__.c.sort_key,
    UnitStateRow.__table__.c.unit_id,
    _COMPUTATION_ID,
)
_YEAR: Final = bindparam("year", type_=SmallInteger)
_METHOD_COLUMNS: Final = (
    IndexMethodRow.code,
    IndexMethodRow.definition["name_cs"].as_string().label("name_cs"),
    IndexMethodRow.definition["name_en"].as_string().label("name_en"),
    IndexMethodRow.first_year,
    IndexMethodRow.last_year,
    IndexMethodRow.digest,
    IndexMethodRow.enacted_at,
)
METHODS: Final = Query(select(*_METHOD_COLUMNS), keys=(IndexMethodRow.__table__.c.code,))
ONE_METHOD: Final = Query(
    select(IndexMethodRow.definition, IndexMethodRow.digest, IndexMethodRow.enacted_at).where(
        IndexMethodRow.code == bindparam("code")
    )
)


def published() -> Select[*tuple[object, ...]]:
    """Select what was published last for each year and method; use it as a subquery."""
    computation = IndexComputationRow
    return (
        select(*computation.__table__.columns)
        .ext(distinct_on(computation.year, computation.method))
        .order_by(computation.year, computation.method, computation.version.desc())
    )


def _editions() -> Query:
    newest, forces = published().subquery("newest"), in_force().subquery("forces")
    return Query(
        select(*newest.c, forces.c.id.is_not(None).label("is_in_force"))
        .outerjoin(forces, forces.c.id == newest.c.id)
        .order_by(newest.c.year, newest.c.method)
    )


EDITIONS: Final = _editions()


@cache
def results(asked: Collection[str], *, sort: str, of_method: bool, following: bool) -> Query:
    """Return the query for results of an edition by the filters that were given.

    The last key is the computation: a `following` page asks for that of the page before (`computation_id`),
    whatever was published meanwhile.

    In Czech order of names (`name`), or by the Index, from the lowest (`index`) or the highest (`-index`);
    an unknown Index counts as −1 there. The newest year where none is asked for. `within` goes with a `day`.
    """
    found = _results(_computation(asked, of_method=of_method, following=following))
    if "region" in asked:
        found = found.where(IndexResultRow.region_id == bindparam("region", type_=Uuid))
    if "band" in asked:
        found = found.where(IndexResultRow.band == bindparam("band", type_=SmallInteger))
    if "within" in asked:
        found = found.where(IndexResultRow.unit_id.in_(municipalities_within()))
    if sort == "name":
        return Query(found, keys=_BY_NAME)
    index = func.coalesce(IndexResultRow.index, -1, type_=Integer)
    keys = (index, IndexResultRow.__table__.c.unit_id, _COMPUTATION_ID)
    return Query(found, keys=keys, descending=sort == "-index")


@cache
def donors(asked: Collection[str], *, of_method: bool, following: bool) -> Query:
    """Return the query for who takes over points from whom, in Czech order; pages as those of `results`."""
    computation = _computation(asked, of_method=of_method, following=following)
    choice = (
        select(DonorChoiceRow.donor_id, DonorChoiceRow.way, DonorChoiceRow.reason)
        .where(
            DonorChoiceRow.unit_id == IndexResultRow.unit_id,
            DonorChoiceRow.from_year <= IndexComputationRow.year,
        )
        .order_by(DonorChoiceRow.from_year.desc())
        .limit(1)
        .lateral("choice")
    )
    found = (
        _joined(
            select(
                IndexResultRow.unit_id,
                UnitStateRow.code,
                UnitStateRow.name,
                IndexComputationRow.year,
                IndexComputationRow.method,
                IndexResultRow.way,
                _donor(),
                choice.c.donor_id.label("chosen_donor_id"),
                choice.c.reason,
            ),
            computation,
        )
        .outerjoin(choice, literal_column("true"))
        .where(IndexResultRow.way != "own")
    )
    if "way" in asked:
        found = found.where(IndexResultRow.way == bindparam("way"))
    if "donor" in asked:
        found = found.where(IndexResultRow.donor_id == bindparam("donor", type_=Uuid))
    return Query(found, keys=_BY_NAME)


def _of_unit() -> Query:
    newest = published().subquery("newest")
    forces = in_force().subquery("forces")
    return Query(
        _joined(
            select(*_columns(), newest.c.version, forces.c.id.is_not(None).label("is_in_force")),
            IndexComputationRow.id == newest.c.id,
        )
        .join(newest, newest.c.id == IndexComputationRow.id)
        .outerjoin(forces, forces.c.id == newest.c.id)
        .where(IndexResultRow.unit_id == bindparam("unit_id", type_=Uuid))
        .order_by(IndexComputationRow.year, IndexComputationRow.method)
    )


def _columns() -> tuple[SQLCoreOperations[object], ...]:
    bucket = f"width_bucket(index_result.population_15_plus, {_LOWEST})"
    size = json_object(
        {
            "lowest": literal_column(f"{_LOWEST}[{bucket}]"),
            "highest": literal_column(f"{_HIGHEST}[{bucket}]"),
        }
    )
    return (
        IndexResultRow.unit_id,
        UnitStateRow.code,
        UnitStateRow.name,
        IndexResultRow.region_id,
        IndexComputationRow.year,
        IndexComputationRow.method,
        IndexResultRow.index,
        IndexResultRow.band,
        cast(func.string_to_array(IndexResultRow.points, None, "-"), ARRAY(Integer)).label("points"),
        IndexResultRow.population_15_plus,
        case((IndexResultRow.population_15_plus.is_not(None), size)).label("size_class"),
        IndexResultRow.way,
        _donor(),
        IndexResultRow.published_index,
    )


def _donor() -> ColumnElement[object]:
    donor = json_object(
        {
            "unit_id": IndexResultRow.donor_id,
            "code": _DONOR.code,
            "name": _DONOR.name,
            "distance_m": decimal_text(IndexResultRow.donor_distance_m),
        }
    )
    return case((IndexResultRow.donor_id.is_not(None), donor)).label("donor")


def _results(computation: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    return _joined(select(*_columns()), computation)


def _joined(
    found: Select[*tuple[object, ...]], computation: ColumnElement[bool]
) -> Select[*tuple[object, ...]]:
    """Join results with their computation, and with names as they were on the last day of the year."""
    return (
        found.select_from(IndexComputationRow)
        .join(IndexResultRow, IndexResultRow.computation_id == IndexComputationRow.id)
        .join(
            UnitStateRow,
            and_(UnitStateRow.unit_id == IndexResultRow.unit_id, named_on(UnitStateRow, _LAST_DAY)),
        )
        .outerjoin(_DONOR, and_(_DONOR.unit_id == IndexResultRow.donor_id, named_on(_DONOR, _LAST_DAY)))
        .where(computation)
    )


def _computation(asked: Collection[str], *, of_method: bool, following: bool) -> ColumnElement[bool]:
    if following:
        of_page = [cast(bindparam("computation_id", type_=Text), Integer) == _COMPUTATION_ID]
        if "year" in asked:
            of_page.append(IndexComputationRow.year == _YEAR)
        if of_method:
            of_page.append(IndexComputationRow.method == bindparam("method", type_=Text))
        return and_(*of_page)
    forces: Subquery = in_force(of_method=of_method).subquery()
    wanted = select(forces.c.id).order_by(forces.c.year.desc()).limit(1)
    if "year" in asked:
        wanted = wanted.where(forces.c.year == _YEAR)
    return wanted.scalar_subquery() == _COMPUTATION_ID


OF_UNIT: Final = _of_unit()
