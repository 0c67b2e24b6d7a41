"""An adversary who has everything that was published tries to get the hidden counts back."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.disclosure.lattice import Table
from registry.disclosure.protection import Protected, protect
from tests.support.adversary import Adversary, a_cross, a_row, atoms_of, released

_K = st.integers(3, 6)


def _counts(length: int) -> st.SearchStrategy[list[int]]:
    count = st.one_of(st.just(0), st.integers(1, 6), st.integers(5, 60))
    return st.lists(count, min_size=length, max_size=length)


@st.composite
def rows_with_overlapping_sums(draw: st.DrawFn, *, most: int = 7) -> Table:
    counts = draw(st.integers(2, most).flatmap(_counts))
    members = st.sets(st.integers(0, len(counts) - 1), min_size=1).map(sorted)
    groups = draw(st.lists(members, max_size=4))
    return a_row(
        *counts, groups={f"group {n}": each for n, each in enumerate(groups)}, total=draw(st.booleans())
    )


@st.composite
def crossed_tables(draw: st.DrawFn) -> Table:
    shape = draw(st.sampled_from([(2, 2), (3, 2), (4, 3), (2, 2, 2), (3, 2, 2)]))
    return a_cross(np.array(draw(_counts(int(np.prod(shape))))).reshape(shape))


def _named_by_count(protected: Protected) -> Protected:
    """Rename the atoms: a revised count is another quantity, an equal one is taken for the same."""
    table = protected.table
    names = [f"{name}={count}" for name, count in zip(table.atoms, table.counts, strict=True)]
    return replace(protected, table=replace(table, atoms=names))


def _learnt(*releases: Protected) -> list[str]:
    """Return the small counts of which the adversary finds fewer than k − 1 values possible."""
    renamed = [_named_by_count(release) for release in releases]
    adversary = Adversary().reads(*renamed)
    found = []
    for release in renamed:
        values, k = release.table.values.tolist(), release.k
        found += [f"{release.table.cells[cell]} is given away" for cell in release.exposed]
        for cell in np.flatnonzero(release.small).tolist():
            atoms = atoms_of(release.table, cell)
            least, most = adversary.bounds(atoms)
            possible = adversary.possible(atoms, values[cell] + 2 * k)
            if most - least < k - 2 - 1e-6 or len(possible) < k - 1:
                found.append(f"{release.table.cells[cell]} is one of {possible} between {least} and {most}")
    return found


@settings(max_examples=60)
@given(rows_with_overlapping_sums(), _K)
def test_sums_that_overlap_tell_no_small_count(table: Table, k: int) -> None:
    assert _learnt(protect(table, k)) == []


@settings(max_examples=40)
@given(crossed_tables(), _K)
def test_totals_of_rows_columns_and_layers_tell_no_small_count(table: Table, k: int) -> None:
    assert _learnt(protect(table, k)) == []


@settings(max_examples=40)
@given(rows_with_overlapping_sums(), st.data(), _K)
def test_a_later_release_with_other_sums_and_revised_counts_tells_no_small_count(
    first: Table, data: st.DataObject, k: int
) -> None:
    length = len(first.counts)
    revised = data.draw(_counts(length))
    kept = data.draw(st.lists(st.booleans(), min_size=length, max_size=length))
    counts = [int(old) if keep else new for old, new, keep in zip(first.counts, revised, kept, strict=True)]
    members = st.sets(st.integers(0, length - 1), min_size=1).map(sorted)
    groups = {f"later {n}": each for n, each in enumerate(data.draw(st.lists(members, max_size=3)))}
    before = protect(first, k)
    after = protect(a_row(*counts, groups=groups), k, [released(before)])
    assert _learnt(before, after) == []


@settings(max_examples=40)
@given(st.integers(2, 4).flatmap(_counts), st.data())
def test_brute_force_finds_as_many_values_as_promised(counts: list[int], data: st.DataObject) -> None:
    k = 3
    small = [min(count, 8) for count in counts]
    members = st.sets(st.integers(0, len(small) - 1), min_size=1).map(sorted)
    groups = {f"{n}th": each for n, each in enumerate(data.draw(st.lists(members, max_size=3)))}
    protected = protect(a_row(*small, groups=groups), k)
    tables = list(Adversary().reads(protected).enumerate(highest=14))
    assert {name: int(c) for name, c in zip(protected.table.atoms, small, strict=True)} in tables
    for cell in np.flatnonzero(protected.small).tolist():
        atoms = atoms_of(protected.table, cell)
        assert len({sum(table[atom] for atom in atoms) for table in tables}) >= k - 1


@settings(max_examples=40)
@given(rows_with_overlapping_sums(), _K)
def test_nothing_is_hidden_without_a_small_count(table: Table, k: int) -> None:
    enough = replace(table, counts=np.where(table.counts > 0, table.counts + k, 0))
    assert not protect(enough, k).marks.any()


def test_the_adversary_finds_what_was_hidden_badly() -> None:
    table = a_row(3, 40, 60)
    careless = np.array([1, 0, 0, 0], dtype=np.int8)
    adversary = Adversary().reads_release(table, careless, 5)
    assert adversary.possible({"0"}, 10) == [3]
    assert adversary.bounds({"0"}) == (3, 3)
