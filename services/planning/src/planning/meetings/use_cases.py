"""What is done with meetings: invite, cancel, write down, approve."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from planning.decisions import repository as decisions
from planning.meetings import domain, repository
from planning.meetings.domain import Invitation, Meeting, Record
from planning.meetings.minutes import Approval, minutes_of
from planning.meetings.minutes_text import text_of
from planning.meetings.presence import Attendance, attendance_of, tally
from planning.meetings.refusals import BodyHasNoChair, ChairApproves, MeetingUnknown
from planning.partnerships import repository as partnerships
from planning.partnerships.domain import Body, Mandate, MemberRole
from planning.partnerships.refusals import BodyUnknown
from planning.partnerships.use_cases import load_own
from shared.canonical import canonical_json, digest
from shared.contracts.base import Role
from shared.errors import expect_version
from shared.transaction import Transaction

_OFFICE: Final = frozenset({Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT})
"""Who may write down that a chair without an account has approved."""


async def plan_meeting(tx: Transaction, body_id: UUID, invitation: Invitation) -> Meeting:
    """Invite the members of the day. Raises BodyUnknown, BodyNotYours, OutsideTheBodysTime."""
    body = await load_own(tx, body_id, to_decide=False)
    meeting = domain.plan(body, invitation, tx.new_id())
    await repository.add(tx.session, meeting, now=tx.now)
    return meeting


async def change_meeting(
    tx: Transaction, meeting_id: UUID, invitation: Invitation, *, expected: int
) -> Meeting:
    before, body = await load_own_meeting(tx, meeting_id, expected=expected)
    return await _saved(tx, domain.change(before, body, invitation))


async def cancel_meeting(tx: Transaction, meeting_id: UUID, *, reason: str, expected: int) -> Meeting:
    before, _ = await load_own_meeting(tx, meeting_id, expected=expected)
    return await _saved(tx, domain.cancel(before, reason))


async def write_down(
    tx: Transaction, meeting_id: UUID, record: Record, given: Collection[Attendance], *, expected: int
) -> Meeting:
    """Write down what happened and who came; all members of the day are in the attendance."""
    before, body = await load_own_meeting(tx, meeting_id, expected=expected)
    mandates = await partnerships.mandates(tx.session, body.id)
    members = [each for each in mandates if each.holds_on(before.day)]
    came = attendance_of(members, given, whole=before.invitation.minutes_planned)
    taken = await decisions.of_meeting(tx.session, meeting_id)
    counted = [each.wording.votes.total for each in taken if each.wording.votes]
    most_votes = max(counted, default=0) if taken else None
    after = domain.write_down(
        before, record, tally(members, came, body.quorum), today=tx.today, most_votes=most_votes
    )
    await repository.save_attendance(tx.session, meeting_id, came)
    return await _saved(tx, after)


async def approve_minutes(tx: Transaction, meeting_id: UUID, *, expected: int) -> Meeting:
    """Freeze the minutes. Raises ChairApproves, BodyHasNoChair, MeetingNotHeld, RecordClosed."""
    before = await repository.load(tx.session, meeting_id)
    chair = await _approving_chair(tx, before)
    expect_version(expected, before.version)
    body = await partnerships.load(tx.session, before.body_id, to_decide=False)
    after = domain.approve(before)
    minutes = minutes_of(
        after,
        body,
        await _recorded(tx, before),
        await decisions.of_meeting(tx.session, meeting_id),
        Approval(chair=chair.name, recorded_by=tx.actor.name or tx.actor.id, approved_on=tx.today),
    )
    content = canonical_json(minutes)
    proof = digest(content)
    await repository.add_minutes(
        tx,
        meeting_id,
        content=content,
        digest=proof,
        texts=(text_of(minutes, proof, czech=True), text_of(minutes, proof, czech=False)),
        approved_by=chair.name,
    )
    return await _saved(tx, after)


async def load_own_meeting(
    tx: Transaction, meeting_id: UUID, *, expected: int | None = None
) -> tuple[Meeting, Body]:
    """Load a meeting to write to it; one of another town's body does not exist for the caller."""
    meeting = await repository.load(tx.session, meeting_id)
    try:
        body = await load_own(tx, meeting.body_id, to_decide=False)
    except BodyUnknown:
        raise MeetingUnknown from None
    if expected is not None:
        expect_version(expected, meeting.version)
    return meeting, body


async def _approving_chair(tx: Transaction, meeting: Meeting) -> Mandate:
    """Return the chair of today, or the deputy, who approves: by the own account where there is one."""
    mandates = await partnerships.mandates(tx.session, meeting.body_id)
    chairs = [each for each in mandates if each.role is MemberRole.CHAIR and each.holds_on(tx.today)]
    mine = next((each for each in chairs if each.person == tx.actor.id), None)
    if mine is not None:
        return mine
    await load_own_meeting(tx, meeting.id)
    head = next((each for each in chairs if each.alternate_for is None), None)
    if head is None:
        raise BodyHasNoChair
    if head.person is not None or not tx.actor.has_any(_OFFICE):
        raise ChairApproves(name=head.name)
    return head


async def _recorded(tx: Transaction, meeting: Meeting) -> list[tuple[Mandate, Attendance]]:
    """Return who is in the attendance, by name."""
    written = {each.mandate_id: each for each in await repository.attendance(tx.session, meeting.id)}
    mandates = await partnerships.mandates(tx.session, meeting.body_id)
    return [(each, written[each.id]) for each in mandates if each.id in written]


async def _saved(tx: Transaction, meeting: Meeting) -> Meeting:
    await repository.save(tx.session, meeting, now=tx.now)
    return meeting
