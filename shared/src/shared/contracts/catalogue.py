"""Every event by its type."""

from shared.contracts import (
    consultation,
    documents,
    evaluation,
    intake,
    measures,
    planning,
    quality,
    registry,
    reports,
)
from shared.contracts.base import Event

MODULES = (registry, intake, planning, consultation, evaluation, quality, documents, reports, measures)
EVENTS: dict[str, type[Event]] = {
    event.type: event
    for module in MODULES
    for event in vars(module).values()
    if isinstance(event, type) and issubclass(event, Event) and event is not Event
}
