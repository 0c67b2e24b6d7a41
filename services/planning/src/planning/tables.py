"""The metadata of planning's database."""

from sqlalchemy.orm import DeclarativeBase

from shared.database import COLUMN_TYPES, service_metadata


class Base(DeclarativeBase):
    metadata = service_metadata()
    type_annotation_map = COLUMN_TYPES
