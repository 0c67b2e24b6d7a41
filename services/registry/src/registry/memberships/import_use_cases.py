"""Take over a list of members of associations from a file."""

from uuid import UUID

from registry.imports import use_cases as imports
from registry.imports.columns import named_rows
from registry.imports.domain import ImportRun, OnBadRows, described, expect_no_bad_rows
from registry.memberships.member_list import NEEDED, members_listed, problem_of
from registry.memberships.use_cases import MembershipTold, set_memberships
from registry.reading import Sheet
from registry.receiving import Upload
from shared.contracts.registry import UnitKind
from shared.transaction import Transaction

MEMBERS = "members"


async def import_members(
    tx: Transaction, sheet: Sheet, *, upload: Upload, kind: UnitKind, dry_run: bool, on_bad_rows: OnBadRows
) -> tuple[ImportRun, UUID | None]:
    """Set the memberships of the file; raises ColumnsMissing, and RowsRefused where bad rows stop all."""
    rows = named_rows(sheet.columns, sheet.rows, first_row=sheet.first_row, needed=NEEDED)
    listed, problems = members_listed(rows, kind)
    await imports.take_turn(tx, MEMBERS)
    told = [MembershipTold(each.unit_id, each.group_id, each.valid_from, each.valid_until) for each in listed]
    done = await set_memberships(tx, told, source=upload.name or upload.digest, dry_run=dry_run)
    problems += [problem_of(refusal, listed[position]) for position, refusal in done.refused.items()]
    run = ImportRun(
        kind=MEMBERS,
        file_name=upload.name,
        file_digest=upload.digest,
        size_bytes=upload.size_bytes,
        accepted=len(listed) - len(done.refused),
        refused=len(problems),
        dry_run=dry_run,
        changes={"begun": done.begun, "changed": done.changed},
        problems=described(problems),
    )
    expect_no_bad_rows(run, on_bad_rows)
    return run, await imports.record(tx, run)
