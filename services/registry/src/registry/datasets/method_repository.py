"""SQL of the methods of the Index as a table, and how others read their definitions."""

from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Select,
    TableValuedAlias,
    Text,
    cast,
    column,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB

from registry.datasets.domain import Asked
from registry.exclusion.tables import IndexMethodRow

_METHOD: Final = IndexMethodRow


def methods(asked: Asked) -> Select[*tuple[object, ...]]:
    """Select a row for each indicator of each method, those enacted first going first."""
    indicator, definition = listed("indicators", "indicator"), _METHOD.definition
    thresholds = (
        _numeral(indicator.c.value[bounds][end].as_string()).label(f"{bounds}_{name}")
        for bounds in ("absolute", "share", "quotient")
        for end, name in ((0, "first"), (1, "second"))
    )
    found = (
        select(
            _METHOD.code.label("method"),
            definition["name_cs"].as_string().label("name_cs"),
            definition["name_en"].as_string().label("name_en"),
            _METHOD.first_year,
            _METHOD.last_year,
            _METHOD.digest,
            _numeral(definition["state_weight"].as_string()).label("state_weight"),
            _numeral(definition["region_weight"].as_string()).label("region_weight"),
            indicator.c.position,
            text_of(indicator, "code").label("indicator"),
            text_of(indicator, "name_cs").label("indicator_name_cs"),
            text_of(indicator, "name_en").label("indicator_name_en"),
            text_of(indicator, "numerator").label("numerator"),
            text_of(indicator, "denominator").label("denominator"),
            parts_of(indicator).label("parts"),
            text_of(indicator, "inheritable").label("inheritable"),
            *thresholds,
        )
        .select_from(_METHOD)
        .join(indicator, true())
        .order_by(_METHOD.enacted_at, _METHOD.code, indicator.c.position)
    )
    return found if asked.method is None else found.where(_METHOD.code == asked.method)


def listed(member: str, name: str) -> TableValuedAlias:
    """Return the elements of a list in the method's definition: `value`, and `position` from 1."""
    elements = func.jsonb_array_elements(_METHOD.definition[member])
    value = column("value", JSONB)
    return elements.table_valued(value, with_ordinality="position", name=name).render_derived()


def text_of(element: TableValuedAlias, member: str) -> ColumnElement[str]:
    found: ColumnElement[str] = element.c.value[member].as_string()
    return found


def parts_of(indicator: TableValuedAlias) -> ColumnElement[int]:
    return cast(text_of(indicator, "parts"), Integer)


def _numeral(written: ColumnElement[str]) -> ColumnElement[str]:
    return cast(func.trim_scale(cast(written, Numeric)), Text)
