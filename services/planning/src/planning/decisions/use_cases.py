"""What is done with decisions: taken at a meeting, corrected until its minutes are approved, settled."""

from datetime import date
from uuid import UUID

from planning.decisions import domain, repository
from planning.decisions.domain import Decision, DecisionStatus, Wording
from planning.decisions.refusals import DecisionUnknown
from planning.meetings import repository as meetings
from planning.meetings.domain import Meeting, expect_able, expect_held, touch
from planning.meetings.refusals import MeetingUnknown
from planning.meetings.use_cases import load_own_meeting
from shared.errors import expect_version
from shared.transaction import Transaction


async def take_decision(tx: Transaction, meeting_id: UUID, wording: Wording) -> Decision:
    """Give a decision its number. Raises MeetingNotHeld, RecordClosed, DecidedWithoutQuorum."""
    meeting, _ = await load_own_meeting(tx, meeting_id)
    _expect_possible(meeting, wording)
    year = meeting.day.year
    decision = Decision(
        id=tx.new_id(),
        version=1,
        meeting_id=meeting.id,
        body_id=meeting.body_id,
        year=year,
        ordinal=await repository.next_ordinal(tx.session, meeting.body_id, year),
        wording=wording,
    )
    await repository.add(tx.session, decision)
    await meetings.save(tx.session, touch(meeting), now=tx.now)
    return decision


async def word_anew(tx: Transaction, decision_id: UUID, wording: Wording, *, expected: int) -> Decision:
    """Correct a decision while the minutes are written; the number stays."""
    meeting, before = await _load_own(tx, decision_id, expected)
    _expect_possible(meeting, wording)
    after = domain.word_anew(before, wording, decided_on=meeting.day)
    await repository.save(tx.session, after)
    await meetings.save(tx.session, touch(meeting), now=tx.now)
    return after


async def settle(
    tx: Transaction, decision_id: UUID, status: DecisionStatus, *, settled_on: date, note: str, expected: int
) -> Decision:
    meeting, before = await _load_own(tx, decision_id, expected)
    after = domain.settle(before, status, settled_on=settled_on, note=note, days=(meeting.day, tx.today))
    await repository.save(tx.session, after)
    return after


def _expect_possible(meeting: Meeting, wording: Wording) -> None:
    votes = wording.votes.total if wording.votes else 0
    expect_able(expect_held(meeting), votes=votes)
    domain.expect_wording(wording, decided_on=meeting.day)


async def _load_own(tx: Transaction, decision_id: UUID, expected: int) -> tuple[Meeting, Decision]:
    """Return the meeting, locked, and its decision: two who write to one meeting come one by one."""
    meeting_id = await repository.meeting_of(tx.session, decision_id)
    try:
        meeting, _ = await load_own_meeting(tx, meeting_id)
    except MeetingUnknown:
        raise DecisionUnknown from None
    taken = await repository.of_meeting(tx.session, meeting_id)
    decision = next(each for each in taken if each.id == decision_id)
    expect_version(expected, decision.version)
    return meeting, decision
