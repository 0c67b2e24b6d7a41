"""The whole workflow: which event makes which service do what."""

from dataclasses import dataclass

from shared.contracts.base import Event
from shared.contracts.consultation import ConsultationOpened, ConsultationSettled, SettlementPublished
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn
from shared.contracts.evaluation import EvaluationsScheduled, MonitoringSetUp, RecommendationIssued
from shared.contracts.intake import (
    ActivityRecorded,
    ApplicationDecided,
    CallAnnounced,
    CallExtended,
    CooperationDescribed,
    MemorandumConcluded,
    StatementIssued,
)
from shared.contracts.measures import MeasureStateChanged
from shared.contracts.planning import (
    ApprovalOverdue,
    ImplementationStarted,
    OwnerLapsed,
    PlanApproved,
    PlanClosed,
    RecommendationAnswered,
)
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationStarted,
    FiguresPublished,
    IndexPublished,
    UnitChanged,
    UnitClosed,
    UnitPlaced,
    UnitRegistered,
)
from shared.contracts.reports import EvaluationCompleted


@dataclass(frozen=True, slots=True)
class On:
    """When `event` happens, `reaction` of `slice` in `service` runs."""

    event: type[Event]
    service: str
    slice: str
    reaction: str

    @property
    def source(self) -> str:
        """The service that tells the event; its stream has the same name."""
        return self.event.type.partition(".")[0]

    @property
    def consumer(self) -> str:
        """The durable consumer: one for each slice and source, so that one slice never waits for another."""
        return f"{self.service}-{self.slice}-from-{self.source}"


WORKFLOW: tuple[On, ...] = (
    On(UnitRegistered, "planning", "units", "copy_units"),
    On(UnitChanged, "planning", "units", "copy_units"),
    On(UnitClosed, "planning", "units", "copy_units"),
    On(CooperationStarted, "planning", "units", "allow_plans"),
    On(CooperationChanged, "planning", "units", "allow_plans"),
    On(CooperationEnded, "planning", "units", "disallow_plans"),
    On(UnitRegistered, "evaluation", "units", "copy_units"),
    On(UnitChanged, "evaluation", "units", "copy_units"),
    On(UnitClosed, "evaluation", "units", "copy_units"),
    On(UnitPlaced, "evaluation", "units", "place_units"),
    On(UnitRegistered, "documents", "units", "copy_units"),
    On(UnitChanged, "documents", "units", "copy_units"),
    On(UnitClosed, "documents", "units", "copy_units"),
    On(PlanApproved, "evaluation", "monitoring", "set_up_monitoring"),
    On(PlanApproved, "evaluation", "evaluations", "schedule_evaluations"),
    On(PlanApproved, "documents", "rendering", "render_approved_plan"),
    On(SettlementPublished, "documents", "rendering", "render_settlement"),
    On(EvaluationCompleted, "documents", "renditions", "render_completed_report"),
    On(MemorandumConcluded, "documents", "renditions", "render_concluded_memorandum"),
    On(CooperationDescribed, "documents", "renditions", "render_agreed_description"),
    On(PlanApproved, "registry", "plans", "copy_plans"),
    On(ImplementationStarted, "registry", "plans", "copy_plans"),
    On(PlanClosed, "registry", "plans", "copy_plans"),
    On(MonitoringSetUp, "planning", "plans", "note_monitoring"),
    On(EvaluationsScheduled, "planning", "plans", "note_evaluations"),
    On(RecommendationIssued, "planning", "recommendations", "keep_recommendations"),
    On(FiguresPublished, "planning", "evidence", "recheck_figures"),
    On(IndexPublished, "planning", "evidence", "recheck_index"),
    On(FiguresPublished, "evaluation", "sources", "recheck_figures"),
    On(PlanClosed, "evaluation", "monitoring", "stop_monitoring"),
    On(PlanClosed, "evaluation", "evaluations", "cancel_evaluations"),
    On(CooperationDescribed, "evaluation", "quality", "lock_baseline"),
    On(DocumentPublished, "evaluation", "programmes", "count_deliverable"),
    On(CooperationStarted, "evaluation", "evaluations", "schedule_studies"),
    On(CooperationChanged, "evaluation", "evaluations", "schedule_studies"),
    On(CooperationEnded, "evaluation", "evaluations", "schedule_studies"),
    On(CooperationDescribed, "evaluation", "evaluations", "note_description"),
    On(RecommendationAnswered, "evaluation", "recommendations", "note_answers"),
    On(ActivityRecorded, "evaluation", "participants", "import_attendance"),
    On(DocumentWithdrawn, "evaluation", "programmes", "withdraw_deliverable"),
    On(PlanApproved, "evaluation", "measures", "note_measures"),
    On(MeasureStateChanged, "evaluation", "measures", "note_measure_state"),
    On(ApprovalOverdue, "evaluation", "reminders", "note_overdue_approval"),
    On(OwnerLapsed, "evaluation", "reminders", "note_lapsed_owner"),
    On(CallAnnounced, "documents", "record", "enter_act"),
    On(CallExtended, "documents", "record", "enter_act"),
    On(ApplicationDecided, "documents", "record", "enter_act"),
    On(StatementIssued, "documents", "record", "enter_act"),
    On(MemorandumConcluded, "documents", "record", "enter_act"),
    On(CooperationDescribed, "documents", "record", "enter_act"),
    On(CooperationStarted, "documents", "record", "enter_act"),
    On(CooperationChanged, "documents", "record", "enter_act"),
    On(CooperationEnded, "documents", "record", "enter_act"),
    On(IndexPublished, "documents", "record", "enter_act"),
    On(FiguresPublished, "documents", "record", "enter_act"),
    On(PlanApproved, "documents", "record", "enter_act"),
    On(PlanClosed, "documents", "record", "enter_act"),
    On(ConsultationOpened, "documents", "record", "enter_act"),
    On(ConsultationSettled, "documents", "record", "enter_act"),
    On(RecommendationAnswered, "documents", "record", "enter_act"),
    On(EvaluationCompleted, "documents", "record", "enter_act"),
    On(RecommendationIssued, "documents", "record", "enter_act"),
    On(CooperationStarted, "documents", "requirements", "follow_cooperation"),
    On(CooperationChanged, "documents", "requirements", "follow_cooperation"),
    On(CooperationEnded, "documents", "requirements", "end_cooperation"),
    On(MemorandumConcluded, "documents", "requirements", "note_memorandum"),
    On(CooperationDescribed, "documents", "requirements", "note_description"),
    On(PlanApproved, "documents", "requirements", "follow_plan"),
    On(PlanClosed, "documents", "requirements", "end_plan"),
    On(CooperationStarted, "documents", "communications", "tell_of_cooperation"),
    On(MemorandumConcluded, "documents", "communications", "tell_of_memorandum"),
    On(ConsultationOpened, "documents", "communications", "tell_of_consultation"),
    On(SettlementPublished, "documents", "communications", "tell_of_settlement"),
    On(PlanApproved, "documents", "communications", "tell_of_approved_plan"),
    On(EvaluationCompleted, "documents", "communications", "tell_of_evaluation"),
    On(CallAnnounced, "documents", "communications", "tell_of_call"),
)
