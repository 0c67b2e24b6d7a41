"""The one metadata of the service, which holds the plumbing's tables already; decimals as JSON."""

from decimal import Decimal

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, cast, func
from sqlalchemy.orm import DeclarativeBase

from shared.database import COLUMN_TYPES, service_metadata


class Base(DeclarativeBase):
    metadata = service_metadata()
    type_annotation_map = COLUMN_TYPES


def plain(quantity: SQLColumnExpression[Decimal | None]) -> ColumnElement[str]:
    """Return a decimal as JSON text, without the zeros that its scale adds."""
    return cast(func.trim_scale(quantity), Text)
