"""JSON of disclosure: policies, releases, and tables to be protected."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from registry.disclosure.decisions import SumAnswer
from registry.disclosure.domain import MARKS, Explanation, explained
from registry.disclosure.protection import Protected
from registry.disclosure.system import Mark
from shared.http import ApiModel, Count, Day, Title

MarkName = StrEnum("MarkName", {"PUBLISHED": "published", "BELOW": "below", "HIDDEN": "hidden"})


class PolicyOut(ApiModel):
    """`suppress_below` is NULL for a source that is shown as it was published."""

    source: str
    name_cs: str
    name_en: str
    suppress_below: int | None


class PolicyList(ApiModel):
    items: list[PolicyOut]
    next: str | None


class ReleaseOut(ApiModel):
    """A series and period of a vintage: how many of its cells, sums included, are hidden and why.

    `loss_percent`: the share of what is hidden beside the small cells, by the cost of hiding.
    """

    id: int
    vintage_id: int
    series: str
    period: date
    suppress_below: int
    summed: bool
    cells: int
    small: int
    complementary: int
    exposed: int
    loss_percent: str
    released_by: str
    released_at: datetime


class ReleaseList(ApiModel):
    items: list[ReleaseOut]
    next: str | None


class GroupIn(ApiModel):
    name: Title
    leaves: list[Title] = Field(min_length=1, max_length=2000)


class DimensionIn(ApiModel):
    """Leaves and groups of them; groups may nest and may overlap."""

    name: Title
    leaves: list[Title] = Field(min_length=1, max_length=2000, examples=[["Obrnice", "Most"]])
    groups: list[GroupIn] = Field(default=[], max_length=500)


_Counts = Annotated[list[Annotated[Count, Field(le=10**12)]], Field(min_length=1, max_length=2000)]


class EarlierIn(ApiModel):
    """A table that was released before: `marks` in the order of the cells that were answered then."""

    dimensions: list[DimensionIn] = Field(min_length=1, max_length=3)
    counts: _Counts
    suppress_below: Annotated[int, Field(strict=True, ge=2, le=100)]
    marks: list[MarkName] = Field(min_length=1, max_length=4000)


class TableIn(ApiModel):
    """Counts of all combinations of leaves, the last dimension changing fastest."""

    dimensions: list[DimensionIn] = Field(min_length=1, max_length=3)
    counts: _Counts
    suppress_below: Annotated[int, Field(strict=True, ge=2, le=100)] = 5
    earlier: list[EarlierIn] = Field(default=[], max_length=3)


class SumIn(ApiModel):
    """Any set of units: their sum is told only where everybody can compute it from what was published."""

    series: Title
    period: Day
    unit_ids: list[UUID] = Field(min_length=1, max_length=7000)


class ReasonOut(ApiModel):
    shown: str
    cs: str
    en: str

    @classmethod
    def of(cls, explanation: Explanation) -> "ReasonOut":
        return cls.model_validate(explanation)


class SumOut(ApiModel):
    """A suppressed sum has no value; `shown` stands in its place and `reason` says why."""

    vintage_id: int
    value: int | None
    status: str
    shown: str
    reason: ReasonOut | None

    @classmethod
    def of(cls, answer: SumAnswer) -> "SumOut":
        if answer.value is not None:
            return cls(
                vintage_id=answer.vintage_id,
                value=answer.value,
                status="given",
                shown=str(answer.value),
                reason=None,
            )
        reason = ReasonOut.of(explained(answer.mark, answer.k))
        return cls(
            vintage_id=answer.vintage_id, value=None, status="suppressed", shown=reason.shown, reason=reason
        )


class CellOut(ApiModel):
    """A cell: the node of each dimension; `shown` is what stands in the place of a hidden value."""

    at: list[str]
    value: int | None
    status: str
    mark: MarkName
    shown: str


class ProtectedOut(ApiModel):
    """`exposed` are cells that earlier releases give away: nothing that is hidden now protects them."""

    cells: list[CellOut]
    small: int
    complementary: int
    loss_percent: str
    exposed: list[list[str]]
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, protected: Protected) -> "ProtectedOut":
        cells = protected.table.cells
        values = protected.table.values.tolist()
        return cls(
            cells=[
                _cell(at, value, Mark(mark), protected.k)
                for at, value, mark in zip(cells, values, protected.marks.tolist(), strict=True)
            ],
            small=int(protected.small.sum()),
            complementary=protected.complementary,
            loss_percent=f"{protected.loss * 100:.2f}",
            exposed=[list(cells[cell]) for cell in protected.exposed],
            reasons=[ReasonOut.of(explained(mark, protected.k)) for mark in MARKS],
        )


def _cell(at: tuple[str, ...], value: int, mark: Mark, k: int) -> CellOut:
    if mark is Mark.PUBLISHED:
        return CellOut(
            at=list(at), value=value, status="published", mark=MarkName("published"), shown=str(value)
        )
    return CellOut(
        at=list(at),
        value=None,
        status="suppressed",
        mark=MarkName(MARKS[mark]),
        shown=explained(mark, k).shown,
    )
