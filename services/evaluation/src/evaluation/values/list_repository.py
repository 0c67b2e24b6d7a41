"""What is read of obligations: lists, and one with its trail."""

from functools import cache

from sqlalchemy import ColumnElement, Date, Select, Text, Uuid, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array

from evaluation.definitions.tables import DefinitionEditionRow
from evaluation.monitoring.tables import (
    OF_ITS_INDICATOR,
    MonitoredIndicatorRow,
    MonitoredPlanRow,
    ObligationRow,
)
from evaluation.sources.repository import DOUBTED
from evaluation.sources.tables import DoubtedValueRow
from evaluation.values.tables import ValueActRow, ValueDraftRow
from shared.reads import Query, decimal_text, json_object

_TABLE = (
    select(DefinitionEditionRow.series)
    .where(
        DefinitionEditionRow.code == MonitoredIndicatorRow.definition_code,
        DefinitionEditionRow.valid_from <= ObligationRow.ends_on,
    )
    .order_by(DefinitionEditionRow.edition.desc())
    .limit(1)
    .correlate(MonitoredIndicatorRow, ObligationRow)
    .scalar_subquery()
)
SERIES = Query(
    select(ObligationRow.period, ObligationRow.starts_on, MonitoredPlanRow.unit_ids, _TABLE.label("series"))
    .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
    .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
    .where(ObligationRow.obligation_id == bindparam("obligation_id", type_=Uuid()))
)
"""What is to be asked of the registry for an obligation; nothing of it is shown."""

_BY_DUE_DATE = (ObligationRow.__table__.c.due_on, ObligationRow.__table__.c.obligation_id)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "plan": ObligationRow.plan_id == bindparam("plan", type_=Uuid()),
    "unit": MonitoredPlanRow.unit_ids.contains(array([bindparam("unit", type_=Uuid())])),
    "indicator": ObligationRow.indicator_id == bindparam("indicator", type_=Uuid()),
    "status": ObligationRow.status == bindparam("status", type_=Text()),
    "owner": ObligationRow.owner == bindparam("owner", type_=Text()),
    "due_before": ObligationRow.due_on < bindparam("due_before", type_=Date()),
    "definition": MonitoredIndicatorRow.definition_code == bindparam("definition", type_=Text()),
}
_OWN = MonitoredPlanRow.unit_ids.overlap(bindparam("units", type_=ARRAY(Uuid())))


def _shown(*more: ColumnElement[object], of_all_units: bool) -> Select[*tuple[object, ...]]:
    statement = (
        select(
            ObligationRow.obligation_id.label("id"),
            ObligationRow.plan_id,
            MonitoredPlanRow.title.label("plan_title"),
            ObligationRow.indicator_id,
            MonitoredIndicatorRow.number.label("indicator_number"),
            MonitoredIndicatorRow.name.label("indicator_name"),
            MonitoredIndicatorRow.unit.label("indicator_unit"),
            ObligationRow.period,
            ObligationRow.starts_on,
            ObligationRow.ends_on,
            ObligationRow.due_on,
            ObligationRow.owner,
            ObligationRow.status,
            ObligationRow.cancelled_reason,
            decimal_text(ObligationRow.value).label("value"),
            ObligationRow.wording,
            ObligationRow.measured_on,
            ObligationRow.definition_code,
            ObligationRow.definition_edition,
            func.coalesce(ObligationRow.ends_on <= MonitoredPlanRow.locked_until, text("false")).label(
                "is_locked"
            ),
            ObligationRow.version,
            *more,
        )
        .join(MonitoredPlanRow, MonitoredPlanRow.plan_id == ObligationRow.plan_id)
        .join(MonitoredIndicatorRow, OF_ITS_INDICATOR)
    )
    return statement if of_all_units else statement.where(_OWN)


@cache
def obligations(filters: frozenset[str], *, of_all_units: bool) -> Query:
    """Return the list by due date, with those of `_FILTERS`."""
    conditions = [_FILTERS[name] for name in sorted(filters)]
    return Query(_shown(of_all_units=of_all_units).where(*conditions), keys=_BY_DUE_DATE)


_ACT = (
    "act",
    "version",
    "measured_on",
    "wording",
    "source",
    "note",
    "reason",
    "late",
    "definition_code",
    "definition_edition",
    "breakdown",
    "evidence",
    "derivation",
    "actor_id",
    "actor_affiliation",
    "at",
)


@cache
def one_obligation(*, of_all_units: bool) -> Query:
    """Return one obligation with its trail, the oldest act first; a draft is for the plan's own people."""
    act = json_object(
        {name: getattr(ValueActRow, name) for name in _ACT} | {"value": decimal_text(ValueActRow.value)}
    )
    acts = (
        select(func.coalesce(func.json_agg(aggregate_order_by(act, ValueActRow.version)), text("'[]'::json")))
        .where(ValueActRow.obligation_id == ObligationRow.obligation_id)
        .correlate(ObligationRow)
        .scalar_subquery()
    )
    said = {
        "content": ValueDraftRow.content,
        "actor_affiliation": ValueDraftRow.actor_affiliation,
        "at": ValueDraftRow.at,
    }
    draft = (
        select(json_object(said))
        .where(ValueDraftRow.obligation_id == ObligationRow.obligation_id, _OWN)
        .correlate(ObligationRow, MonitoredPlanRow)
        .scalar_subquery()
    )
    doubted = {name: getattr(DoubtedValueRow, name) for name in ("because", "told", "noted_at", "due_on")}
    doubt = select(json_object(doubted)).where(DOUBTED).correlate(ObligationRow).scalar_subquery()
    asked = ObligationRow.obligation_id == bindparam("obligation_id", type_=Uuid())
    more = (acts.label("acts"), draft.label("draft"), doubt.label("doubt"))
    shown = _shown(*more, of_all_units=of_all_units)
    return Query(shown.where(asked), version="version", moves_on=True)
