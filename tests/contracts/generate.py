"""Write the documents of the contracts anew: `python -m tests.contracts.generate [--breaking]`.

Refuses a change that would break somebody, unless it is told that everybody knows.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from shared.contracts.catalogue import EVENTS
from shared.describe import asyncapi, event_schema, printed, workflow_page
from shared.http.app import create_app
from shared.settings import Settings, load_settings
from tests.architecture.guards.sources import ROOT, SERVICES
from tests.contracts.api_compatibility import api_breaks
from tests.contracts.compatibility import event_breaks
from tests.contracts.examples import example_json

CONTRACTS = ROOT / "docs" / "contracts"
WORKFLOW_PAGE = ROOT / "docs" / "workflow.md"


def documents() -> dict[Path, str]:
    """Return every generated document by its place."""
    found = {WORKFLOW_PAGE: workflow_page()}
    for event in EVENTS.values():
        schema = event_schema(event, [example_json(event)])
        found[CONTRACTS / "events" / f"{event.type}.json"] = printed(schema)
    examples = {event.type: [example_json(event)] for event in EVENTS.values()}
    found[CONTRACTS / "asyncapi.json"] = printed(asyncapi(examples))
    for service in SERVICES:
        found[CONTRACTS / "openapi" / f"{service}.json"] = printed(openapi(service))
    return found


def openapi(name: str) -> dict[str, object]:
    """Return the OpenAPI document of a service; neither database nor broker is needed for it."""
    service = import_module(f"{name}.app").SERVICE
    content: dict[str, object] = create_app(
        service.name, service.title, service.routers, _settings(name)
    ).openapi()
    return content


def _settings(name: str) -> Settings:
    return load_settings(
        name,
        {
            "POSPOLU_ENVIRONMENT": "development",
            "DATABASE_URL": "postgresql://nowhere",
            "NATS_URL": "nats://nowhere",
            "NATS_MONITOR_URL": "http://nowhere",
            "OIDC_ISSUER": "https://nowhere",
        },
    )


def breaks(found: Mapping[Path, str]) -> Iterator[str]:
    """Compare with what is written down; a document that vanishes breaks everybody who read it."""
    for folder, compare in (("events", event_breaks), ("openapi", api_breaks)):
        for path in sorted((CONTRACTS / folder).glob("*.json")):
            if path not in found:
                yield f"{path.stem}: removed"
                continue
            old, new = json.loads(path.read_text(encoding="utf-8")), json.loads(found[path])
            yield from (f"{path.stem} {each}" for each in compare(old, new))


def outdated(found: Mapping[Path, str]) -> Iterator[str]:
    """Name the documents that differ from what the code says, and those that nothing generates."""
    for path, content in found.items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            yield str(path.relative_to(ROOT))
    for folder in ("events", "openapi"):
        for path in sorted((CONTRACTS / folder).glob("*")):
            if path not in found:
                yield str(path.relative_to(ROOT))


def main(arguments: list[str]) -> None:
    found = documents()
    broken = list(breaks(found))
    if broken and "--breaking" not in arguments:
        sys.exit("\n".join(["This breaks who relies on it (a new major, or --breaking):", *broken]))
    for path, content in found.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for stale in outdated(found):
        (ROOT / stale).unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
