"""SQL of the Index as tables: results, inputs by indicator, references, bands, methods."""

from typing import Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from registry.datasets.domain import Asked
from registry.datasets.method_repository import listed, parts_of, text_of
from registry.exclusion.repository import in_force
from registry.exclusion.tables import IndexMethodRow, IndexReferenceRow, IndexResultRow
from registry.units.repository import named_on
from registry.units.tables import UnitStateRow
from shared.reads import decimal_text

Rows = Select[*tuple[object, ...]]
_RESULT: Final = IndexResultRow
_METHOD: Final = IndexMethodRow
_UNKNOWN: Final = "-"


def results(asked: Asked) -> Rows:
    edition = _editions(asked)
    state, region, donor = (aliased(UnitStateRow, name=name) for name in ("state", "region", "donor"))
    return (
        select(
            edition.c.year,
            edition.c.method,
            _RESULT.unit_id,
            state.code.label("unit_code"),
            state.name.label("unit_name"),
            _RESULT.region_id,
            region.code.label("region_code"),
            region.name.label("region_name"),
            _RESULT.index,
            _RESULT.band,
            _RESULT.population_15_plus,
            _RESULT.way,
            _RESULT.donor_id,
            donor.code.label("donor_code"),
            donor.name.label("donor_name"),
            decimal_text(func.trim_scale(_RESULT.donor_distance_m)).label("donor_distance_m"),
            _RESULT.published_index,
            edition.c.version,
        )
        .select_from(edition)
        .join(_RESULT, _RESULT.computation_id == edition.c.id)
        .join(state, _then(state, _RESULT.unit_id, edition))
        .outerjoin(region, _then(region, _RESULT.region_id, edition))
        .outerjoin(donor, _then(donor, _RESULT.donor_id, edition))
        .order_by(edition.c.year, edition.c.method, state.sort_key, _RESULT.unit_id)
    )


def indicators(asked: Asked) -> Rows:
    """Select a row for each municipality and indicator; a score or count that is not known is NULL."""
    edition, state = _editions(asked), aliased(UnitStateRow, name="state")
    indicator = listed("indicators", "indicator")
    at = cast(indicator.c.position, Integer)
    numerator, denominator = _RESULT.numerators[at], _RESULT.denominators[at]
    share = 100 * cast(numerator, Numeric) / func.nullif(denominator * parts_of(indicator), 0)
    scores = (func.substr(_RESULT.scores, 3 * at - back, 1) for back in (2, 1, 0))
    absolute, relative, quotient = (_digit(score) for score in scores)
    return (
        select(
            edition.c.year,
            edition.c.method,
            _RESULT.unit_id,
            state.code.label("unit_code"),
            state.name.label("unit_name"),
            text_of(indicator, "code").label("indicator"),
            numerator.label("numerator"),
            parts_of(indicator).label("parts"),
            denominator.label("denominator"),
            decimal_text(func.trim_scale(func.round(share, 4))).label("share_percent"),
            absolute.label("score_absolute"),
            relative.label("score_share"),
            quotient.label("score_quotient"),
            _digit(func.substr(_RESULT.points, at, 1)).label("points"),
        )
        .select_from(edition)
        .join(_METHOD, _METHOD.code == edition.c.method)
        .join(_RESULT, _RESULT.computation_id == edition.c.id)
        .join(state, _then(state, _RESULT.unit_id, edition))
        .join(indicator, true())
        .order_by(edition.c.year, edition.c.method, state.sort_key, _RESULT.unit_id, at)
    )


def references(asked: Asked) -> Rows:
    edition, state = _editions(asked), aliased(UnitStateRow, name="state")
    indicator, reference = listed("indicators", "indicator"), IndexReferenceRow
    at = cast(indicator.c.position, Integer)
    return (
        select(
            edition.c.year,
            edition.c.method,
            reference.unit_id,
            state.code.label("unit_code"),
            state.name.label("unit_name"),
            text_of(indicator, "code").label("indicator"),
            reference.numerators[at].label("numerator"),
            parts_of(indicator).label("parts"),
            reference.denominators[at].label("denominator"),
        )
        .select_from(edition)
        .join(_METHOD, _METHOD.code == edition.c.method)
        .join(reference, reference.computation_id == edition.c.id)
        .outerjoin(state, _then(state, reference.unit_id, edition))
        .join(indicator, true())
        .order_by(edition.c.year, edition.c.method, state.sort_key, reference.unit_id, at)
    )


def bands(asked: Asked) -> Rows:
    """Select counts by region and band; band 0 are municipalities whose Index is not known."""
    edition, region = _editions(asked), aliased(UnitStateRow, name="region")
    band = listed("bands", "band")
    number = func.coalesce(_RESULT.band, 0)
    names = {
        language: func.coalesce(func.max(text_of(band, f"name_{language}")), literal(unknown))
        for language, unknown in (("cs", "index není znám"), ("en", "Index not known"))
    }
    return (
        select(
            edition.c.year,
            edition.c.method,
            _RESULT.region_id,
            region.code.label("region_code"),
            region.name.label("region_name"),
            number.label("band"),
            names["cs"].label("band_name_cs"),
            names["en"].label("band_name_en"),
            func.count().label("municipalities"),
            func.coalesce(func.sum(_RESULT.population_15_plus), 0).label("population_15_plus"),
        )
        .select_from(edition)
        .join(_METHOD, _METHOD.code == edition.c.method)
        .join(_RESULT, _RESULT.computation_id == edition.c.id)
        .outerjoin(region, _then(region, _RESULT.region_id, edition))
        .outerjoin(band, cast(text_of(band, "number"), Integer) == _RESULT.band)
        .group_by(
            edition.c.year,
            edition.c.method,
            _RESULT.region_id,
            region.code,
            region.name,
            region.sort_key,
            _RESULT.band,
        )
        .order_by(edition.c.year, edition.c.method, region.sort_key, _RESULT.region_id, number)
    )


def _editions(asked: Asked) -> Subquery:
    """Select what is in force of each year, or of the year asked for."""
    force = in_force(of_method=asked.method is not None).subquery("force")
    found = select(force.c.id, force.c.year, force.c.method, force.c.version)
    if asked.year is not None:
        found = found.where(force.c.year == asked.year)
    if asked.method is not None:
        found = found.params(method=asked.method)
    return found.subquery("edition")


def _then(
    state: type[UnitStateRow], unit: SQLCoreOperations[object], edition: Subquery
) -> ColumnElement[bool]:
    """Return the condition of the state that names the unit on the last day of the edition's year."""
    day = func.make_date(cast(edition.c.year, Integer), 12, 31, type_=Date)
    return and_(state.unit_id == unit, named_on(state, day))


def _digit(character: ColumnElement[str]) -> ColumnElement[int]:
    return cast(func.nullif(character, _UNKNOWN), Integer)
