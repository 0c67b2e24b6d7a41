"""What is done with elections: those of the code list are there, administrators add others."""

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

from registry.handovers import election_repository as repository
from registry.handovers.elections import (
    CONCERNED,
    Election,
    ElectionCodeTaken,
    ElectionKind,
    ElectionUnknown,
    HandoversHaveOpened,
    election_id,
    expect_days,
)
from shared.errors import expect_version
from shared.transaction import Transaction


@cache
def code_list() -> tuple[Election, ...]:
    """Return the elections that every registry knows."""
    text = files("registry").joinpath("data/elections.csv").read_text(encoding="utf-8")
    return tuple(
        Election(
            id=election_id(row["code"]),
            code=row["code"],
            kind=ElectionKind(row["kind"]),
            first_on=date.fromisoformat(row["first_on"]),
            last_on=date.fromisoformat(row["last_on"]),
            unit_kinds=CONCERNED[ElectionKind(row["kind"])],
            source=row["source"],
            version=1,
        )
        for row in csv.DictReader(text.splitlines())
    )


async def add_election(tx: Transaction, election: Election) -> None:
    """Raise ElectionDaysReversed, ElectionCodeTaken."""
    expect_days(election.first_on, election.last_on)
    await repository.add(tx.session, code_list())
    if not await repository.add(tx.session, [election]):
        raise ElectionCodeTaken(election_code=election.code)


async def move_election(
    tx: Transaction, id_: UUID, *, expected: int, first_on: date, last_on: date, source: str
) -> Election:
    """Give an election other days, as long as nothing was opened for it."""
    before = await repository.load(tx.session, id_, lock=True)
    if before is None:
        raise ElectionUnknown
    expect_version(expected, before.version)
    expect_days(first_on, last_on)
    if await repository.has_handovers(tx.session, id_):
        raise HandoversHaveOpened(election_code=before.code)
    moved = replace(before, first_on=first_on, last_on=last_on, source=source, version=before.version + 1)
    await repository.save(tx.session, moved)
    return moved
