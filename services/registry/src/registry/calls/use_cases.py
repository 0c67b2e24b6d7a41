"""What people do with calls and methodologies: draft, edit, announce, extend, cancel; add an edition."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from registry.calls import decisions, methodology_repository, repository
from registry.calls.domain import Call, CallCodeTaken, CallUnknown, Content, Move
from registry.calls.methodology import EditionStillFollowed, Methodology, MethodologyUnknown, succeed
from registry.calls.questionnaire import expect_form
from registry.calls.readiness import missing
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from registry.journal.use_cases import decision_day
from shared.errors import expect_version
from shared.transaction import Transaction


async def draft_call(tx: Transaction, content: Content) -> Call:
    """Keep a new draft; raises FormInvalid, MethodologyUnknown, CallCodeTaken."""
    expect_form(content.form)
    await _methodology(tx, content.methodology)
    call = decisions.drafted(content, id_=tx.new_id(), version=1)
    if not await repository.add(tx.session, call, on=tx.today):
        raise CallCodeTaken(pointer="/code", code=call.code)
    return call


async def edit_call(tx: Transaction, call_id: UUID, content: Content, *, expected: int) -> Call:
    """Put other content into a draft; raises what `draft_call` does, and CallDoesNotMove."""
    call = await _locked(tx, call_id, expected)
    edited = decisions.edit(call, content)
    expect_form(content.form)
    await _methodology(tx, content.methodology)
    if not await repository.save_if_free(tx.session, edited):
        raise CallCodeTaken(pointer="/code", code=edited.code)
    return edited


async def announce_call(tx: Transaction, call_id: UUID, *, expected: int, on: date | None) -> Call:
    """Announce a draft that is complete; raises CallIncomplete with all that is missing."""
    call = await _locked(tx, call_id, expected)
    day = decision_day(tx, on)
    methodology = await _methodology(tx, call.methodology, to_lean_on=True)
    findings = missing(call, methodology, on=day)
    announced, told = decisions.announce(call, findings, on=day)
    await repository.save(tx.session, announced)
    await record(tx, call, announced, Move.ANNOUNCE, on=day)
    tx.emit(told)
    return announced


async def extend_call(
    tx: Transaction,
    call_id: UUID,
    *,
    expected: int,
    closes_on: date,
    reason: tuple[str, str],
    on: date | None,
) -> Call:
    """Let the intake last longer, for a reason in Czech and in English that everybody can read."""
    call = await _locked(tx, call_id, expected)
    day = decision_day(tx, on)
    longer = decisions.extend(call, closes_on, on=day, now=tx.now)
    extension = decisions.extension(call, longer, id_=tx.new_id(), outage=None, on=day, reason=reason)
    await repository.save(tx.session, longer)
    await repository.add_extension(tx.session, call.id, extension)
    await record(tx, call, longer, Move.EXTEND, on=day, reason=reason[0])
    tx.emit(decisions.told(call.id, extension))
    return longer


async def cancel_call(
    tx: Transaction, call_id: UUID, *, expected: int, reason: tuple[str, str], on: date | None
) -> Call:
    call = await _locked(tx, call_id, expected)
    day = decision_day(tx, on)
    cancelled = decisions.cancel(call, on=day, reason_cs=reason[0], reason_en=reason[1])
    await repository.save(tx.session, cancelled)
    await record(tx, call, cancelled, Move.CANCEL, on=day, reason=reason[0])
    return cancelled


async def record(
    tx: Transaction, before: Call, after: Call, move: Move, *, on: date, reason: str = ""
) -> None:
    """Write a decision about a call into the journal, where everybody may read it."""
    await journal.record(
        tx,
        Decision.on(
            Subject.CALL, before, after, audience=Audience.PUBLIC, action=move.value, day=on, reason=reason
        ),
    )


async def add_methodology(tx: Transaction, methodology: Methodology) -> Methodology:
    """Add an edition; the one before ends on the day before it.

    Raises what `succeed` does, and EditionStillFollowed where a call was announced under the one before.
    """
    await methodology_repository.write_alone(tx.session)
    earlier = await methodology_repository.lock_editions(tx.session, methodology.name)
    ended = succeed(methodology, earlier)
    if ended is not None:
        announced_on = await methodology_repository.last_announced_on(tx.session, ended.code)
        if announced_on is not None and announced_on >= methodology.valid_from:
            raise EditionStillFollowed(last=ended.code, announced_on=announced_on)
        await methodology_repository.end(tx.session, ended)
    await methodology_repository.add(tx.session, [methodology])
    return methodology


async def seed_methodologies(tx: Transaction, methodologies: Sequence[Methodology]) -> None:
    await methodology_repository.add(tx.session, methodologies)


async def _locked(tx: Transaction, call_id: UUID, expected: int) -> Call:
    call = await repository.load(tx.session, call_id, lock=True)
    if call is None:
        raise CallUnknown
    expect_version(expected, call.version)
    return call


async def _methodology(tx: Transaction, code: str, *, to_lean_on: bool = False) -> Methodology:
    found = await methodology_repository.load(tx.session, code, to_lean_on=to_lean_on)
    if found is None:
        raise MethodologyUnknown(pointer="/methodology", methodology=code)
    return found
