"""Rows of the Index: methods, computations, their results with all that they stand on, chosen donors."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base

_COUNTS = ARRAY(BigInteger, dimensions=1)


class IndexMethodRow(Base):
    """A version of the method, immutable: indicators, thresholds, reference, bands (`definition`)."""

    __tablename__ = "index_method"

    code: Mapped[str] = mapped_column(primary_key=True)
    definition: Mapped[dict[str, object]] = mapped_column(JSONB)
    digest: Mapped[str]
    first_year: Mapped[int] = mapped_column(SmallInteger)
    last_year: Mapped[int | None] = mapped_column(SmallInteger)
    enacted_by: Mapped[str]
    enacted_at: Mapped[datetime]


class IndexComputationRow(Base):
    """The Index of one year by one method from certain inputs. The one published last is in force.

    `version` counts the publications of that year and method: inputs that come back are published again.
    `vintages`: from which editions the figures are, by series. `bands`: municipalities by band number,
    those whose Index is unknown under 0.
    """

    __tablename__ = "index_computation"
    __table_args__ = (
        UniqueConstraint("method", "year", "inputs_digest"),
        Index("ix_index_computation_published_at", "method", "year", "published_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    method: Mapped[str] = mapped_column(ForeignKey("index_method.code"))
    year: Mapped[int] = mapped_column(SmallInteger)
    inputs_digest: Mapped[str]
    results_digest: Mapped[str]
    code_version: Mapped[str]
    vintages: Mapped[dict[str, list[int]]] = mapped_column(JSONB)
    municipalities: Mapped[int]
    bands: Mapped[dict[str, int]] = mapped_column(JSONB)
    version: Mapped[int]
    computed_at: Mapped[datetime]
    published_at: Mapped[datetime]


class IndexReferenceRow(Base):
    """The sums of the state and of each region from which the reference of the quotient follows."""

    __tablename__ = "index_reference"

    computation_id: Mapped[int] = mapped_column(ForeignKey("index_computation.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    numerators: Mapped[list[int]] = mapped_column(_COUNTS)
    denominators: Mapped[list[int]] = mapped_column(_COUNTS)


class IndexResultRow(Base):
    """The Index of one municipality with its inputs; indicators in the order of the method.

    `scores`: three digits (A, S, L) an indicator, `points`: one digit an indicator; `-` is unknown.
    `numerators` count in the indicator's parts (twelfths of a monthly average); NULL is unknown.
    `way`: how the points of an inheritable indicator came about.

    No foreign keys and one index: the whole country of nine years is written at once, in the transaction
    that made the computation. Read a unit's years by the computations in force.
    """

    __tablename__ = "index_result"
    __table_args__ = (
        CheckConstraint(
            "way IN ('own', 'chosen', 'imported', 'nearest', 'published', 'unknown')", name="way"
        ),
    )

    computation_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_id: Mapped[UUID]
    index: Mapped[int | None] = mapped_column(SmallInteger)
    band: Mapped[int | None] = mapped_column(SmallInteger)
    points: Mapped[str]
    scores: Mapped[str]
    numerators: Mapped[list[int | None]] = mapped_column(_COUNTS)
    denominators: Mapped[list[int | None]] = mapped_column(_COUNTS)
    population_15_plus: Mapped[int | None]
    way: Mapped[str]
    donor_id: Mapped[UUID | None]
    donor_distance_m: Mapped[Decimal | None] = mapped_column(Numeric(9, 2))
    published_index: Mapped[int | None] = mapped_column(SmallInteger)
    inputs_digest: Mapped[bytes] = mapped_column(LargeBinary)


class DonorChoiceRow(Base):
    """A donor set by hand or imported, from a data year on; it goes before the nearest one.

    Without a donor the nearest one counts again.
    """

    __tablename__ = "donor_choice"
    __table_args__ = (
        CheckConstraint("way IN ('chosen', 'imported')", name="way"),
        CheckConstraint("unit_id <> donor_id", name="not_itself"),
    )

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    from_year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    way: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime]
