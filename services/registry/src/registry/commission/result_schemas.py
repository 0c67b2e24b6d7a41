"""JSON of what the scores come to: progress, results, scores after the reveal, the applicant's view."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from registry.averages.domain import half_up
from registry.commission.assessing import Assessment
from registry.commission.closing_use_cases import Judged
from registry.commission.domain import NominatingBody
from registry.commission.list_repository import Round
from registry.commission.ranking import Recommendation
from registry.commission.score_repository import Held
from registry.commission.score_schemas import MarkIn
from registry.commission.sheet import SheetStatus, counted
from shared.http import ApiModel, DecimalText


class ProgressItemOut(ApiModel):
    """`missing` is told to the chair and the secretary."""

    application_id: UUID
    number: str
    unit_name: str
    is_live: bool
    sealed: int
    expected: int
    missing: list[str] | None

    @classmethod
    def of(cls, held: Sequence[Held], names: Mapping[str, str] | None) -> "ProgressItemOut":
        sealed, expected = counted(each.sheet for each in held)
        awaited = [each.sheet.person for each in held if each.sheet.is_awaited]
        applicant = held[0].applicant
        return cls(
            application_id=applicant.application_id,
            number=applicant.number,
            unit_name=applicant.unit_name,
            is_live=applicant.is_live,
            sealed=sealed,
            expected=expected,
            missing=None if names is None else [names[person] for person in awaited],
        )


class ProgressOut(ApiModel):
    items: list[ProgressItemOut]


class RoundOut(ApiModel):
    """`round` 1 is the score as it was sealed, 2 the one changed after the reveal, with the reason."""

    round: int
    marks: list[MarkIn]
    comment: str
    reason: str
    at: datetime

    @classmethod
    def of(cls, found: Round) -> "RoundOut":
        return cls(
            round=found.round,
            marks=[MarkIn.model_validate(mark) for mark in found.score.marks],
            comment=found.score.comment,
            reason=found.reason,
            at=found.at,
        )


class MemberScoreOut(ApiModel):
    person_name: str
    body: NominatingBody
    status: SheetStatus
    rounds: list[RoundOut]


class ResultOut(ApiModel):
    """What the members' scores come to; empty until the reader may read them."""

    application_id: UUID
    number: str
    unit_name: str
    scores: int | None = None
    result: DecimalText | None = None
    means: dict[str, DecimalText] | None = None
    spread: DecimalText | None = None
    is_alarmed: bool | None = None
    discussion: str | None = None

    @classmethod
    def hidden(cls, held: Sequence[Held]) -> "ResultOut":
        applicant = held[0].applicant
        return cls(
            application_id=applicant.application_id, number=applicant.number, unit_name=applicant.unit_name
        )

    @classmethod
    def of(cls, held: Sequence[Held], assessment: Assessment) -> "ResultOut":
        applicant = held[0].applicant
        found = Judged(held=held).consolidated(assessment)
        return cls(
            application_id=applicant.application_id,
            number=applicant.number,
            unit_name=applicant.unit_name,
            scores=found.scores if found else 0,
            result=half_up(found.result) if found else None,
            means={code: half_up(mean) for code, mean in found.means.items()} if found else None,
            spread=half_up(found.spread) if found else None,
            is_alarmed=found.alarms(assessment.spread_alarm) if found else None,
            discussion=applicant.discussion,
        )


class ResultsOut(ApiModel):
    items: list[ResultOut]


class ScoresOut(ResultOut):
    members: list[MemberScoreOut]


class FeedbackOut(ApiModel):
    """What the applicant gets to know after the decision: no names, reasons in no order of members."""

    application_id: UUID
    number: str
    rank: int | None
    recommendation: Recommendation | None
    scores: int
    result: DecimalText | None
    means: dict[str, DecimalText]
    reasons: dict[str, list[str]]
    comments: list[str]

    @classmethod
    def of(
        cls, held: Sequence[Held], assessment: Assessment, *, place: tuple[int, str] | None
    ) -> "FeedbackOut":
        counted_scores = [
            each.score for each in held if each.score and each.sheet.status is SheetStatus.SEALED
        ]
        reasons: defaultdict[str, list[str]] = defaultdict(list)
        for mark in (mark for score in counted_scores for mark in score.marks):
            reasons[mark.criterion].append(mark.reason)
        found = Judged(held=held).consolidated(assessment)
        return cls(
            application_id=held[0].applicant.application_id,
            number=held[0].applicant.number,
            rank=place[0] if place else None,
            recommendation=Recommendation(place[1]) if place else None,
            scores=len(counted_scores),
            result=half_up(found.result) if found else None,
            means={code: half_up(mean) for code, mean in found.means.items()} if found else {},
            reasons={code: sorted(texts) for code, texts in reasons.items()},
            comments=sorted(score.comment for score in counted_scores if score.comment),
        )
