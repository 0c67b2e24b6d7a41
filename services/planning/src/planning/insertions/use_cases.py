"""An entry of the library is put into the draft of a plan."""

from dataclasses import dataclass
from uuid import UUID

from planning.insertions import repository
from planning.insertions.planting import plant
from planning.insertions.refusals import AreaOfProblemUnclear, EntryNotPublished
from planning.library.domain import Entry, EntryStatus
from planning.library.patterns import PatternKind
from planning.library.use_cases import load_known
from planning.plans.domain import Plan, edit
from planning.plans.revision_use_cases import edition_of_work, load_own
from planning.plans.tree import SentTree, walk
from planning.plans.use_cases import write_tree
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """`node_id` is the new node in the plan as it is after the insertion."""

    id: UUID
    node_id: UUID
    entry: Entry
    plan: Plan


async def insert_entry(
    tx: Transaction,
    plan_id: UUID,
    *,
    expected: int,
    entry_id: UUID,
    parent_id: UUID | None,
    area: str | None,
) -> Insertion:
    """Put an entry into what is being drafted, a plan or its next revision.

    Raises EntryNotPublished, PlanNotEditable, AreaOfProblemUnclear and what `plant` raises.
    """
    plan = await load_own(tx, plan_id, expected)
    edit(plan.working)
    entry = await load_known(tx, entry_id)
    if entry.status is not EntryStatus.PUBLISHED:
        raise EntryNotPublished(state=entry.status)
    edition = await edition_of_work(tx, plan)
    problems, node_id = plant(
        edition.problems,
        entry.content.pattern,
        parent_id=parent_id,
        area=_area(entry, area),
        new_id=tx.new_id,
    )
    named = frozenset(placed.node.id for placed in walk(edition.problems))
    sent = SentTree(problems=problems, attached={})
    plan = await write_tree(tx, plan_id, expected=expected, sent=sent, named=named)
    insertion_id = await repository.add(
        tx, plan_id=plan_id, revision=plan.working.revision, node_id=node_id, entry_id=entry_id
    )
    return Insertion(id=insertion_id, node_id=node_id, entry=entry, plan=plan)


def _area(entry: Entry, named: str | None) -> str:
    """Return the area of a problem; other nodes have that of their problem."""
    if named is not None or entry.content.kind is not PatternKind.PROBLEM:
        return named or ""
    if len(entry.content.areas) != 1:
        raise AreaOfProblemUnclear(pointer="/area")
    return entry.content.areas[0].value
