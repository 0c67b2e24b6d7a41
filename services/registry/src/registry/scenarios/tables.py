"""Rows of scenarios: never changed once they are kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registry.tables import Base


class ScenarioRow(Base):
    """A question with a name, the editions it was asked of, and the digest and sum of its outcome.

    `computation_id` is compared to; `other_computation_id` gave the figures and the rule (the same one
    where no other method was asked for). `areas`: for each change the codes of its municipalities, or
    null for all.
    """

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("owner", "name"),
        CheckConstraint("visibility IN ('private', 'shared')", name="visibility"),
        Index("ix_scenario_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str]
    visibility: Mapped[str]
    owner: Mapped[str]
    affiliation: Mapped[str]
    year: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str]
    computation_id: Mapped[int] = mapped_column(ForeignKey("index_computation.id"))
    other_computation_id: Mapped[int] = mapped_column(ForeignKey("index_computation.id"))
    results_digest: Mapped[str]
    question: Mapped[dict[str, object]] = mapped_column(JSONB)
    areas: Mapped[list[object]] = mapped_column(JSONB)
    summary: Mapped[dict[str, object]] = mapped_column(JSONB)
    outcome_digest: Mapped[str]
    created_at: Mapped[datetime]
