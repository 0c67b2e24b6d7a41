"""Every statement on plans; their trees are in `tree_repository`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from planning.plans.domain import PUBLIC, Approval, Plan, PlanStatus, StepStatus
from planning.plans.draft_repository import load_draft, remove_draft, save_draft
from planning.plans.refusals import PlanUnknown
from planning.plans.snapshot import Snapshot
from planning.plans.tables import AmendmentRow, PlanRow, PlanUnitRow, RevisionRow, StepRow
from planning.plans.tree_repository import PLAN_ID, attached_as_json, tree_as_json
from planning.units.tables import UnitRow
from shared.canonical import plain
from shared.contracts.planning import PlanKind
from shared.reads import Query, json_object
from shared.transaction import Transaction

P = PlanRow.__table__
_DRAFT = AmendmentRow.__table__.alias("of_draft")
SAVED = (
    "version",
    "title",
    "vision",
    "valid_from",
    "valid_until",
    "status",
    "revision",
    "submitted_by",
    "monitored_revision",
    "evaluated_revision",
    "closed_on",
)


async def load(session: AsyncSession, plan_id: UUID, *, to_decide: bool = True) -> Plan:
    """Load a plan; to decide on it, nobody else decides until we commit. Raises `PlanUnknown`."""
    query = select(PlanRow).where(PlanRow.id == plan_id)
    row = await session.scalar(query.with_for_update() if to_decide else query)
    if row is None:
        raise PlanUnknown
    units = await session.scalars(
        select(PlanUnitRow.unit_id).where(PlanUnitRow.plan_id == plan_id).order_by(PlanUnitRow.unit_id)
    )
    plan = Plan(
        id=row.id,
        version=row.version,
        kind=PlanKind(row.kind),
        title=row.title,
        vision=row.vision,
        unit_ids=tuple(units),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        status=PlanStatus(row.status),
        revision=row.revision,
        submitted_by=row.submitted_by,
        monitored_revision=row.monitored_revision,
        evaluated_revision=row.evaluated_revision,
        closed_on=row.closed_on,
    )
    return replace(plan, draft=await load_draft(session, plan))


async def add(session: AsyncSession, plan: Plan, *, now: datetime) -> None:
    values = {name: getattr(plan, name) for name in SAVED}
    await session.execute(
        insert(PlanRow).values(id=plan.id, kind=plan.kind, created_at=now, changed_at=now, **values)
    )
    await save_units(session, plan)


async def save(session: AsyncSession, plan: Plan, *, now: datetime) -> None:
    """Save the plan and the draft of its next revision; one that it has no more goes.

    What is noted without a new version is no change that anybody is shown.
    """
    values = {name: getattr(plan, name) for name in SAVED}
    changed_at = case((PlanRow.version == plan.version, PlanRow.changed_at), else_=now)
    await session.execute(
        update(PlanRow).where(PlanRow.id == plan.id).values(changed_at=changed_at, **values)
    )
    if plan.draft is not None:
        await save_draft(session, plan.draft, now=now)
    else:
        await remove_draft(session, plan.id)


async def save_units(session: AsyncSession, plan: Plan) -> None:
    await session.execute(delete(PlanUnitRow).where(PlanUnitRow.plan_id == plan.id))
    await session.execute(
        insert(PlanUnitRow), [{"plan_id": plan.id, "unit_id": unit_id} for unit_id in plan.unit_ids]
    )


async def add_step(
    tx: Transaction,
    plan: Plan,
    note: str,
    *,
    status: StepStatus | None = None,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Record what was done with the plan, or with the draft of its next revision."""
    await tx.session.execute(
        insert(StepRow).values(
            id=tx.new_id(),
            plan_id=plan.id,
            status=status or plan.status,
            revision=plan.revision,
            at=tx.now,
            actor=tx.actor.id,
            affiliation=tx.actor.affiliation,
            note=note,
            changes=changes if changes is None else plain(changes),
        )
    )


async def add_revision(tx: Transaction, plan: Plan, approval: Approval, frozen: Snapshot) -> None:
    await tx.session.execute(
        insert(RevisionRow).values(
            plan_id=plan.id,
            number=plan.revision,
            snapshot=frozen.text.decode(),
            digest=frozen.digest,
            body=approval.body,
            approved_on=approval.approved_on,
            resolution_number=approval.resolution_number,
            recorded_by=tx.actor.id,
            recorded_at=tx.now,
        )
    )


def own() -> ColumnElement[bool]:
    """Let the Agency and its own units, those of the next revision too, know of all in the making."""
    units = bindparam("units", type_=ARRAY(Uuid))
    of_units = exists().where(PlanUnitRow.plan_id == P.c.id, PlanUnitRow.unit_id == func.any(units))
    of_draft = exists().where(_DRAFT.c.plan_id == P.c.id, _DRAFT.c.unit_ids.bool_op("&&")(units))
    return or_(bindparam("agency", type_=Boolean), of_units, of_draft)


def visible() -> ColumnElement[bool]:
    """Let everybody know of a plan in force, the Agency and its own units of a draft."""
    return or_(P.c.status.in_(sorted(PUBLIC)), own())


def units_as_json() -> ColumnElement[object]:
    unit = json_object(
        {"id": PlanUnitRow.unit_id, "kind": UnitRow.kind, "code": UnitRow.code, "name": UnitRow.name}
    )
    return func.coalesce(
        select(func.json_agg(aggregate_order_by(unit, UnitRow.name, PlanUnitRow.unit_id)))
        .select_from(PlanUnitRow)
        .outerjoin(UnitRow, UnitRow.id == PlanUnitRow.unit_id)
        .where(PlanUnitRow.plan_id == P.c.id)
        .correlate(P)
        .scalar_subquery(),
        func.json_build_array(),
    )


def _draft_as_json() -> ColumnElement[object]:
    """Return what is known of the draft of the next revision, null for who may not know of it."""
    shown = json_object({"revision": AmendmentRow.revision, "status": AmendmentRow.status})
    return select(shown).where(AmendmentRow.plan_id == P.c.id, own()).correlate(P).scalar_subquery()


HEAD = (
    P.c.id,
    P.c.version,
    P.c.kind,
    P.c.title,
    P.c.status,
    P.c.revision,
    P.c.valid_from,
    P.c.valid_until,
    units_as_json().label("units"),
    P.c.created_at,
    P.c.changed_at,
    _draft_as_json().label("draft"),
)


def _is_still() -> ColumnElement[bool]:
    """Return whether everybody is shown the same under this version.

    The draft of the next revision is for its own people alone, and a unit may be called otherwise since.
    """
    drafted = exists().where(AmendmentRow.plan_id == P.c.id).correlate(P)
    units = exists().where(PlanUnitRow.plan_id == P.c.id, UnitRow.id == PlanUnitRow.unit_id)
    return and_(~drafted, ~units.where(UnitRow.heard_at > P.c.changed_at).correlate(P))


WHOLE = Query(
    select(
        *HEAD,
        P.c.vision,
        tree_as_json().label("problems"),
        *attached_as_json(),
        _is_still().label("is_still"),
    ).where(P.c.id == PLAN_ID, visible()),
    version="version",
    moves_on=True,
    still="is_still",
)
"""A plan with its whole tree, in one statement whatever its size."""


@cache
def plans_query(*, of_kind: bool, of_status: bool, of_unit: bool) -> Query:
    """Return the query for a list of plans, the newest first, by the filters that were given."""
    found = select(*HEAD).where(visible())
    if of_kind:
        found = found.where(P.c.kind == bindparam("kind", type_=Text))
    if of_status:
        found = found.where(P.c.status == bindparam("status", type_=Text))
    if of_unit:
        found = found.where(
            exists().where(
                PlanUnitRow.plan_id == P.c.id, PlanUnitRow.unit_id == bindparam("unit_id", type_=Uuid)
            )
        )
    return Query(found, keys=(P.c.id,), descending=True)


KNOWN = Query(select(P.c.id).where(P.c.id == PLAN_ID, visible()))
"""Whether the caller may know of a plan."""
