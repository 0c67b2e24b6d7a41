"""The services do exactly what the workflow says; events and refusals are worth their name."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import pytest

from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.workflow import WORKFLOW, On
from shared.errors import NotFound, RuleBroken
from shared.reactions import Reaction, reactions_in
from shared.service import Service
from tests.architecture.guards import names, workflow
from tests.architecture.guards.planted import a_checkout
from tests.architecture.guards.sources import ROOT, SERVICES

LINE = On(PlanApproved, "evaluation", "monitoring", "set_up_monitoring")


def a_reaction(**changes: object) -> Reaction:
    values = {"events": (PlanApproved,), "slice": "monitoring", "name": "set_up_monitoring", **changes}
    return Reaction(handle=None, batched=False, prepare=None, **values)  # type: ignore[arg-type]


def service_named(name: str) -> Service:
    service: Service = import_module(f"{name}.app").SERVICE
    return service


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_reacts_exactly_as_the_workflow_says(name: str) -> None:
    found = reactions_in(service_named(name).reactions)
    assert list(workflow.differences(name, found, WORKFLOW)) == []


@pytest.mark.parametrize("name", SERVICES)
def test_every_slice_that_reacts_is_listed_in_the_app(name: str) -> None:
    heard = [module.__name__ for module in service_named(name).reactions]
    assert list(workflow.unheard_modules(ROOT, name, heard)) == []


def test_the_workflow_names_only_services_and_events_that_exist() -> None:
    assert {line.service for line in WORKFLOW} <= set(SERVICES)
    assert {line.event for line in WORKFLOW} <= set(EVENTS.values())
    assert len(set(WORKFLOW)) == len(WORKFLOW)


def test_no_service_listens_to_itself() -> None:
    assert [line for line in WORKFLOW if line.service == line.source] == []


def test_one_consumer_has_one_reaction_to_an_event() -> None:
    keys = [(line.consumer, line.event) for line in WORKFLOW]
    assert len(set(keys)) == len(keys)


def test_a_line_without_its_reaction_is_found() -> None:
    (found,) = workflow.differences("evaluation", [], [LINE])
    assert "no reaction monitoring.set_up_monitoring to PlanApproved" in found


def test_a_reaction_without_its_line_is_found() -> None:
    (found,) = workflow.differences("evaluation", [a_reaction()], [])
    assert "the workflow has no line" in found


def test_a_reaction_with_another_annotation_than_its_line_is_found() -> None:
    assert len(list(workflow.differences("evaluation", [a_reaction(events=(PlanClosed,))], [LINE]))) == 2


def test_a_reaction_in_another_slice_than_its_line_is_found() -> None:
    assert len(list(workflow.differences("evaluation", [a_reaction(slice="values")], [LINE]))) == 2


def test_reactions_that_nobody_listed_are_found(tmp_path: Path) -> None:
    root = a_checkout(tmp_path, evaluation__monitoring__reactions="")
    (found,) = workflow.unheard_modules(root, "evaluation", ["evaluation.units.reactions"])
    assert "evaluation.monitoring.reactions" in found


def test_every_event_is_told_by_its_service() -> None:
    assert list(workflow.untold_events(ROOT, EVENTS.values())) == []


def test_an_event_that_nobody_tells_is_found(tmp_path: Path) -> None:
    root = a_checkout(tmp_path, planning__plans__domain="def f(event: PlanApproved): ...")
    assert list(workflow.untold_events(root, [PlanApproved])) == ["PlanApproved: planning never tells it"]


def test_a_planned_event_that_is_told_by_now_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(workflow.PLANNED, "RecommendationIssued", "told once there are reports")
    root = a_checkout(
        tmp_path, evaluation__monitoring__domain="def f(): return RecommendationIssued(version=1)"
    )
    assert list(workflow.untold_events(root, [RecommendationIssued])) == [
        "RecommendationIssued: evaluation tells it, it is planned no more"
    ]


def test_an_event_that_another_service_tells_is_found(tmp_path: Path) -> None:
    code = "def f(): return PlanApproved(version=1)"
    root = a_checkout(tmp_path, planning__plans__domain=code, evaluation__monitoring__domain=code)
    assert list(workflow.untold_events(root, [PlanApproved])) == [
        "PlanApproved: evaluation tells what belongs to planning"
    ]


def test_every_event_says_why_it_exists_and_whom_it_is_about() -> None:
    assert list(names.careless_events(EVENTS.values())) == []


@dataclass(frozen=True, slots=True, kw_only=True)
class CarelessEvent(Event):
    type: ClassVar[str] = "planning.Careless"
    identity: ClassVar[str] = "plan_id"

    plan_id: str
    owner_email: str


def test_an_event_that_explains_nothing_and_names_a_person_is_found() -> None:
    found = list(names.careless_events([CarelessEvent]))
    for part in ("is not <service>", "another service", "no sentence", "not the id", "no personal data"):
        assert any(part in each for each in found), part


def test_every_refusal_is_a_fact_told_in_both_languages() -> None:
    for name in SERVICES:
        service_named(name)
    found = [refusal for refusal in names.all_refusals() if not refusal.__module__.startswith("tests")]
    assert len(found) > 40
    assert list(names.careless_refusals(found)) == []


def test_a_careless_refusal_is_found() -> None:
    class PlanError(RuleBroken):
        cs = "Plán {plan_id} neexistuje."
        en = "There is no such plan."

    class PlanLost(NotFound):
        pass

    class PlanGone(NotFound):
        cs = en = "Plan."

    found = list(names.careless_refusals([PlanError, PlanLost, PlanGone]))
    for part in ("has no suffix", "tell different facts", "no title of its own", "the same title"):
        assert any(part in each for each in found), part


def test_two_refusals_of_one_service_with_the_same_code_are_found() -> None:
    def a_refusal() -> type[NotFound]:
        class UnitLost(NotFound):
            cs = "Územní celek {unit_id} není."
            en = "There is no unit {unit_id}."

        return UnitLost

    (found,) = names.careless_refusals([a_refusal(), a_refusal()])
    assert "the same code unit-lost" in found
