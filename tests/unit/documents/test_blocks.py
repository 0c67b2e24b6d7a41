"""Blocks and how they are laid out: levels, scales, widths."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.papers.blocks import ChartKind, Column, Heading, Language, Series, Table
from documents.rendering.axis import HEIGHT, axis_over
from documents.rendering.layout import TEXT_WIDTH, chart_view, fits, levelled, widths_of
from documents.rendering.typography import number_text, paragraphs
from tests.support.papers import a_chart

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def test_a_row_with_too_few_cells_is_no_table() -> None:
    with pytest.raises(ValueError, match="1 cells in 2 columns"):
        Table(columns=(Column(title="a"), Column(title="b")), rows=(("jen jedna",),))


def test_a_series_with_too_few_values_is_no_chart() -> None:
    with pytest.raises(ValueError, match="1 values under 3 labels"):
        a_chart(series=(Series(name="krátká", values=(Decimal(1),)),))


def test_a_heading_of_which_nothing_is_shown_is_none() -> None:
    texts = ((1, "\u200b"), (2, "b"), (2, " \n"), (3, "d"))
    headings = (Heading(level=level, text=text) for level, text in texts)
    assert list(levelled(headings)) == [Heading(level=1, text="b"), Heading(level=2, text="d")]


@given(st.lists(st.integers(1, 4), max_size=20))
def test_no_level_of_headings_is_skipped(levels: list[int]) -> None:
    shown = list(levelled(Heading(level=level, text="x") for level in levels))
    found = [block.level for block in shown if isinstance(block, Heading)]
    assert len(found) == len(levels)
    assert all(level <= before + 1 for before, level in zip([0, *found], found, strict=False))


@given(values=st.lists(VALUES, min_size=1, max_size=12), from_zero=st.booleans())
def test_all_values_lie_on_the_scale_between_round_numbers(*, values: list[Decimal], from_zero: bool) -> None:
    axis = axis_over(values, from_zero=from_zero)
    assert 2 <= len(axis.ticks) <= 9
    assert all(0 <= axis.place(value) <= HEIGHT for value in values)
    steps = {after - before for before, after in zip(axis.ticks, axis.ticks[1:], strict=False)}
    assert len(steps) == 1
    assert steps.pop().normalize().as_tuple().digits in {(1,), (2,), (5,)}


def test_bars_stand_on_zero_and_gaps_stay_gaps() -> None:
    view = chart_view(a_chart(kind=ChartKind.BARS), Language.CS)
    series = view["series"]
    assert isinstance(series, list)
    assert series[0]["values"][2] is None
    assert axis_over([Decimal(990), Decimal(1000)]).ticks[0] == 0


def test_a_chart_of_nothing_has_a_scale_too() -> None:
    assert axis_over([None, None]).ticks[0] == 0


@given(st.lists(st.one_of(st.none(), st.integers(5, 120)), min_size=1, max_size=12))
def test_columns_never_stick_out_of_the_page(widths: list[int | None]) -> None:
    columns = [Column(title="x", width_mm=width) for width in widths]
    found = widths_of(columns, text_width=TEXT_WIDTH)
    assert sum(found) <= TEXT_WIDTH
    assert all(width > 0 for width in found)


def test_a_row_with_a_long_text_may_be_broken_between_pages() -> None:
    assert fits(("krátký", "text"))
    assert not fits(("krátký", "ž" * 501))


def test_numbers_are_written_as_the_language_does() -> None:
    assert number_text(Decimal("-1234567.50"), "cs") == "−1 234 567,5".replace(" ", "\N{NO-BREAK SPACE}")
    assert number_text(Decimal("-1234567.50"), "en") == "−1,234,567.5"


def test_english_keeps_its_articles_loose() -> None:
    assert paragraphs("a plan v obci", "en") == ["a plan v obci"]
    assert paragraphs("a plan v obci") == ["a\N{NO-BREAK SPACE}plan v\N{NO-BREAK SPACE}obci"]
