"""A plan is taken out as a file; a file that comes back is compared with the draft, then taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from planning.plans import use_cases as plans
from planning.plans.amending import concerned
from planning.plans.comparison import compare
from planning.plans.difference import Difference
from planning.plans.domain import Plan, edit
from planning.plans.draft_repository import frozen_edition
from planning.plans.edition import Edition
from planning.plans.refusals import DraftUnknown, RevisionUnknown, UnitNotYours
from planning.plans.revision_use_cases import edition_of_work, kinds_known, load_own, load_visible
from planning.plans.tree import NodeKind, SentTree
from planning.workbooks import repository
from planning.workbooks.domain import About, Sent
from planning.workbooks.refusals import CheckedAnotherFile, WorkbookOfAnotherPlan, WorkbookOutdated
from shared.transaction import Transaction

DRAFT: Final = "draft"
SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file is made of."""

    plan: Plan
    edition: Edition
    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a file that came back is compared with."""

    plan: Plan
    edition: Edition
    kinds: Mapping[UUID, NodeKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A tree that the plan can take; `named` are the ids that were sent."""

    sent: SentTree
    named: frozenset[UUID]
    edition: Edition
    difference: Difference


async def take_out(tx: Transaction, plan_id: UUID, *, of: str | None) -> Taken:
    """Load what is asked for: a revision by number, the draft, or what the caller works on or may see.

    Raises `PlanUnknown`, `DraftUnknown`, `RevisionUnknown`.
    """
    plan = await load_visible(tx, plan_id, to_decide=False)
    if not tx.actor.may_see(concerned(plan)):
        plan = replace(plan, draft=None)
    if of == DRAFT and plan.draft is None and plan.is_public:
        raise DraftUnknown
    if of is not None and of != DRAFT:
        text = await repository.frozen_text(tx.session, plan_id, int(of))
        if text is None:
            raise RevisionUnknown
        about = About(plan_id=plan_id, revision=int(of), version=plan.version)
        return Taken(plan=plan, edition=frozen_edition(text), about=about)
    about = About(plan_id=plan_id, revision=plan.working.revision, version=plan.version)
    return Taken(plan=plan, edition=await edition_of_work(tx, plan), about=about)


async def base_of(tx: Transaction, plan_id: UUID, *, expected: int | None = None) -> Base:
    """Load the draft that a file would change; with a version, to change it.

    Raises `PlanUnknown`, `UnitNotYours`, `PlanNotEditable`, `VersionIsStale`.
    """
    if expected is None:
        plan = await load_visible(tx, plan_id, to_decide=False)
        if not tx.actor.may_see(plan.unit_ids):
            raise UnitNotYours
    else:
        plan = await load_own(tx, plan_id, expected)
    edit(plan.working)
    return Base(plan=plan, edition=await edition_of_work(tx, plan), kinds=await kinds_known(tx, plan))


def expect_current(base: Base, sent: Sent) -> None:
    """Raise `WorkbookOfAnotherPlan`, `WorkbookOutdated` unless the file was taken from what is there now."""
    about = sent.about
    if about is None:
        return
    plan = base.plan
    if about.plan_id != plan.id:
        raise WorkbookOfAnotherPlan(its_plan=about.plan_id)
    if (about.revision, about.version) != (plan.working.revision, plan.version):
        raise WorkbookOutdated(
            its_revision=about.revision,
            its_version=about.version,
            revision=plan.working.revision,
            version=plan.version,
        )


def expect_checked(checked: str | None, digest: str) -> None:
    """Raise `CheckedAnotherFile` where the caller confirms a file that is not this one."""
    if checked is not None and checked != digest:
        raise CheckedAnotherFile(checked=f"{checked[:SHOWN]}…", sent=f"{digest[:SHOWN]}…")


def changed(base: Base, sent: SentTree, named: frozenset[UUID]) -> Accepted:
    """Return the draft as the file would have it, and what that changes."""
    attached = replace(base.edition.attached, **sent.attached)  # type: ignore[arg-type]
    after = replace(base.edition, problems=sent.problems, attached=attached)
    return Accepted(sent=sent, named=named, edition=after, difference=compare(base.edition, after))


async def take_over(tx: Transaction, base: Base, change: Accepted) -> Plan:
    """Write what was sent; a file that changes nothing leaves the plan in its version."""
    if change.difference.is_empty:
        return base.plan
    return await plans.write_tree(
        tx, base.plan.id, expected=base.plan.version, sent=change.sent, named=change.named
    )
