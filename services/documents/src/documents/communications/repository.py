"""Every statement with which communication plans, outputs and rules are written; `list_repository` reads."""

from dataclasses import asdict
from typing import Final
from uuid import UUID

from sqlalchemy import case, delete, false, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from documents.communications.domain import (
    ActToTell,
    CommunicationPlan,
    Completion,
    Output,
    Rule,
    Target,
)
from documents.communications.kinds import ActKind, CommunicationKind, OutputState
from documents.communications.tables import (
    CommunicationOutputRow,
    CommunicationPlanRow,
    CommunicationRuleRow,
    CommunicationTargetRow,
)
from documents.files.list_repository import VISIBLE
from documents.files.tables import DocumentRow
from documents.requirements.domain import SubjectKind
from documents.requirements.tables import RequiringSubjectRow
from shared.auth import Actor
from shared.transaction import Transaction

P: Final = CommunicationPlanRow.__table__.c
T: Final = CommunicationTargetRow.__table__.c
R: Final = CommunicationRuleRow.__table__.c
O: Final = CommunicationOutputRow.__table__.c  # noqa: E741 - the first letter, as of the others
_PLAN: Final = (
    *("id", "title", "responsible", "valid_from", "valid_until", "cooperation_id", "plan_id", "project_id"),
    *("closed_on", "version"),
)


async def lock_plan(session: AsyncSession, plan_id: UUID) -> CommunicationPlan | None:
    row = await session.scalar(
        select(CommunicationPlanRow)
        .where(P.id == plan_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    targets = await session.execute(select(T.kind, T.promised).where(T.plan_id == plan_id).order_by(T.kind))
    return CommunicationPlan(
        **{name: getattr(row, name) for name in _PLAN},
        unit_ids=tuple(row.unit_ids),
        channels=tuple(row.channels),
        target_groups=tuple(row.target_groups),
        targets=tuple(Target(kind=CommunicationKind(kind), promised=count) for kind, count in targets),
    )


def _plan_values(plan: CommunicationPlan) -> dict[str, object]:
    return {
        **{name: getattr(plan, name) for name in _PLAN},
        "unit_ids": list(plan.unit_ids),
        "channels": list(plan.channels),
        "target_groups": list(plan.target_groups),
    }


async def add_plan(tx: Transaction, plan: CommunicationPlan) -> None:
    values = {**_plan_values(plan), "created_by": tx.actor.id, "created_at": tx.now}
    await tx.session.execute(insert(CommunicationPlanRow).values(values))
    await _add_targets(tx.session, plan)


async def save_plan(session: AsyncSession, plan: CommunicationPlan) -> None:
    await session.execute(update(CommunicationPlanRow).where(P.id == plan.id).values(_plan_values(plan)))
    await session.execute(delete(CommunicationTargetRow).where(T.plan_id == plan.id))
    await _add_targets(session, plan)


async def _add_targets(session: AsyncSession, plan: CommunicationPlan) -> None:
    rows = [{"plan_id": plan.id, "kind": each.kind.value, "promised": each.promised} for each in plan.targets]
    if rows:
        await session.execute(insert(CommunicationTargetRow), rows)


async def plan_for(session: AsyncSession, act: ActToTell) -> tuple[UUID | None, str]:
    """Return the plan that covers the act and who is responsible: of the plan first, then of the units.

    Of these, one of no other unit before one that several towns have together. Whoever names the act in a
    plan of their own units has no say in those of others: a plan covers an act of its units, or of any where
    the Agency wrote it for no unit.
    """
    own = or_(
        *(P.plan_id == each for each in [act.plan_id] if each),
        *(P.cooperation_id == each for each in [act.cooperation_id] if each),
        false(),
    )
    of_nobody = func.cardinality(CommunicationPlanRow.unit_ids) == 0
    alone = CommunicationPlanRow.unit_ids.contained_by(list(act.unit_ids))
    found = await session.execute(
        select(P.id, P.responsible)
        .where(
            or_(own & of_nobody, CommunicationPlanRow.unit_ids.overlap(list(act.unit_ids))),
            P.closed_on.is_(None),
            P.valid_from <= act.on,
            P.valid_until >= act.on,
        )
        .order_by(case((own, 0), (alone, 1), else_=2), P.created_at.desc(), P.id)
        .limit(1)
    )
    row = found.one_or_none()
    return (None, "") if row is None else (row[0], row[1])


async def units_of_plan(session: AsyncSession, plan_id: UUID) -> frozenset[UUID]:
    """Return whose plan it is, as planning told last; nobody's where we know of none."""
    found = select(RequiringSubjectRow.unit_ids).where(
        RequiringSubjectRow.id == plan_id, RequiringSubjectRow.kind == SubjectKind.PLAN.value
    )
    return frozenset(await session.scalar(found) or ())


async def rules_for(session: AsyncSession, act: ActKind) -> list[Rule]:
    rows = await session.scalars(
        select(CommunicationRuleRow).where(R.act == act.value, R.is_active).order_by(R.id)
    )
    return [_rule(row) for row in rows]


async def lock_rule(session: AsyncSession, rule_id: UUID) -> Rule | None:
    row = await session.scalar(
        select(CommunicationRuleRow)
        .where(R.id == rule_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return None if row is None else _rule(row)


def _rule(row: CommunicationRuleRow) -> Rule:
    plain = {name: getattr(row, name) for name in ("id", "title", "channel", "target_group")}
    return Rule(
        **plain,
        act=ActKind(row.act),
        kind=CommunicationKind(row.kind),
        working_days=row.working_days,
        is_active=row.is_active,
        version=row.version,
    )


async def add_rule(session: AsyncSession, rule: Rule) -> None:
    await session.execute(insert(CommunicationRuleRow).values(asdict(rule)))


async def save_rule(session: AsyncSession, rule: Rule) -> None:
    await session.execute(update(CommunicationRuleRow).where(R.id == rule.id).values(asdict(rule)))


async def lock_output(session: AsyncSession, output_id: UUID) -> Output | None:
    row = await session.scalar(
        select(CommunicationOutputRow)
        .where(O.id == output_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    names = set(Output.__dataclass_fields__) - {"unit_ids", "kind", "state"}
    return Output(
        **{name: getattr(row, name) for name in names},
        unit_ids=tuple(row.unit_ids),
        kind=CommunicationKind(row.kind),
        state=OutputState(row.state),
    )


async def add_output(tx: Transaction, output: Output) -> None:
    """Add it; what a rule asked for after the same act is there already and stays as it is."""
    values = {**asdict(output), "unit_ids": list(output.unit_ids), "created_at": tx.now}
    await tx.session.execute(upsert(CommunicationOutputRow).values(values).on_conflict_do_nothing())


async def save_output(session: AsyncSession, output: Output) -> None:
    values = {**asdict(output), "unit_ids": list(output.unit_ids)}
    await session.execute(update(CommunicationOutputRow).where(O.id == output.id).values(values))


async def is_proof_used(session: AsyncSession, output: Output, completion: Completion) -> bool:
    """Whether the proof counts already for another output of the kind in the same plan.

    Two that are completed at once are told apart by the lock of their plan, held until we commit.
    """
    if output.communication_plan_id is None:
        return False
    await session.execute(select(P.id).where(P.id == output.communication_plan_id).with_for_update())
    same = or_(
        *(O.proof_url == each for each in [completion.proof_url] if each),
        *(O.document_id == each for each in [completion.document_id] if each),
        false(),
    )
    found = select(O.id).where(
        O.communication_plan_id == output.communication_plan_id,
        O.kind == output.kind.value,
        O.state == OutputState.DONE.value,
        O.id != output.id,
        same,
    )
    return await session.scalar(found.limit(1)) is not None


async def knows_document(session: AsyncSession, document_id: UUID, *, actor: Actor) -> bool:
    """Whether the actor may know of the document."""
    found = select(DocumentRow.id).where(DocumentRow.id == document_id, VISIBLE)
    return await session.scalar(found, actor.sees()) is not None
