"""Rows of forecasts: runs, their errors on a year held out, and what they say of each municipality."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Numeric, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.forecasts.domain import EditionJson
from registry.tables import Base

_ERROR = Numeric(14, 4)
_PERCENT = Numeric(5, 2)
_SHARE = Numeric(9, 6)


class ForecastRunRow(Base):
    """The id follows from `inputs_digest`: the same editions are not forecast twice."""

    __tablename__ = "forecast_run"
    __table_args__ = (Index("ix_forecast_run_computed_at", "computed_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(ForeignKey("index_method.code"))
    first_year: Mapped[int] = mapped_column(SmallInteger)
    last_year: Mapped[int] = mapped_column(SmallInteger)
    horizon: Mapped[int] = mapped_column(SmallInteger)
    editions: Mapped[list[EditionJson]] = mapped_column(JSONB)
    computation_ids: Mapped[list[int]] = mapped_column(ARRAY(Integer, dimensions=1))
    inputs_digest: Mapped[str] = mapped_column(unique=True)
    results_digest: Mapped[str]
    code_version: Mapped[str]
    municipalities: Mapped[int]
    forecast: Mapped[int]
    computed_by: Mapped[str]
    computed_at: Mapped[datetime]


class ForecastTrialRow(Base):
    """Errors on the year held out; `size_class` 0 is all together, indicator `INDEX` the Index.

    `tested` is the model that was tried, `published` the one that forecasts are made by; NULL where there is
    no single one.
    """

    __tablename__ = "forecast_trial"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_run.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[str] = mapped_column(primary_key=True)
    horizon: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    size_class: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    series: Mapped[int]
    unchanging: Mapped[int]
    mase: Mapped[Decimal | None] = mapped_column(_ERROR)
    mase_of_last_year: Mapped[Decimal | None] = mapped_column(_ERROR)
    mae: Mapped[Decimal | None] = mapped_column(_ERROR)
    mae_of_last_year: Mapped[Decimal | None] = mapped_column(_ERROR)
    bias: Mapped[Decimal | None] = mapped_column(_ERROR)
    coverage_80: Mapped[Decimal | None] = mapped_column(_PERCENT)
    coverage_95: Mapped[Decimal | None] = mapped_column(_PERCENT)
    beats_last_year: Mapped[bool]
    tested: Mapped[dict[str, str | int] | None] = mapped_column(JSONB)
    published: Mapped[dict[str, str | int] | None] = mapped_column(JSONB)


class ForecastUnitRow(Base):
    """A municipality that a run is about, forecast or not."""

    __tablename__ = "forecast_unit"
    __table_args__ = (Index("ix_forecast_unit_unit_id", "unit_id", "run_id"),)

    run_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_run.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_id: Mapped[UUID]
    size_class: Mapped[int] = mapped_column(SmallInteger)


class ForecastValueRow(Base):
    """One indicator of one municipality in one future year, with intervals of 80 and 95 %.

    Numerators count in the indicator's parts; shares are in percent.
    """

    __tablename__ = "forecast_value"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_run.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    numerator: Mapped[int] = mapped_column(BigInteger)
    numerator_low_80: Mapped[int] = mapped_column(BigInteger)
    numerator_high_80: Mapped[int] = mapped_column(BigInteger)
    numerator_low_95: Mapped[int] = mapped_column(BigInteger)
    numerator_high_95: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int]
    denominator_low_80: Mapped[int]
    denominator_high_80: Mapped[int]
    denominator_low_95: Mapped[int]
    denominator_high_95: Mapped[int]
    share: Mapped[Decimal] = mapped_column(_SHARE)
    share_low_80: Mapped[Decimal] = mapped_column(_SHARE)
    share_high_80: Mapped[Decimal] = mapped_column(_SHARE)
    share_low_95: Mapped[Decimal] = mapped_column(_SHARE)
    share_high_95: Mapped[Decimal] = mapped_column(_SHARE)


class ForecastIndexRow(Base):
    """The Index of one municipality in one future year; `odds` of each band in draws, of `draws` together."""

    __tablename__ = "forecast_index"
    __table_args__ = (CheckConstraint("draws > 0", name="draws"),)

    run_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_run.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    index: Mapped[int] = mapped_column(SmallInteger)
    band: Mapped[int] = mapped_column(SmallInteger)
    index_low_80: Mapped[int] = mapped_column(SmallInteger)
    index_high_80: Mapped[int] = mapped_column(SmallInteger)
    index_low_95: Mapped[int] = mapped_column(SmallInteger)
    index_high_95: Mapped[int] = mapped_column(SmallInteger)
    odds: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger, dimensions=1))
    draws: Mapped[int] = mapped_column(SmallInteger)
    by_model: Mapped[bool]


class ForecastGapRow(Base):
    """Something of a municipality that a run does not forecast, and why."""

    __tablename__ = "forecast_gap"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("forecast_run.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    years: Mapped[int] = mapped_column(SmallInteger)
