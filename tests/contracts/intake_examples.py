"""Examples of the events between a call and a cooperation: the second call of 2023 and what came of it."""

from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from shared.contracts.base import Event
from shared.contracts.intake import (
    ActivityRecorded,
    ApplicationDecided,
    ApplicationSubmitted,
    Attendance,
    BaselineLevel,
    CallAnnounced,
    CallExtended,
    CooperationDescribed,
    CooperationDomain,
    DecisionOutcome,
    ExpertActivityKind,
    HandoverOpened,
    MemorandumConcluded,
    StatementDueSoon,
    StatementIssued,
    StatementKind,
    StatementOutcome,
)
from shared.contracts.registry import ThematicArea, UnitKind

_UNIT: Final = UUID("641f7f7d-8a50-5696-a60f-ec83db8fedee")
_COOPERATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000005")
_CALL: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000010")
_APPLICATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000011")
_MEMORANDUM: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000012")
_DESCRIPTION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000013")
_STATEMENT: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000014")
_ACTIVITY: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000015")
_HANDOVER: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000016")
_DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_CLOSES_AT: Final = datetime(2023, 4, 6, 21, 59, 59, 999999, tzinfo=UTC)
_NUMBER: Final = "KPSV21-2/007"

INTAKE_EXAMPLES: Final[tuple[Event, ...]] = (
    CallAnnounced(
        version=2,
        call_id=_CALL,
        code="KPSV21-2",
        title="2. výzva ke spolupráci v rámci KPSV 2021+",
        announced_on=date(2023, 2, 27),
        opens_on=date(2023, 3, 20),
        closes_at=_CLOSES_AT,
        eligible_kinds=(UnitKind.MUNICIPALITY, UnitKind.REGION),
        areas=(ThematicArea.BYD, ThematicArea.DLU),
    ),
    CallExtended(
        version=3,
        call_id=_CALL,
        closes_at=_CLOSES_AT,
        reason_cs="Systém nepřijímal přihlášky 95 minut.",
        reason_en="The system took no applications for 95 minutes.",
    ),
    ApplicationSubmitted(
        version=2,
        application_id=_APPLICATION,
        call_id=_CALL,
        unit_id=_UNIT,
        number=_NUMBER,
        received_at=datetime(2023, 4, 3, 8, 15, tzinfo=UTC),
    ),
    ApplicationDecided(
        version=6,
        application_id=_APPLICATION,
        call_id=_CALL,
        unit_id=_UNIT,
        number=_NUMBER,
        outcome=DecisionOutcome.ACCEPTED,
        decided_on=date(2023, 5, 15),
    ),
    MemorandumConcluded(
        version=4,
        memorandum_id=_MEMORANDUM,
        unit_id=_UNIT,
        edition=1,
        concluded_on=date(2023, 6, 28),
        digest=_DIGEST,
    ),
    CooperationDescribed(
        version=5,
        description_id=_DESCRIPTION,
        cooperation_id=_COOPERATION,
        unit_id=_UNIT,
        domain=CooperationDomain.SOCIAL_INCLUSION,
        edition=1,
        areas=(ThematicArea.BYD,),
        starts_on=date(2023, 9, 1),
        ends_on=date(2026, 8, 31),
        baseline=(BaselineLevel(area=ThematicArea.BYD, criterion="BYD-1", level=1),),
        digest=_DIGEST,
    ),
    StatementDueSoon(
        version=2, statement_id=_STATEMENT, unit_ids=(_UNIT,), due_on=date(2024, 1, 19), overdue=False
    ),
    StatementIssued(
        version=3,
        statement_id=_STATEMENT,
        kind=StatementKind.MAP_CONFIRMATION,
        number="12/2024",
        unit_ids=(_UNIT,),
        outcome=StatementOutcome.FAVOURABLE,
        issued_on=date(2024, 1, 18),
        digest=_DIGEST,
    ),
    ActivityRecorded(
        version=1,
        activity_id=_ACTIVITY,
        unit_ids=(_UNIT,),
        kind=ExpertActivityKind.VZA,
        areas=(ThematicArea.DLU,),
        held_on=date(2024, 2, 6),
        minutes=180,
        attendance=(Attendance(person="u-4711", role="social-worker", minutes=180),),
        struck_out=False,
    ),
    HandoverOpened(
        version=1,
        handover_id=_HANDOVER,
        unit_id=_UNIT,
        election_on=date(2026, 10, 9),
        due_on=date(2027, 1, 8),
    ),
)
