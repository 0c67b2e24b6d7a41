"""Range requests of HTTP."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files.ranges import ByteRange, RangeNotSatisfiable, wanted_range


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=10-", 10, 100),
        ("bytes=-10", 90, 100),
        ("bytes=-1000", 0, 100),
        ("bytes=95-1000", 95, 100),
        ("Bytes= 3 - 4 ", 3, 5),
    ],
)
def test_one_range_is_answered(header: str, start: int, end: int) -> None:
    assert wanted_range(header, 100) == ByteRange(start=start, end=end)


@pytest.mark.parametrize(
    "header", [None, "", "bytes=-", "bytes=5-3", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=0-1-2"]
)
def test_what_is_not_one_range_gives_the_whole_file(header: str | None) -> None:
    assert wanted_range(header, 100) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_a_range_behind_the_end_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(RangeNotSatisfiable):
        wanted_range(header, size)


@given(header=st.from_regex(r"bytes=\d{0,20}-\d{0,20}", fullmatch=True), size=st.integers(0, 10**12))
def test_a_range_always_lies_inside_the_file(header: str, size: int) -> None:
    try:
        found = wanted_range(header, size)
    except RangeNotSatisfiable:
        return
    if found:
        assert 0 <= found.start < found.end <= size
