"""Every statement with which rounds of approval are written; `list_repository` reads them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.approvals.chain import ChainStep
from planning.approvals.refusals import RoundUnknown
from planning.approvals.rounds import LIVE, Party, Round, RoundStatus, RoundStep, StepState, Verdict
from planning.approvals.tables import ApprovalPartyRow, ApprovalStepRow, RoundRow
from planning.decisions.tables import DecisionRow
from planning.partnerships.domain import MemberRole
from planning.partnerships.tables import BodyRow, BodyUnitRow, MandateRow
from shared.contracts.base import Role
from shared.contracts.planning import ApprovalLevel

_IS_LIVE = RoundRow.status.in_(sorted(LIVE))
_SAVED = ("version", "quiet_until", "ended_on", "ended_by", "reason", "hindered_by")


async def add(session: AsyncSession, begun: Round, *, now: datetime) -> None:
    await session.execute(
        insert(RoundRow).values(
            id=begun.id,
            plan_id=begun.plan_id,
            revision=begun.revision,
            number=begun.number,
            unit_ids=list(begun.unit_ids),
            submitted_by=begun.submitted_by,
            opened_on=begun.opened_on,
            quiet_days=begun.quiet_days,
            **_values(begun),
            changed_at=now,
        )
    )
    steps = [_step_values(begun, place) for place in range(len(begun.steps))]
    await session.execute(insert(ApprovalStepRow), steps)
    parties = [
        {
            "round_id": begun.id,
            "position": place,
            "ordinal": ordinal,
            "unit_id": party.unit_id,
            **dict.fromkeys(("affiliation", "body", "reference", "note"), ""),
        }
        for place, step in enumerate(begun.steps)
        for ordinal, party in enumerate(step.parties)
    ]
    await session.execute(insert(ApprovalPartyRow), parties)


async def save(session: AsyncSession, before: Round, after: Round, *, now: datetime) -> None:
    """Save what a decision changed: the round, its steps, and who agreed."""
    await session.execute(
        update(RoundRow).where(RoundRow.id == after.id).values(**_values(after), changed_at=now)
    )
    places = [place for place, step in enumerate(after.steps) if step != before.steps[place]]
    if places:
        await session.execute(
            update(ApprovalStepRow), [_progress(after.id, place, after.steps[place]) for place in places]
        )
    said = [
        {
            "round_id": after.id,
            "position": place,
            "ordinal": ordinal,
            **_said(party.verdict),
            "recorded_at": now,
        }
        for place in places
        for ordinal, party in enumerate(after.steps[place].parties)
        if party.verdict is not None and party != before.steps[place].parties[ordinal]
    ]
    if said:
        await session.execute(update(ApprovalPartyRow), said)


async def live(session: AsyncSession, plan_id: UUID) -> Round | None:
    """Return the round that runs or waits in its quiet period; lock the plan before."""
    row = await session.scalar(
        select(RoundRow).where(RoundRow.plan_id == plan_id, _IS_LIVE).with_for_update()
    )
    return None if row is None else await _round(session, row)


async def load(session: AsyncSession, round_id: UUID) -> Round:
    """Load a round to decide in it; lock its plan before. Raises RoundUnknown."""
    row = await session.scalar(select(RoundRow).where(RoundRow.id == round_id).with_for_update())
    if row is None:
        raise RoundUnknown
    return await _round(session, row)


async def plan_of(session: AsyncSession, round_id: UUID) -> UUID:
    """Raise RoundUnknown."""
    found = await session.scalar(select(RoundRow.plan_id).where(RoundRow.id == round_id))
    if found is None:
        raise RoundUnknown
    return found


async def next_number(session: AsyncSession, plan_id: UUID, revision: int) -> int:
    """Return the number of the revision's next round; lock the plan before."""
    last = await session.scalar(
        select(func.max(RoundRow.number)).where(RoundRow.plan_id == plan_id, RoundRow.revision == revision)
    )
    return (last or 0) + 1


async def leads(session: AsyncSession, person: str, day: date) -> frozenset[UUID]:
    """Return the bodies in which a person is chair or manager on the day."""
    holds = (MandateRow.starts_on <= day) & or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= day)
    found = await session.scalars(
        select(MandateRow.body_id).where(MandateRow.person == person, _leading(), holds)
    )
    return frozenset(found)


async def is_decision_of(
    session: AsyncSession, decision_id: UUID, *, body_id: UUID | None, unit_ids: Collection[UUID]
) -> bool:
    """Return whether the body took the decision; where no body is named, any of the units' bodies."""
    found = select(DecisionRow.id).where(DecisionRow.id == decision_id)
    if body_id is not None:
        found = found.where(DecisionRow.body_id == body_id)
    else:
        found = found.join(BodyUnitRow, BodyUnitRow.body_id == DecisionRow.body_id).where(
            BodyUnitRow.unit_id.in_(unit_ids)
        )
    return await session.scalar(found.limit(1)) is not None


async def name_of_body(session: AsyncSession, body_id: UUID) -> str:
    return await session.scalar(select(BodyRow.name).where(BodyRow.id == body_id)) or ""


def _leading() -> ColumnElement[bool]:
    return MandateRow.role.in_([MemberRole.CHAIR.value, MemberRole.MANAGER.value])


def _values(current: Round) -> dict[str, object]:
    running = current.status is RoundStatus.RUNNING
    due_on = current.steps[current.position].due_on if running else current.quiet_until
    return {
        "status": current.status.value,
        "position": current.position,
        "due_on": due_on,
        **{name: getattr(current, name) for name in _SAVED},
    }


def _step_values(begun: Round, place: int) -> dict[str, object]:
    step = begun.steps[place].step
    return {
        "level": step.level.value,
        "label_cs": step.label_cs,
        "label_en": step.label_en,
        "body_id": step.body_id,
        "roles": [role.value for role in step.roles],
        "working_days": step.working_days,
        "escalates_to": step.escalates_to.value,
        **_progress(begun.id, place, begun.steps[place]),
    }


def _progress(round_id: UUID, place: int, step: RoundStep) -> dict[str, object]:
    days = {name: getattr(step, name) for name in ("opened_on", "due_on", "closed_on")}
    return {"round_id": round_id, "position": place, "state": step.state.value, **days}


def _said(verdict: Verdict) -> dict[str, object]:
    return {
        "decided_by": verdict.by,
        "affiliation": verdict.affiliation,
        "decided_on": verdict.decided_on,
        "body": verdict.body,
        "reference": verdict.reference,
        "decision_id": verdict.decision_id,
        "note": verdict.note,
    }


async def _round(session: AsyncSession, row: RoundRow) -> Round:
    steps = await session.scalars(
        select(ApprovalStepRow)
        .where(ApprovalStepRow.round_id == row.id)
        .order_by(ApprovalStepRow.position)
        .execution_options(populate_existing=True)
    )
    found = await session.scalars(
        select(ApprovalPartyRow)
        .where(ApprovalPartyRow.round_id == row.id)
        .order_by(ApprovalPartyRow.position, ApprovalPartyRow.ordinal)
        .execution_options(populate_existing=True)
    )
    parties = found.all()
    return Round(
        id=row.id,
        plan_id=row.plan_id,
        revision=row.revision,
        number=row.number,
        unit_ids=tuple(row.unit_ids),
        submitted_by=row.submitted_by,
        opened_on=row.opened_on,
        status=RoundStatus(row.status),
        position=row.position,
        steps=tuple(_step(each, [p for p in parties if p.position == each.position]) for each in steps),
        quiet_days=row.quiet_days,
        **{name: getattr(row, name) for name in _SAVED},
    )


def _step(row: ApprovalStepRow, parties: Iterable[ApprovalPartyRow]) -> RoundStep:
    return RoundStep(
        step=ChainStep(
            level=ApprovalLevel(row.level),
            label_cs=row.label_cs,
            label_en=row.label_en,
            body_id=row.body_id,
            roles=tuple(Role(role) for role in row.roles),
            working_days=row.working_days,
            escalates_to=Role(row.escalates_to),
        ),
        state=StepState(row.state),
        parties=tuple(Party(unit_id=each.unit_id, verdict=_verdict(each)) for each in parties),
        opened_on=row.opened_on,
        due_on=row.due_on,
        closed_on=row.closed_on,
    )


def _verdict(row: ApprovalPartyRow) -> Verdict | None:
    if row.decided_by is None or row.decided_on is None:
        return None
    return Verdict(
        by=row.decided_by,
        affiliation=row.affiliation,
        decided_on=row.decided_on,
        body=row.body,
        reference=row.reference,
        decision_id=row.decision_id,
        note=row.note,
    )
