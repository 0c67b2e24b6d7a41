"""The documents of the contracts say what the code does, and nothing that was promised is broken."""

import json
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, meta

from shared.codec import decode, encode
from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.contracts.workflow import WORKFLOW
from shared.describe import asyncapi, main, sentence, workflow_page
from tests.architecture.guards.sources import ROOT
from tests.contracts import generate
from tests.contracts.examples import EXAMPLES, example_json
from tests.support.service import an_envelope

EVENT_CLASSES = sorted(EVENTS.values(), key=lambda event: event.type)


@pytest.fixture(scope="module")
def found() -> dict[Path, str]:
    return generate.documents()


def schema_of(event: type[Event]) -> dict[str, object]:
    path = generate.CONTRACTS / "events" / f"{event.type}.json"
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_the_documents_are_up_to_date(found: dict[Path, str]) -> None:
    assert list(generate.outdated(found)) == [], "run `make docs`"


def test_no_promise_is_broken(found: dict[Path, str]) -> None:
    assert list(generate.breaks(found)) == []


def test_a_document_that_was_edited_by_hand_is_found(found: dict[Path, str]) -> None:
    path = generate.WORKFLOW_PAGE
    assert list(generate.outdated({**found, path: "edited"})) == ["docs/workflow.md"]


def test_a_document_of_an_event_that_is_gone_is_found(found: dict[Path, str]) -> None:
    path = generate.CONTRACTS / "events" / "planning.plan.approved.v1.json"
    fewer = {place: content for place, content in found.items() if place != path}
    assert list(generate.outdated(fewer)) == [str(path.relative_to(ROOT))]
    assert list(generate.breaks(fewer)) == ["planning.plan.approved.v1: removed"]


@pytest.mark.parametrize("event", EVENT_CLASSES, ids=lambda event: event.__name__)
def test_the_example_of_an_event_is_what_its_schema_says(event: type[Event]) -> None:
    schema = schema_of(event)
    meta.validate(schema)
    checked = Draft202012Validator(schema, validate_formats=True)
    assert [error.message for error in checked.iter_errors(example_json(event))] == []
    assert schema["examples"] == [example_json(event)]


@pytest.mark.parametrize("event", EVENT_CLASSES, ids=lambda event: event.__name__)
def test_the_example_of_an_event_survives_the_wire(event: type[Event]) -> None:
    example = EXAMPLES[event]
    assert decode(encode(an_envelope(example))).event == example
    assert isinstance(example.aggregate_id, type(getattr(example, event.identity)))


@pytest.mark.parametrize("event", EVENT_CLASSES, ids=lambda event: event.__name__)
def test_an_old_reader_passes_over_a_field_that_it_does_not_know(event: type[Event]) -> None:
    raw = json.loads(encode(an_envelope(EXAMPLES[event])))
    raw["data"]["field_of_tomorrow"] = {"a": [1]}
    raw["extension"] = "of tomorrow"
    assert decode(json.dumps(raw)).event == EXAMPLES[event]


@pytest.mark.parametrize("event", EVENT_CLASSES, ids=lambda event: event.__name__)
def test_an_event_without_one_of_its_fields_is_refused(event: type[Event]) -> None:
    raw = json.loads(encode(an_envelope(EXAMPLES[event])))
    del raw["data"][event.identity]
    with pytest.raises(ValueError, match=event.identity):
        decode(json.dumps(raw))


def test_every_event_has_its_example() -> None:
    assert EXAMPLES.keys() == set(EVENTS.values())


def references(node: object) -> list[str]:
    match node:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for each in node.values() for found in references(each)]
        case list():
            return [found for each in node for found in references(each)]
    return []


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    content = asyncapi()
    found = references(content)
    assert len(found) > 3 * len(EVENTS)
    for reference in found:
        node: object = content
        for step in reference.removeprefix("#/").split("/"):
            assert isinstance(node, dict)
            assert step in node, reference
            node = node[step]


def test_the_asyncapi_document_has_every_event_and_every_reaction() -> None:
    content = json.loads(json.dumps(asyncapi()))
    assert content["asyncapi"].startswith("3.")
    assert {channel["address"] for channel in content["channels"].values()} == EVENTS.keys()
    actions = [operation["action"] for operation in content["operations"].values()]
    assert actions.count("send") == len(EVENTS)
    assert actions.count("receive") == len(WORKFLOW)


def test_the_page_of_the_workflow_has_every_line_and_why_each_event_exists() -> None:
    page = workflow_page()
    for line in WORKFLOW:
        assert (
            f"| {line.event.__name__} | {line.source} | {line.service} | `{line.slice}.{line.reaction}`"
            in page
        )
    for event in EVENTS.values():
        assert sentence(event) in page


@pytest.mark.parametrize("what", ["workflow", "asyncapi", "schemas"])
def test_whoever_has_only_the_shared_package_can_have_the_description(what: str) -> None:
    assert "planning.plan.approved.v1" in main(what)


def test_asked_for_something_else_the_description_says_what_there_is() -> None:
    with pytest.raises(SystemExit, match=r"workflow \| asyncapi \| schemas"):
        main("poem")
