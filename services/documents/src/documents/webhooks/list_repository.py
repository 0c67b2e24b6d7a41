"""How webhooks and their deliveries are read."""

from functools import cache
from typing import Final

from sqlalchemy import Boolean, ColumnElement, Text, Uuid, bindparam, case, func, or_, select

from documents.webhooks.attempt_repository import IS_WANTED
from documents.webhooks.tables import WebhookDeliveryRow, WebhookEventRow, WebhookRow
from shared.reads import Query

MOST_COUNTED: Final = 10_000
W, E, D = WebhookRow, WebhookEventRow, WebhookDeliveryRow

_MINE: Final = or_(
    bindparam("administrator", type_=Boolean()), W.created_by == bindparam("caller", type_=Text())
)
_WAITING: Final = (
    select(E.position).where(E.position > W.position, IS_WANTED).limit(MOST_COUNTED).correlate(W).subquery()
)
_SHOWN: Final = (
    W.id,
    W.version,
    W.url,
    W.description,
    W.contact,
    W.types,
    W.unit_ids,
    W.state,
    W.reason,
    W.created_by,
    W.created_at,
    W.changed_at,
    W.delivered_at,
    W.attempts,
    W.first_failed_at,
    case((W.attempts > 0, W.due_at)).label("next_attempt_at"),
    W.previous_ends_at.label("previous_secret_ends_at"),
)

WEBHOOKS: Final = Query(select(*_SHOWN).where(_MINE), keys=(W.id,), descending=True)
WEBHOOK: Final = Query(
    select(*_SHOWN, select(func.count()).select_from(_WAITING).scalar_subquery().label("waiting")).where(
        _MINE, W.id == bindparam("id", type_=Uuid())
    ),
    version="version",
    moves_on=True,
)
IS_THERE: Final = Query(select(W.id).where(_MINE, W.id == bindparam("id", type_=Uuid())))

_FILTERS: Final[dict[str, ColumnElement[bool]]] = {
    "outcome": D.outcome == bindparam("outcome", type_=Text()),
    "event": D.event_id == bindparam("event", type_=Uuid()),
}


@cache
def deliveries(*filters: str) -> Query:
    """Return attempts of one webhook, the newest first."""
    statement = (
        select(
            D.id,
            D.event_id,
            D.type,
            D.cause,
            D.attempt,
            D.outcome,
            D.status,
            D.fault,
            D.excerpt,
            D.duration_ms,
            D.asked_at,
            D.sent_at,
        )
        .join(W, W.id == D.webhook_id)
        .where(_MINE, W.id == bindparam("id", type_=Uuid()), *(_FILTERS[name] for name in filters))
    )
    return Query(statement, keys=(D.id,), descending=True)
