"""JSON of what a run says of one municipality: each number with the errors of its kind beside it."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import TypeAdapter

from registry.exclusion.definition import method_in
from registry.exclusion.method import Indicator, Method
from registry.forecasts.history import Reason
from registry.forecasts.projection import Quantity
from registry.forecasts.records import INDEX
from registry.forecasts.report import StoredGap, StoredIndex, StoredUnit, StoredValue, StoredYear
from registry.forecasts.schemas import ErrorsOut, ForecastRunHead, Words, errors_of
from registry.forecasts.wording import reason_said, size_said
from shared.http import ApiModel, DecimalText

_PLACES = Decimal("0.0001")


class ForecastGapOut(ApiModel):
    reason: Reason
    years: int
    cs: str
    en: str


class Interval(ApiModel):
    """A forecast value with its intervals, and what its kind erred by in municipalities of this size."""

    value: DecimalText
    low_80: DecimalText
    high_80: DecimalText
    low_95: DecimalText
    high_95: DecimalText
    mase: DecimalText | None
    mase_of_last_year: DecimalText | None
    beats_last_year: bool


class PastOut(ApiModel):
    year: int
    numerator: DecimalText | None
    denominator: int | None
    share: DecimalText | None


class FutureOut(ApiModel):
    year: int
    numerator: Interval
    denominator: Interval
    share: Interval


class IndicatorForecastOut(ApiModel):
    code: str
    name_cs: str
    name_en: str
    history: list[PastOut]
    forecast: list[FutureOut]
    errors: list[ErrorsOut]
    gap: ForecastGapOut | None


class BandOdds(ApiModel):
    band: int
    name_cs: str
    name_en: str
    percent: DecimalText


class PastIndexOut(ApiModel):
    year: int
    index: int | None
    band: int | None


class FutureIndexOut(ApiModel):
    year: int
    index: Interval
    band: int
    by_model: bool
    odds: list[BandOdds]


class IndexForecastOut(ApiModel):
    history: list[PastIndexOut]
    forecast: list[FutureIndexOut]
    errors: list[ErrorsOut]
    gap: ForecastGapOut | None


class UnitForecastOut(ApiModel):
    """All that a run says of one municipality."""

    unit_id: UUID
    code: str
    name: str
    size_class: int
    size: Words
    run: ForecastRunHead
    indicators: list[IndicatorForecastOut]
    index: IndexForecastOut

    @classmethod
    def of(cls, unit: StoredUnit) -> "UnitForecastOut":
        told = _Told(unit)
        return cls(
            unit_id=unit.unit_id,
            code=unit.code,
            name=unit.name,
            size_class=unit.size_class,
            size=Words.of(size_said(unit.size_class)),
            run=ForecastRunHead.of(unit.run),
            indicators=[told.indicator(i) for i in range(len(told.method.indicators))],
            index=told.index(),
        )


_VALUES = TypeAdapter(list[StoredValue])
_INDEX = TypeAdapter(list[StoredIndex])
_GAPS = TypeAdapter(list[StoredGap])
_YEARS = TypeAdapter(list[StoredYear])


class _Told:
    """What was read of one municipality, by what it is about."""

    def __init__(self, unit: StoredUnit) -> None:
        self.method: Method = method_in(unit.definition)
        self._size = unit.size_class
        self._last_year = unit.run.last_year
        self._values = _VALUES.validate_json(unit.values)
        self._index = _INDEX.validate_json(unit.index)
        self._gaps = {gap.indicator: gap for gap in _GAPS.validate_json(unit.gaps)}
        self._history = _YEARS.validate_json(unit.history)
        self._errors = errors_of(unit.run)

    def indicator(self, i: int) -> IndicatorForecastOut:
        indicator = self.method.indicators[i]
        return IndicatorForecastOut(
            code=indicator.code,
            name_cs=indicator.name_cs,
            name_en=indicator.name_en,
            history=[_past(indicator, year, i) for year in self._history],
            forecast=[
                self._future(indicator, value) for value in self._values if value.indicator == indicator.code
            ],
            errors=[each for each in self._errors if each.indicator == indicator.code],
            gap=self._gap(indicator.code),
        )

    def index(self) -> IndexForecastOut:
        return IndexForecastOut(
            history=[PastIndexOut(year=y.year, index=y.index, band=y.band) for y in self._history],
            forecast=[self._future_index(each) for each in self._index],
            errors=[each for each in self._errors if each.indicator == INDEX],
            gap=self._gap(INDEX),
        )

    def _gap(self, indicator: str) -> ForecastGapOut | None:
        gap = self._gaps.get(indicator)
        if gap is None:
            return None
        said = reason_said(gap.reason, gap.years)
        return ForecastGapOut(reason=gap.reason, years=gap.years, cs=said.cs, en=said.en)

    def _future(self, indicator: Indicator, value: StoredValue) -> FutureOut:
        horizon = value.year - self._last_year
        persons = [_whole(number, indicator.parts) for number in value.numerator]
        people = [Decimal(number) for number in value.denominator]
        return FutureOut(
            year=value.year,
            numerator=self._interval(indicator.code, Quantity.NUMERATOR, horizon, persons),
            denominator=self._interval(indicator.code, Quantity.DENOMINATOR, horizon, people),
            share=self._interval(indicator.code, Quantity.SHARE, horizon, value.share),
        )

    def _future_index(self, found: StoredIndex) -> FutureIndexOut:
        ends = [Decimal(number) for number in found.index]
        return FutureIndexOut(
            year=found.year,
            index=self._interval(INDEX, Quantity.INDEX, found.year - self._last_year, ends),
            band=found.band,
            by_model=found.by_model,
            odds=[
                BandOdds(
                    band=band.number,
                    name_cs=band.name_cs,
                    name_en=band.name_en,
                    percent=(Decimal(100) * odds / found.draws).quantize(Decimal("0.1")),
                )
                for band, odds in zip(self.method.bands, found.odds, strict=True)
            ],
        )

    def _interval(
        self, indicator: str, quantity: Quantity, horizon: int, numbers: Sequence[Decimal]
    ) -> Interval:
        about = (indicator, quantity, horizon, self._size)
        errors = next(
            each
            for each in self._errors
            if (each.indicator, each.quantity, each.horizon, each.size_class) == about
        )
        value, low_80, high_80, low_95, high_95 = numbers
        return Interval(
            value=value,
            low_80=low_80,
            high_80=high_80,
            low_95=low_95,
            high_95=high_95,
            mase=errors.mase,
            mase_of_last_year=errors.mase_of_last_year,
            beats_last_year=errors.beats_last_year,
        )


def _past(indicator: Indicator, year: StoredYear, i: int) -> PastOut:
    numerator, denominator = year.numerators[i], year.denominators[i]
    if numerator is None or denominator is None:
        return PastOut(year=year.year, numerator=None, denominator=denominator, share=None)
    persons = Decimal(numerator) / indicator.parts
    share = 100 * persons / denominator if denominator else Decimal(0)
    return PastOut(
        year=year.year,
        numerator=_whole(numerator, indicator.parts),
        denominator=denominator,
        share=share.quantize(Decimal("0.000001")),
    )


def _whole(number: int, parts: int) -> Decimal:
    """Return whole persons or benefits of a count in parts, to four places."""
    return Decimal(number) if parts == 1 else (Decimal(number) / parts).quantize(_PLACES)
