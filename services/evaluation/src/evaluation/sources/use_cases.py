"""Correct a value with all that is computed of it; uphold one in spite of what its source says now."""

from dataclasses import replace
from uuid import UUID

from evaluation.definitions.kinds import Accumulation
from evaluation.sources import repository
from evaluation.sources.domain import ANSWERED_WITHIN, Because, Computed, Doubt, anew, following
from evaluation.sources.refusals import InputsGoRound, NothingInDoubt
from evaluation.sources.repository import Place
from evaluation.values import repository as values
from evaluation.values import use_cases as deciding
from evaluation.values.domain import Obligation, recompute_value
from evaluation.values.figures import Quoted, taken
from evaluation.values.life import Act
from evaluation.values.refusals import ObligationNotFound
from evaluation.values.repository import Decided
from evaluation.values.use_cases import Asked
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction
from shared.working_days import working_days_after


async def correct_value(tx: Transaction, asked: Asked) -> Obligation:
    """Correct a value, and compute anew what was computed of it; what cannot be is doubted.

    The plan is locked first: nothing is computed of the old value meanwhile.
    """
    place = await _place_of(tx, asked.obligation_id)
    done = await deciding.decide(tx, asked, deciding.corrected)
    ordered, in_circle = following(await repository.computed_at(tx.session, place), done.obligation_id)
    if not ordered and not in_circle:
        return done
    locked = await values.lock_obligations(
        tx.session, [each.obligation_id for each in ordered], actor=tx.actor
    )
    sound = []
    doubts = [_doubt(each, InputsGoRound()) for each in in_circle]
    for each in ordered:
        try:
            await _compute_anew(tx, locked[each.obligation_id], each, reason=asked.reason or "")
            sound.append(each.obligation_id)
        except Refusal as refusal:
            doubts.append(_doubt(each, refusal))
    await repository.forget_doubts(tx.session, sound)
    due_on = working_days_after(tx.today, ANSWERED_WITHIN)
    await repository.doubt(tx.session, doubts, now=tx.now, due_on=due_on)
    return done


async def correct_from_statistics(
    tx: Transaction, asked: Asked, quoted: Quoted | None, *, note: str
) -> Obligation:
    """Correct a value by the figures that the registry has now; raises as `take_from_statistics`."""
    await _place_of(tx, asked.obligation_id)
    found = await values.lock_obligations(tx.session, [asked.obligation_id], actor=tx.actor)
    obligation = found[asked.obligation_id]
    report = replace(taken(obligation, quoted, today=tx.today), note=note)
    await deciding.expect_newest(tx, quoted)
    return await correct_value(tx, replace(asked, report=report))


async def _place_of(tx: Transaction, obligation_id: UUID) -> Place:
    place = await repository.lock_plan_of(tx.session, obligation_id, actor=tx.actor)
    if place is None:
        raise ObligationNotFound
    return place


async def _compute_anew(tx: Transaction, obligation: Obligation, value: Computed, *, reason: str) -> None:
    inputs = await repository.as_they_are(tx.session, value.formula.inputs)
    report = anew(obligation, value.formula, inputs)
    if report is None:
        return
    after, event = recompute_value(obligation, report, today=tx.today)
    done = Decided(
        obligation=after, act=Act.RECOMPUTED, report=report, reason=f"Přepočteno po opravě vstupu: {reason}"
    )
    of = (obligation.plan_id, obligation.indicator_id)
    cumulative = obligation.accumulates(report.measured_on) is Accumulation.CUMULATIVE
    deciding.expect_in_series(done, await values.series_of(tx.session, [of] if cumulative else []))
    await values.save(tx, [done])
    if event is not None:
        tx.emit(event)


def _doubt(value: Computed, refusal: Refusal) -> Doubt:
    told = {"formula": value.formula.formula, "problem": refusal.code, "value": None}
    return Doubt(
        obligation_id=value.obligation_id,
        made_version=value.made_version,
        because=Because.NOT_RECOMPUTED,
        told=told,
    )


async def uphold_value(
    tx: Transaction, obligation_id: UUID, *, reason: str, expected_version: int
) -> Obligation:
    """Say why a value holds in spite of what its source says now; raises NothingInDoubt."""
    found = await values.lock_obligations(tx.session, [obligation_id], actor=tx.actor)
    obligation = found.get(obligation_id)
    if obligation is None:
        raise ObligationNotFound
    expect_version(expected_version, obligation.version)
    if not await repository.uphold(tx.session, obligation_id, now=tx.now):
        raise NothingInDoubt
    after = replace(obligation, version=obligation.version + 1)
    await values.save(tx, [Decided(obligation=after, act=Act.UPHELD, reason=reason)])
    return after
