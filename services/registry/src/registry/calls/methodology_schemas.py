"""JSON of methodologies and of availability."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from registry.calls.methodology import Methodology, MethodologyRule, Stage
from shared.http import ApiModel, Day, DecimalText, ShortText, Title

Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,39}$")]
Edition = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}\.[0-9]{1,3}$")]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,39}$")]


class RuleIn(ApiModel):
    """One thing to be checked."""

    code: RuleCode = Field(examples=["MEM-1"])
    stage: Stage
    cs: Title = Field(examples=["Memorandum podepsaly obě strany."])
    en: Title = Field(examples=["Both parties signed the memorandum."])


class MethodologyIn(ApiModel):
    name: Name = Field(examples=["KPSV21"])
    edition: Edition = Field(examples=["1.1"])
    title_cs: Title
    title_en: Title
    valid_from: Day
    valid_until: Day | None = Field(default=None, description="Last day")
    decided_by: Title = Field(examples=["rozhodnutí ministra č. 12/2026"])
    source: ShortText = ""
    rules: list[RuleIn] = Field(default=[], max_length=200)

    @field_validator("rules")
    @classmethod
    def _each_once(cls, rules: list[RuleIn]) -> list[RuleIn]:
        if len({rule.code for rule in rules}) < len(rules):
            raise ValueError("a code of a rule is there twice")
        return rules

    def methodology(self) -> Methodology:
        return Methodology(
            name=self.name,
            edition=self.edition,
            title_cs=self.title_cs,
            title_en=self.title_en,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            decided_by=self.decided_by,
            source=self.source,
            rules=tuple(
                MethodologyRule(code=each.code, stage=each.stage, cs=each.cs, en=each.en)
                for each in self.rules
            ),
        )


class MethodologyOut(ApiModel):
    """`code` is what later records name; `valid_until` is the last day."""

    code: str = Field(examples=["KPSV21/1.0"])
    name: str
    edition: str
    title_cs: str
    title_en: str
    valid_from: date
    valid_until: date | None
    decided_by: str
    source: str
    rules: list[RuleIn]

    @classmethod
    def of(cls, methodology: Methodology) -> "MethodologyOut":
        return cls.model_validate(methodology)


class MethodologyList(ApiModel):
    items: list[MethodologyOut]
    next: str | None


class PeriodOut(ApiModel):
    """`percent` is rounded down: 100.00 means no outage; none where nothing was watched yet."""

    days: int
    watched_since_at: datetime
    down_seconds: int
    percent: DecimalText | None = Field(examples=["99.98"])


class AvailabilityOut(ApiModel):
    """`first_at` is the first sign of life that was ever given, `beat_at` the latest."""

    first_at: datetime | None
    beat_at: datetime | None
    periods: list[PeriodOut]


class ProlongedOut(ApiModel):
    call_id: UUID
    code: str
    previous_closes_at: datetime
    new_closes_at: datetime


class OutageOut(ApiModel):
    """No process of the API was there; `prolonged` are the calls that got the time back."""

    id: UUID
    from_at: datetime
    until_at: datetime
    prolonged: list[ProlongedOut]


class OutageList(ApiModel):
    items: list[OutageOut]
    next: str | None
