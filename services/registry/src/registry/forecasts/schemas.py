"""JSON of runs of forecasts: their errors, in numbers and in words, and lists of what they say."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from registry.forecasts.history import Reason
from registry.forecasts.models import LAST_VALUE, Model
from registry.forecasts.projection import Quantity
from registry.forecasts.records import settings_of
from registry.forecasts.report import StoredRun
from registry.forecasts.wording import Said, model_said, verdict_said
from shared.http import ApiModel, DecimalText

MethodCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
IndicatorCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,19}$")]


class ForecastIn(ApiModel):
    method: MethodCode | None = Field(
        default=None, description="The method of the newest year where it is left out", examples=["ISV-2020"]
    )


class ForecastEdition(ApiModel):
    year: int
    computation_id: int
    inputs_digest: str
    results_digest: str


class Figures(ApiModel):
    """Errors on the year held out, over the municipalities of a size class (0: all).

    MASE: the mean of absolute errors, each divided by the mean yearly change in the past of the same
    municipality; `unchanging` ones had none and are left out. `mase_of_last_year` is that of "same as last
    year". Coverage: the percentage of true values inside the interval.
    """

    indicator: str
    quantity: Quantity
    horizon: int
    size_class: int
    series: int
    unchanging: int
    mase: DecimalText | None
    mase_of_last_year: DecimalText | None
    mae: DecimalText | None
    mae_of_last_year: DecimalText | None
    bias: DecimalText | None
    coverage_80: DecimalText | None
    coverage_95: DecimalText | None
    beats_last_year: bool


class Tried(Figures):
    """With the model that was tried and the one by which forecasts are made."""

    tested: Model | None
    published: Model | None


class Words(ApiModel):
    cs: str
    en: str

    @classmethod
    def of(cls, said: Said) -> "Words":
        return cls(cs=said.cs, en=said.en)


class ErrorsOut(Figures):
    """`verdict`: whether the forecast beat "same as last year"; `model`: how forecasts are made, if by one.

    `settings` are those of the model, in percent; `prior` in persons.
    """

    verdict: Words
    model: Words | None
    settings: dict[str, str | int] | None

    @classmethod
    def of(cls, found: Tried, *, last_year: int) -> "ErrorsOut":
        verdict = verdict_said(
            year=last_year,
            horizon=found.horizon,
            mase=found.mase,
            mase_of_last_year=found.mase_of_last_year,
            series=found.series - found.unchanging,
            beats=found.beats_last_year,
            last_shown=found.published == LAST_VALUE,
        )
        return cls(
            **found.model_dump(exclude={"tested", "published"}),
            verdict=Words.of(verdict),
            model=Words.of(model_said(found.published)) if found.published else None,
            settings=settings_of(found.published),
        )


class ForecastRunMade(ApiModel):
    """A run; its address in the header Location leads to its errors."""

    id: UUID
    method: str
    first_year: int
    last_year: int
    horizon: int = Field(description="Years ahead: only as many as could be tried")
    municipalities: int
    forecast: int = Field(description="Municipalities whose Index is forecast")
    computed_at: datetime
    inputs_digest: str
    results_digest: str


class ForecastRunHead(ForecastRunMade):
    """`newer_edition`: the Index was published anew since, the forecasts should be made again."""

    code_version: str
    editions: list[ForecastEdition]
    newer_edition: bool

    @classmethod
    def of(cls, run: StoredRun) -> "ForecastRunHead":
        plain = {name: getattr(run, name) for name in ForecastRunHead.model_fields if name != "editions"}
        return ForecastRunHead(**plain, editions=_EDITIONS.validate_json(run.editions))


class ForecastRunItem(ForecastRunHead):
    errors: list[Figures]


class ForecastRunList(ApiModel):
    items: list[ForecastRunItem]
    next: str | None


class ForecastRunOut(ForecastRunHead):
    errors: list[ErrorsOut]

    @classmethod
    def of(cls, run: StoredRun) -> "ForecastRunOut":
        return cls(**dict(ForecastRunHead.of(run)), errors=errors_of(run))


class ForecastResult(ApiModel):
    """`odds` of each band, in their order, out of `draws`; `by_model` false: the last Index is repeated."""

    unit_id: UUID
    code: str
    name: str
    region_id: UUID
    size_class: int
    year: int
    index: int
    band: int
    index_low_80: int
    index_high_80: int
    index_low_95: int
    index_high_95: int
    odds: list[int]
    draws: int
    by_model: bool
    last_index: int | None
    last_band: int | None


class ForecastResultList(ApiModel):
    items: list[ForecastResult]
    next: str | None


class ForecastGap(ApiModel):
    """Indicator `INDEX` is the Index; `years`: for how many years in a row the value has been known."""

    unit_id: UUID
    code: str
    name: str
    region_id: UUID
    size_class: int
    indicator: str
    reason: Reason
    years: int


class ForecastGapList(ApiModel):
    items: list[ForecastGap]
    next: str | None


_TRIED = TypeAdapter(list[Tried])
_EDITIONS = TypeAdapter(list[ForecastEdition])


def errors_of(run: StoredRun) -> list[ErrorsOut]:
    return [ErrorsOut.of(each, last_year=run.last_year) for each in _TRIED.validate_json(run.errors)]
