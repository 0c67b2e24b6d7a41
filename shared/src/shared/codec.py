"""Events on the wire: CloudEvents 1.0 in structured JSON."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS

LARGEST_EVENT_BYTES = 900_000
"""JetStream takes a megabyte with headers; a larger body is fetched by claim check."""


class EventTooLarge(Exception):  # noqa: N818
    """An event carries more than the broker takes; put the body behind a claim check."""


class UnknownEvent(Exception):  # noqa: N818
    """No contract has this type: the event is of a newer version or not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An event with what the transport knows of it."""

    id: UUID
    time: datetime
    event: Event
    correlation_id: str
    causation_id: str | None = None


ADAPTERS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(event) for name, event in EVENTS.items()}


def attributes_of(
    event: type[Event],
    *,
    id: object,  # noqa: A002 - the name of the standard
    subject: object,
    time: datetime,
    correlation_id: str,
    causation_id: str | None,
) -> dict[str, object]:
    """Return the attributes of CloudEvents in their order, without the data."""
    attributes = {
        "specversion": "1.0",
        "id": id,
        "source": "/" + event.type.partition(".")[0],
        "type": event.type,
        "subject": subject,
        "time": time.isoformat(),
        "datacontenttype": "application/json",
        "correlationid": correlation_id,
    }
    if causation_id:
        attributes["causationid"] = causation_id
    return attributes


def encode(envelope: Envelope) -> bytes:
    """Return the structured JSON of an event; raises `EventTooLarge`."""
    event = envelope.event
    attributes = attributes_of(
        type(event),
        id=str(envelope.id),
        subject=str(event.aggregate_id),
        time=envelope.time,
        correlation_id=envelope.correlation_id,
        causation_id=envelope.causation_id,
    )
    head = json.dumps(attributes, ensure_ascii=False, separators=(",", ":")).encode()
    body = head[:-1] + b',"data":' + ADAPTERS[event.type].dump_json(event) + b"}"
    if len(body) > LARGEST_EVENT_BYTES:
        raise EventTooLarge(f"{event.type} has {len(body)} bytes")
    return body


def decode(body: bytes | str) -> Envelope:
    """Read an event; raises `UnknownEvent`, or `LookupError`, `TypeError`, `ValueError` if it is broken."""
    raw = json.loads(body)
    if not isinstance(raw, dict):
        raise TypeError("an event is a JSON object")
    name = str(raw.get("type"))
    adapter = ADAPTERS.get(name)
    if adapter is None:
        raise UnknownEvent(name)
    return Envelope(
        id=UUID(raw["id"]),
        time=datetime.fromisoformat(raw["time"]),
        event=adapter.validate_python(raw["data"]),
        correlation_id=raw.get("correlationid") or raw["id"],
        causation_id=raw.get("causationid"),
    )
