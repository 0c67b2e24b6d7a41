"""JSON of imports: the report of one, the log of all."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from registry.imports.domain import ImportRun, OnBadRows
from shared.http import ApiModel

DryRun = Annotated[
    Literal["true", "false"],
    Field(description="`true` tells what the import would do, and does nothing"),
]
BadRows = Annotated[
    OnBadRows,
    Field(description="Whether bad rows refuse the whole file, or its good rows are kept all the same"),
]


class ProblemOut(ApiModel):
    """One thing that is wrong in a file; the header is row 1."""

    row: int
    column: str | None
    value: str | None
    cs: str
    en: str


class ReportOut(ApiModel):
    """What an import did. Without an id it was a dry run."""

    id: UUID | None
    kind: str
    file_name: str | None
    file_digest: str = Field(description="SHA-256 of the file, in hex")
    rows: int
    accepted: int
    refused: int
    dry_run: bool
    changes: dict[str, int] = Field(examples=[{"registered": 12, "changed": 3, "unchanged": 6243}])
    problems: list[ProblemOut] = Field(description="At most 1,000, in the order of the rows")

    @classmethod
    def of(cls, run: ImportRun, id_: UUID | None) -> "ReportOut":
        return cls(
            id=id_,
            kind=run.kind,
            file_name=run.file_name,
            file_digest=run.file_digest,
            rows=run.rows,
            accepted=run.accepted,
            refused=run.refused,
            dry_run=run.dry_run,
            changes=dict(run.changes),
            problems=[ProblemOut(**asdict(problem)) for problem in run.problems],
        )


class ImportSummary(ApiModel):
    id: UUID
    kind: str
    file_name: str | None
    file_digest: str
    size_bytes: int
    rows: int
    accepted: int
    refused: int
    changes: dict[str, int]
    imported_by: str
    imported_at: datetime


class ImportOut(ImportSummary):
    problems: list[ProblemOut]


class ImportList(ApiModel):
    items: list[ImportSummary]
    next: str | None
