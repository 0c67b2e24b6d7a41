"""An import: the file it came from, what became of its rows, and what is wrong with the bad ones."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from shared.errors import Invalid, NotFound, Refusal

MOST_PROBLEMS = 1_000
"""So many bad rows are described; the rest is only counted."""
LONGEST_VALUE = 200


class OnBadRows(StrEnum):
    """What happens to the good rows of a file that has bad ones."""

    REFUSE_ALL = "refuse-all"
    KEEP_GOOD = "keep-good"


class RowsRefused(Invalid):
    cs = "Soubor má vadné řádky (počet: {refused}), nic z něj nebylo převzato."
    en = "The file has bad rows ({refused}); nothing of it was taken over."


class ImportUnknown(NotFound):
    cs = "Takový import v registru není."
    en = "There is no such import."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong in a row, counted as a spreadsheet does: the header is row 1."""

    row: int
    column: str | None
    value: str | None
    cs: str
    en: str

    @classmethod
    def of(cls, refusal: Refusal, *, row: int, column: str | None, value: object = None) -> "RowProblem":
        """Tell of a row what the refusal tells of a request."""
        shown = None if value is None else str(value)[:LONGEST_VALUE]
        return cls(row=row, column=column, value=shown, cs=refusal.title("cs"), en=refusal.title("en"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """What an import did, or in a dry run would have done. `changes` counts things by what became of them."""

    kind: str
    file_name: str | None
    file_digest: str
    size_bytes: int
    accepted: int
    refused: int
    dry_run: bool = False
    changes: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()

    @property
    def rows(self) -> int:
        return self.accepted + self.refused


def described(problems: Iterable[RowProblem]) -> tuple[RowProblem, ...]:
    """Return the problems in the order of the rows, at most `MOST_PROBLEMS`."""
    return tuple(sorted(problems, key=lambda each: (each.row, each.column or ""))[:MOST_PROBLEMS])


def expect_no_bad_rows(run: ImportRun, on_bad_rows: OnBadRows) -> None:
    """Raise RowsRefused where bad rows shall stop the whole file; a dry run only tells of them."""
    if run.refused and not run.dry_run and on_bad_rows is OnBadRows.REFUSE_ALL:
        raise RowsRefused(
            refused=run.refused,
            accepted=0,
            rows=run.rows,
            problems=[asdict(problem) for problem in run.problems],
        )
