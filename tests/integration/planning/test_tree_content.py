"""What a plan holds beside its old tree, written and read through the API."""

import json

from planning.plans.schemas import PlanOut
from tests.support.plan_content import a_budget_line, a_tree_with_parts
from tests.support.planning import (
    Json,
    a_draft,
    a_goal,
    a_measure,
    a_problem,
    a_tree,
    an_approved_plan,
    an_indicator,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR

OSTRAVA = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


async def test_parts_come_back_with_their_numbers_and_keep_their_ids(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    written = await plan.write_tree(a_tree_with_parts())
    assert written.status_code == 200, written.text
    first = (await plan.get(COORDINATOR)).json()
    measure = first["problems"][0]["goals"][0]["measures"][0]
    assert [line["number"] for line in measure["budget"]] == ["1.1.1-B1", "1.1.1-B2", "1.1.1-B3"]
    assert measure["projects"][0]["registration_number"] == "CZ.03.02.01/00/22_045/0001234"
    assert first["risks"][0]["number"] == "R1"
    sent_back = json.loads(
        json.dumps({field: first[field] for field in ("problems", "areas", "chapters", "risks")}),
        object_hook=lambda o: {k: v for k, v in o.items() if k != "number"},
    )
    assert (await plan.write_tree(sent_back)).status_code == 200
    second = (await plan.get(COORDINATOR)).json()
    assert (second["problems"], second["risks"]) == (first["problems"], first["risks"])


async def test_who_sends_the_old_tree_alone_leaves_risks_and_areas_as_they_are(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    await plan.write_tree(a_tree_with_parts())
    assert (await plan.write_tree(a_tree())).status_code == 200
    assert len((await plan.get(COORDINATOR)).json()["risks"]) == 1
    assert (await plan.write_tree({**a_tree(), "risks": []})).status_code == 200
    assert (await plan.get(COORDINATOR)).json()["risks"] == []


async def test_a_registration_number_of_another_programme_is_refused_at_its_place(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    project = {"title": "P", "programme": "IROP", "registration_number": "CZ.03.02.01/00/22_045/0001234"}
    tree = a_tree(a_problem(goals=[a_goal(measures=[a_measure(projects=[project])])]))
    refused = await plan.write_tree(tree)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/problems/0/goals/0/measures/0/projects/0"


async def test_the_approved_revision_holds_the_parts_in_the_second_form(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=a_tree_with_parts())
    text = (await plan.get(None, "/revisions/1")).json()
    assert text["schema"] == "pospolu.plan/2"
    measure = text["problems"][0]["goals"][0]["measures"][0]
    assert [line["amount_czk"] for line in measure["budget"]] == ["1062500.00", "125000.00", "62500.00"]
    assert text["risks"][0]["title"] == "Nebudou volné byty"


async def test_a_community_plan_has_the_nine_areas_of_ostrava_with_ten_managers(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning, kind="KPSS", valid_until="2029-12-31")
    areas: list[Json] = [
        {"code": code, "title": f"Oblast {code}", "managers": [f"Manažer PS {code}"]} for code in OSTRAVA
    ]
    areas[6]["managers"] = ["Centrum sociálních služeb", "Společně, z. s."]
    tree: Json = {"problems": [a_problem(area=code) for code in OSTRAVA], "areas": areas}
    assert (await plan.write_tree(tree)).status_code == 200
    shown = (await plan.get(COORDINATOR)).json()["areas"]
    assert [area["code"] for area in shown] == list(OSTRAVA)
    assert sum(len(area["managers"]) for area in shown) == 10
    found = (await plan.get(COORDINATOR, "/findings")).json()
    assert {each["rule"] for each in found["findings"]}.isdisjoint({"area-unknown", "area-without-manager"})


async def test_a_communication_plan_can_be_drafted_and_kinds_are_public(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning, kind="KOM")
    assert (await plan.get(COORDINATOR)).json()["kind"] == "KOM"
    async with planning.client() as client:
        kinds = {kind["code"]: kind for kind in (await client.get("/plan-kinds")).json()["items"]}
    assert [area["code"] for area in kinds["KPSS"]["areas"]] == list(OSTRAVA)
    assert len(kinds["SPRSS"]["chapters"]) == 5
    assert kinds["KPSS"]["longest_years"] == 10


async def test_a_plan_of_three_hundred_nodes_with_money_is_read_in_one_statement(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    measure = a_measure(
        budget=[a_budget_line(), a_budget_line(year=2027)],
        indicators=[an_indicator()],
        activities=[{"title": f"Aktivita {n}"} for n in range(3)],
    )
    goal = a_goal(measures=[measure, measure, measure], indicators=[an_indicator()])
    tree = a_tree(*[a_problem(goals=[goal, goal]) for _ in range(7)])
    assert (await plan.write_tree(tree)).status_code == 200
    with planning.counted_statements() as statements:
        answer = await plan.get(COORDINATOR)
    assert len(statements) == 1
    whole = PlanOut.model_validate_json(answer.content)
    measures = [m for p in whole.problems for g in p.goals for m in g.measures]
    nodes = len(measures) * (1 + 2 + 1 + 3) + 7 * 2 * 2 + 7
    assert (len(measures), nodes) == (42, 329)


async def test_the_budget_is_summed_by_year_source_and_category(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning, tree=a_tree_with_parts())
    budget = (await plan.get(None, "/budget")).json()
    assert (budget["total_czk"], budget["uncovered_czk"]) == ("1250000.00", "0.00")
    assert budget["by_year"] == [
        {"year": 2026, "amount_czk": "1062500.00"},
        {"year": 2027, "amount_czk": "187500.00"},
    ]
    assert [each["funder"] for each in budget["by_funder"]] == ["eu", "state", "municipality"]
    assert budget["measures"][0]["difference_czk"] == "0.00"
    table = await plan.get(None, "/budget.csv?delimiter=comma")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.content.decode("utf-8-sig").splitlines()) == 4
