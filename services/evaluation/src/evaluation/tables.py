"""The one metadata of the service, which holds the plumbing's tables already."""

from sqlalchemy.orm import DeclarativeBase

from shared.database import COLUMN_TYPES, service_metadata


class Base(DeclarativeBase):
    metadata = service_metadata()
    type_annotation_map = COLUMN_TYPES
