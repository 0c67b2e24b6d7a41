import copy
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.definition import definition_of, digest_of, method_of, number_text
from shared.errors import Invalid
from tests.support.exclusion import a_method, method_json


def changed(path: str, value: object) -> Any:  # noqa: ANN401 - a JSON that may be wrong
    """Return the JSON of ISV-2020 with the value at the JSON Pointer replaced."""
    definition: Any = copy.deepcopy(method_json())
    *steps, last = path.strip("/").split("/")
    place = definition
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return definition


def test_the_method_of_2020_survives_its_json() -> None:
    assert definition_of(a_method()) == method_json()
    assert method_of(definition_of(a_method())) == a_method()


def test_thresholds_and_bands_are_those_of_the_ministry() -> None:
    method = a_method()

    absolute = [
        (each.code, int(each.absolute.first), int(each.absolute.second)) for each in method.indicators
    ]
    assert absolute == [
        ("EXE", 100, 200),
        ("PNB", 40, 80),
        ("PNZ", 30, 60),
        ("UOZ", 40, 80),
        ("PO", 6, 12),
    ]
    assert [(band.lowest, band.highest) for band in method.bands] == [(0, 1), (2, 7), (8, 11), (12, 30)]
    assert method.highest_index == 30


def test_the_same_number_written_otherwise_is_the_same_method() -> None:
    assert digest_of(method_of(changed("/state_weight", "1/2"))) == digest_of(a_method())
    assert digest_of(method_of(changed("/indicators/0/share/0", "12.5"))) != digest_of(a_method())


@given(st.fractions(min_value=0, max_denominator=10**6).filter(lambda number: number < 10**9))
def test_a_number_survives_its_text(number: Fraction) -> None:
    assert Fraction(number_text(number)) == number


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("/indicators/1/share/0", "2,1", "number-malformed"),
        ("/indicators/1/share/0", "1e3", "number-malformed"),
        ("/indicators/1/share/0", "1/0", "number-malformed"),
        ("/indicators/1/share/0", "٢", "number-malformed"),
        ("/indicators/1/share", ["3", "2.1"], "bounds-reversed"),
        ("/state_weight", "0.4", "weights-missing"),
        ("/last_year", 2015, "years-reversed"),
        ("/indicators/1/code", "EXE", "indicator-twice"),
        ("/indicators/0/inheritable", True, "several-inheritable"),
        ("/bands/1/lowest", 1, "bands-do-not-fit"),
        ("/bands/1/lowest", 3, "bands-do-not-fit"),
        ("/bands/3/highest", 29, "bands-do-not-fit"),
        ("/bands/0/number", 2, "bands-do-not-fit"),
    ],
)
def test_what_cannot_be_a_method_is_refused_by_place(path: str, value: object, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        method_of(changed(path, value))

    assert refused.value.code == code
    assert refused.value.pointer is not None
    assert path.startswith(refused.value.pointer.rpartition("/")[0])
