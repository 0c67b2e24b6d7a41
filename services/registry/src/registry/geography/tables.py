"""Rows of points and boundaries; a point may be known before its unit is registered."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base

_DEGREES = Numeric(10, 7)
_METRES = Numeric(10, 2)


class UnitPointRow(Base):
    """The definition point: WGS 84 in degrees, S-JTSK (EPSG:5514) in metres.

    `unit_id` follows from kind and code, so points can be imported before units: no foreign key.
    """

    __tablename__ = "unit_point"
    __table_args__ = (
        CheckConstraint("longitude BETWEEN 12 AND 19 AND latitude BETWEEN 48 AND 52", name="in_the_country"),
    )

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    longitude: Mapped[Decimal] = mapped_column(_DEGREES)
    latitude: Mapped[Decimal] = mapped_column(_DEGREES)
    x: Mapped[Decimal] = mapped_column(_METRES)
    y: Mapped[Decimal] = mapped_column(_METRES)
    source: Mapped[str]
    recorded_at: Mapped[datetime]


class UnitBoundaryRow(Base):
    """The boundary as a GeoJSON geometry (WGS 84); `digest` tells whether a file brings another one."""

    __tablename__ = "unit_boundary"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    geometry: Mapped[dict[str, object]] = mapped_column(JSONB)
    digest: Mapped[str]
    source: Mapped[str]
    recorded_at: Mapped[datetime]
