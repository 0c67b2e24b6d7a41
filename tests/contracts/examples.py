"""One realistic example of every event: a plan of one municipality, from its unit to its first value."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from shared.codec import ADAPTERS
from shared.contracts.base import Event, Role
from shared.contracts.consultation import ConsultationOpened, ConsultationSettled, SettlementPublished
from shared.contracts.documents import DocumentKind, DocumentPublished, DocumentWithdrawn, OutputKind
from shared.contracts.evaluation import (
    EvaluationDue,
    EvaluationKind,
    EvaluationsScheduled,
    MonitoringSetUp,
    ObligationDue,
    ObligationEscalated,
    ObligationOverdue,
    PeriodsLocked,
    RecommendationIssued,
    RecommendationPriority,
    ReportSubmitted,
    ScheduledEvaluation,
    ValueApproved,
    ValueCorrected,
    WordingApproved,
)
from shared.contracts.intake import CooperationDomain
from shared.contracts.measures import MeasureState, MeasureStateChanged, PlannedMeasure
from shared.contracts.planning import (
    ApprovalDue,
    ApprovalLevel,
    ApprovalOverdue,
    Direction,
    ImplementationStarted,
    OwnerLapsed,
    OwnerTrouble,
    Periodicity,
    PlanApproved,
    PlanClosed,
    PlanKind,
    PlannedIndicator,
    PlanReturned,
    PlanSubmitted,
    RecommendationAnswer,
    RecommendationAnswered,
)
from shared.contracts.quality import AssessedLevel, QualityAssessed, ReadingPhase
from shared.contracts.registry import (
    ThematicArea,
)
from shared.contracts.reports import EvaluationCompleted, EvaluationType
from tests.contracts.intake_examples import INTAKE_EXAMPLES
from tests.contracts.registry_examples import REGISTRY_EXAMPLES

UNIT: Final = UUID("641f7f7d-8a50-5696-a60f-ec83db8fedee")
DISTRICT: Final = UUID("5b0ff0a1-5d5e-5b8e-9f0a-0d1c6f2f3b6e")
PLAN: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-5a6b7c8d9e0f")
INDICATOR: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000001")
MEASURE: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000002")
OBLIGATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000003")
EVALUATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000004")
COOPERATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000005")
DOCUMENT: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000006")
OUTPUT: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-00000000000c")
EDITION: Final = UUID("6b8a1f0e-5d3c-5a77-9f21-3f6f0a1b2c4d")
CONSULTATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000007")
ROUND: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-00000000000b")
DIGEST: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
READING: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-00000000000d")
CRITERIA_SET: Final = UUID("8c0a7f7d-8a50-5696-a60f-ec83db8f0001")
RECOMMENDATION: Final = UUID("019a1c2e-7b1a-7c3d-8e4f-000000000007")
OWNER: Final = "Odbor sociálních věcí"

_OF_PLAN: Final[dict[str, object]] = {"plan_id": PLAN, "revision": 1, "unit_ids": (UNIT,)}
_OF_OBLIGATION: Final[dict[str, object]] = {
    "obligation_id": OBLIGATION,
    "plan_id": PLAN,
    "indicator_id": INDICATOR,
    "period": "2026",
}
_HOUSEHOLDS: Final = PlannedIndicator(
    indicator_id=INDICATOR,
    measures=MEASURE,
    number="1.1.1-I1",
    name="Domácnosti, které si bydlení udržely 12 měsíců",
    unit="domácnosti",
    direction=Direction.INCREASE,
    periodicity=Periodicity.YEARLY,
    owner=OWNER,
    baseline=Decimal(12),
    baseline_on=date(2025, 12, 31),
    target=Decimal("40.5"),
    target_on=date(2030, 12, 31),
)
_HOUSING_FIRST: Final = PlannedMeasure(
    measure_id=MEASURE,
    number="1.1.1",
    name="Podpora v bydlení",
    owner=OWNER,
    starts_on=date(2026, 1, 1),
    ends_on=date(2030, 12, 31),
    funded_until=2028,
    funders=("eu", "municipality"),
)


def _an(kind: type[Event], version: int = 1, /, **values: object) -> Event:
    return kind(version=version, **values)


EXAMPLES: Final[dict[type[Event], Event]] = {
    type(example): example
    for example in (
        *INTAKE_EXAMPLES,
        *REGISTRY_EXAMPLES,
        _an(
            ConsultationOpened,
            2,
            **_OF_PLAN,
            consultation_id=CONSULTATION,
            opens_at=datetime(2026, 1, 7, 7, 0, tzinfo=UTC),
            closes_at=datetime(2026, 1, 28, 23, 0, tzinfo=UTC),
            digest=DIGEST,
        ),
        _an(
            ConsultationSettled,
            5,
            **_OF_PLAN,
            consultation_id=CONSULTATION,
            settled_on=date(2026, 3, 10),
            accepted=12,
            partly=3,
            rejected=7,
            noted=4,
            withdrawn=1,
            unsettled=2,
        ),
        _an(
            SettlementPublished,
            6,
            **_OF_PLAN,
            consultation_id=CONSULTATION,
            published_on=date(2026, 3, 11),
            comments=29,
            digest=DIGEST,
        ),
        _an(PlanSubmitted, 7, **_OF_PLAN),
        _an(PlanReturned, 8, **_OF_PLAN),
        _an(
            ApprovalDue,
            2,
            **_OF_PLAN,
            round_id=ROUND,
            level=ApprovalLevel.COUNCIL,
            label="Schválení zastupitelstvem",
            due_on=date(2026, 3, 31),
        ),
        _an(
            ApprovalOverdue,
            3,
            **_OF_PLAN,
            round_id=ROUND,
            level=ApprovalLevel.COUNCIL,
            label="Schválení zastupitelstvem",
            due_on=date(2026, 3, 31),
            escalated_to=Role.CONSULTANT,
        ),
        _an(
            PlanApproved,
            11,
            **_OF_PLAN,
            kind=PlanKind.PSZ,
            title="Plán sociálního začleňování Obrnice 2026–2030",
            valid_from=date(2026, 1, 1),
            valid_until=date(2030, 12, 31),
            body="Zastupitelstvo obce Obrnice",
            approved_on=date(2026, 2, 11),
            resolution_number="12/2026",
            digest=DIGEST,
            indicators=(_HOUSEHOLDS,),
            measures=(_HOUSING_FIRST,),
        ),
        _an(
            MeasureStateChanged,
            2,
            measure_id=MEASURE,
            **_OF_PLAN,
            number="1.1.1",
            owner=OWNER,
            state=MeasureState.RUNNING,
            previous=MeasureState.NOT_BEGUN,
            state_on=date(2026, 6, 30),
        ),
        _an(ImplementationStarted, 12, **_OF_PLAN),
        _an(PlanClosed, 13, **_OF_PLAN, closed_on=date(2030, 12, 31), reason="Plán skončil svou platností"),
        _an(
            MonitoringSetUp,
            11,
            plan_id=PLAN,
            revision=1,
            indicators=1,
            obligations=5,
            first_due_on=date(2027, 1, 31),
        ),
        _an(
            EvaluationsScheduled,
            11,
            plan_id=PLAN,
            revision=1,
            evaluations=(
                ScheduledEvaluation(
                    evaluation_id=EVALUATION, kind=EvaluationKind.MID_TERM, due_on=date(2028, 6, 30)
                ),
            ),
        ),
        _an(ObligationDue, 2, **_OF_OBLIGATION, owner=OWNER, due_on=date(2027, 1, 29)),
        _an(ObligationOverdue, 3, **_OF_OBLIGATION, owner=OWNER, due_on=date(2027, 1, 29)),
        _an(ObligationEscalated, 4, **_OF_OBLIGATION, owner=OWNER, due_on=date(2027, 1, 29)),
        _an(ReportSubmitted, 4, **_OF_OBLIGATION),
        _an(ValueApproved, 5, **_OF_OBLIGATION, value=Decimal("18.25")),
        _an(WordingApproved, 5, **_OF_OBLIGATION),
        _an(ValueCorrected, 6, **_OF_OBLIGATION, value=Decimal("17.25"), late=True),
        _an(PeriodsLocked, 7, plan_id=PLAN, unit_ids=(UNIT,), locked_until=date(2026, 12, 31)),
        _an(
            EvaluationDue,
            2,
            evaluation_id=EVALUATION,
            plan_id=PLAN,
            kind=EvaluationKind.MID_TERM,
            due_on=date(2028, 6, 30),
        ),
        _an(
            QualityAssessed,
            4,
            reading_id=READING,
            set_id=CRITERIA_SET,
            cooperation_id=COOPERATION,
            unit_id=UNIT,
            domain=CooperationDomain.SOCIAL_INCLUSION,
            phase=ReadingPhase.MID_TERM,
            assessed_on=date(2025, 3, 14),
            entry=1,
            levels=(
                AssessedLevel(area=ThematicArea.BYD, criterion="BYD-1", edition=1, baseline=1, level=3),
                AssessedLevel(area=ThematicArea.BYD, criterion="BYD-2", edition=1, baseline=None, level=2),
            ),
            improved=1,
            unchanged=0,
            worsened=0,
            not_assessed=1,
            shift=Decimal("2.00"),
        ),
        _an(
            EvaluationCompleted,
            6,
            evaluation_id=EVALUATION,
            kind=EvaluationType.PLAN_MID_TERM,
            title="Průběžná evaluační zpráva: Plán sociálního začleňování Obrnice",
            **_OF_PLAN,
            edition=1,
            completed_on=date(2028, 6, 30),
            digest="5f" * 32,
            recommendations=1,
        ),
        _an(
            RecommendationIssued,
            recommendation_id=RECOMMENDATION,
            evaluation_id=EVALUATION,
            **_OF_PLAN,
            number="D3",
            text="Doplnit zabydlování o dluhové poradenství.",
            addressee="Město Obrnice",
            priority=RecommendationPriority.HIGH,
            issued_on=date(2028, 6, 30),
            response_due_on=date(2028, 9, 30),
            node_ids=(MEASURE,),
        ),
        _an(
            RecommendationAnswered,
            2,
            recommendation_id=RECOMMENDATION,
            evaluation_id=EVALUATION,
            **_OF_PLAN,
            answer=RecommendationAnswer.ACCEPTED,
            reasons="Rada to uložila odboru.",
            responsible=OWNER,
            due_on=date(2028, 12, 31),
            node_ids=(MEASURE,),
            fulfilled_on=None,
        ),
        _an(
            OwnerLapsed,
            measure_id=MEASURE,
            **_OF_PLAN,
            number="1.1.1",
            owner=OWNER,
            trouble=OwnerTrouble.LAPSED,
            said_on=date(2026, 2, 1),
        ),
        _an(
            DocumentPublished,
            document_id=DOCUMENT,
            kind=DocumentKind.PLAN,
            title="Plán sociálního začleňování Obrnice 2026–2030",
            plan_id=PLAN,
            revision=1,
            unit_ids=(UNIT,),
            media_type="application/pdf",
            size_bytes=184_320,
            digest=DIGEST,
            published_at=datetime(2026, 2, 11, 14, 30, tzinfo=UTC),
            approved_by="Zastupitelstvo obce Obrnice",
            approved_on=date(2026, 1, 20),
            output_kind=OutputKind.PLAN,
            output_id=OUTPUT,
        ),
        _an(
            DocumentWithdrawn,
            document_id=DOCUMENT,
            withdrawn_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
            reason="Příloha obsahovala jména dlužníků.",
        ),
    )
}


def example_json(event: type[Event]) -> dict[str, object]:
    """Return what `data` of the example holds on the wire."""
    content: dict[str, object] = ADAPTERS[event.type].dump_python(EXAMPLES[event], mode="json")
    return content
