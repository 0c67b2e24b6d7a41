"""JSON of what comes out of a what-if."""

from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from pydantic import Field

from registry.explanation.wording import decimal_text
from registry.scenarios.outcome import Move, summary_of
from registry.scenarios.use_cases import Answer
from shared.http import ApiModel


class OutcomeBandOut(ApiModel):
    """`band` 0: municipalities whose Index is not known."""

    band: int
    municipalities: int


class WholeOut(ApiModel):
    method: str
    municipalities: int
    known: int
    mean_index: str | None = Field(description="Mean of those known, four places", examples=["2.5223"])
    bands: list[OutcomeBandOut]


class CrossingCountOut(ApiModel):
    threshold: int
    before: int = Field(description="Municipalities at or above the threshold")
    after: int
    rising: int
    falling: int


class SummaryOut(ApiModel):
    before: WholeOut
    after: WholeOut
    index_changed: int
    band_changed: int
    crossings: list[CrossingCountOut]


class CrossingOut(ApiModel):
    """Who comes to reach the threshold and who no longer does."""

    threshold: int
    rising: list[UUID]
    falling: list[UUID]


class TouchedOut(ApiModel):
    """How many figures a change changed; all indicators that count the same series."""

    municipalities: int
    indicators: list[str]


class MoveOut(ApiModel):
    """Before and after; null where the Index is not known."""

    unit_id: UUID
    code: str
    name: str
    population_15_plus: int | None
    index_before: int | None
    index_after: int | None
    band_before: int | None
    band_after: int | None
    points_before: list[int | None]
    points_after: list[int | None]

    @classmethod
    def of(cls, move: Move, name: str) -> "MoveOut":
        return cls(
            unit_id=move.unit_id,
            code=move.code,
            name=name,
            population_15_plus=move.population_15_plus,
            index_before=move.index[0],
            index_after=move.index[1],
            band_before=move.band[0],
            band_after=move.band[1],
            points_before=list(move.points[0]),
            points_after=list(move.points[1]),
        )


class OutcomeOut(ApiModel):
    """What would come out. `moves` are those with a changed Index, band or points, the largest first."""

    year: int
    computation_id: int
    results_digest: str
    touched: list[TouchedOut]
    summary: SummaryOut
    mean_difference: str | None = Field(description="After less before, four places", examples=["-0.1312"])
    crossings: list[CrossingOut]
    move_count: int
    moves: list[MoveOut] = Field(description="From `offset` on, at most `limit`")
    outcome_digest: str = Field(description="SHA-256 over code, Index, band and points of every municipality")

    @classmethod
    def of(cls, answer: Answer, moves: list[Move], names: Mapping[UUID, str]) -> "OutcomeOut":
        outcome = answer.outcome
        before, after = outcome.before.mean, outcome.after.mean
        known = before is not None and after is not None
        return cls(
            year=answer.question.year,
            computation_id=answer.base.computation_id,
            results_digest=answer.base.results_digest,
            touched=[
                TouchedOut(municipalities=t.municipalities, indicators=[*t.indicators])
                for t in answer.touched
            ],
            summary=SummaryOut.model_validate(summary_of(outcome)),
            mean_difference=decimal_text((after or Fraction(0)) - (before or Fraction(0)), 4)
            if known
            else None,
            crossings=[
                CrossingOut(threshold=c.threshold, rising=[*c.rising], falling=[*c.falling])
                for c in outcome.crossings
            ],
            move_count=len(outcome.moves),
            moves=[MoveOut.of(move, names.get(move.unit_id, move.code)) for move in moves],
            outcome_digest=outcome.digest,
        )


class RerunOut(OutcomeOut):
    """A kept scenario computed again from the editions it was kept with."""

    equal: bool = Field(description="The same came out as when it was kept")
    newer_edition: bool = Field(description="Since then a newer edition of the year was published")


class KeptOut(OutcomeOut):
    """A scenario that was just kept, with what came out."""

    id: UUID
    name: str
