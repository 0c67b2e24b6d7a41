"""What each consumer reads of each event (`docs/contracts/needs.json`), seen while its reaction runs.

`UPDATE_NEEDS=1` writes the file anew.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from shared.codec import ADAPTERS
from shared.contracts.base import Event
from shared.contracts.consultation import SettlementPublished
from shared.contracts.planning import PlanApproved, RecommendationAnswered
from shared.contracts.reports import EvaluationCompleted
from shared.contracts.workflow import WORKFLOW, On
from shared.reactions import Reaction, reactions_in
from shared.settings import Settings
from tests.contracts.compatibility import mapping, names, resolve
from tests.contracts.examples import EXAMPLES
from tests.contracts.generate import CONTRACTS
from tests.contracts.recorded import recorded
from tests.support.documents import PlanningStandIn, a_snapshot, canonical, digest_of, plan_approved
from tests.support.evaluation import EVALUATOR
from tests.support.evaluations import a_completed_evaluation
from tests.support.papers import a_settlement
from tests.support.planning import an_approved_plan
from tests.support.service import ServiceUnderTest

NEEDS: Final = CONTRACTS / "needs.json"
Needs = Mapping[str, Mapping[str, list[str]]]


def written() -> Needs:
    content: Needs = json.loads(NEEDS.read_text(encoding="utf-8"))
    return content


@pytest.fixture
def stand_in() -> Iterator[PlanningStandIn]:
    server = PlanningStandIn()
    yield server
    server.stop()


@pytest.fixture
def services(
    registry: ServiceUnderTest,
    planning: ServiceUnderTest,
    evaluation: ServiceUnderTest,
    documents: ServiceUnderTest,
) -> dict[str, ServiceUnderTest]:
    return {each.service.name: each for each in (registry, planning, evaluation, documents)}


async def reads_of(
    line: On, event: Event, *, service: ServiceUnderTest, settings: Settings | None = None
) -> list[str]:
    """Run the reaction of one line with an event that notes what is read of it."""
    seen: set[str] = set()
    watched = recorded(event, seen)
    (reaction,) = _reactions(line, service)
    prepared = ()
    if reaction.prepare:
        prepared = (await reaction.prepare(watched, settings or service.resources.settings),)  # type: ignore[assignment]
    async with service.transaction() as tx:
        await reaction.handle(tx, [watched] if reaction.batched else watched, *prepared)
    return sorted(seen)


def _reactions(line: On, service: ServiceUnderTest) -> Iterable[Reaction]:
    return (
        reaction
        for reaction in reactions_in(service.service.reactions)
        if (reaction.slice, reaction.name) == (line.slice, line.reaction)
    )


async def test_the_needs_of_every_consumer_are_written_down(
    services: dict[str, ServiceUnderTest], stand_in: PlanningStandIn
) -> None:
    plan = await an_approved_plan(services["planning"])
    recommendation = await _issued(services["evaluation"])
    body = canonical(a_snapshot())
    stand_in.serve(body)
    stand_in.serve_agreements()
    settings = services["documents"].resources.settings.model_copy(
        update={
            "oidc_issuer": stand_in.origin,
            "oidc_client_id": "documents",
            "oidc_client_secret": "s3cret",
            "planning_url": f"{stand_in.origin}/api/planning",
            "registry_url": f"{stand_in.origin}/api/registry",
            "evaluation_url": f"{stand_in.origin}/api/evaluation",
        }
    )
    found: dict[str, dict[str, set[str]]] = {}
    for line in WORKFLOW:
        event = EXAMPLES[line.event]
        if line.service == "planning" and line.slice in {"plans", "recommendations"}:
            event = replace(event, plan_id=UUID(plan.id))  # type: ignore[call-arg]
        if isinstance(event, RecommendationAnswered):
            event = replace(event, recommendation_id=recommendation)
        if line.service == "documents" and line.event is PlanApproved:
            event = plan_approved(body)
        if line.service == "documents" and isinstance(event, SettlementPublished):
            settlement = canonical(a_settlement(consultation_id=str(event.consultation_id)))
            stand_in.serve(settlement)
            event = replace(event, digest=digest_of(settlement))
        if line.service == "documents" and isinstance(event, EvaluationCompleted):
            event = replace(event, digest=stand_in.serve_report(event.evaluation_id, event.edition))
        theirs = settings if line.service == "documents" else None
        reads = await reads_of(line, event, service=services[line.service], settings=theirs)
        found.setdefault(line.consumer, {}).setdefault(line.event.type, set()).update(reads)
    seen = {consumer: {e: sorted(f) for e, f in needs.items()} for consumer, needs in found.items()}
    if os.environ.get("UPDATE_NEEDS"):
        NEEDS.write_text(json.dumps(seen, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert seen == written(), "what is read has changed: UPDATE_NEEDS=1 writes it down"


async def _issued(evaluation: ServiceUnderTest) -> UUID:
    """Let an evaluation end with a recommendation; return its id."""
    await a_completed_evaluation(evaluation)
    async with evaluation.client(EVALUATOR) as client:
        found = await client.get("/recommendations")
    return UUID(found.json()["items"][0]["id"])


def test_every_line_of_the_workflow_has_its_needs() -> None:
    lines = {(line.consumer, line.event.type) for line in WORKFLOW}
    assert lines == {(consumer, event) for consumer, needs in written().items() for event in needs}


def unmet(schema: Mapping[str, object], fields: Iterable[str]) -> list[str]:
    """Return the fields that the schema does not promise: always there, or with a default for the reader."""
    return [field for field in fields if not _promised(schema, field.split("/"))]


def _promised(schema: Mapping[str, object], steps: list[str]) -> bool:
    node = schema
    for step in steps:
        node = resolve(schema, node)
        if step == "*" and "items" in node:
            node = mapping(node.get("items"))
        else:
            found = mapping(mapping(node.get("properties")).get(step))
            if step not in names(node.get("required")) and "default" not in found:
                return False
            node = found
    return True


@pytest.mark.parametrize("consumer", sorted({line.consumer for line in WORKFLOW}))
def test_the_events_promise_what_a_consumer_needs(consumer: str) -> None:
    for event, fields in written()[consumer].items():
        assert fields
        assert unmet(ADAPTERS[event].json_schema(mode="serialization"), fields) == []


@pytest.mark.parametrize(
    "field", ["nonsense", "indicators/*/nonsense", "indicators/name", "plan_id/*", "indicators/*/name/first"]
)
def test_a_need_that_no_event_meets_is_found(field: str) -> None:
    schema = ADAPTERS[PlanApproved.type].json_schema(mode="serialization")
    assert unmet(schema, ["plan_id", "indicators/*/owner", field]) == [field]


def test_a_field_that_is_only_sometimes_there_is_not_promised() -> None:
    schema = ADAPTERS[PlanApproved.type].json_schema(mode="serialization")
    schema["required"].remove("digest")
    assert unmet(schema, ["digest"]) == ["digest"]


def test_reads_of_an_event_are_noted_to_the_last_leaf() -> None:
    seen: set[str] = set()
    event = recorded(EXAMPLES[PlanApproved], seen)
    assert isinstance(event, PlanApproved)
    assert seen == set()
    assert [indicator.owner for indicator in event.indicators] == ["Odbor sociálních věcí"]
    assert event.aggregate_id == EXAMPLES[PlanApproved].aggregate_id
    assert seen == {"indicators", "indicators/*/owner", "plan_id"}
