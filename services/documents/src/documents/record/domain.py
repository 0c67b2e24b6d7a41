"""What an official act is, how it enters the record, and what stops whoever asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final
from uuid import UUID

from shared.canonical import canonical_json, digest, plain
from shared.contracts.base import Event
from shared.contracts.consultation import ConsultationOpened, ConsultationSettled
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.intake import (
    ApplicationDecided,
    CallAnnounced,
    CallExtended,
    CooperationDescribed,
    MemorandumConcluded,
    StatementIssued,
)
from shared.contracts.planning import PlanApproved, PlanClosed, RecommendationAnswered
from shared.contracts.registry import (
    CooperationChanged,
    CooperationEnded,
    CooperationStarted,
    FiguresPublished,
    IndexPublished,
)
from shared.contracts.reports import EvaluationCompleted
from shared.errors import NotFound, RuleBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """What an event is called as an act; what its service does not show to everybody is kept sealed."""

    cs: str
    en: str
    disclosed: bool = True


_ACTS: Final[Mapping[type[Event], Official]] = {
    CallAnnounced: Official(cs="Výzva vyhlášena", en="Call announced"),
    CallExtended: Official(cs="Příjem přihlášek prodloužen", en="Intake of a call extended"),
    ApplicationDecided: Official(cs="O přihlášce rozhodnuto", en="Application decided"),
    MemorandumConcluded: Official(cs="Memorandum uzavřeno", en="Memorandum concluded"),
    CooperationDescribed: Official(cs="Popis spolupráce sjednán", en="Description of cooperation agreed"),
    CooperationStarted: Official(cs="Spolupráce zahájena", en="Cooperation started"),
    CooperationChanged: Official(cs="Spolupráce změněna", en="Cooperation changed"),
    CooperationEnded: Official(cs="Spolupráce ukončena", en="Cooperation ended"),
    StatementIssued: Official(cs="Vyjádření vydáno", en="Statement issued"),
    IndexPublished: Official(
        cs="Index sociálního vyloučení zveřejněn", en="Index of social exclusion published"
    ),
    FiguresPublished: Official(cs="Vydání statistik zveřejněno", en="Edition of statistics published"),
    ConsultationOpened: Official(cs="Připomínkování zahájeno", en="Consultation opened"),
    ConsultationSettled: Official(cs="Připomínky vypořádány", en="Consultation settled"),
    PlanApproved: Official(cs="Plán schválen", en="Plan approved"),
    PlanClosed: Official(cs="Plán ukončen", en="Plan closed"),
    RecommendationIssued: Official(cs="Doporučení vydáno", en="Recommendation issued", disclosed=False),
    RecommendationAnswered: Official(cs="Doporučení zodpovězeno", en="Recommendation answered"),
    EvaluationCompleted: Official(cs="Evaluace dokončena", en="Evaluation completed", disclosed=False),
    DocumentPublished: Official(cs="Dokument zveřejněn", en="Document published"),
    DocumentWithdrawn: Official(cs="Dokument stažen", en="Document withdrawn"),
}
OFFICIAL: Final = {event.type: said for event, said in _ACTS.items()}
"""Every event that is an official act, by its type."""
OWN: Final = (DocumentPublished.type, DocumentWithdrawn.type)
"""Acts of this service: nobody sends them to it, they are found among what it told."""


class ActUnknown(NotFound):
    cs = "Záznam akt s tímto pořadím nemá."
    en = "The record has no act at this position."


class BundleUnknown(NotFound):
    cs = "Balíček s tímto číslem neexistuje."
    en = "There is no bundle of this number."


class ActNotSigned(RuleBroken):
    cs = "Akt {position} ještě není v podepsaném balíčku: den {received_on} se teprve uzavře."
    en = "Act {position} is in no signed bundle yet: the day {received_on} is still to be closed."


class ActNotDisclosed(RuleBroken):
    cs = "Obsah aktu {position} není veřejný, není co skrýt."
    en = "The content of act {position} is not public, there is nothing to withhold."


class ActNotWithheld(RuleBroken):
    cs = "Obsah aktu {position} nikdo neskryl."
    en = "Nobody withheld the content of act {position}."


class NotStamped(NotFound):
    cs = "Balíček {number} nemá časové razítko."
    en = "Bundle {number} has no time-stamp."


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The last position, and the latest day on which an act came or a day was closed."""

    last_position: int
    latest_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act at its place in the record; `body` is its canonical JSON, `digest` the SHA-256 of it."""

    position: int
    event_id: UUID
    type: str
    subject_id: UUID
    unit_ids: tuple[UUID, ...]
    received_at: datetime
    received_on: date
    disclosed: bool
    body: str
    digest: str
    version: int = 1
    withheld: bool = False


def act_of(event: Event, event_id: UUID, *, position: int, received_at: datetime, received_on: date) -> Act:
    """Return the act; its id has 62 random bits, so nobody finds a sealed act by trying.

    Raises `KeyError` for an event that is no official act.
    """
    content = {
        "data": {each.name: plain(getattr(event, each.name)) for each in fields(event)},
        "id": event_id,
        "position": position,
        "received_at": received_at.isoformat(timespec="milliseconds"),
        "subject": event.aggregate_id,
        "type": event.type,
    }
    body = canonical_json(content)
    return Act(
        position=position,
        event_id=event_id,
        type=event.type,
        subject_id=event.aggregate_id,
        unit_ids=_units_of(event),
        received_at=received_at,
        received_on=received_on,
        disclosed=OFFICIAL[event.type].disclosed,
        body=body.decode(),
        digest=digest(body),
    )


def _units_of(event: Event) -> tuple[UUID, ...]:
    named: tuple[UUID, ...] | None = getattr(event, "unit_ids", None)
    one: UUID | None = getattr(event, "unit_id", None)
    return named if named is not None else (one,) if one else ()
