from datetime import date
from uuid import UUID

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.intake import Part, Territory, parts_in_force, territory_of
from registry.exclusion.wire import HEADER, arrays, metres, numbers, texts, whole, written
from tests.support.exclusion import STATE


def a_part(vintage: int, *, own: bool = True, in_parts: bool = False, series: str = "EXE") -> Part:
    return Part(
        series=series,
        period=date(2023, 1, 1),
        vintage_id=vintage,
        of_own_source=own,
        in_parts=in_parts,
    )


def vintages(*parts: Part) -> list[int]:
    return [part.vintage_id for part in parts_in_force(parts)]


def test_a_later_edition_takes_the_place_of_an_earlier_one() -> None:
    assert vintages(a_part(2), a_part(1)) == [2]


def test_an_edition_in_parts_lies_over_the_whole_one_before_it() -> None:
    assert vintages(a_part(3, in_parts=True), a_part(1), a_part(2, in_parts=True)) == [1, 2, 3]
    assert vintages(a_part(1, in_parts=True), a_part(2)) == [2]


def test_the_source_of_the_series_goes_before_others() -> None:
    assert vintages(a_part(1), a_part(2, own=False)) == [1]


def test_series_do_not_mix() -> None:
    assert vintages(a_part(1), a_part(2, series="PNB")) == [1, 2]


IDS = st.lists(st.uuids(), min_size=1, max_size=30, unique=True)


@given(IDS, st.lists(st.uuids(), max_size=10))
def test_places_of_ids_are_found_and_strangers_are_not(ids: list[UUID], strangers: list[UUID]) -> None:
    known = sorted(ids)
    territory = Territory(states=a_territory().states, municipalities=known, state_id=STATE)
    asked = [*known, *strangers]
    halves = np.frombuffer(b"".join(id_.bytes for id_ in asked), dtype=">u8").reshape(-1, 2)

    expected = [known.index(id_) if id_ in known else -1 for id_ in asked]
    assert territory.places_of(halves).tolist() == expected


def a_territory() -> Territory:
    header = b"unit_id,code,kind,parent_id,valid_from,valid_until,x,y\n"
    return territory_of(header, state_id=STATE)


def test_a_country_without_municipalities_is_no_mistake() -> None:
    assert a_territory().places_of(np.zeros((2, 2), dtype=np.uint64)).tolist() == [-1, -1]


def test_rows_for_copy_leave_out_what_is_null() -> None:
    rows = written(
        (
            numbers(np.array([7, -1]), ">i2"),
            texts(["own", "nearest"], np.array([1, 0])),
            metres(np.array([1942.78, np.nan])),
            arrays(np.array([[3, -1], [-1, -1]])),
        )
    )
    first = (
        b"\0\4"
        b"\0\0\0\2\0\7"
        b"\0\0\0\7nearest"
        b"\0\0\0\x0e\0\3\0\1\0\0\0\2\0\0\7\x96\x1e\x78"
        b"\0\0\0\x24\0\0\0\1\0\0\0\1\0\0\0\x14\0\0\0\2\0\0\0\1\0\0\0\x08\0\0\0\0\0\0\0\3\xff\xff\xff\xff"
    )
    second = (
        b"\0\4\xff\xff\xff\xff\0\0\0\3own\xff\xff\xff\xff"
        b"\0\0\0\x1c\0\0\0\1\0\0\0\1\0\0\0\x14\0\0\0\2\0\0\0\1\xff\xff\xff\xff\xff\xff\xff\xff"
    )
    assert rows == first + second
    assert whole([rows]) == HEADER + rows + b"\xff\xff"
