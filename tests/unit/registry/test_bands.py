"""Tables of bands: sums, two means, sizes beside the bands, and the CSV of it all."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from registry.bands.domain import Cell, Group, Line, Table, table_of
from registry.bands.spreadsheet import csv_of
from registry.explanation.sizes import CLASSES
from shared.csv_files import Delimiter
from tests.support.exclusion import a_method

BANDS = a_method().bands
NORTH = Group(unit_id=UUID(int=1), code="4209", name="Most")
SOUTH = Group(unit_id=UUID(int=2), code="3102", name="České Budějovice")


def a_cell(
    *,
    group: Group | None = NORTH,
    of_total: bool = False,
    size: int | None = 4,
    band: int | None = 3,
    municipalities: int = 1,
    index: int = 9,
    population: int = 1500,
) -> Cell:
    """Return municipalities of the same index and the same population."""
    return Cell(
        group=group,
        of_total=of_total,
        size=size,
        band=band,
        municipalities=municipalities,
        index_sum=index * municipalities if band is not None else 0,
        weighted_sum=index * population * municipalities if band is not None else 0,
        population_15_plus=population * municipalities,
    )


def some_table() -> Table:
    two_sizes = [a_cell(), a_cell(size=7, band=4, index=20, population=12_000)]
    others = [a_cell(group=SOUTH, band=1, index=0, municipalities=3), a_cell(group=SOUTH, band=None)]
    outside = [a_cell(group=None, band=2, index=2, population=100, size=1)]
    total = [
        a_cell(of_total=True, group=None, band=each.band, size=each.size, municipalities=each.municipalities)
        for each in (*two_sizes, *others, *outside)
    ]
    return table_of([*two_sizes, *others, *outside, *total], BANDS)


def counted(line: Line) -> list[int]:
    return [each.municipalities for each in line.bands]


def test_a_line_counts_municipalities_and_people_by_band() -> None:
    north, south = some_table().lines
    assert (counted(north), counted(south)) == ([0, 0, 1, 1], [3, 0, 0, 0])
    assert [each.population_15_plus for each in north.bands] == [0, 0, 1500, 12_000]
    assert (south.municipalities, south.without_index) == (4, 1)


def test_both_means_are_exact_and_leave_the_unknown_out() -> None:
    north, south = some_table().lines
    assert north.mean == Fraction(29, 2)
    assert north.weighted_mean == Fraction(9 * 1500 + 20 * 12_000, 13_500)
    assert south.mean == south.weighted_mean == Fraction(0)


def test_size_classes_stand_beside_the_bands() -> None:
    north = some_table().lines[0]
    assert [each.municipalities for each in north.sizes] == [0, 0, 0, 1, 0, 0, 1, 0]
    assert north.sizes[6].bands == (0, 0, 0, 1)
    assert north.sizes[6].mean == Fraction(20)
    assert north.sizes[0].mean is None


def test_those_outside_have_a_line_of_their_own() -> None:
    table = some_table()
    assert table.outside is not None
    assert counted(table.outside) == [0, 1, 0, 0]
    assert table.total.municipalities == 7


def test_a_table_of_nothing_has_a_total_of_nothing() -> None:
    table = table_of([], BANDS)
    assert (table.lines, table.outside, table.total.municipalities, table.total.mean) == ((), None, 0, None)


@given(
    st.lists(
        st.builds(
            a_cell,
            group=st.sampled_from([NORTH, SOUTH]),
            size=st.integers(1, len(CLASSES)),
            band=st.sampled_from([None, 1, 2, 3, 4]),
            municipalities=st.integers(1, 50),
            index=st.integers(0, 30),
            population=st.integers(0, 10**6),
        ),
        max_size=20,
    )
)
def test_bands_and_the_unknown_add_up_to_all_municipalities(cells: list[Cell]) -> None:
    for line in table_of(cells, BANDS).lines:
        assert sum(counted(line)) + line.without_index == line.municipalities
        assert sum(each.municipalities for each in line.sizes) == line.municipalities


def test_a_czech_spreadsheet_has_semicolons_commas_and_a_mark() -> None:
    content = csv_of(some_table(), BANDS, delimiter=Delimiter.SEMICOLON, language="cs")
    assert content.startswith("\N{BOM}".encode())
    heading, north, *_, total = content.decode("utf-8-sig").split("\r\n")[:-1]
    assert heading.startswith("kód;název;obcí;obcí bez indexu;obyvatel 15+;obcí v pásmu 0–1;")
    assert "průměr indexu (vážený počtem obyvatel 15+)" in heading
    assert north.startswith("4209;Most;2;0;13500;0;0;1;1;0;0;1500;12000;14,50;18,78;")
    assert total.startswith(";celkem;7;")


def test_an_english_file_has_commas_and_points() -> None:
    lines = (
        csv_of(some_table(), BANDS, delimiter=Delimiter.COMMA, language="en")
        .decode("utf-8-sig")
        .split("\r\n")
    )
    assert lines[0].startswith("code,name,municipalities,")
    assert ",14.50,18.78," in lines[1]
    assert lines[3].startswith(",municipalities outside,1,")
