"""What goes out as a file comes back as it was; what was changed in it is told cell by cell."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.plans.edition import Edition, placed_nodes
from planning.plans.tree import NodeKind
from planning.reading import read_workbook
from planning.workbooks.cells import Unreadable, day, number, parsed, says_the_same
from planning.workbooks.domain import Place
from planning.workbooks.flat import csv_of
from planning.workbooks.refusals import WorkbookWithoutOrigin
from planning.workbooks.schemas import Judged
from planning.workbooks.spreadsheet import workbook_of
from shared.contracts.planning import PlanKind
from shared.csv_files import Delimiter
from shared.errors import Invalid
from tests.support.odd_editions import odd_editions
from tests.support.plan_content import FROM, UNTIL, an_id, an_indicator, the_goal, the_measure, the_problem
from tests.support.plan_files import ABOUT, Sheets, judged_csv, judged_workbook, saved_elsewhere
from tests.support.workbooks import (
    a_bomb,
    a_lying_bomb,
    an_old_xls,
    encrypted,
    from_corner_to_corner,
    with_entities,
    with_formulas,
    with_merged_cells,
)


def an_edition(**measure: object) -> Edition:
    goal = the_goal(measures=(the_measure(**measure),))
    problems = (the_problem(goals=(goal,)),)
    return Edition(
        title="Plán", vision="", unit_ids=(), valid_from=FROM, valid_until=UNTIL, problems=problems
    )


def sheets_of(edition: Edition, *, language: str = "cs") -> Sheets:
    return read(workbook_of(PlanKind.PSZ, edition, ABOUT, language=language))


def read(content: bytes) -> Sheets:
    return asyncio.run(read_workbook(content))


def problems_of(found: Judged) -> list[tuple[str, str, str]]:
    return [(each.place.sheet, each.place.cell, each.code) for each in found.problems]


@settings(max_examples=10, deadline=None)
@given(edition=odd_editions(), language=st.sampled_from(("cs", "en")))
def test_a_workbook_that_nobody_touched_changes_nothing(edition: Edition, language: str) -> None:
    found = judged_workbook(edition, sheets_of(edition, language=language))
    assert found.problems == []
    assert found.accepted().difference.is_empty
    assert found.accepted().edition == edition


@settings(max_examples=20, deadline=None)
@given(edition=odd_editions(), language=st.sampled_from(("cs", "en")), delimiter=st.sampled_from(Delimiter))
def test_a_flat_table_that_nobody_touched_changes_nothing(
    edition: Edition, language: str, delimiter: Delimiter
) -> None:
    if not placed_nodes(edition):
        with pytest.raises(WorkbookWithoutOrigin):
            judged_csv(edition, language=language, delimiter=delimiter)
        return
    found = judged_csv(edition, language=language, delimiter=delimiter)
    assert found.problems == []
    assert found.accepted().edition == edition


@pytest.mark.parametrize("as_text", [True, False])
def test_what_other_programs_save_says_the_same(*, as_text: bool) -> None:
    exact = an_indicator(21, baseline=Decimal("0.10"), target=Decimal("12345678901234.123456"))
    edition = an_edition(cost_czk=Decimal("1234567.89"), indicators=(exact,))
    found = judged_workbook(edition, read(saved_elsewhere(sheets_of(edition), as_text=as_text)))
    assert found.problems == []
    assert found.accepted().difference.is_empty


def test_the_same_plan_is_the_same_file_and_no_text_in_it_is_a_formula() -> None:
    edition = an_edition(title="=cmd|' /C calc'!A0")
    files = {workbook_of(PlanKind.PSZ, edition, ABOUT, language="cs") for _ in range(2)}
    assert len(files) == 1
    assert sheets_of(edition)["Opatření"][1][4] == "=cmd|' /C calc'!A0"
    table = csv_of(PlanKind.PSZ, edition, ABOUT, delimiter=Delimiter.SEMICOLON, language="cs")
    assert ";'=cmd|' /C calc'!A0;" in table.decode("utf-8-sig")


def test_changed_cells_new_rows_and_cleared_rows_are_one_change() -> None:
    edition = an_edition()
    sheets = sheets_of(edition)
    sheets["Opatření"][1][4:6] = ["Nové jméno", "Popis"]
    sheets["Opatření"].append([None, "nové", "1.1", Decimal("0.5"), "První opatření", None, "Spolek"])
    sheets["Aktivity"].append([None, None, "nové", None, "Výběr bytů", None, "30. 6. 2027"])
    sheets["Rozpočet"][1][4:] = [None] * 5
    difference = judged_workbook(edition, sheets).accepted().difference
    assert [(each.kind, each.number, each.title) for each in difference.added] == [
        (NodeKind.MEASURE, "1.1.1", "První opatření"),
        (NodeKind.ACTIVITY, "1.1.1.1", "Výběr bytů"),
    ]
    assert [each.id for each in difference.removed] == [an_id(30)]
    assert difference.moved == ()
    changed = {change.field: change.after for each in difference.changed for change in each.changes}
    assert changed == {"title": "Nové jméno", "description": "Popis"}


def test_another_order_and_another_parent_move_a_node() -> None:
    first, second = the_measure(), the_measure(id=an_id(4), title="Druhé", indicators=(), budget=())
    goals = (the_goal(measures=(first, second)), the_goal(id=an_id(5), indicators=(), measures=()))
    edition = replace(an_edition(), problems=(the_problem(goals=goals),))
    sheets = sheets_of(edition)
    sheets["Opatření"][1][3] = Decimal("2.5")
    reordered = judged_workbook(edition, sheets).accepted().difference
    assert [each.number for each in reordered.moved] in (["1.1.1"], ["1.1.2"])
    sheets["Opatření"][1][2] = "1.2"
    moved = judged_workbook(edition, sheets).accepted().difference
    assert [(each.id, each.number_before, each.number) for each in moved.moved] == [
        (first.id, "1.1.1", "1.2.1")
    ]


WRONG: dict[str, tuple[Callable[[Sheets], object], list[tuple[str, str, str]]]] = {
    "a date that is none": (
        lambda s: s["Cíle"][1].__setitem__(6, "příští jaro"),
        [("Cíle", "G2", "day-expected")],
    ),
    "an id of another plan": (
        lambda s: s["Cíle"][1].__setitem__(0, str(UUID(int=77))),
        [("Cíle", "A2", "id-unknown")],
    ),
    "an id of another kind": (
        lambda s: s["Problémy"].append([str(an_id(2)), "2", None, "BYD", "Další"]),
        [("Problémy", "A3", "id-unknown")],
    ),
    "an id twice": (
        lambda s: s["Cíle"].append([*s["Cíle"][1][:1], "x", *s["Cíle"][1][2:]]),
        [("Cíle", "A3", "id-twice")],
    ),
    "a parent that is not there": (
        lambda s: s["Aktivity"].append([None, None, "9.9.9", None, "Nikam"]),
        [("Aktivity", "C2", "parent-unknown")],
    ),
    "no parent": (
        lambda s: s["Aktivity"].append([None, None, None, None, "Nikam"]),
        [("Aktivity", "C2", "parent-missing")],
    ),
    "two rows of one number": (
        lambda s: s["Cíle"].append([None, "1.1", "1", None, "Druhý"]),
        [("Indikátory", "C2", "parent-ambiguous"), ("Opatření", "C2", "parent-ambiguous")],
    ),
    "a word that is not on the list": (
        lambda s: s["Indikátory"][1].__setitem__(6, "dolů"),
        [("Indikátory", "G2", "choice-unknown")],
    ),
    "no title": (lambda s: s["Opatření"][1].__setitem__(4, None), [("Opatření", "E2", "value-missing")]),
    "a text too long": (
        lambda s: s["Problémy"][1].__setitem__(5, "x" * 30_000),
        [("Problémy", "F2", "value-too-long")],
    ),
    "money below nothing": (
        lambda s: s["Rozpočet"][1].__setitem__(7, Decimal(-1)),
        [("Rozpočet", "H2", "value-out-of-range")],
    ),
    "half a person": (
        lambda s: s["Problémy"][1].__setitem__(9, Decimal("1.5")),
        [("Problémy", "J2", "whole-number-expected")],
    ),
    "an order that is no number": (
        lambda s: s["Cíle"][1].__setitem__(3, "první"),
        [("Cíle", "D2", "order-not-a-number")],
    ),
    "NUL in a text": (
        lambda s: s["Cíle"][1].__setitem__(5, "a\0b"),
        [("Cíle", "F2", "text-not-storable")],
    ),
    "a value beside the table": (
        lambda s: s["Rizika"].append([*[None] * 20, "poznámka"]),
        [("Rizika", "U2", "value-without-heading")],
    ),
    "a sheet that is gone": (lambda s: s.pop("Rizika"), [("Rizika", "", "sheet-missing")]),
    "a heading that is gone": (
        lambda s: s["Cíle"][0].__setitem__(0, None),
        [("Cíle", "A1", "heading-missing")],
    ),
    "a heading that is strange": (
        lambda s: s["Rizika"][0].append("Barva"),
        [("Rizika", "I1", "heading-unknown")],
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_cell(
    spoil: Callable[[Sheets], object], expected: list[tuple[str, str, str]]
) -> None:
    sheets = sheets_of(an_edition())
    spoil(sheets)
    found = judged_workbook(an_edition(), sheets)
    assert set(expected) <= set(problems_of(found))
    assert found.change is None


def test_a_workbook_of_unknown_origin_is_refused() -> None:
    sheets = sheets_of(an_edition())
    sheets["Plán"][1][1] = "nevím"
    with pytest.raises(WorkbookWithoutOrigin):
        judged_workbook(an_edition(), sheets)


def test_a_column_that_is_not_sent_leaves_the_field_as_it_is() -> None:
    edition = an_edition(description="Zůstane")
    sheets = sheets_of(edition)
    for row in sheets["Opatření"]:
        del row[5]
    assert judged_workbook(edition, sheets).accepted().difference.is_empty


def test_cells_are_read_as_people_type_them() -> None:
    assert number("1 234,50 Kč") == Decimal("1234.50")
    assert [day("2027-06-30"), day("30.6.2027"), day(Decimal(46568))] == ["2027-06-30"] * 3
    assert parsed(NodeKind.MEASURE, "partners", "Spolek; Charita ;") == ["Spolek", "Charita"]
    assert parsed(NodeKind.INDICATOR, "direction", "DECREASE") == "decrease"
    assert parsed(NodeKind.PROBLEM, "area", "byd – bydlení") == "BYD"
    assert says_the_same("a\nb", "a\r\nb")
    for odd in ("1.234,5", "1e400", "NaN", "∞", "1" * 99):
        with pytest.raises(Unreadable):
            number(odd)
    for no_day in ("31. 2. 2027", Decimal("0.5"), Decimal(10) ** 12, "06/30/2027"):
        with pytest.raises(Unreadable):
            day(no_day)


def test_cells_are_named_as_spreadsheets_name_them() -> None:
    assert [Place(row=3, column=column).cell for column in (0, 25, 26, 701, 702)] == [
        *("A3", "Z3", "AA3", "ZZ3", "AAA3"),
    ]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (a_bomb, "workbook-too-large"),
    "a bomb that lies": (a_lying_bomb, "workbook-too-large"),
    "corner to corner": (from_corner_to_corner, "workbook-too-large"),
    "entities": (with_entities, "workbook-not-readable"),
    "formulas": (lambda: with_formulas([["a"]]), "workbook-has-formulas"),
    "merged cells": (lambda: with_merged_cells([["a", "b"]]), "workbook-has-merged-cells"),
    "a password": (encrypted, "workbook-encrypted"),
    "the old form": (an_old_xls, "workbook-too-old"),
    "half a file": (lambda: workbook_of(PlanKind.PSZ, an_edition(), ABOUT, language="cs")[:5_000],
                    "workbook-not-readable"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_workbooks_are_refused_with_a_reason(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(make())
    assert refused.value.code == code
