"""What changed between two editions of a plan: complete, exact, and no more than what changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings

from planning.plans.budget import cost_of
from planning.plans.comparison import compare
from planning.plans.difference import SCHEMA, apply, as_content
from planning.plans.edition import Edition, branches_of, own_fields, placed_nodes, put_together, take_apart
from planning.plans.tree import Goal, Measure, NodeKind, Problem
from shared.canonical import canonical_json
from tests.support.editions import an_id, an_indicator, editions, every_measure
from tests.support.plan_content import a_line


def a_measure(number: int, **changes: object) -> Measure:
    return Measure(**{"id": an_id(NodeKind.MEASURE, number), "title": f"Opatření {number}", **changes})  # type: ignore[arg-type]


def an_edition(*measures: Measure, **changes: object) -> Edition:
    goals = (Goal(id=an_id(NodeKind.GOAL, 1), title="Cíl", measures=measures),)
    values: dict[str, object] = {
        "title": "Plán",
        "vision": "",
        "unit_ids": (UUID(int=1),),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2030, 12, 31),
        "problems": (Problem(id=an_id(NodeKind.PROBLEM, 1), area="DLU", title="Dluhy", goals=goals),),
    }
    return Edition(**{**values, **changes})  # type: ignore[arg-type]


@settings(max_examples=200)
@given(before=editions(), after=editions())
def test_a_difference_applied_to_the_first_edition_is_the_second(before: Edition, after: Edition) -> None:
    assert apply(compare(before, after), before) == after


@settings(max_examples=30)
@given(edition=editions())
def test_an_edition_does_not_differ_from_itself(edition: Edition) -> None:
    found = compare(edition, edition)
    assert found.is_empty
    assert (len(found.costs), len(found.budget), len(found.targets)) == (0, 0, 0)
    assert found.total.delta == Decimal(0)


@settings(max_examples=30)
@given(edition=editions())
def test_a_tree_taken_apart_is_put_together_again(edition: Edition) -> None:
    loose, order = take_apart(edition)
    assert put_together(replace(edition, problems=()), loose, order) == edition


@settings(max_examples=30)
@given(before=editions(), after=editions())
def test_nothing_is_told_twice_and_nothing_left_out(before: Edition, after: Edition) -> None:
    found = compare(before, after)
    added, removed = {each.id for each in found.added}, {each.id for each in found.removed}
    moved, changed = {each.id for each in found.moved}, {each.id for each in found.changed}
    old, new = placed_nodes(before), placed_nodes(after)
    assert (added, removed) == (new.keys() - old.keys(), old.keys() - new.keys())
    assert moved | changed <= old.keys() & new.keys()
    assert all(change.before != change.after for each in found.changed for change in each.changes)


@settings(max_examples=30)
@given(before=editions(), after=editions())
def test_the_way_back_undoes_the_way_there(before: Edition, after: Edition) -> None:
    there, back = compare(before, after), compare(after, before)
    assert {each.id for each in there.added} == {each.id for each in back.removed}
    assert (there.total.before, there.total.delta) == (back.total.after, -back.total.delta)


@settings(max_examples=30)
@given(before=editions(), after=editions())
def test_costs_are_exact_sums_over_the_sources(before: Edition, after: Edition) -> None:
    found = compare(before, after)
    assert found.total.delta == sum((cost.delta for cost in found.costs), Decimal(0))
    assert found.total.after == sum((cost_of(m) or Decimal(0) for m in every_measure(after)), Decimal(0))


def test_a_measure_with_budget_lines_costs_what_they_make() -> None:
    lines = (a_line(1, amount_czk=Decimal(700)), a_line(2, amount_czk=Decimal(500)))
    before = an_edition(a_measure(1, cost_czk=Decimal(1000), funding_source="OPZ+"))
    after = an_edition(a_measure(1, cost_czk=Decimal(1000), funding_source="OPZ+", budget=lines))
    found = compare(before, after)
    assert (found.total.before, found.total.after) == (Decimal(1000), Decimal(1200))
    assert [(each.funding_source, each.delta) for each in found.costs] == [("OPZ+", Decimal(200))]


@settings(max_examples=30)
@given(edition=editions())
def test_who_only_made_room_for_others_did_not_move(edition: Edition) -> None:
    shifted = replace(
        edition, problems=(Problem(id=UUID(int=9999), area="BYD", title="Nový"), *edition.problems)
    )
    found = compare(edition, shifted)
    assert [each.id for each in found.added] == [UUID(int=9999)]
    assert (found.moved, found.changed, found.removed) == ((), (), ())


def test_of_two_measures_that_swap_one_moved() -> None:
    one, two = a_measure(1), a_measure(2)
    [moved] = compare(an_edition(one, two), an_edition(two, one)).moved
    assert (moved.number_before, moved.number) in {("1.1.2", "1.1.1"), ("1.1.1", "1.1.2")}


def test_a_measure_under_another_goal_moved_with_all_that_hangs_on_it() -> None:
    measure = a_measure(1, indicators=(an_indicator(),))
    before = an_edition(measure)
    there = Goal(id=an_id(NodeKind.GOAL, 2), title="Druhý cíl", measures=(measure,))
    [problem] = before.problems
    [goal] = problem.goals
    after = replace(before, problems=(replace(problem, goals=(replace(goal, measures=()), there)),))
    found = compare(before, after)
    assert [(each.number_before, each.number) for each in found.moved] == [("1.1.1", "1.2.1")]
    assert [each.id for each in found.added] == [there.id]
    assert apply(found, before) == after


def test_a_number_written_with_more_digits_is_a_change() -> None:
    before = an_edition(a_measure(1, indicators=(an_indicator(target=Decimal("41.5")),)))
    after = an_edition(a_measure(1, indicators=(an_indicator(target=Decimal("41.50")),)))
    [changed] = compare(before, after).changed
    assert [str(change.after) for change in changed.changes] == ["41.50"]


def test_a_target_in_another_unit_has_no_delta() -> None:
    def with_target(target: int, unit: str) -> Edition:
        return an_edition(a_measure(1, indicators=(an_indicator(target=Decimal(target), unit=unit),)))

    [same] = compare(with_target(75, "%"), with_target(80, "%")).targets
    [other] = compare(with_target(75, "%"), with_target(80, "osoby")).targets
    assert (same.delta, other.delta) == (Decimal(5), None)


def test_the_machine_readable_form_is_small_and_names_its_schema() -> None:
    before = an_edition(a_measure(1, cost_czk=Decimal("350000.00"), funding_source="OPZ+"), a_measure(2))
    after = an_edition(
        a_measure(1, cost_czk=Decimal("420000.00"), funding_source="OPZ+"), a_measure(3), title="Plán II"
    )
    content = as_content(compare(before, after), **{"from": 1, "to": 2})
    assert (content["schema"], content["from"], content["to"]) == (SCHEMA, 1, 2)
    assert content["head"] == [{"field": "title", "before": "Plán", "after": "Plán II"}]
    assert content["added"] == [
        {
            "id": str(an_id(NodeKind.MEASURE, 3)),
            "kind": "measure",
            "number": "1.1.2",
            "title": "Opatření 3",
            "parent_id": str(an_id(NodeKind.GOAL, 1)),
            "position": 2,
            "values": {"title": "Opatření 3"},
        }
    ]
    assert content["costs"] == [
        {"funding_source": "OPZ+", "before": "350000.00", "after": "420000.00", "delta": "70000.00"}
    ]
    assert len(canonical_json(content)) < 1500


def test_what_hangs_on_a_node_is_read_off_its_annotations() -> None:
    assert set(branches_of(NodeKind.MEASURE)) >= {"indicators", "activities"}
    assert "partners" in own_fields(NodeKind.MEASURE)
    assert {"id", "indicators"}.isdisjoint(own_fields(NodeKind.MEASURE))
