"""Look up what a statement stands on, as it is on a day: it is asked anew each time."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from registry.averages.domain import Asked, Averaging, Missing
from registry.averages.report import report_of
from registry.averages.use_cases import average_index
from registry.statements import precondition_repository as repository
from registry.statements.domain import Rule, Statement
from registry.statements.preconditions import Findings, IndexStanding, findings_of
from registry.statements.repository import rule_of
from registry.statements.standing import (
    REGIMES,
    Cooperation,
    Group,
    Plan,
    Standing,
    group_of,
    plan_kinds,
)
from shared.contracts.intake import StatementKind
from shared.contracts.registry import UnitKind
from shared.errors import Refusal
from shared.transaction import Transaction


async def look_up(
    tx: Transaction, statement: Statement, *, on: date, has_capacity: bool | None = None
) -> Findings:
    """Return what every covered unit has on the day, and the average Index where the kind asks for one."""
    rule = await rule_of(tx.session, statement.kind)
    units = await _standings(tx, statement, on)
    index = await _index(tx, units, rule, on) if rule.index_years else None
    return findings_of(statement.kind, on=on, units=units, index=index, has_capacity=has_capacity)


async def _standings(tx: Transaction, statement: Statement, on: date) -> list[Standing]:
    asked = statement.unit_ids
    names = await repository.names(tx.session, asked, on)
    memoranda = await repository.memoranda_in_force(tx.session, asked, on)
    plans = await repository.plans_in_force(tx.session, asked, on)
    cooperations = await repository.cooperations_running(tx.session, asked, on)
    found = []
    for unit_id in asked:
        kind, code, name = names.get(unit_id, (UnitKind.OTHER_ASSOCIATION, None, str(unit_id)))
        cooperation = _suitable(cooperations[unit_id], statement.kind)
        group = _group(statement, cooperation)
        found.append(
            Standing(
                unit_id=unit_id,
                kind=kind,
                code=code,
                name=name,
                memorandum=memoranda.get(unit_id),
                plan=_plan(plans, unit_id, plan_kinds(group)),
                cooperation=cooperation,
                group=group,
            )
        )
    return found


def _suitable(cooperations: Sequence[Cooperation], kind: StatementKind) -> Cooperation | None:
    return next((each for each in cooperations if each.regime in REGIMES[kind]), None)


def _group(statement: Statement, cooperation: Cooperation | None) -> Group | None:
    """Return the group in KPSVL; a confirmation under KPSV 2021+ knows none."""
    if statement.kind is not StatementKind.RECOMMENDING_STATEMENT:
        return None
    return group_of(cooperation, statement.selected_on)


def _plan(plans: Mapping[UUID, Sequence[Plan]], unit_id: UUID, kinds: frozenset[str]) -> Plan | None:
    return next((each for each in plans[unit_id] if each.kind in kinds), None)


async def _index(tx: Transaction, units: Sequence[Standing], rule: Rule, on: date) -> IndexStanding:
    """Average over the municipalities of all units as they lie in them on the day; each counts once."""
    members: dict[UUID, None] = {}
    for unit in units:
        if unit.kind is UnitKind.MUNICIPALITY:
            members[unit.unit_id] = None
        else:
            members.update(dict.fromkeys(await repository.municipalities(tx.session, unit.unit_id, on)))
    asked = Asked(
        municipalities=tuple(map(str, members)),
        within=None if members else units[0].unit_id,
        set_on=on,
        years=rule.index_years,
        averaging=Averaging.MEAN_OF_MUNICIPALITIES,
        missing=Missing.LEAVE_OUT,
    )
    try:
        average, editions = await average_index(tx, asked)
    except Refusal as refusal:
        return IndexStanding(
            report=None,
            threshold=rule.index_threshold,
            unknown_cs=refusal.title("cs"),
            unknown_en=refusal.title("en"),
        )
    return IndexStanding(
        report=report_of(average, asked, editions, threshold=rule.index_threshold),
        threshold=rule.index_threshold,
    )
