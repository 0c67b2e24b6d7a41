"""JSON of an imported workbook: the report, and the computed Index beside the published one."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from pydantic import Field

from registry.exclusion.comparison import Comparison
from registry.exclusion.frame import Way
from registry.exclusion.schemas import PublishedOut
from registry.imports.schemas import ReportOut
from registry.workbooks.domain import NamedDifference
from registry.workbooks.use_cases import WorkbookDone
from shared.http import ApiModel


class GiverOut(ApiModel):
    """A municipality with a school, how far it is, and what the Index would be with its points."""

    unit_id: UUID
    code: str
    name: str
    distance_m: str | None = Field(description="Metres in S-JTSK, to the centimetre", examples=["1942.78"])
    index: int


class DifferenceOut(ApiModel):
    """A municipality whose Index was published otherwise than it is computed."""

    unit_id: UUID
    code: str
    name: str
    published: int
    computed: int
    way: Way
    donor: GiverOut | None
    second_nearest: GiverOut | None

    @classmethod
    def of(cls, difference: NamedDifference) -> "DifferenceOut":
        return cls.model_validate(asdict(difference))


class ComparisonOut(ApiModel):
    """The computed Index beside the published one; only municipalities of which both are known count."""

    rows: int = Field(description="Municipalities, or data rows of the workbook")
    published: int = Field(description="Rows with a published Index")
    equal: int = Field(description="Own school, published as computed")
    different: int = Field(description="Own school, published otherwise")
    inherited: int = Field(description="All that take their points over")
    inherited_equal: int = Field(description="Published as computed with the points of a donor")
    inherited_out_of_range: int = Field(description="Of which the published Index does not leave 0–5 points")
    differences: list[DifferenceOut]

    @classmethod
    def of(cls, found: Comparison, differences: Sequence[NamedDifference], *, rows: int) -> "ComparisonOut":
        return cls(
            rows=rows,
            published=found.published,
            equal=found.equal,
            different=found.different,
            inherited=found.inherited,
            inherited_equal=found.inherited_equal,
            inherited_out_of_range=found.inherited_out_of_range,
            differences=[DifferenceOut.of(each) for each in differences],
        )


class WorkbookOut(ApiModel):
    """A workbook that was taken over. Without a comparison it was a dry run, or no method applies."""

    report: ReportOut
    year: int
    without_school: int
    published: list[PublishedOut] = Field(description="Editions of the Index that are new")
    comparison: ComparisonOut | None

    @classmethod
    def of(cls, done: WorkbookDone) -> "WorkbookOut":
        imported, compared = done.imported, done.compared
        return cls(
            report=ReportOut.of(imported.run, imported.run_id),
            year=imported.year,
            without_school=imported.without_school,
            published=[PublishedOut.of(each) for each in done.published],
            comparison=(
                ComparisonOut.of(compared.comparison, compared.differences, rows=imported.run.rows)
                if compared
                else None
            ),
        )
