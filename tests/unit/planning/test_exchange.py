"""The hierarchy of a plan as others know it: what goes out, what comes in, what stays ours."""

from typing import cast

import pytest
from hypothesis import given, settings

from planning.exchange.domain import HEAD, Mode, exchanged, tree_of
from planning.exchange.flat_form import table_of_hierarchy
from planning.exchange.xml_form import NAMESPACE, parsed_xml, xml_of
from planning.plans.edition import Edition, content_of, placed_nodes
from planning.workbooks.assembly import Assembled
from planning.workbooks.refusals import ContentMalformed
from planning.workbooks.schemas import Judged, judge
from planning.workbooks.use_cases import Base
from shared.canonical import plain
from shared.ids import uuid7
from tests.support.odd_editions import odd_editions
from tests.support.plan_content import FROM, UNTIL, the_goal, the_measure, the_problem
from tests.support.plan_files import ABOUT, a_plan_of

Json = dict[str, object]


def an_edition(**measure: object) -> Edition:
    goal = the_goal(measures=(the_measure(**measure),))
    return Edition(
        title="Plán", vision="", unit_ids=(), valid_from=FROM, valid_until=UNTIL,
        problems=(the_problem(goals=(goal,)),),
    )  # fmt: skip


def content(edition: Edition) -> Json:
    return cast(Json, plain(content_of(edition)))


def given_out(edition: Edition) -> Json:
    head = {name: plain(getattr(edition, name)) for name in HEAD}
    return exchanged(content(edition), head, cast(Json, plain(ABOUT)))


def taken_in(edition: Edition, whole: Json, *, mode: Mode, area: str | None = None) -> Judged:
    kinds = {node_id: placed.kind for node_id, placed in placed_nodes(edition).items()}
    base = Base(plan=a_plan_of(edition), edition=edition, kinds=kinds)
    tree = tree_of(whole, area=area, mode=mode, now=content(edition))
    return judge(base, Assembled(tree=tree), new_id=uuid7, language="cs")


@settings(max_examples=30, deadline=None)
@given(edition=odd_editions())
def test_what_was_given_out_in_place_of_itself_changes_nothing(edition: Edition) -> None:
    found = taken_in(edition, given_out(edition), mode=Mode.REPLACE)
    assert found.problems == []
    assert found.accepted().edition == edition


def test_xml_comes_back_as_it_went_out() -> None:
    edition = an_edition(title="Poradna & <Spolek>", description="dva\nřádky")
    document = xml_of(given_out(edition))
    assert b"<!DOCTYPE" not in document
    assert taken_in(edition, parsed_xml(document), mode=Mode.REPLACE).accepted().difference.is_empty


def test_numbers_follow_the_three_levels() -> None:
    document = xml_of(given_out(an_edition())).decode()
    for element in ('<priority id="00000000-0000-0000-0000-000000000001" number="1">', 'number="1.1">'):
        assert element in document
    rows = table_of_hierarchy(given_out(an_edition(title="=1+1"))).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("level;id;number;above;title;area;")
    assert [row.split(";")[::2][:2] for row in rows[1:4]] == [
        ["priority", "1"], ["specific-goal", "1.1"], ["indicator", "1.1-I1"],
    ]  # fmt: skip
    assert any(";'=1+1;" in row for row in rows)


def test_a_hierarchy_of_others_is_added_with_new_ids() -> None:
    edition = an_edition()
    others: Json = {
        "schema": "pospolu.strategy/1",
        "priorities": [
            {"id": "SC1", "title": "Dostupné bydlení", "specific_goals": [
                {"title": "Sociální byty", "measures": [
                    {"title": "Zákon", "responsible": "MMR", "activities": [{"title": "Návrh"}]}]}]}],
    }  # fmt: skip
    added = taken_in(edition, others, mode=Mode.APPEND, area="BYD").accepted().difference
    assert [(each.number, each.title) for each in added.added] == [
        ("2", "Dostupné bydlení"), ("2.1", "Sociální byty"), ("2.1.1", "Zákon"), ("2.1.1.1", "Návrh"),
    ]  # fmt: skip
    assert (added.removed, added.changed) == ((), ())
    without = taken_in(edition, others, mode=Mode.APPEND)
    assert [(each.place.pointer, each.code) for each in without.problems] == [
        ("/problems/1/area", "value-missing")
    ]


def strategy(inside: str) -> bytes:
    return f'<strategy xmlns="{NAMESPACE}">{inside}</strategy>'.encode()


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><strategy/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><strategy/>'.encode("utf-16"),
        b"<strategy/>",
        b"<strategy",
        strategy("<priority><title>a</title><title>b</title></priority>"),
        strategy("<priority>" * 9 + "</priority>" * 9),
    ],
)
def test_documents_that_are_none_are_refused(document: bytes) -> None:
    with pytest.raises(ContentMalformed):
        taken_in(an_edition(), parsed_xml(document), mode=Mode.APPEND)
