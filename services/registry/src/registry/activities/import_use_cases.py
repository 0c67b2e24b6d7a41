"""Take over a month of work from a table."""

from collections import Counter
from uuid import UUID

from registry.activities import domain, month_file, repository, use_cases
from registry.activities.domain import Facts
from registry.activities.month_file import NEEDED, Listed, activities_listed
from registry.activities.use_cases import LOCK_DAYS, expect_units, may_change_closed_months
from registry.caseload.domain import NotYourUnit
from registry.caseload.use_cases import expect_acting_for
from registry.imports import use_cases as imports
from registry.imports.columns import named_rows
from registry.imports.domain import ImportRun, OnBadRows, RowProblem, described, expect_no_bad_rows
from registry.reading import Sheet
from registry.receiving import Upload
from shared.errors import Invalid, Refusal
from shared.transaction import Transaction

ACTIVITIES = "activities"
MOST_ROWS = 1_000


class MoreThanAMonth(Invalid):
    cs = "Tabulka má {rows} činností, najednou jich vezmeme nejvýš {most}."
    en = "The table has {rows} activities, at most {most} are taken at once."


async def import_activities(
    tx: Transaction, sheet: Sheet, *, upload: Upload, dry_run: bool, on_bad_rows: OnBadRows
) -> tuple[ImportRun, UUID | None]:
    """Write down what the log has not yet; raises ColumnsMissing, MoreThanAMonth, RowsRefused."""
    rows = named_rows(sheet.columns, sheet.rows, first_row=sheet.first_row, needed=NEEDED)
    listed, problems = activities_listed(rows, person=tx.actor.id)
    if len(listed) + len(problems) > MOST_ROWS:
        raise MoreThanAMonth(rows=len(listed) + len(problems), most=MOST_ROWS)
    await imports.take_turn(tx, ACTIVITIES)
    right, refused = await _checked(tx, listed)
    problems += refused
    new = await _not_known(tx, right)
    run = ImportRun(
        kind=ACTIVITIES,
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=len(right),
        refused=len(problems),
        dry_run=dry_run,
        changes={"recorded": len(new), "known": len(right) - len(new)},
        problems=described(problems),
    )
    expect_no_bad_rows(run, on_bad_rows)
    for each in [] if dry_run else new:
        await use_cases.write_down(tx, each.facts, on=tx.today)
    return run, await imports.record(tx, run)


async def _checked(tx: Transaction, listed: list[Listed]) -> tuple[list[Listed], list[RowProblem]]:
    """Return the rows that may be written down, and why the others may not."""
    right: list[Listed] = []
    problems: list[RowProblem] = []
    allowed: dict[tuple[UUID, ...], bool] = {}
    for each in listed:
        try:
            domain.expect_sound(each.facts, today=tx.today)
            await expect_units(tx, each.facts)
            await _expect_allowed(tx, each.facts.unit_ids, allowed)
            if not may_change_closed_months(tx):
                domain.expect_open_month(each.facts.held_on, today=tx.today, lock_days=LOCK_DAYS)
        except Refusal as refusal:
            problems.append(month_file.problem_of(refusal, each))
        else:
            right.append(each)
    return right, problems


async def _expect_allowed(
    tx: Transaction, unit_ids: tuple[UUID, ...], allowed: dict[tuple[UUID, ...], bool]
) -> None:
    """Raise NotYourUnit; the same units are asked for once."""
    if unit_ids not in allowed:
        try:
            await expect_acting_for(tx, *unit_ids)
        except NotYourUnit:
            allowed[unit_ids] = False
        else:
            allowed[unit_ids] = True
    if not allowed[unit_ids]:
        raise NotYourUnit(pointer="/unit_ids")


async def _not_known(tx: Transaction, right: list[Listed]) -> list[Listed]:
    """Return the rows that the log has not yet: of equal ones, as many as it lacks."""
    if not right:
        return []
    days = [each.facts.held_on for each in right]
    unit_ids = {unit_id for each in right for unit_id in each.facts.unit_ids}
    found = await repository.alike(tx.session, unit_ids, since=min(days), until=max(days))
    known = Counter(_likeness(each) for each in found)
    new: list[Listed] = []
    for each in right:
        likeness = _likeness(each.facts)
        if known[likeness]:
            known[likeness] -= 1
        else:
            new.append(each)
    return new


def _likeness(facts: Facts) -> tuple[object, ...]:
    return facts.kind, frozenset(facts.unit_ids), facts.held_on, facts.minutes, facts.title
