"""What is done with the library: load, decide, save."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from planning.library import domain, repository
from planning.library.content import Content, Practice, expect_sound
from planning.library.domain import Entry, EntryStatus
from planning.library.patterns import pattern_of_measure
from planning.library.refusals import (
    EntryNotYours,
    EntryUnknown,
    MeasureNotApproved,
    MeasureProposedAlready,
    SuccessorUnderWay,
    UnitOfPracticeUnclear,
)
from planning.plans import repository as plans
from planning.plans import tree_repository
from planning.plans.domain import Plan
from planning.plans.refusals import PlanUnknown, UnitNotYours
from planning.plans.tree import Measure, Problem, walk
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea
from shared.errors import expect_version
from shared.transaction import Transaction

_IN_WORK: Final = frozenset({EntryStatus.DRAFT, EntryStatus.PROPOSED})
_OFFICE: Final = frozenset({Role.COORDINATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a unit tells of a measure that worked; the rest is copied from its plan."""

    unit_id: UUID | None
    areas: tuple[ThematicArea, ...]
    target_groups: tuple[str, ...]
    practice: Practice


async def write_template(tx: Transaction, content: Content) -> Entry:
    entry = _first_edition(tx, content)
    await repository.add(tx.session, entry, now=tx.now)
    return entry


async def write_practice(tx: Transaction, plan_id: UUID, node_id: UUID, told: Told) -> Entry:
    """Copy a measure of an approved plan into a draft of a practice; two who do it at once get one.

    Raises MeasureNotApproved, UnitOfPracticeUnclear, MeasureProposedAlready.
    """
    plan = await _load_approved(tx, plan_id)
    problems, _ = await tree_repository.load_content(tx.session, plan_id)
    number, measure, problem = _measure(problems, node_id)
    known = await repository.entry_of_measure(tx.session, plan_id, node_id)
    if known is not None:
        raise MeasureProposedAlready(entry_id=known)
    content = Content(
        pattern=pattern_of_measure(measure),
        areas=told.areas or tuple(area for area in ThematicArea if area == problem.area.partition(".")[0]),
        plan_kinds=(plan.kind,),
        target_groups=told.target_groups or tuple(filter(None, (problem.affected_group,))),
        practice=replace(
            told.practice, plan_id=plan_id, revision=plan.revision, node_id=node_id, node_number=number
        ),
    )
    unit_id = _unit_of(tx, plan, told.unit_id)
    entry = _first_edition(tx, expect_sound(content, today=tx.today), unit_id=unit_id)
    await repository.add(tx.session, entry, now=tx.now)
    return entry


async def seed_templates(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Put in templates that are not there yet; those that are there stay as people made them."""
    await repository.add_missing(tx.session, entries, now=tx.now)


async def edit_entry(tx: Transaction, entry_id: UUID, content: Content, *, expected: int) -> Entry:
    entry, _ = await _load_own(tx, entry_id, expected)
    return await _kept(tx, domain.edit(entry, content, by=tx.actor.id, today=tx.today))


async def propose_entry(tx: Transaction, entry_id: UUID, *, expected: int) -> Entry:
    entry, _ = await _load_own(tx, entry_id, expected)
    return await _kept(tx, domain.propose(entry))


async def return_entry(tx: Transaction, entry_id: UUID, *, expected: int, reason: str) -> Entry:
    entry, _ = await _load_own(tx, entry_id, expected)
    return await _kept(tx, domain.send_back(entry, reason=reason))


async def verify_entry(tx: Transaction, entry_id: UUID, *, expected: int, review_on: date) -> Entry:
    """Publish an edition; the one published before is superseded by it."""
    entry, editions = await _load_own(tx, entry_id, expected)
    verified = domain.verify(entry, by=tx.actor.id, today=tx.today, review_on=review_on)
    for before in editions:
        if before.status is EntryStatus.PUBLISHED:
            await _kept(tx, domain.supersede(before, verified.id))
    return await _kept(tx, verified)


async def review_entry(tx: Transaction, entry_id: UUID, *, expected: int, review_on: date) -> Entry:
    entry, _ = await _load_own(tx, entry_id, expected)
    return await _kept(tx, domain.review(entry, by=tx.actor.id, today=tx.today, review_on=review_on))


async def retire_entry(tx: Transaction, entry_id: UUID, *, expected: int, reason: str) -> Entry:
    entry, _ = await _load_own(tx, entry_id, expected)
    return await _kept(tx, domain.retire(entry, reason=reason))


async def begin_successor(tx: Transaction, entry_id: UUID, *, expected: int) -> Entry:
    """Begin the next edition of a published entry. Raises SuccessorUnderWay."""
    entry, editions = await _load_own(tx, entry_id, expected)
    draft = domain.begin_successor(
        entry,
        edition=editions[-1].edition + 1,
        new_id=tx.new_id(),
        by=tx.actor.id,
        affiliation=tx.actor.affiliation,
    )
    if any(each.status in _IN_WORK for each in editions):
        raise SuccessorUnderWay
    await repository.add(tx.session, draft, now=tx.now)
    return draft


async def load_known(tx: Transaction, entry_id: UUID) -> Entry:
    """Load an entry to use it: one that was never published does not exist for who may not know of it."""
    entry = await repository.load(tx.session, entry_id)
    if entry.published_on is None and not _is_own(tx, entry):
        raise EntryUnknown
    return entry


async def _load_own(tx: Transaction, entry_id: UUID, expected: int) -> tuple[Entry, list[Entry]]:
    """Lock an entry to decide on it, and return all its editions too."""
    editions = await repository.lock_editions(tx.session, entry_id)
    entry = next(each for each in editions if each.id == entry_id)
    if not _is_own(tx, entry):
        raise EntryUnknown if entry.published_on is None else EntryNotYours
    expect_version(expected, entry.version)
    return entry, editions


def _is_own(tx: Transaction, entry: Entry) -> bool:
    return tx.actor.is_agency or (entry.unit_id in tx.actor.units and tx.actor.has_any(_OFFICE))


def _first_edition(tx: Transaction, content: Content, *, unit_id: UUID | None = None) -> Entry:
    entry_id = tx.new_id()
    return Entry(
        id=entry_id,
        version=1,
        lineage_id=entry_id,
        edition=1,
        content=content,
        unit_id=unit_id,
        author=tx.actor.id,
        affiliation=tx.actor.affiliation,
        edited_by=tx.actor.id,
    )


async def _kept(tx: Transaction, entry: Entry) -> Entry:
    await repository.save(tx.session, entry, now=tx.now)
    return entry


async def _load_approved(tx: Transaction, plan_id: UUID) -> Plan:
    plan = await plans.load(tx.session, plan_id)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours if plan.is_public else PlanUnknown
    if not plan.is_public:
        raise MeasureNotApproved(pointer="/node_id")
    return plan


def _measure(problems: tuple[Problem, ...], node_id: UUID) -> tuple[str, Measure, Problem]:
    for problem in problems:
        for placed in walk((problem,)):
            if placed.node.id == node_id and isinstance(placed.node, Measure):
                return placed.number, placed.node, problem
    raise MeasureNotApproved(pointer="/node_id")


def _unit_of(tx: Transaction, plan: Plan, named: UUID | None) -> UUID:
    """Return the unit whose practice it is: the one named, or the only one that the caller acts for."""
    mine = [unit for unit in plan.unit_ids if tx.actor.is_agency or unit in tx.actor.units]
    if named is not None and named in mine:
        return named
    if named is not None or len(mine) != 1:
        raise UnitOfPracticeUnclear(pointer="/unit_id")
    return mine[0]
