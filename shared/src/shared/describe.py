"""The published language described for others: `python -m shared.describe workflow | asyncapi | schemas`."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from textwrap import dedent

from shared.codec import ADAPTERS
from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.contracts.workflow import WORKFLOW, On

Json = dict[str, object]
SERVICES = ("registry", "planning", "evaluation", "documents")


def sentence(event: type[Event]) -> str:
    """Return the first sentence of the docstring: why the event exists."""
    text = " ".join((event.__doc__ or "").split("\n\n", maxsplit=1)[0].split())
    return f"{text.partition('. ')[0].rstrip('.')}."


def event_schema(event: type[Event], examples: Sequence[Json] = ()) -> Json:
    """Return the JSON Schema of what `data` holds on the wire."""
    schema = ADAPTERS[event.type].json_schema(mode="serialization")
    head: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pospolu:event:{event.type}",
    }
    return {**head, **schema, **({"examples": list(examples)} if examples else {})}


def event_schemas() -> dict[str, Json]:
    return {name: event_schema(event) for name, event in sorted(EVENTS.items())}


def workflow_page(workflow: Sequence[On] = WORKFLOW) -> str:
    """Return the page of the workflow: a picture, a story, and why each event exists."""
    head = """\
        # The workflow

        Generated from `shared/contracts/workflow.py` by `make docs`. Each line is an event, the service
        that tells it and what another service does when it hears it. A test proves that the services
        do exactly this.
        """
    parts = [dedent(head), _picture(workflow), _story(workflow), _reactions(workflow), _reasons(workflow)]
    return "\n".join(parts)


def _picture(workflow: Sequence[On]) -> str:
    between: dict[tuple[str, str], list[str]] = {}
    for line in workflow:
        names = between.setdefault((line.source, line.service), [])
        if line.event.__name__ not in names:
            names.append(line.event.__name__)
    arrows = [f'    {a} -- "{"<br/>".join(names)}" --> {b}' for (a, b), names in between.items()]
    return "\n".join(["```mermaid", "flowchart LR", *arrows, "```", ""])


def _story(workflow: Sequence[On]) -> str:
    lines = ["## In order", "", "```mermaid", "sequenceDiagram"]
    lines += [f"    participant {service}" for service in SERVICES]
    heard: dict[tuple[str, str, str], list[str]] = {}
    for line in workflow:
        step = (line.source, line.service, line.event.__name__)
        heard.setdefault(step, []).append(f"{line.slice}.{line.reaction}")
    for (source, service, event), reactions in heard.items():
        lines.append(f"    {source}->>{service}: {event}")
        lines.append(f"    Note over {service}: {'<br/>'.join(reactions)}")
    return "\n".join([*lines, "```", ""])


def _reactions(workflow: Sequence[On]) -> str:
    head = [
        "## Who does what",
        "",
        "| event | from | service | reaction | consumer |",
        "|---|---|---|---|---|",
    ]
    rows = [
        f"| {line.event.__name__} | {line.source} | {line.service} | `{line.slice}.{line.reaction}` "
        f"| `{line.consumer}` |"
        for line in workflow
    ]
    return "\n".join([*head, *rows, ""])


def _reasons(workflow: Sequence[On]) -> str:
    heard = {line.event for line in workflow}
    head = ["## Every event", "", "| event | type | why | heard by |", "|---|---|---|---|"]
    rows = [
        f"| {event.__name__} | `{event.type}` | {sentence(event)} "
        f"| {_hearers(event, workflow) if event in heard else 'whoever is connected'} |"
        for event in EVENTS.values()
    ]
    return "\n".join([*head, *rows, ""])


def _hearers(event: type[Event], workflow: Iterable[On]) -> str:
    return ", ".join(dict.fromkeys(line.service for line in workflow if line.event is event))


def asyncapi(examples: Mapping[str, Sequence[Json]] | None = None, workflow: Sequence[On] = WORKFLOW) -> Json:
    """Return the AsyncAPI 3 document: a channel for each event, what each service sends and receives."""
    examples = examples or {}
    schemas: Json = {"CloudEvent": _cloud_event()}
    messages: Json = {}
    for event in EVENTS.values():
        schemas[event.__name__] = _inlined(event_schema(event, examples.get(event.type, ())), schemas)
        messages[event.__name__] = _message(event)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Pospolu: events",
            "version": "1",
            "description": "CloudEvents 1.0, structured JSON, NATS JetStream: a stream for each service.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {"broker": {"host": "{host}:4222", "protocol": "nats", "variables": {"host": {}}}},
        "channels": {event.__name__: _channel(event) for event in EVENTS.values()},
        "operations": {**_sending(), **_receiving(workflow)},
        "components": {"messages": messages, "schemas": schemas},
    }


def _channel(event: type[Event]) -> Json:
    name = event.__name__
    return {"address": event.type, "messages": {name: {"$ref": f"#/components/messages/{name}"}}}


def _message(event: type[Event]) -> Json:
    data: Json = {
        "type": "object",
        "properties": {
            "type": {"const": event.type},
            "data": {"$ref": f"#/components/schemas/{event.__name__}"},
        },
        "required": ["data"],
    }
    return {
        "name": event.type,
        "title": event.__name__,
        "summary": sentence(event),
        "contentType": "application/cloudevents+json",
        "payload": {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, data]},
    }


def _sending() -> Json:
    return {
        f"{event.type.partition('.')[0]}-tells-{event.__name__}": {
            "action": "send",
            "channel": {"$ref": f"#/channels/{event.__name__}"},
        }
        for event in EVENTS.values()
    }


def _receiving(workflow: Sequence[On]) -> Json:
    return {
        f"{line.consumer}-{line.reaction}-on-{line.event.__name__}": {
            "action": "receive",
            "channel": {"$ref": f"#/channels/{line.event.__name__}"},
            "summary": f"{line.service}: {line.slice}.{line.reaction}",
        }
        for line in workflow
    }


def _cloud_event() -> Json:
    text: Json = {"type": "string"}
    return {
        "type": "object",
        "required": ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"],
        "properties": {
            "specversion": {"const": "1.0"},
            "id": {"type": "string", "format": "uuid"},
            "source": {"type": "string", "format": "uri-reference"},
            "type": text,
            "subject": {"type": "string", "format": "uuid", "description": "The id of the aggregate"},
            "time": {"type": "string", "format": "date-time"},
            "datacontenttype": {"const": "application/json"},
            "correlationid": {"type": "string", "description": "Ties a request, its events and effects"},
            "causationid": {"type": "string", "description": "The event that made this one happen"},
            "data": {"type": "object"},
        },
    }


def _inlined(schema: Json, schemas: Json) -> object:
    """Move the definitions of a schema among the components, and point to them there."""
    text = json.dumps(schema).replace('"#/$defs/', '"#/components/schemas/')
    moved: Json = json.loads(text)
    for key in ("$schema", "$id"):
        moved.pop(key, None)
    definitions = moved.pop("$defs", {})
    if isinstance(definitions, dict):
        schemas.update(definitions)
    return moved


def printed(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def main(what: str) -> str:
    match what:
        case "workflow":
            return workflow_page()
        case "asyncapi":
            return printed(asyncapi())
        case "schemas":
            return printed(event_schemas())
    sys.exit("python -m shared.describe workflow | asyncapi | schemas")


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1] if len(sys.argv) > 1 else ""))
