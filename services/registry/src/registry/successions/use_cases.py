"""What is done with successions: merge units into one, split one into several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from registry.memberships import line_repository as memberships
from registry.memberships.domain import ONE_AT_A_TIME, Membership
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.successions import domain, repository
from registry.successions.domain import Act, PredecessorUnknown, Succession, SuccessorUnknown
from registry.units import history_repository
from registry.units import repository as units
from registry.units import use_cases as unit_use_cases
from registry.units.domain import Details, Unit
from shared.errors import expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """Who followed whom, and the units as they are now."""

    successions: list[Succession]
    units: list[Unit]


async def succeed(
    tx: Transaction, act: Act, *, versions: dict[UUID, int], new: Sequence[Details]
) -> Succeeded:
    """Merge or split: those that end are closed the day before, new ones registered, all keep their history.

    `versions` are those of the predecessors that the caller decided on. Memberships go on with the
    successors; a new one has the parent of the first predecessor unless another is told. Raises what
    closing and registering raise, and why the units do not fit together.
    """
    domain.expect_sense(act)
    predecessors, successors = await _locked(tx, act)
    kind = domain.expect_fit(act, predecessors, successors)
    for unit in predecessors:
        expect_version(versions[unit.id], unit.version)
    parents = {predecessors[0].details.parent_id, *(details.parent_id for details in new)}
    before, gathered = await _held_memberships(tx, act, parents=parents)
    ended = []
    if not act.lasts:
        for unit in predecessors:
            closed = await unit_use_cases.close_unit(
                tx, unit.id, expected=unit.version, last_day=act.last_day
            )
            ended.append(closed)
    registered = [
        await unit_use_cases.register_unit(
            tx,
            kind=kind,
            details=replace(details, parent_id=details.parent_id or predecessors[0].details.parent_id),
            valid_from=act.happened_on,
            valid_until=None,
        )
        for details in new
    ]
    heirs = [*act.successor_ids, *(unit.id for unit in registered)]
    await _hand_over(tx, act, heirs, before, gathered)
    found = domain.successions(act, heirs)
    await repository.add(tx.session, found, now=tx.now)
    return Succeeded(successions=found, units=[*ended, *successors, *registered])


async def _locked(tx: Transaction, act: Act) -> tuple[list[Unit], list[Unit]]:
    """Lock all units in one order, so that two acts on the same ones come one after the other."""
    await history_repository.write_beside_others(tx.session)
    found: dict[UUID, Unit] = {}
    for id_ in sorted([*act.predecessor_ids, *act.successor_ids]):
        unit = await units.lock(tx.session, id_)
        if unit is not None:
            found[id_] = unit
    if not found.keys() >= set(act.predecessor_ids):
        raise PredecessorUnknown(pointer="/predecessors")
    if not found.keys() >= set(act.successor_ids):
        raise SuccessorUnknown(pointer="/successors")
    return [found[id_] for id_ in act.predecessor_ids], [found[id_] for id_ in act.successor_ids]


async def _held_memberships(
    tx: Transaction, act: Act, *, parents: set[UUID | None]
) -> tuple[list[Membership], list[Membership]]:
    """Return the memberships of the predecessors, and in them, held until the end of the transaction.

    All units that handing over touches are locked first: whoever holds the memberships waits for no unit.
    """
    of, inside = await _memberships(tx, act)
    touched = {each.group_id for each in of} | {each.unit_id for each in inside} | parents
    await memberships.lock_units(tx.session, {id_ for id_ in touched if id_ is not None})
    return await _memberships(tx, act)


async def _memberships(tx: Transaction, act: Act) -> tuple[list[Membership], list[Membership]]:
    of = await memberships.of_units(tx.session, act.predecessor_ids)
    return of, await memberships.in_groups(tx.session, act.predecessor_ids)


async def _hand_over(
    tx: Transaction,
    act: Act,
    heirs: Sequence[UUID],
    before: Sequence[Membership],
    gathered: Sequence[Membership],
) -> None:
    """Let the successors belong where the predecessors did, and gather whom they gathered.

    Out of a unit that lasts a new one takes its POÚ alone: joining an association is its own decision.
    Whoever has a POÚ of its own keeps it.
    """
    lasting = [each for each in before if each.last_day >= act.happened_on]
    if act.lasts:
        lasting = [each for each in lasting if each.group_kind in ONE_AT_A_TIME]
    settled = await memberships.of_units(tx.session, heirs)
    has_one = {each.unit_id for each in settled if each.group_kind in ONE_AT_A_TIME}
    told = [
        MembershipTold(heir, each.group_id, max(each.valid_from, act.happened_on), each.valid_until)
        for heir in heirs
        for each in _one_of_a_kind(lasting)
        if heir not in has_one or each.group_kind not in ONE_AT_A_TIME
    ]
    if not act.lasts and len(heirs) == 1:
        told += [
            MembershipTold(each.unit_id, heirs[0], max(each.valid_from, act.happened_on), each.valid_until)
            for each in gathered
            if each.last_day >= act.happened_on and each.unit_id != heirs[0]
        ]
    done = await set_memberships(tx, told, source=act.manner.value)
    for refusal in done.refused.values():
        raise refusal


def _one_of_a_kind(memberships_: Sequence[Membership]) -> list[Membership]:
    """Return each group once, and one POÚ: that of the first predecessor."""
    found: dict[object, Membership] = {}
    for each in memberships_:
        found.setdefault(each.line[1], each)
    return list(found.values())
