"""What is done with published files of units: code lists, relations, exports of RÚIAN; set-based."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from registry.imports import use_cases as imports
from registry.imports.columns import NamedRow, named_rows
from registry.imports.domain import ImportRun, OnBadRows, RowProblem, described, expect_no_bad_rows
from registry.memberships import line_repository as memberships
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.reading import Sheet
from registry.receiving import Upload
from registry.units import code_lists, history_repository, relations, ruian
from registry.units.domain import UnitCooperates, UnitHasParts
from registry.units.places import MAY_BELONG_TO
from registry.units.reconciling import Outcome, reconcile, refuse_endings
from registry.units.registers import Fault, Known, Told
from shared.contracts.registry import UnitKind
from shared.errors import Refusal
from shared.transaction import Transaction

CODE_LIST, RELATION, RUIAN = "code-list", "relation", "ruian"
TERRITORIAL = (
    *(UnitKind.REGION, UnitKind.DISTRICT, UnitKind.ORP, UnitKind.POU),
    *(UnitKind.MUNICIPALITY, UnitKind.CITY_PART),
)
_ToldRow = tuple[int, str, MembershipTold]
"""The row, its column, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a file is to be taken over."""

    dry_run: bool = False
    on_bad_rows: OnBadRows = OnBadRows.REFUSE_ALL


@dataclass(slots=True, kw_only=True)
class _Findings:
    """What was found in a file so far."""

    rows: int
    faults: list[Fault]
    counts: dict[str, int] = field(default_factory=dict)


async def import_code_list(
    tx: Transaction, sheet: Sheet, upload: Upload, order: Order
) -> tuple[ImportRun, UUID | None]:
    """Take over a code list of ČSÚ: names and codes of units since when they are valid."""
    rows = await asyncio.to_thread(_rows, sheet, code_lists.NEEDED)
    kind = code_lists.list_of(rows)
    known = await _known(tx, {kind, UnitKind.ORP})
    told, faults = await asyncio.to_thread(code_lists.read_rows, rows, kind, known)
    found = _Findings(rows=len(told) + len(faults), faults=faults)
    await _take_over(tx, told, known, found, order)
    return await _finish(tx, CODE_LIST, upload, order, found)


async def import_relation(
    tx: Transaction, sheet: Sheet, upload: Upload, order: Order, *, day: date
) -> tuple[ImportRun, UUID | None]:
    """Take over a relation file of ČSÚ, which tells the present: it holds from the day on.

    Where nothing was known before, it holds since the units exist.
    """
    rows = await asyncio.to_thread(_rows, sheet, relations.NEEDED)
    pair = relations.pair_of(rows)
    known = await _known(tx, TERRITORIAL)
    related, faults = await asyncio.to_thread(relations.read_rows, rows, pair, known, day)
    found = _Findings(rows=len(related) + len(faults), faults=faults)
    if pair == relations.OF_POU:
        told = [(each.row, "chodnota2", MembershipTold(each.unit.id, each.group.id, day)) for each in related]
        await _belong(tx, told, known, found, order, source=f"ČSÚ {RELATION}")
    elif pair == relations.OF_ORP:
        await _compare_orp(tx, related, known, found, day)
    else:
        await _take_over(tx, relations.as_parents(related, day), known, found, order)
    return await _finish(tx, RELATION, upload, order, found)


async def import_ruian(
    tx: Transaction, sheet: Sheet, upload: Upload, order: Order
) -> tuple[ImportRun, UUID | None]:
    """Take over UI_OBEC or UI_CAST_OBCE of RÚIAN; told apart by their columns."""
    kind = ruian.kind_of(sheet.columns)
    rows = await asyncio.to_thread(_rows, sheet, ruian.needed(kind))
    known = await _known(tx, {kind, UnitKind.POU})
    told, faults = await asyncio.to_thread(ruian.read_rows, rows, kind, known)
    found = _Findings(rows=len(told) + len(faults), faults=faults)
    after = await _take_over(tx, told, known, found, order)
    if kind is UnitKind.MUNICIPALITY:
        bad = {fault.row for fault in found.faults}
        good = [each for each in told if each.row not in bad]
        pous, unknown = await asyncio.to_thread(ruian.read_pous, rows, good, after)
        found.counts["pou_unknown"] = unknown
        belonging = [(each.row, "pou_kod", _membership(each, after)) for each in pous]
        await _belong(tx, belonging, after, found, order, source="RÚIAN")
    return await _finish(tx, RUIAN, upload, order, found)


def _rows(sheet: Sheet, needed: Sequence[str]) -> list[NamedRow]:
    return list(named_rows(sheet.columns, sheet.rows, first_row=sheet.first_row, needed=needed))


async def _known(tx: Transaction, kinds: Iterable[UnitKind]) -> Known:
    """Load the units of the kinds, and of those to which they may belong, when nobody else writes any."""
    await history_repository.write_alone(tx.session)
    wanted = {each for kind in kinds for each in (kind, *MAY_BELONG_TO[kind])}
    return Known(await history_repository.histories(tx.session, wanted))


async def _take_over(
    tx: Transaction, told: Sequence[Told], known: Known, found: _Findings, order: Order
) -> Known:
    """Write what the rows change and tell of it; return what is known afterwards."""
    outcome = await asyncio.to_thread(reconcile, told, known, now=tx.now, today=tx.today, new_id=tx.new_id)
    await history_repository.hold(tx.session, [each.after.id for each in outcome.changes])
    await _expect_endings(tx, outcome)
    found.faults += outcome.faults
    found.counts |= _counts(outcome)
    if not order.dry_run and not _stops(found, order):
        new = [each for each in outcome.changes if each.before is None]
        await history_repository.add(tx.session, [each.after for each in new], now=tx.now)
        changed = [(each.before, each.after) for each in outcome.changes if each.before is not None]
        await history_repository.save(tx.session, changed, now=tx.now)
        await memberships.end_with_units(tx.session, outcome.last_days)
        for event in (change.event(tx.today) for change in outcome.changes):
            if event is not None:
                tx.emit(event)
    return Known({**known.by_id, **{each.after.id: each.after for each in outcome.changes}}.values())


async def _expect_endings(tx: Transaction, outcome: Outcome) -> None:
    """Refuse to end units while others belong to them, or while they cooperate with the Agency."""
    last_days = outcome.last_days
    if not last_days:
        return
    why: dict[UUID, Refusal] = {
        id_: UnitCooperates(closed_on=last_days[id_])
        for id_ in await history_repository.cooperating_after(tx.session, last_days)
    }
    parts = await history_repository.count_parts_after(tx.session, last_days)
    refuse_endings(outcome, why | {id_: UnitHasParts(parts=count) for id_, count in parts.items()})


def _counts(outcome: Outcome) -> dict[str, int]:
    closed = sum(each.closes_on is not None for each in outcome.changes)
    new = sum(each.before is None for each in outcome.changes)
    return {
        "registered": new,
        "changed": len(outcome.changes) - new - closed,
        "closed": closed,
        "unchanged": outcome.unchanged,
        "not_kept": outcome.not_kept,
    }


async def _belong(
    tx: Transaction,
    told: Sequence[_ToldRow],
    known: Known,
    found: _Findings,
    order: Order,
    *,
    source: str,
) -> None:
    """Write memberships; where none was known, one holds since both units exist."""
    if order.dry_run or _stops(found, order):
        return
    ids = {each.unit_id for *_, each in told}
    await memberships.lock_units(tx.session, ids | {each.group_id for *_, each in told})
    settled = {
        each.unit_id
        for each in await memberships.of_units(tx.session, ids)
        if each.group_kind is UnitKind.POU
    }
    rows = [each if each.unit_id in settled else _since_both_exist(each, known) for *_, each in told]
    outcome = await set_memberships(tx, rows, source=source)
    found.counts |= {"memberships_begun": outcome.begun, "memberships_changed": outcome.changed}
    found.faults += [
        Fault(row=told[position][0], column=told[position][1], value=None, refusal=refusal)
        for position, refusal in outcome.refused.items()
    ]


def _membership(told: ruian.ToldPou, known: Known) -> MembershipTold:
    unit = known.find(UnitKind.MUNICIPALITY, "code", told.municipality, told.valid_from)
    if unit is None:
        raise LookupError(told.municipality)
    begins = max(told.valid_from, unit.valid_from)
    return MembershipTold(unit.id, told.pou, begins, told.valid_until)


def _since_both_exist(told: MembershipTold, known: Known) -> MembershipTold:
    first = max(known.by_id[told.unit_id].valid_from, known.by_id[told.group_id].valid_from)
    return told._replace(valid_from=min(first, told.valid_from))


async def _compare_orp(
    tx: Transaction, related: Sequence[relations.Related], known: Known, found: _Findings, day: date
) -> None:
    groups = await memberships.of_units(tx.session, {each.unit.id for each in related})
    pou_of = {
        each.unit_id: known.by_id[each.group_id]
        for each in groups
        if each.group_kind is UnitKind.POU and each.holds_on(day)
    }
    faults = [relations.other_orp(each, pou_of.get(each.unit.id), known, day) for each in related]
    found.faults += [fault for fault in faults if fault is not None]
    found.counts["unchanged"] = sum(fault is None for fault in faults)


def _stops(found: _Findings, order: Order) -> bool:
    return bool(found.faults) and order.on_bad_rows is OnBadRows.REFUSE_ALL


async def _finish(
    tx: Transaction, kind: str, upload: Upload, order: Order, found: _Findings
) -> tuple[ImportRun, UUID | None]:
    """Note the import in the log; raises RowsRefused where bad rows shall stop it."""
    refused = len({fault.row for fault in found.faults})
    run = ImportRun(
        kind=kind,
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=found.rows - refused,
        refused=refused,
        dry_run=order.dry_run,
        changes=found.counts,
        problems=described(_problem(fault) for fault in found.faults),
    )
    expect_no_bad_rows(run, order.on_bad_rows)
    return run, await imports.record(tx, run)


def _problem(fault: Fault) -> RowProblem:
    return RowProblem.of(fault.refusal, row=fault.row, column=fault.column, value=fault.value)
