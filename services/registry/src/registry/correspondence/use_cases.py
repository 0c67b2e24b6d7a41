"""What is done with correspondence: write down, correct, promise, keep a promise or not."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from registry.caseload.use_cases import expect_acting_for
from registry.correspondence import domain, promises, repository
from registry.correspondence.domain import (
    CorrespondenceUnitUnknown,
    CorrespondenceUnknown,
    CorrespondentUnknown,
    DirectionOfPromises,
    Entry,
    Substance,
    kept_of,
)
from registry.correspondence.promises import Pledge, Promise, PromiseMove, PromiseSide, PromiseUnknown
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from shared.errors import expect_version
from shared.transaction import Transaction


async def write_down(
    tx: Transaction, substance: Substance, pledges: Sequence[Pledge], *, on: date | None
) -> tuple[Entry, list[Promise]]:
    """Raise what is wrong with the entry or a promise, NotYourUnit."""
    domain.expect_sound(substance, today=tx.today)
    await _expect_known(tx, substance)
    await expect_acting_for(tx, *substance.unit_ids)
    told = {name: getattr(substance, name) for name in Substance.__dataclass_fields__}
    entry = Entry(**told, id=tx.new_id(), version=1, recorded_by=tx.actor.id, recorded_at=tx.now)
    given = [await _given(tx, entry, pledge, pointer=f"/promises/{at}") for at, pledge in enumerate(pledges)]
    await repository.add(tx.session, entry)
    await repository.add_promises(tx.session, given)
    await _note(tx, "record", before=None, after=entry, reason="", on=on)
    for promise in given:
        await _note_promise(tx, "promise", entry, before=None, after=promise, reason="", on=on)
    return entry, given


async def correct_entry(
    tx: Transaction, id_: UUID, substance: Substance, *, expected: int, reason: str, on: date | None
) -> Entry:
    """Raise CorrespondenceUnknown, NotYourUnit, VersionIsStale, CorrespondenceUnchanged and what is wrong."""
    entry = await _locked(tx, id_, also=substance.unit_ids)
    expect_version(expected, entry.version)
    domain.expect_sound(substance, today=tx.today)
    await _expect_known(tx, substance)
    corrected = domain.correct(entry, substance)
    if corrected.is_internal and await repository.has_promises_of_unit(tx.session, id_):
        raise DirectionOfPromises(state="recorded", allowed_moves=[domain.CORRECT])
    await repository.save(tx.session, corrected)
    await _note(tx, "correct", before=entry, after=corrected, reason=reason, on=on)
    return corrected


async def add_promise(tx: Transaction, id_: UUID, pledge: Pledge, *, on: date | None) -> Promise:
    """Add a promise that an entry had left out; the entry itself does not change."""
    entry = await _locked(tx, id_)
    promise = await _given(tx, entry, pledge, pointer="")
    await repository.add_promises(tx.session, [promise])
    await _note_promise(tx, "promise", entry, before=None, after=promise, reason="", on=on)
    return promise


async def correct_promise(
    tx: Transaction, id_: UUID, pledge: Pledge, *, expected: int, reason: str, on: date | None
) -> Promise:
    """Raise PromiseUnknown, NotYourUnit, VersionIsStale, PromiseSettled, PromiseUnchanged."""
    promise, entry = await _locked_promise(tx, id_, expected=expected)
    corrected = promises.correct(promise, pledge)
    await _expect_possible(tx, entry, pledge, pointer="")
    await repository.save_promise(tx.session, corrected)
    await _note_promise(tx, "correct", entry, before=promise, after=corrected, reason=reason, on=on)
    return corrected


async def settle_promise(
    tx: Transaction, id_: UUID, move: PromiseMove, *, expected: int, note: str, on: date | None
) -> Promise:
    """Raise PromiseUnknown, NotYourUnit, VersionIsStale, PromiseSettled, SettledBeforePromised."""
    promise, entry = await _locked_promise(tx, id_, expected=expected)
    settled_on = journal.decision_day(tx, on)
    settled = promises.settle(promise, move, on=settled_on, note=note)
    await repository.save_promise(tx.session, settled)
    await _note_promise(tx, move.value, entry, before=promise, after=settled, reason=note, on=on)
    return settled


async def _given(tx: Transaction, entry: Entry, pledge: Pledge, *, pointer: str) -> Promise:
    promise = promises.give(
        pledge,
        id_=tx.new_id(),
        correspondence_id=entry.id,
        promised_on=entry.occurred_on,
        pointer=pointer,
    )
    await _expect_possible(tx, entry, pledge, pointer=pointer)
    return promise


async def _expect_possible(tx: Transaction, entry: Entry, pledge: Pledge, *, pointer: str) -> None:
    """Raise DirectionOfPromises, CorrespondentUnknown."""
    if pledge.side is PromiseSide.UNIT and entry.is_internal:
        raise DirectionOfPromises(state="recorded", allowed_moves=[domain.CORRECT])
    if pledge.contact_id is not None:
        known = await repository.contacts_of(tx.session, entry.unit_ids)
        if pledge.contact_id not in known:
            raise CorrespondentUnknown(pointer=f"{pointer}/contact_id", contact_id=pledge.contact_id)


async def _expect_known(tx: Transaction, substance: Substance) -> None:
    """Raise CorrespondenceUnitUnknown, CorrespondentUnknown."""
    units = await repository.lean_on_units(tx.session, substance.unit_ids)
    for at, unit_id in enumerate(substance.unit_ids):
        if unit_id not in units:
            raise CorrespondenceUnitUnknown(pointer=f"/unit_ids/{at}", unit_id=unit_id)
    if not substance.contact_ids:
        return
    known = await repository.contacts_of(tx.session, substance.unit_ids)
    for at, contact_id in enumerate(substance.contact_ids):
        if contact_id not in known:
            raise CorrespondentUnknown(pointer=f"/contact_ids/{at}", contact_id=contact_id)


async def _locked(tx: Transaction, id_: UUID, *, also: tuple[UUID, ...] = ()) -> Entry:
    entry = await repository.lock(tx.session, id_)
    if entry is None:
        raise CorrespondenceUnknown
    await expect_acting_for(tx, *{*entry.unit_ids, *also})
    return entry


async def _locked_promise(tx: Transaction, id_: UUID, *, expected: int) -> tuple[Promise, Entry]:
    """Lock the entry after its promise: nobody locks them the other way round."""
    promise = await repository.lock_promise(tx.session, id_)
    if promise is None:
        raise PromiseUnknown
    entry = await _locked(tx, promise.correspondence_id)
    expect_version(expected, promise.version)
    return promise, entry


async def _note(
    tx: Transaction, action: str, *, before: Entry | None, after: Entry, reason: str, on: date | None
) -> None:
    hidden = after.is_internal or (before is not None and before.is_internal)
    await journal.record(
        tx,
        Decision.on(
            Subject.CORRESPONDENCE,
            before,
            after,
            audience=Audience.AGENCY if hidden else Audience.PARTIES,
            action=action,
            day=journal.decision_day(tx, on),
            reason=reason,
            unit_id=after.journal_unit_id,
            kept=kept_of,
        ),
    )


async def _note_promise(  # noqa: PLR0913
    tx: Transaction,
    action: str,
    entry: Entry,
    *,
    before: Promise | None,
    after: Promise,
    reason: str,
    on: date | None,
) -> None:
    await journal.record(
        tx,
        Decision.on(
            Subject.PROMISE,
            before,
            after,
            audience=Audience.AGENCY if entry.is_internal else Audience.PARTIES,
            action=action,
            day=journal.decision_day(tx, on),
            reason=reason,
            unit_id=entry.journal_unit_id,
        ),
    )
