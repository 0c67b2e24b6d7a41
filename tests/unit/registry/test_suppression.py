"""Which cells of a table are hidden: the small ones, others that would tell them, and no more."""

import asyncio

import numpy as np
import pytest

from registry.disclosure.lattice import Dimension, crossed
from registry.disclosure.protection import Protected, protect
from registry.disclosure.system import Mark, Released
from registry.disclosure.use_cases import protect_table
from tests.support.adversary import a_cross, a_row, released

PUBLISHED, BELOW, HIDDEN = Mark.PUBLISHED, Mark.BELOW, Mark.HIDDEN


def marks(protected: Protected) -> dict[str, Mark]:
    cells = zip(protected.table.cells, protected.marks.tolist(), strict=True)
    return {"/".join(at): Mark(mark) for at, mark in cells}


def test_counts_from_one_to_k_less_one_are_hidden_zero_and_k_are_shown() -> None:
    found = marks(protect(a_row(0, 1, 4, 5, 90, total=False), 5))
    assert list(found.values()) == [PUBLISHED, BELOW, BELOW, PUBLISHED, PUBLISHED]


@pytest.mark.parametrize("counts", [(0, 0, 0), (7, 0, 12), (5, 5, 5)])
def test_a_table_without_small_counts_hides_nothing(counts: tuple[int, ...]) -> None:
    protected = protect(a_row(*counts, groups={"both": [0, 1]}), 5)
    assert not protected.marks.any()
    assert (protected.loss, protected.complementary) == (0.0, 0)


def test_one_small_count_in_a_sum_hides_the_cheapest_other_that_is_large_enough() -> None:
    found = marks(protect(a_row(2, 900, 40, 5), 5))
    assert found == {"0": BELOW, "1": PUBLISHED, "2": HIDDEN, "3": PUBLISHED, "total": PUBLISHED}


def test_small_counts_that_leave_each_other_open_need_nobody_else() -> None:
    found = marks(protect(a_row(1, 4, 3, 2, 800), 5))
    assert [found["4"], found["total"]] == [PUBLISHED, PUBLISHED]


def test_two_small_counts_whose_sum_tells_too_much_need_a_third() -> None:
    assert protect(a_row(1, 1, 60), 5).complementary == 1


def test_a_sum_of_known_small_parts_is_hidden_without_its_size() -> None:
    found = marks(protect(a_row(1, 1, 1, 1, groups={"all": [0, 1, 2, 3]}, total=False), 5))
    assert found["all"] is HIDDEN


def test_a_single_part_above_zero_makes_its_sum_as_small_as_itself() -> None:
    found = marks(protect(a_row(3, 0, 50, groups={"pou": [0, 1], "other": [2]}), 5))
    assert found["0"] is BELOW
    assert found["pou"] is BELOW
    assert found["2"] is HIDDEN
    assert found["other"] is HIDDEN


def test_overlapping_sums_that_differ_by_one_small_count_are_not_both_shown() -> None:
    protected = protect(a_row(20, 30, 2, groups={"dso": [0, 1], "pou": [0, 1, 2]}, total=False), 5)
    found = marks(protected)
    assert HIDDEN in {found["dso"], found["pou"]} or found["0"] is HIDDEN
    assert protected.small.sum() == 1


def test_the_total_of_the_state_is_the_last_to_be_hidden() -> None:
    counts = np.tile([3, 70, 55, 120], 20)
    groups = {f"district {n}": list(range(4 * n, 4 * n + 4)) for n in range(20)}
    found = marks(protect(a_row(*counts.tolist(), groups=groups), 5))
    assert found["total"] is PUBLISHED
    assert all(found[name] is PUBLISHED for name in groups)


def test_rows_and_columns_are_protected_by_a_rectangle() -> None:
    protected = protect(a_cross([[3, 40, 60], [50, 30, 80], [90, 70, 20]]), 5)
    hidden = [at for at, mark in marks(protected).items() if mark is not PUBLISHED]
    assert len(hidden) == 4
    assert not any(at.split("/")[0] == "0" or at.split("/")[1] == "1" for at in hidden)


def test_three_dimensions_are_protected_by_a_cube() -> None:
    cube = np.full((3, 3, 3), 40)
    cube[0, 0, 0] = 2
    assert protect(a_cross(cube), 5).complementary == 7


def test_what_was_published_is_published_for_good_and_what_was_hidden_hidden() -> None:
    first = protect(a_row(3, 40, 60), 5)
    again = protect(a_row(3, 40, 60, groups={"both": [1, 2]}), 5, [released(first)])
    assert marks(first).items() <= marks(again).items()
    assert marks(again)["both"] is HIDDEN


def test_a_release_that_gave_a_small_count_away_is_told() -> None:
    table = a_row(3, 40, 60)
    gone = Released(table=table, marks=np.zeros(4, dtype=np.int8), k=5)
    protected = protect(table, 5, [gone])
    assert protected.exposed == (0,)
    assert marks(protected)["0"] is PUBLISHED


def test_a_revised_count_is_another_one() -> None:
    first = protect(a_row(3, 40, 60), 5)
    revised = protect(a_row(9, 41, 61), 5, [released(first)])
    assert not revised.marks.any()


def test_a_count_that_was_small_and_unchanged_stays_protected_beside_revised_ones() -> None:
    first = protect(a_row(3, 40, 60), 5)
    revised = marks(protect(a_row(3, 41, 60), 5, [released(first)]))
    assert revised["0"] is BELOW
    assert HIDDEN in {revised["1"], revised["2"]}


def test_ten_is_a_threshold_too() -> None:
    found = marks(protect(a_row(9, 10, 300), 10))
    assert [found["0"], found["1"], found["2"]] == [BELOW, HIDDEN, PUBLISHED]


def test_equal_tables_are_protected_equally() -> None:
    rng = np.random.default_rng(7)
    table = a_cross(rng.poisson(6, (12, 4)))
    first, second = protect(table, 5), protect(table, 5)
    assert np.array_equal(first.marks, second.marks)


def test_a_dimension_without_groups_and_an_empty_group_do_no_harm() -> None:
    dimension = Dimension(leaves=["a", "b"], groups={"nobody": [], "both": ["a", "b", "a"]})
    table = crossed([dimension], np.array([2, 50]))
    assert table.values.tolist() == [2, 50, 0, 52]
    assert marks(protect(table, 5))["nobody"] is PUBLISHED


def test_tables_that_wait_for_each_other_do_so_on_any_event_loop() -> None:
    async def three() -> list[Protected]:
        return await asyncio.gather(*(protect_table(a_row(9, 10, 300), 10, []) for _ in range(3)))

    found = [*asyncio.run(three()), *asyncio.run(three())]
    assert [marks(each)["0"] for each in found] == [BELOW] * 6
