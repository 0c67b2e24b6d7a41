"""How readings are read: the Agency all of them, others what was agreed of their own units."""

from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, Uuid, bindparam, case, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from evaluation.criteria.tables import CriterionEditionRow, CriterionRow
from evaluation.quality.repository import OF_ITS_EDITION, visible
from evaluation.quality.tables import BaselineRow, CriteriaSetRow
from evaluation.readings.repository import AGREED
from evaluation.readings.sheet import SheetState
from evaluation.readings.tables import AgreedLevelRow, AgreementRow, RatingSheetRow, ReadingRow
from evaluation.units.tables import UnitRow
from shared.reads import Query, json_object

_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "set": ReadingRow.set_id == bindparam("set", type_=Uuid()),
    "unit": CriteriaSetRow.unit_id == bindparam("unit", type_=Uuid()),
    "cooperation": CriteriaSetRow.cooperation_id == bindparam("cooperation", type_=Uuid()),
    "phase": ReadingRow.phase == bindparam("phase", type_=Text()),
    "status": ReadingRow.status == bindparam("status", type_=Text()),
}
_HEAD: Final = ("id", "version", "set_id", "phase", "assessed_on", "status", "raters", "entries")


def _shown(*more: ColumnElement[object], of_all_units: bool) -> Select[*tuple[object, ...]]:
    sealed = (
        select(func.count())
        .where(RatingSheetRow.reading_id == ReadingRow.id, RatingSheetRow.sealed_at.is_not(None))
        .correlate(ReadingRow)
        .scalar_subquery()
    )
    statement = (
        select(
            *(getattr(ReadingRow, name) for name in _HEAD),
            sealed.label("sealed"),
            _own_sheet().label("own_sheet"),
            CriteriaSetRow.cooperation_id,
            CriteriaSetRow.domain,
            CriteriaSetRow.unit_id,
            UnitRow.name.label("unit_name"),
            *more,
        )
        .join(CriteriaSetRow, CriteriaSetRow.id == ReadingRow.set_id)
        .outerjoin(UnitRow, UnitRow.id == CriteriaSetRow.unit_id)
        .where(visible(of_all_units=of_all_units))
    )
    return statement if of_all_units else statement.where(ReadingRow.status == AGREED)


def _own_sheet() -> ColumnElement[str | None]:
    """Return how far the caller's own sheet is; nothing where there is none."""
    state = case((RatingSheetRow.sealed_at.is_(None), SheetState.DRAFT.value), else_=SheetState.SEALED.value)
    return (
        select(state)
        .where(
            RatingSheetRow.reading_id == ReadingRow.id,
            RatingSheetRow.rater == bindparam("caller", type_=Text()),
        )
        .correlate(ReadingRow)
        .scalar_subquery()
    )


@cache
def readings(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list, the newest first, with those of `_FILTERS`."""
    columns = ReadingRow.__table__.c
    return Query(
        _shown(of_all_units=of_all_units).where(*(_FILTERS[name] for name in sorted(filters))),
        keys=(columns.assessed_on, columns.id),
        descending=True,
    )


@cache
def one_reading(*, of_all_units: bool) -> Query:
    """Return a reading with what was agreed, all its entries; who agreed by login is for the Agency alone."""
    asked = ReadingRow.id == bindparam("reading_id", type_=Uuid())
    return Query(
        _shown(
            ReadingRow.__table__.c.cancel_reason,
            _levels().label("levels"),
            _entries(with_logins=of_all_units).label("agreements"),
            of_all_units=of_all_units,
        ).where(asked),
        version="version",
        moves_on=True,
    )


def _levels() -> ColumnElement[object]:
    level = json_object(
        {
            "criterion_id": AgreedLevelRow.criterion_id,
            "area": CriterionRow.area,
            "code": CriterionRow.code,
            "name": CriterionEditionRow.name,
            "edition": BaselineRow.edition,
            "baseline": BaselineRow.level,
            "level": AgreedLevelRow.level,
            "not_assessed_reason": AgreedLevelRow.not_assessed_reason,
            "justification": AgreedLevelRow.justification,
            "minority_note": AgreedLevelRow.minority_note,
            "evidence": AgreedLevelRow.evidence,
        }
    )
    ordered = aggregate_order_by(level, CriterionRow.area, CriterionRow.code)
    of_set = (BaselineRow.set_id == ReadingRow.set_id) & (
        BaselineRow.criterion_id == AgreedLevelRow.criterion_id
    )
    return (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .select_from(AgreedLevelRow)
        .join(BaselineRow, of_set)
        .join(CriterionRow, CriterionRow.id == AgreedLevelRow.criterion_id)
        .join(CriterionEditionRow, OF_ITS_EDITION)
        .where(AgreedLevelRow.reading_id == ReadingRow.id, AgreedLevelRow.entry == ReadingRow.entries)
        .correlate(ReadingRow)
        .scalar_subquery()
    )


def _entries(*, with_logins: bool) -> ColumnElement[object]:
    told = {
        "entry": AgreementRow.entry,
        "reason": AgreementRow.reason,
        "recorded_at": AgreementRow.recorded_at,
        "raters_agreed": func.cardinality(AgreementRow.agreed_by),
    }
    if with_logins:
        told |= {"agreed_by": AgreementRow.agreed_by, "recorded_by": AgreementRow.recorded_by}
    ordered = aggregate_order_by(json_object(told), AgreementRow.entry)
    return (
        select(func.coalesce(func.json_agg(ordered), text("'[]'::json")))
        .where(AgreementRow.reading_id == ReadingRow.id)
        .correlate(ReadingRow)
        .scalar_subquery()
    )
