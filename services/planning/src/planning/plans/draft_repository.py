"""Every statement on drafts of next revisions, and editions read from the JSON that they are kept in."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from planning.plans.domain import Plan, PlanStatus
from planning.plans.edition import HEAD, Edition, content_of
from planning.plans.tables import AmendmentRow, RevisionRow
from planning.plans.tree import ATTACHED
from shared.canonical import canonical_json
from shared.stored import from_row

SAVED = ("status", "submitted_by", *HEAD)


async def load_draft(session: AsyncSession, plan: Plan) -> Plan | None:
    """Load the draft of the plan's next revision, after the plan was locked."""
    row = await session.scalar(select(AmendmentRow).where(AmendmentRow.plan_id == plan.id))
    if row is None:
        return None
    return replace(
        plan,
        status=PlanStatus(row.status),
        revision=row.revision,
        submitted_by=row.submitted_by,
        title=row.title,
        vision=row.vision,
        unit_ids=tuple(row.unit_ids),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


async def add_draft(
    session: AsyncSession, draft: Plan, edition: Edition, *, reason: str, now: datetime
) -> None:
    row = {name: getattr(draft, name) for name in SAVED}
    await session.execute(
        insert(AmendmentRow).values(
            **row,
            plan_id=draft.id,
            revision=draft.revision,
            reason=reason,
            content=text_of_content(edition),
            begun_at=now,
            changed_at=now,
        )
    )


async def save_draft(session: AsyncSession, draft: Plan, *, now: datetime) -> None:
    row = {name: getattr(draft, name) for name in SAVED}
    await session.execute(
        update(AmendmentRow).where(AmendmentRow.plan_id == draft.id).values(changed_at=now, **row)
    )


async def save_content(session: AsyncSession, draft: Plan, edition: Edition) -> None:
    await session.execute(
        update(AmendmentRow).where(AmendmentRow.plan_id == draft.id).values(content=text_of_content(edition))
    )


async def load_edition(session: AsyncSession, draft: Plan) -> Edition:
    """Load what the draft says."""
    found = await session.scalar(select(AmendmentRow.content).where(AmendmentRow.plan_id == draft.id))
    head = {name: getattr(draft, name) for name in HEAD}
    return edition_of(head, json.loads(found or "{}"))


async def remove_draft(session: AsyncSession, plan_id: UUID) -> None:
    await session.execute(delete(AmendmentRow).where(AmendmentRow.plan_id == plan_id))


async def last_approved_on(session: AsyncSession, plan_id: UUID) -> date | None:
    found = select(func.max(RevisionRow.approved_on)).where(RevisionRow.plan_id == plan_id)
    return await session.scalar(found)


def text_of_content(edition: Edition) -> str:
    return canonical_json(content_of(edition)).decode()


def edition_of(head: Mapping[str, object], content: Mapping[str, object]) -> Edition:
    """Read an edition from its head and the JSON of its tree; what an older form did not know is empty."""
    row = {name: head[name] for name in HEAD}
    attached = {name: content.get(name, ()) for name in ATTACHED}
    return from_row(Edition, {**row, "problems": content.get("problems", ()), "attached": attached})


def frozen_edition(text: str) -> Edition:
    """Read the edition from the frozen text of an approved revision."""
    content = json.loads(text)
    units = tuple(unit["id"] for unit in content["units"])
    return edition_of({**content, "unit_ids": units}, content)


def names_in(text: str) -> dict[UUID, str]:
    """Return the names of units as the frozen text of a revision gives them."""
    return {UUID(unit["id"]): unit["name"] for unit in json.loads(text)["units"] if unit.get("name")}
