"""What is done with handovers: the clock opens them, people prepare, meet, sign, or dispense with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from registry.caseload.use_cases import expect_acting_for
from registry.handovers import domain, election_repository, pack_repository, repository
from registry.handovers.domain import Handover, Item, Meeting, Move, Side, Signature, Status
from registry.handovers.election_use_cases import code_list
from registry.handovers.elections import Election, ElectionUnknown
from registry.handovers.pack import Pack, parts_of
from registry.handovers.refusals import HandoverUnknown
from registry.journal import use_cases as journal
from registry.journal.domain import Audience, Decision, Subject
from shared.contracts.registry import UnitKind
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Which handover, the version that the caller has seen, and the day when it took effect."""

    id: UUID
    expected: int
    on: date | None = None


async def open_handovers(tx: Transaction) -> None:
    """Open one handover for each unit that cooperates and each election that is near.

    A worker that comes second waits for the first one's rows and opens nothing; whoever moves an election
    waits too.
    """
    await election_repository.add(tx.session, code_list())
    near = {
        each.id: each for each in await election_repository.lock_all(tx.session) if each.is_near(tx.today)
    }
    if not near:
        return
    opened = {}
    for election_id, unit_id, kind, code in await repository.without_handover(tx.session, near, tx.today):
        election = near[election_id]
        if election.concerns(UnitKind(kind), code):
            handover, told = domain.open_for(election, unit_id, new_id=tx.new_id(), on=tx.today)
            opened[handover.id] = (handover, told)
    added = await repository.add(tx.session, [handover for handover, _ in opened.values()])
    new = [opened[each] for each in added]
    await journal.record(tx, *(_decision(None, handover, action="open", on=tx.today) for handover, _ in new))
    for _, told in new:
        tx.emit(told)


async def tick(tx: Transaction, case: Case, code: str, *, is_done: bool, note: str) -> Handover:
    """Write down who has done an item of the checklist, or that it is not done after all."""
    on = journal.decision_day(tx, case.on)
    done = Item(code=code, note=note)
    if is_done:
        done = Item(code=code, done_by=tx.actor.name or tx.actor.id, done_on=on, note=note)
    return await _decide(tx, case, lambda found: domain.tick(found, done), action="tick", reason=code)


async def prepare(tx: Transaction, case: Case) -> Handover:
    return await _decide(tx, case, domain.prepare, action=Move.PREPARE)


async def reopen(tx: Transaction, case: Case, *, reason: str) -> Handover:
    return await _decide(
        tx, case, lambda found: domain.reopen(found, reason=reason), action=Move.REOPEN, reason=reason
    )


async def meet(tx: Transaction, case: Case, meeting: Meeting) -> Handover:
    before = await _locked(tx, case)
    election = await _election_of(tx, before)
    after = domain.meet(before, meeting, election=election, on=journal.decision_day(tx, case.on))
    return await _keep(tx, before, after, case=case, action=Move.MEET)


async def dispense(tx: Transaction, case: Case, *, reason: str) -> Handover:
    on = journal.decision_day(tx, case.on)
    return await _decide(
        tx,
        case,
        lambda found: domain.dispense(found, reason=reason, on=on),
        action=Move.DISPENSE,
        reason=reason,
    )


async def sign(tx: Transaction, case: Case) -> Handover:
    """Sign for one's own side; the second signature freezes the pack as it is then."""
    before = await _locked(tx, case)
    signature = Signature(
        side=Side.AGENCY if tx.actor.is_agency else Side.UNIT,
        person=tx.actor.id,
        person_name=tx.actor.name or tx.actor.id,
        signed_on=journal.decision_day(tx, case.on),
    )
    after, pack = domain.sign(before, signature), None
    if after.status is Status.HANDED_OVER:
        pack = await pack_of(tx, before, as_of=signature.signed_on)
        after = replace(after, pack_digest=pack.digest)
    await repository.save(tx.session, after, pack)
    await journal.record(tx, _decision(before, after, action=Move.SIGN, on=signature.signed_on))
    return after


async def pack_of(tx: Transaction, handover: Handover, *, as_of: date) -> Pack:
    """Read together what a new leadership has to know, as of a day; three statements, whatever there is."""
    name = await repository.unit_name(tx.session, handover.unit_id, as_of)
    election = await _election_of(tx, handover)
    found = await pack_repository.parts(tx.session, handover.unit_id, as_of)
    return Pack(
        unit_id=handover.unit_id,
        unit_name=name,
        election=election.code,
        as_of=as_of,
        parts=parts_of(found),
    )


async def _decide(
    tx: Transaction, case: Case, decide: Callable[[Handover], Handover], *, action: str, reason: str = ""
) -> Handover:
    before = await _locked(tx, case)
    return await _keep(tx, before, decide(before), case=case, action=action, reason=reason)


async def _keep(
    tx: Transaction, before: Handover, after: Handover, *, case: Case, action: str, reason: str = ""
) -> Handover:
    await repository.save(tx.session, after)
    on = journal.decision_day(tx, case.on)
    await journal.record(tx, _decision(before, after, action=action, on=on, reason=reason))
    return after


async def _locked(tx: Transaction, case: Case) -> Handover:
    """Raise HandoverUnknown where the caller may not know of it, NotYourUnit where others act for it."""
    found = await repository.lock(tx.session, case.id)
    if found is None or not tx.actor.may_see([found.unit_id]):
        raise HandoverUnknown
    await expect_acting_for(tx, found.unit_id)
    expect_version(case.expected, found.version)
    return found


async def _election_of(tx: Transaction, handover: Handover) -> Election:
    election = await election_repository.load(tx.session, handover.election_id)
    if election is None:
        raise ElectionUnknown
    return election


def _decision(
    before: Handover | None, after: Handover, *, action: str, on: date, reason: str = ""
) -> Decision:
    return Decision.on(
        Subject.HANDOVER, before, after, audience=Audience.PARTIES, action=action, day=on, reason=reason
    )
