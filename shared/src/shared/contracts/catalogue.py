"""Every event by its type."""

from shared.contracts import (
    consultation,
    documents,
    evaluation,
    intake,
    planning,
    quality,
    registry,
    reports,
)
from shared.contracts.base import Event

EVENTS: dict[str, type[Event]] = {
    event.type: event
    for module in (registry, intake, planning, consultation, evaluation, quality, documents, reports)
    for event in vars(module).values()
    if isinstance(event, type) and issubclass(event, Event) and event is not Event
}
