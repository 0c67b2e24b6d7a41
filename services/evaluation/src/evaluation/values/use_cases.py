"""Prepare, report, approve, return and correct values: one at a time, or many with a result for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from evaluation.definitions.kinds import Accumulation
from evaluation.registry import ToldSeries
from evaluation.sources import repository as sources
from evaluation.values import repository
from evaluation.values.derivation import computed, inputs_needed
from evaluation.values.domain import (
    Obligation,
    Report,
    approve_value,
    correct_value,
    report_value,
    return_value,
)
from evaluation.values.figures import Figure, Quoted, taken
from evaluation.values.life import LIFE, Act, ValueMove
from evaluation.values.refusals import (
    ObligationNotFound,
    RegistryMovedOn,
    ReporterNotOfThePlan,
    ValueNotAwaited,
)
from evaluation.values.repository import Decided
from evaluation.values.series import Point, expect_no_fall
from shared.contracts.base import Event
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction

MOST_AT_ONCE: Final = 500
Series = Mapping[tuple[UUID, UUID], dict[str, Point]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One obligation to decide on, in the version that the caller knows."""

    obligation_id: UUID
    version: int
    report: Report | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one that was asked for: the obligation as it is now, or why not."""

    obligation_id: UUID
    obligation: Obligation | None = None
    refusal: Refusal | None = None


BY_HAND: Final = {"kind": "by-hand"}
"""The derivation of a value that a person put there, whatever the formula gave."""
Decision = Callable[[Transaction, Obligation, Asked], tuple[Decided, Event | None]]


def reported(tx: Transaction, obligation: Obligation, asked: Asked) -> tuple[Decided, Event | None]:
    report = _report(asked)
    after, event = report_value(obligation, report, by=tx.actor.id, units=tx.actor.units, today=tx.today)
    reason = report.late_reason if after.is_locked else None
    return Decided(obligation=after, act=Act.REPORTED, report=report, reason=reason), event


def approved(tx: Transaction, obligation: Obligation, asked: Asked) -> tuple[Decided, Event | None]:
    after, event = approve_value(obligation, by=tx.actor.id, late_reason=asked.reason)
    reason = asked.reason if after.is_locked else None
    return Decided(obligation=after, act=Act.APPROVED, reason=reason), event


def returned(_: Transaction, obligation: Obligation, asked: Asked) -> tuple[Decided, Event | None]:
    return Decided(obligation=return_value(obligation), act=Act.RETURNED, reason=asked.reason), None


def corrected(tx: Transaction, obligation: Obligation, asked: Asked) -> tuple[Decided, Event | None]:
    report = _report(asked)
    report = replace(report, derivation=report.derivation or BY_HAND)
    after, event = correct_value(obligation, report, by=tx.actor.id, today=tx.today)
    return Decided(obligation=after, act=Act.CORRECTED, report=report, reason=asked.reason), event


def _report(asked: Asked) -> Report:
    if asked.report is None:
        raise TypeError("a report is decided on without its value")
    return asked.report


async def decide(tx: Transaction, asked: Asked, decision: Decision) -> Obligation:
    """Decide on one value; raises whatever stops it."""
    [outcome] = await decide_many(tx, [asked], decision)
    if outcome.obligation is None:
        raise outcome.refusal or ObligationNotFound
    return outcome.obligation


async def decide_many(tx: Transaction, asked: Sequence[Asked], decision: Decision) -> list[Outcome]:
    """Decide on each by itself; those that are refused stay as they are. The statements do not grow."""
    found = await repository.lock_obligations(
        tx.session, [each.obligation_id for each in asked], actor=tx.actor
    )
    series = await repository.series_of(tx.session, _cumulative(asked, found))
    decided: list[Decided] = []
    outcomes = []
    for each in asked:
        try:
            done, event = _decided(tx, found.get(each.obligation_id), each, decision)
            expect_in_series(done, series)
        except Refusal as refusal:
            outcomes.append(Outcome(obligation_id=each.obligation_id, refusal=refusal))
            continue
        found[each.obligation_id] = done.obligation
        decided.append(done)
        if event is not None:
            tx.emit(event)
        outcomes.append(Outcome(obligation_id=each.obligation_id, obligation=done.obligation))
    await repository.save(tx, decided)
    return outcomes


def _decided(
    tx: Transaction, obligation: Obligation | None, asked: Asked, decision: Decision
) -> tuple[Decided, Event | None]:
    if obligation is None:
        raise ObligationNotFound
    expect_version(asked.version, obligation.version)
    return decision(tx, obligation, asked)


def _cumulative(asked: Sequence[Asked], found: Mapping[UUID, Obligation]) -> list[tuple[UUID, UUID]]:
    """Return plan and indicator of what must not fall."""
    return [
        (obligation.plan_id, obligation.indicator_id)
        for each in asked
        if each.report is not None
        and (obligation := found.get(each.obligation_id)) is not None
        and obligation.accumulates(each.report.measured_on) is Accumulation.CUMULATIVE
    ]


def expect_in_series(done: Decided, series: Series) -> None:
    obligation = done.obligation
    known = series.get((obligation.plan_id, obligation.indicator_id))
    if known is None or done.report is None or obligation.value is None:
        return
    point = Point(
        period=obligation.period,
        ends_on=obligation.ends_on,
        value=obligation.value,
        words=obligation.defined_as,
    )
    expect_no_fall(known.values(), point)
    known[obligation.period] = point


async def compute(
    tx: Transaction, obligation_id: UUID, *, note: str, late_reason: str | None, expected_version: int
) -> Obligation:
    """Report what the formula of the definition gives for the approved values of the plan in that period.

    Raises NothingToCompute, InputsMissing, InputsAmbiguous, ComputationHasNoValue.
    """
    found = await repository.lock_obligations(tx.session, [obligation_id], actor=tx.actor)
    obligation = found.get(obligation_id)
    if obligation is None:
        raise ObligationNotFound
    codes = inputs_needed(obligation)
    inputs = await repository.inputs_of(tx.session, obligation, codes)
    report = replace(computed(obligation, inputs), note=note, late_reason=late_reason)
    asked = Asked(obligation_id=obligation_id, version=expected_version, report=report)
    return await decide(tx, asked, reported)


async def take_from_statistics(
    tx: Transaction,
    obligation_id: UUID,
    quoted: Quoted | None,
    *,
    note: str,
    late_reason: str | None,
    expected_version: int,
) -> Obligation:
    """Report what the registry told of the series of the definition, with the vintages of its figures.

    Raises RegistryMovedOn, and what `taken` raises.
    """
    found = await repository.lock_obligations(tx.session, [obligation_id], actor=tx.actor)
    obligation = found.get(obligation_id)
    if obligation is None:
        raise ObligationNotFound
    report = replace(taken(obligation, quoted, today=tx.today), note=note, late_reason=late_reason)
    await expect_newest(tx, quoted)
    asked = Asked(obligation_id=obligation_id, version=expected_version, report=report)
    return await decide(tx, asked, reported)


def quoted_of(series: str, told: ToldSeries | None) -> Quoted:
    """Return of what was told the figures in force, each with the digest of its vintage."""
    if told is None:
        return Quoted(series=series, figures=None)
    known = (
        Figure(
            unit_id=point.unit_id,
            period=point.period,
            vintage=point.vintage,
            digest=told.vintages.get(point.vintage, ""),
            value=point.value,
        )
        for point in told.points
        if point.in_force
    )
    return Quoted(series=series, figures=tuple(known), vintage=max(told.vintages, default=0))


async def expect_newest(tx: Transaction, quoted: Quoted | None) -> None:
    """Raise RegistryMovedOn where an edition was heard of after the answer; the next one waits for us."""
    if quoted is not None and await sources.heard_of(tx.session, quoted.series) > quoted.vintage:
        raise RegistryMovedOn(series=quoted.series)


async def prepare(
    tx: Transaction, obligation_id: UUID, content: Mapping[str, object], *, expected_version: int
) -> Obligation:
    """Keep a draft of a value: it may be incomplete, and the obligation is awaited as before.

    Raises ValueNotAwaited, ReporterNotOfThePlan.
    """
    found = await repository.lock_obligations(tx.session, [obligation_id], actor=tx.actor)
    obligation = found.get(obligation_id)
    if obligation is None:
        raise ObligationNotFound
    expect_version(expected_version, obligation.version)
    if obligation.unit_ids.isdisjoint(tx.actor.units):
        raise ReporterNotOfThePlan
    LIFE.after(obligation.status, ValueMove.REPORT, refusal=ValueNotAwaited)
    after = replace(obligation, version=obligation.version + 1)
    await repository.keep_draft(tx, after, content)
    return after
