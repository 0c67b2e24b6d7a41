"""One value has one JSON, and one digest over it."""

import json
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.canonical import canonical_json, digest

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LEAVES = st.none() | st.booleans() | st.integers() | TEXT
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=6)


@given(VALUES)
def test_what_was_written_once_is_written_the_same_again(value: object) -> None:
    written = canonical_json(value)
    assert canonical_json(json.loads(written)) == written


@given(OBJECTS)
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical_json(backwards) == canonical_json(value)


@given(OBJECTS)
def test_keys_are_sorted(value: dict[str, object]) -> None:
    assert list(json.loads(canonical_json(value))) == sorted(value)


@given(VALUES, VALUES)
def test_different_values_have_different_json(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical_json(one) == canonical_json(other)) is same


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), [1.0], {"a": {"b": 2.5}}, object(), {1, 2}, b"bytes"],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_single_writing_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no canonical JSON"):
        canonical_json(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"Příliš": "žluťoučký kůň"}, '{"Příliš":"žluťoučký kůň"}'),
        (Decimal("41.50"), '"41.50"'),
        (Decimal("1E+3"), '"1000"'),
        (date(2026, 2, 11), '"2026-02-11"'),
        (UUID("641f7f7d-8a50-5696-a60f-ec83db8fedee"), '"641f7f7d-8a50-5696-a60f-ec83db8fedee"'),
        ((1, 2), "[1,2]"),
        ("\u2028\x7f\n", '"\u2028\x7f\\n"'),
    ],
)
def test_a_value_is_written_like_this(value: object, written: str) -> None:
    assert canonical_json(value) == written.encode()


def test_the_digest_is_sha_256_in_lower_case() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
