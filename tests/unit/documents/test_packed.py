"""A packed table answers as a dictionary of sets would."""

from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.packed import Packed

WORDS = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=40), st.lists(WORDS, max_size=10))
def test_a_packed_table_gives_each_key_all_its_values_once(
    pairs: list[tuple[str, str]], others: list[str]
) -> None:
    packed = Packed(pairs)
    for key in [*others, *(key for key, _ in pairs)]:
        expected = {value for other, value in pairs if other == key}
        found = packed.get(key)
        assert (set(found), len(found)) == (expected, len(expected))
