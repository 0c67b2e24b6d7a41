"""A list of members of associations as a file: IČO of the association, code of the municipality, days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.imports.columns import NamedRow
from registry.imports.domain import RowProblem
from registry.units.codes import checked_code, unit_id
from shared.contracts.registry import UnitKind
from shared.errors import Refusal

ICO, CODE, FIRST, LAST = "ičo", "kód obce", "od", "do"
NEEDED = (ICO, CODE, FIRST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A good row: who belongs to which association since when."""

    row: int
    group_id: UUID
    unit_id: UUID
    valid_from: date
    valid_until: date | None


def members_listed(rows: Iterable[NamedRow], kind: UnitKind) -> tuple[list[Listed], list[RowProblem]]:
    """Return the good rows, and what is wrong with the others; the associations are of one kind."""
    good: list[Listed] = []
    problems: list[RowProblem] = []
    for row in rows:
        column = ICO
        try:
            row.expect_no_surplus()
            ico = checked_code(kind, row.need(ICO))
            column = CODE
            code = checked_code(UnitKind.MUNICIPALITY, row.need(CODE))
            column = FIRST
            row.need(FIRST)
            first = row.day(FIRST) or date.max
            column = LAST
            last = row.day(LAST)
        except Refusal as refusal:
            problems.append(RowProblem.of(refusal, row=row.number, column=column, value=row.get(column)))
        else:
            good.append(
                Listed(
                    row=row.number,
                    group_id=unit_id(kind, ico or ""),
                    unit_id=unit_id(UnitKind.MUNICIPALITY, code or ""),
                    valid_from=first,
                    valid_until=last,
                )
            )
    return good, problems


def problem_of(refusal: Refusal, listed: Listed) -> RowProblem:
    """Tell why a good row cannot be taken over into what is known."""
    column = {"/unit_id": CODE, "/group_id": ICO, "/valid_from": FIRST, "/valid_until": LAST}.get(
        refusal.pointer or ""
    )
    return RowProblem.of(refusal, row=listed.row, column=column)
