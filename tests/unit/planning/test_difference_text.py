"""The difference of two editions as a council reads it, in Czech and in English."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings

from planning.plans.comparison import compare
from planning.plans.difference_text import Group, groups_of, text_of
from planning.plans.difference_words import FIELDS, KINDS, KINDS_OF_MANY
from planning.plans.edition import HEAD, Edition, own_fields
from planning.plans.tree import Activity, Goal, Measure, NodeKind, Problem
from tests.support.editions import an_id, an_indicator, editions

SPACE = "\N{NO-BREAK SPACE}"
UNIT = UUID(int=1)
ADVICE = Measure(
    id=an_id(NodeKind.MEASURE, 1),
    title="Dluhová poradna",
    cost_czk=Decimal("350000.00"),
    funding_source="OPZ+",
    indicators=(an_indicator(1, target=Decimal("41.50")),),
)
COURSE = Measure(id=an_id(NodeKind.MEASURE, 2), title="Kurz hospodaření")


def a_goal(number: int, *measures: Measure, title: str = "Méně exekucí") -> Goal:
    return Goal(id=an_id(NodeKind.GOAL, number), title=title, measures=measures)


def an_edition(*goals: Goal, **changes: object) -> Edition:
    problem = Problem(id=an_id(NodeKind.PROBLEM, 1), area="DLU", title="Předlužení", goals=goals)
    values: dict[str, object] = {
        "title": "Plán",
        "vision": "",
        "unit_ids": (UNIT,),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2030, 12, 31),
        "problems": (problem,),
    }
    return Edition(**{**values, **changes})  # type: ignore[arg-type]


def told(before: Edition, after: Edition, language: str = "cs") -> list[Group]:
    names = {UNIT: "Rumburk", UUID(int=2): "Staré Křečany"}
    return groups_of(compare(before, after), before, after, language=language, names=names)


def sentences(before: Edition, after: Edition, language: str = "cs") -> list[str]:
    found = [each for group in told(before, after, language) for each in group.sentences]
    return [each.replace(SPACE, " ") for each in found]


def test_a_rise_of_costs_is_told_as_a_council_reads_it() -> None:
    after = an_edition(a_goal(1, replace(ADVICE, cost_czk=Decimal("420000.00"))))
    before = an_edition(a_goal(1, ADVICE))
    assert sentences(before, after) == [
        "Opatření 1.1.1 „Dluhová poradna“: náklady se zvyšují z 350 000 Kč na 420 000 Kč.",
        "Náklady opatření celkem: z 350 000 Kč na 420 000 Kč (+70 000 Kč).",
        "Z toho OPZ+: z 350 000 Kč na 420 000 Kč (+70 000 Kč).",
    ]
    assert sentences(before, after, "en") == [
        "Measure 1.1.1 “Dluhová poradna”: the cost rises from CZK 350,000 to CZK 420,000.",
        "The cost of all measures: from CZK 350,000 to CZK 420,000 (+CZK 70,000).",
        "Of it OPZ+: from CZK 350,000 to CZK 420,000 (+CZK 70,000).",
    ]


def test_numbers_do_not_break_over_the_line() -> None:
    after = an_edition(a_goal(1, replace(ADVICE, cost_czk=Decimal("1250000.50"))))
    [sentence] = told(an_edition(a_goal(1, ADVICE)), after)[0].sentences
    assert f"1{SPACE}250{SPACE}000,50{SPACE}Kč" in sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "Poradna"}, "název se mění z „Dluhová poradna“ na „Poradna“"),
        ({"owner": "Město"}, "odpovědný subjekt se doplňuje: „Město“"),
        ({"funding_source": ""}, "zdroj financování se vypouští (dosud „OPZ+“)"),
        ({"starts_on": date(2026, 3, 1)}, "začátek se doplňuje: 1. 3. 2026"),
        ({"partners": ("Člověk v tísni", "Charita")}, "partneři se doplňují: „Člověk v tísni“, „Charita“"),
        ({"description": "x" * 200}, "„Dluhová poradna“: popis se doplňuje."),
    ],
)
def test_each_field_has_its_sentence(changes: dict[str, object], sentence: str) -> None:
    after = an_edition(a_goal(1, replace(ADVICE, **changes)))  # type: ignore[arg-type]
    assert sentence in sentences(an_edition(a_goal(1, ADVICE)), after)[0]


def test_a_target_that_falls_falls_and_a_date_changes() -> None:
    before = an_edition(a_goal(1, replace(ADVICE, indicators=(an_indicator(1, target=Decimal("41.50")),))))
    moved = an_indicator(1, target=Decimal(40), target_on=date(2029, 12, 31))
    after = an_edition(a_goal(1, replace(ADVICE, indicators=(moved,))))
    assert sentences(before, after) == [
        (
            "Indikátor 1.1.1-I1 „Udržené bydlení“: cílová hodnota se snižuje z 41,5 na 40;"
            " datum cílové hodnoty se doplňuje: 31. 12. 2029."
        )
    ]


def test_what_comes_and_goes_is_told_once_with_the_number_of_what_hangs_on_it() -> None:
    rich = replace(
        COURSE,
        indicators=(an_indicator(2), an_indicator(3)),
        activities=(Activity(id=an_id(NodeKind.ACTIVITY, 1), title="Lektor"),),
    )
    before, after = an_edition(a_goal(1, ADVICE)), an_edition(a_goal(1, ADVICE, rich))
    assert sentences(before, after) == [
        "Přidává se opatření 1.1.2 „Kurz hospodaření“ (indikátory: 2, aktivity: 1)."
    ]
    assert sentences(after, before) == [
        "Vypouští se opatření 1.1.2 „Kurz hospodaření“ (indikátory: 2, aktivity: 1)."
    ]


def test_a_move_under_another_goal_names_both_places() -> None:
    before = an_edition(a_goal(1, ADVICE, COURSE), a_goal(2, title="Více práce"))
    after = an_edition(a_goal(1, ADVICE), a_goal(2, COURSE, title="Více práce"))
    assert sentences(before, after) == [
        "Opatření 1.2.1 „Kurz hospodaření“ (dosud 1.1.2) se přesouvá pod cíl 1.2 „Více práce“."
    ]
    assert sentences(before, after, "en") == [
        "Measure 1.2.1 “Kurz hospodaření” (so far 1.1.2) moves under goal 1.2 “Více práce”."
    ]


def test_the_head_and_each_problem_have_a_heading_and_the_sums_come_last() -> None:
    before = an_edition(a_goal(1, ADVICE))
    after = an_edition(
        a_goal(1, replace(ADVICE, cost_czk=None)),
        title="Plán Šluknovska",
        unit_ids=(UNIT, UUID(int=2)),
        valid_until=date(2031, 12, 31),
    )
    groups = told(before, after)
    headings = [group.heading.replace(SPACE, " ") for group in groups]
    assert headings == ["Plán jako celek", "Problém 1 „Předlužení“", "Součty"]
    assert [each.replace(SPACE, " ") for each in groups[0].sentences] == [
        "Název se mění z „Plán“ na „Plán Šluknovska“.",
        "Územní celky se mění z Rumburk na Rumburk, Staré Křečany.",
        "Konec platnosti se mění z 31. 12. 2030 na 31. 12. 2031.",
    ]


def test_the_plain_text_has_a_line_for_each_sentence() -> None:
    before, after = an_edition(a_goal(1, ADVICE)), an_edition(a_goal(1, ADVICE, COURSE))
    text = text_of(told(before, after), title="Změny", nothing="Nic se nemění.").replace(SPACE, " ")
    assert text == ("Změny\n\nProblém 1 „Předlužení“\n– Přidává se opatření 1.1.2 „Kurz hospodaření“.\n")
    assert text_of([], title="Změny", nothing="Nic se nemění.") == "Změny\n\nNic se nemění.\n"


@settings(max_examples=50)
@given(before=editions(), after=editions())
def test_whatever_differs_has_a_sentence_and_nothing_else_has(before: Edition, after: Edition) -> None:
    assert bool(told(before, after)) == (not compare(before, after).is_empty)
    assert bool(told(before, after, "en")) == (not compare(before, after).is_empty)


def test_every_field_and_kind_has_its_words() -> None:
    fields = {name for kind in NodeKind for name in own_fields(kind)} | set(HEAD)
    assert fields - FIELDS.keys() == set()
    assert KINDS.keys() == KINDS_OF_MANY.keys() == set(NodeKind)
