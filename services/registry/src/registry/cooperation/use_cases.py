"""What is done with cooperation: prepare it, begin it, lead it through its phases, end it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.caseload.domain import EVERYWHERE
from registry.caseload.use_cases import expect_acting_for
from registry.cooperation import decisions, repository
from registry.cooperation.circumstances import Circumstances
from registry.cooperation.decisions import Outcome, Told
from registry.cooperation.domain import Cooperation, EndKind, Move
from registry.cooperation.refusals import CooperatingUnitUnknown, CooperationUnknown, EndTakesTheDirector
from registry.cooperation.terms import Terms
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from registry.units import repository as units
from shared.contracts.documents import DocumentRef
from shared.contracts.registry import CooperationRegime
from shared.errors import expect_version
from shared.transaction import Transaction

_AGAINST_THE_UNIT = frozenset({EndKind.BY_AGENCY, EndKind.NOT_FULFILLED})
_Rule = Callable[[Cooperation, date, Circumstances], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What every decision comes with: the version decided on, the day when it took effect, the reason."""

    expected: int
    on: date | None
    reason: str = ""


async def start_cooperation(
    tx: Transaction,
    *,
    unit_id: UUID,
    terms: Terms,
    starts_on: date | None,
    ends_on: date | None,
    on: date | None,
) -> Cooperation:
    """Begin with agreed days, or prepare what only a description makes active.

    The unit is locked first: of two requests at once the second sees what the first began.
    """
    terms.expect_complete(starts_on=starts_on, ends_on=ends_on)
    given = await _circumstances(tx, unit_id)
    await expect_acting_for(tx, unit_id)
    day = journal.decision_day(tx, on)
    if starts_on is None:
        return await _prepare(tx, unit_id, terms, day, given)
    cooperation, told = decisions.start(
        terms.cooperation(
            tx.new_id(),
            unit_id,
            starts_on=starts_on,
            ends_on=terms.last_day(starts_on, ends_on, today=tx.today),
        ),
        day,
        given,
    )
    await repository.add(tx.session, cooperation)
    await _tell(tx, None, cooperation, told, action="start", on=day)
    return cooperation


async def prepare(tx: Transaction, *, unit_id: UUID, regime: CooperationRegime, on: date) -> Cooperation:
    """Begin to prepare a cooperation on a day; `activate` makes it active."""
    return await _prepare(tx, unit_id, Terms(regime=regime), on, await _circumstances(tx, unit_id))


async def activate(
    tx: Transaction, cooperation_id: UUID, *, starts_on: date, ends_on: date | None, on: date
) -> Cooperation:
    """Agree on the days of a cooperation in preparation, as its description does."""

    def rule(cooperation: Cooperation, _: date, given: Circumstances) -> Outcome:
        return decisions.activate(cooperation, starts_on=starts_on, ends_on=ends_on, given=given)

    return await _decide(tx, cooperation_id, rule, action=Move.ACTIVATE, on=on)


async def agree_on_end(tx: Transaction, cooperation_id: UUID, ends_on: date, on: date) -> Cooperation:
    """Agree on another last day, as a later description does; the same day again changes nothing."""

    def rule(cooperation: Cooperation, _: date, given: Circumstances) -> Outcome:
        return decisions.agree_on_end(cooperation, ends_on, given)

    return await _decide(tx, cooperation_id, rule, action="agree-on-end", on=on)


async def turn(tx: Transaction, cooperation_id: UUID, asked: Asked, move: Move) -> Cooperation:
    """Suspend it, resume it, or go on to ex-post support."""

    def rule(cooperation: Cooperation, on: date, _: Circumstances) -> Outcome:
        return decisions.turn(cooperation, move, on), None

    return await _decide_as(tx, cooperation_id, asked, rule, action=move)


async def begin_exit(
    tx: Transaction, cooperation_id: UUID, asked: Asked, *, strategy: DocumentRef | None, note: str
) -> Cooperation:
    """Begin the exit with its strategy, or with a note why there is none."""

    def rule(cooperation: Cooperation, on: date, _: Circumstances) -> Outcome:
        return decisions.begin_exit(cooperation, on, strategy=strategy, note=note), None

    return await _decide_as(tx, cooperation_id, asked, rule, action=Move.BEGIN_EXIT)


async def cancel(tx: Transaction, cooperation_id: UUID, asked: Asked) -> Cooperation:
    def rule(cooperation: Cooperation, on: date, _: Circumstances) -> Outcome:
        return decisions.cancel(cooperation, on), None

    return await _decide_as(tx, cooperation_id, asked, rule, action=Move.CANCEL)


async def end_cooperation(
    tx: Transaction, cooperation_id: UUID, asked: Asked, *, ends_on: date, kind: EndKind
) -> Cooperation:
    """Agree on the last day. If it has come the cooperation ends now, otherwise when it is over.

    Raises EndTakesTheDirector where the Agency ends it against the unit's will.
    """
    if kind in _AGAINST_THE_UNIT and not tx.actor.has_any(EVERYWHERE):
        raise EndTakesTheDirector

    def rule(cooperation: Cooperation, _: date, given: Circumstances) -> Outcome:
        return decisions.end(cooperation, ends_on, given, kind=kind)

    return await _decide_as(tx, cooperation_id, asked, rule, action=Move.END)


async def conclude_expired(tx: Transaction) -> None:
    """Begin what is due and end what is over; cooperations of a unit held by others come later."""
    for unit_id in await repository.units_with_due(tx.session, tx.today):
        unit = await units.lock(tx.session, unit_id, if_free=True)
        if unit is None:
            continue
        of_unit = await repository.of_unit(tx.session, unit_id)
        given = Circumstances(unit=unit.place, others=of_unit, today=tx.today, at=tx.now)
        for cooperation in of_unit:
            await _keep_up(tx, cooperation, given)


async def _keep_up(tx: Transaction, cooperation: Cooperation, given: Circumstances) -> None:
    begun = decisions.begin_due(cooperation, given)
    if begun is not None:
        await _save(tx, cooperation, begun, action=Move.ACTIVATE, on=tx.today)
        cooperation = begun[0]
    concluded = decisions.conclude(cooperation, given)
    if concluded is not None:
        await _save(tx, cooperation, concluded, action=Move.END, on=tx.today)


async def _prepare(
    tx: Transaction, unit_id: UUID, terms: Terms, on: date, given: Circumstances
) -> Cooperation:
    new = terms.cooperation(tx.new_id(), unit_id, starts_on=None, ends_on=None)
    cooperation = decisions.prepare(new, on, given)
    await repository.add(tx.session, cooperation)
    await _tell(tx, None, cooperation, None, action="prepare", on=on)
    return cooperation


async def _decide_as(
    tx: Transaction, cooperation_id: UUID, asked: Asked, rule: _Rule, *, action: str
) -> Cooperation:
    """Decide for the actor: whoever acts for the unit, on the version that they know."""
    cooperation, given = await _locked(tx, cooperation_id)
    await expect_acting_for(tx, cooperation.unit_id)
    expect_version(asked.expected, cooperation.version)
    on = journal.decision_day(tx, asked.on)
    outcome = rule(cooperation, on, given)
    await _save(tx, cooperation, outcome, action=action, on=on, reason=asked.reason)
    return outcome[0]


async def _decide(
    tx: Transaction, cooperation_id: UUID, rule: _Rule, *, action: str, on: date
) -> Cooperation:
    """Decide as a consequence of another decision, whose use case has asked who may."""
    cooperation, given = await _locked(tx, cooperation_id)
    outcome = rule(cooperation, on, given)
    if outcome[0] is not cooperation:
        await _save(tx, cooperation, outcome, action=action, on=on)
    return outcome[0]


async def _save(
    tx: Transaction, before: Cooperation, outcome: Outcome, *, action: str, on: date, reason: str = ""
) -> None:
    after, told = outcome
    await repository.save(tx.session, after)
    await _tell(tx, before, after, told, action=action, on=on, reason=reason)


async def _tell(  # noqa: PLR0913 - what an entry of the journal is made of
    tx: Transaction,
    before: Cooperation | None,
    after: Cooperation,
    told: Told | None,
    *,
    action: str,
    on: date,
    reason: str = "",
) -> None:
    """Write the decision down and tell others; why a cooperation stands still is for the parties alone."""
    is_public = after.starts_on is not None and action != Move.SUSPEND
    await journal.record(
        tx,
        Decision.on(
            Subject.COOPERATION,
            before,
            after,
            audience=Audience.PUBLIC if is_public else Audience.PARTIES,
            action=action,
            day=on,
            reason=reason,
        ),
    )
    if told is not None:
        tx.emit(told)


async def _locked(tx: Transaction, cooperation_id: UUID) -> tuple[Cooperation, Circumstances]:
    unit_id = await repository.unit_of(tx.session, cooperation_id)
    if unit_id is None:
        raise CooperationUnknown
    given = await _circumstances(tx, unit_id)
    return next(each for each in given.others if each.id == cooperation_id), given


async def _circumstances(tx: Transaction, unit_id: UUID) -> Circumstances:
    """Lock the unit, then read what cooperations it has."""
    unit = await units.lock(tx.session, unit_id)
    if unit is None:
        raise CooperatingUnitUnknown(pointer="/unit_id")
    of_unit = await repository.of_unit(tx.session, unit_id)
    return Circumstances(unit=unit.place, others=of_unit, today=tx.today, at=tx.now)
