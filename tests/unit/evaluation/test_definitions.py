"""What an indicator means, in editions, and how values cross from one to another."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.definitions.bridging import Bridge, BridgeKind, bridged
from evaluation.definitions.domain import define, redefine
from evaluation.definitions.formula import FormulaHasNoValue, codes_in, value_of
from evaluation.definitions.kinds import Accumulation, Dimension, Kind, ValueSource
from evaluation.definitions.refusals import (
    BridgeBetweenKinds,
    BridgeIncomplete,
    EditionNotLater,
    EditionSaysNothingNew,
    FormulaNamesItself,
    FormulaUnreadable,
    LevelRepeated,
    NothingToAccumulate,
    NothingToBreakDown,
    ScaleMisplaced,
    SourceIncomplete,
)
from evaluation.seed import _rows, definitions_in
from shared.errors import Refusal
from tests.support.definitions import SCALE, VALID_FROM, a_content

SAME = Bridge(kind=BridgeKind.SAME)
BROKEN = Bridge(kind=BridgeKind.NOT_COMPARABLE)
QUANTITIES = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2)


def a_linear(factor: str, offset: str = "0") -> Bridge:
    return Bridge(kind=BridgeKind.LINEAR, factor=Decimal(factor), offset=Decimal(offset))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("UOZ_N / VPM_N", "2.5"),
        ("(UOZ_N - VPM_N) * 100 / UOZ_N", "60"),
        ("-UOZ_N + 1.5", "-8.5"),
        ("UOZ_N / 3", "3.333333"),
        (" UOZ_N ", "10"),
    ],
)
def test_a_formula_counts_in_decimals(formula: str, value: str) -> None:
    found = value_of(formula, {"UOZ_N": Decimal(10), "VPM_N": Decimal(4)})
    assert found == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "UOZ_N ** 9",
        "__import__('os')",
        "UOZ_N.real",
        "UOZ_N // 2",
        "ABS(UOZ_N)",
        "1E9",
        "1_000",
        "0X1F",
        "UOZ_N UOZ_N",
        "lambda: 1",
        "UOZ_N\n+1",
        "(" * 90 + "1" + ")" * 90 + "+",
        "-" * 60 + "1",
        "A" * 301,
        "\0",
        "[UOZ_N]",
    ],
)
def test_a_formula_that_is_more_than_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(FormulaUnreadable):
        codes_in(formula)


@pytest.mark.parametrize("formula", ["A / B", "A * 100000000000"])
def test_a_formula_without_a_sensible_value_has_none(formula: str) -> None:
    with pytest.raises(FormulaHasNoValue):
        value_of(formula, {"A": Decimal(9999), "B": Decimal(0)})


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(formula: str) -> None:
    try:
        codes = codes_in(formula)
    except FormulaUnreadable:
        return
    assert all(code in formula for code in codes)


def test_a_new_edition_leaves_the_old_one_as_it_was() -> None:
    first = define("X", a_content(), valid_from=VALID_FROM, reason="")
    second = redefine(
        first, a_content(unit="byty"), valid_from=date(2026, 1, 1), reason="Metodika", bridge=SAME
    )
    assert second.editions[0] == first.newest
    assert (second.newest.edition, second.version) == (2, 2)
    assert [second.on(day).edition for day in (date(1999, 1, 1), date(2025, 12, 31), date(2026, 1, 1))] == [
        1,
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": Kind.ORDINAL}, ScaleMisplaced),
        ({"levels": SCALE}, ScaleMisplaced),
        ({"kind": Kind.ORDINAL, "levels": (SCALE[0], SCALE[0])}, LevelRepeated),
        ({"kind": Kind.SHARE, "accumulation": Accumulation.INCREMENTAL}, NothingToAccumulate),
        ({"value_source": ValueSource.FORMULA}, SourceIncomplete),
        ({"formula": "A + B"}, SourceIncomplete),
        ({"value_source": ValueSource.TABLE, "formula": "A"}, SourceIncomplete),
        ({"value_source": ValueSource.FORMULA, "formula": "X + 1"}, FormulaNamesItself),
        ({"kind": Kind.QUALITATIVE, "dimensions": (Dimension.SEX,)}, NothingToBreakDown),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(
    changes: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        define("X", a_content(**changes), valid_from=VALID_FROM, reason="")


@pytest.mark.parametrize(
    ("changes", "valid_from", "bridge", "refusal"),
    [
        ({"unit": "byty"}, VALID_FROM, SAME, EditionNotLater),
        ({}, date(2026, 1, 1), SAME, EditionSaysNothingNew),
        ({"unit": "byty"}, date(2026, 1, 1), Bridge(kind=BridgeKind.LINEAR), BridgeIncomplete),
        ({"unit": "byty"}, date(2026, 1, 1), a_linear("0"), BridgeIncomplete),
        (
            {"unit": "byty"},
            date(2026, 1, 1),
            Bridge(kind=BridgeKind.SAME, factor=Decimal(2)),
            BridgeIncomplete,
        ),
        ({"kind": Kind.ORDINAL, "levels": SCALE}, date(2026, 1, 1), SAME, BridgeBetweenKinds),
        ({"kind": Kind.QUALITATIVE}, date(2026, 1, 1), a_linear("2"), BridgeBetweenKinds),
    ],
)
def test_an_edition_comes_later_says_something_new_and_tells_how_old_values_read(
    changes: dict[str, object], valid_from: date, bridge: Bridge, refusal: type[Refusal]
) -> None:
    first = define("X", a_content(), valid_from=VALID_FROM, reason="")
    with pytest.raises(refusal):
        redefine(first, a_content(**changes), valid_from=valid_from, reason="Metodika", bridge=bridge)


def test_values_cross_all_editions_between_and_a_break_stops_them() -> None:
    bridges = {2: a_linear("2", "1"), 3: SAME, 4: BROKEN}
    assert bridged(Decimal(10), since=1, until=3, bridges=bridges) == 21
    assert bridged(Decimal(21), since=3, until=1, bridges=bridges) == 10
    assert bridged(Decimal(10), since=3, until=4, bridges=bridges) is None
    assert bridged(Decimal(10), since=4, until=1, bridges=bridges) is None
    assert bridged(Decimal(10), since=4, until=4, bridges=bridges) == 10


@given(QUANTITIES, st.sampled_from(["0.5", "2", "-4", "100"]), QUANTITIES)
def test_what_crossed_a_bridge_comes_back_as_it_was(value: Decimal, factor: str, offset: Decimal) -> None:
    bridges = {2: Bridge(kind=BridgeKind.LINEAR, factor=Decimal(factor), offset=offset)}
    there = bridged(value, since=1, until=2, bridges=bridges)
    assert there is not None
    assert bridged(there, since=2, until=1, bridges=bridges) == value


def test_the_catalogue_holds_the_indicators_of_the_field() -> None:
    found = {each.code: each.newest.content for each in definitions_in(_rows("indicators"))}
    plan_level = [code for code in found if code.startswith("P") and code[1:3].isdigit()]
    assert len({code[:3] for code in plan_level}) == 34
    assert Counter(code.startswith("ESF_") for code in found)[True] == 15
    assert all(codes_in(each.formula) <= found.keys() for each in found.values() if each.formula)
    assert found["ESF_600000"].accumulation is Accumulation.CUMULATIVE
    assert found["ISV"].kind is Kind.RATIO
