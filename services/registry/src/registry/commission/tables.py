"""Rows of the commission: seats in time, assessments, sheets of members, sealed scores, minutes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.commission.domain import Duty, NominatingBody
from registry.tables import Base

_BODIES: Final = f"body IN ({', '.join(repr(body.value) for body in NominatingBody)})"
_DUTIES: Final = f"duty IN ({', '.join(repr(duty.value) for duty in Duty)})"
_DAYS = func.daterange(column("starts_on"), column("ends_on"), text("'[]'"))


class CommissionRow(Base):
    __tablename__ = "commission"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="order"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    established_by: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class CommissionSeatRow(Base):
    """`person` is the subject of the person's tokens; one chair and one secretary at a time."""

    __tablename__ = "commission_seat"
    __table_args__ = (
        CheckConstraint(_BODIES, name="body"),
        CheckConstraint(_DUTIES, name="duty"),
        CheckConstraint("duty <> 'secretary' OR body = 'MMR'", name="secretary"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        ExcludeConstraint(
            (column("commission_id"), "="),
            (column("person"), "="),
            (_DAYS, "&&"),
            name="ex_commission_seat_person_once",
        ),
        ExcludeConstraint(
            (column("commission_id"), "="),
            (column("duty"), "="),
            (_DAYS, "&&"),
            name="ex_commission_seat_one_at_a_time",
            where=text("duty <> 'member'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commission_id: Mapped[UUID] = mapped_column(ForeignKey("commission.id"))
    person: Mapped[str]
    person_name: Mapped[str]
    body: Mapped[str]
    duty: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class AssessmentRow(Base):
    """`criteria`, `minimum_points` and `capacity` are those of the call on the day of opening."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'closed', 'signed')", name="status"),
        CheckConstraint("(status = 'open') = (closed_on IS NULL)", name="closure"),
        CheckConstraint("quorum > 0", name="quorum"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"), unique=True)
    commission_id: Mapped[UUID] = mapped_column(ForeignKey("commission.id"))
    status: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    quorum: Mapped[int] = mapped_column(SmallInteger)
    spread_alarm: Mapped[Decimal] = mapped_column(Numeric)
    criteria: Mapped[list[dict[str, object]]] = mapped_column(JSONB)
    minimum_points: Mapped[Decimal] = mapped_column(Numeric)
    capacity: Mapped[int | None]
    secretary: Mapped[str]
    secretary_name: Mapped[str]


class AssessorRow(Base):
    """A member who takes part in an assessment, with the body that nominated the person then."""

    __tablename__ = "assessor"
    __table_args__ = (
        CheckConstraint(_BODIES, name="body"),
        Index("uq_assessor_chair", "assessment_id", unique=True, postgresql_where=text("is_chair")),
        Index("ix_assessor_person", "person"),
    )

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    person_name: Mapped[str]
    body: Mapped[str]
    is_chair: Mapped[bool]


class AssessedApplicationRow(Base):
    """An application as it came to the commission; the outcome is written at closing.

    `index_exact` and `result_exact` are fractions as text (`25/3`).
    """

    __tablename__ = "assessed_application"
    __table_args__ = (
        CheckConstraint(
            "recommendation IN ('recommended', 'reserve', 'not-recommended')", name="recommendation"
        ),
        Index("ix_assessed_application_rank", "assessment_id", "rank"),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str]
    number: Mapped[str]
    received_at: Mapped[datetime]
    index_exact: Mapped[str | None]
    index_year: Mapped[int | None] = mapped_column(SmallInteger)
    discussion: Mapped[str | None]
    discussed_by: Mapped[str | None]
    discussed_at: Mapped[datetime | None]
    result_exact: Mapped[str | None]
    rank: Mapped[int | None]
    recommendation: Mapped[str | None]


class ScoreSheetRow(Base):
    """What one member does with one application; `draft` is read by that member alone."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        UniqueConstraint("application_id", "person"),
        ForeignKeyConstraint(["assessment_id", "person"], ["assessor.assessment_id", "assessor.person"]),
        CheckConstraint("declaration IN ('none', 'conflict')", name="declaration"),
        CheckConstraint("recusal IN ('declared', 'unit', 'affiliation', 'chair')", name="recusal"),
        CheckConstraint("sealed_at IS NULL OR declaration = 'none'", name="seal"),
        Index("ix_score_sheet_of_member", "assessment_id", "person"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"))
    application_id: Mapped[UUID] = mapped_column(ForeignKey("assessed_application.application_id"))
    person: Mapped[str]
    version: Mapped[int]
    declaration: Mapped[str | None]
    ground: Mapped[str]
    declared_at: Mapped[datetime | None]
    recusal: Mapped[str | None]
    recused_at: Mapped[datetime | None]
    absence: Mapped[str | None]
    draft: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    sealed_at: Mapped[datetime | None]


class SealedScoreRow(Base):
    """A score as it was sealed (`round` 1) and as it was changed once after the reveal (2): append-only."""

    __tablename__ = "sealed_score"
    __table_args__ = (CheckConstraint("round IN (1, 2)", name="round"),)

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("score_sheet.id"), primary_key=True)
    round: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    score: Mapped[dict[str, object]] = mapped_column(JSONB)
    reason: Mapped[str]
    at: Mapped[datetime]


class CommissionProtocolRow(Base):
    """The minutes, frozen: `digest` is the SHA-256 of the canonical JSON of `content`."""

    __tablename__ = "commission_protocol"
    __table_args__ = (UniqueConstraint("year", "ordinal"),)

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    ordinal: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSONB)
    digest: Mapped[str]
    text_cs: Mapped[str]
    text_en: Mapped[str]
    drawn_up_at: Mapped[datetime]


class ProtocolSignatureRow(Base):
    """Two people sign the minutes: the chair and the secretary."""

    __tablename__ = "protocol_signature"
    __table_args__ = (
        CheckConstraint("duty IN ('chair', 'secretary')", name="duty"),
        UniqueConstraint("assessment_id", "person"),
    )

    assessment_id: Mapped[UUID] = mapped_column(
        ForeignKey("commission_protocol.assessment_id"), primary_key=True
    )
    duty: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    person_name: Mapped[str]
    signed_on: Mapped[date]
    at: Mapped[datetime]
