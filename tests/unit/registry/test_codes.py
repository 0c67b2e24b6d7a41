"""Identifiers of the field; examples from the registers themselves."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.units.codes import (
    CheckDigitWrong,
    CodeMalformed,
    CodeMissing,
    check_digit,
    checked_code,
    checked_csu_code,
    checked_data_box,
    checked_ico,
    checked_ruian_code,
    unit_id,
)
from shared.contracts.registry import UnitKind


@pytest.mark.parametrize(
    ("digits", "check"), [("50001", 1), ("50002", 0), ("50004", 6), ("56733", 7), ("0084545", 1)]
)
def test_the_last_digit_follows_from_the_others(digits: str, check: int) -> None:
    assert check_digit(digits) == check


@given(st.text("0123456789", min_size=1, max_size=8))
def test_zeros_on_the_left_do_not_change_the_check_digit(digits: str) -> None:
    assert check_digit("0" + digits) == check_digit(digits)


@given(st.text("0123456789", min_size=5, max_size=5), st.integers(0, 4), st.integers(1, 9))
def test_one_wrong_digit_is_found_unless_the_check_digit_is_one(digits: str, place: int, by: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert check_digit(wrong) != check_digit(digits) or check_digit(digits) == 1


@pytest.mark.parametrize("code", ["567337", "553697", "554782", "500011", "555177"])
def test_codes_of_municipalities_are_accepted(code: str) -> None:
    assert checked_code(UnitKind.MUNICIPALITY, code) == code


@pytest.mark.parametrize("code", ["500054", "500089", "500119"])
def test_codes_of_city_parts_follow_the_same_rule(code: str) -> None:
    assert checked_code(UnitKind.CITY_PART, code) == code


def test_a_wrong_check_digit_is_told_with_the_right_one() -> None:
    with pytest.raises(CheckDigitWrong) as refused:
        checked_code(UnitKind.MUNICIPALITY, "567338")
    assert refused.value.facts["expected"] == 7
    assert refused.value.pointer == "/code"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UnitKind.STATE, "CZ"),
        (UnitKind.REGION, "CZ042"),
        (UnitKind.DISTRICT, "CZ0425"),
        (UnitKind.DISTRICT, "CZ020A"),
        (UnitKind.ORP, "8115"),
        (UnitKind.POU, "81152"),
    ],
)
def test_each_kind_has_its_shape(kind: UnitKind, code: str) -> None:
    assert checked_code(kind, code) == code


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UnitKind.STATE, "SK"),
        (UnitKind.REGION, "CZ0425"),
        (UnitKind.REGION, "CZ092"),
        (UnitKind.DISTRICT, "CZ042"),
        (UnitKind.DISTRICT, "CZ020a"),
        (UnitKind.ORP, "811"),
        (UnitKind.POU, "8115"),
        (UnitKind.MUNICIPALITY, "56733"),
        (UnitKind.MUNICIPALITY, "567337\n"),
        (UnitKind.MUNICIPALITY, "٥٦٧٣٣٧"),
        (UnitKind.MUNICIPALITY, ""),
        (UnitKind.LOCAL_ACTION_GROUP, ""),
    ],
)
def test_another_shape_is_refused(kind: UnitKind, code: str) -> None:
    with pytest.raises(CodeMalformed):
        checked_code(kind, code)


def test_only_an_association_without_legal_personality_may_have_no_code() -> None:
    without = {kind for kind in UnitKind if _accepts_none(kind)}
    assert without == {UnitKind.OTHER_ASSOCIATION}


def _accepts_none(kind: UnitKind) -> bool:
    try:
        return checked_code(kind, None) is None
    except CodeMissing:
        return False


@pytest.mark.parametrize(
    ("written", "ico"),
    [
        ("6599", "00006599"),
        ("551023", "00551023"),
        ("70890692", "70890692"),
        ("14117223", "14117223"),
        ("00241156", "00241156"),
        ("00 241 326", "00241326"),
        ("232025", "00232025"),
        ("66002222", "66002222"),
        ("845451", "00845451"),
    ],
)
def test_an_ico_is_eight_digits_with_zeros_on_the_left(written: str, ico: str) -> None:
    assert checked_ico(written) == ico


@pytest.mark.parametrize("ico", ["", "   ", "123456789", "1234567x", "0", "00000000", "70890693", "-6599"])
def test_another_ico_is_refused(ico: str) -> None:
    with pytest.raises((CodeMalformed, CheckDigitWrong)):
        checked_ico(ico)


def test_the_code_of_an_association_is_its_ico() -> None:
    assert checked_code(UnitKind.MUNICIPALITY_ASSOCIATION, "6599") == "00006599"


REGIONS = {
    "3018": "19",
    "3026": "27",
    "3034": "35",
    "3042": "43",
    "3051": "51",
    "3069": "60",
    "3077": "78",
    "3085": "86",
    "3093": "94",
    "3107": "108",
    "3115": "116",
    "3123": "124",
    "3131": "141",
    "3140": "132",
}


@pytest.mark.parametrize(("csu", "ruian"), REGIONS.items())
def test_both_numbers_of_all_regions_pass_the_same_check(csu: str, ruian: str) -> None:
    assert checked_csu_code(UnitKind.REGION, csu) == csu
    assert checked_ruian_code(UnitKind.REGION, ruian) == ruian


@pytest.mark.parametrize("code", ["3019", "301", "30180"])
def test_a_wrong_number_of_a_region_is_refused(code: str) -> None:
    with pytest.raises((CodeMalformed, CheckDigitWrong)):
        checked_csu_code(UnitKind.REGION, code)


@pytest.mark.parametrize("code", ["20", "1", "1080", "6O"])
def test_a_wrong_ruian_code_of_a_region_is_refused(code: str) -> None:
    with pytest.raises((CodeMalformed, CheckDigitWrong)):
        checked_ruian_code(UnitKind.REGION, code)


def test_a_data_box_is_kept_in_lower_case() -> None:
    assert checked_data_box("5ADASAU") == "5adasau"


@pytest.mark.parametrize("data_box", ["5adasa", "5adasauu", "5adasá1", "5ad sau"])
def test_a_data_box_of_another_shape_is_refused(data_box: str) -> None:
    with pytest.raises(CodeMalformed):
        checked_data_box(data_box)


def test_the_id_of_a_unit_is_the_same_in_every_installation() -> None:
    assert unit_id(UnitKind.MUNICIPALITY, "567337") == UUID("641f7f7d-8a50-5696-a60f-ec83db8fedee")
    assert unit_id(UnitKind.REGION, "CZ042") != unit_id(UnitKind.DISTRICT, "CZ042")


@pytest.mark.parametrize(
    ("shape", "czech", "english"),
    [
        ("[0-9]{6}", "6 číslic", "6 digits"),
        ("[0-9]{4}", "4 číslice", "4 digits"),
        ("[0-9]{1,6}", "1 až 6 číslic", "1 to 6 digits"),
        ("CZ0[1-8][0-9]", "CZ0[1-8][0-9]", "CZ0[1-8][0-9]"),
    ],
)
def test_the_shape_of_a_code_is_said_in_words(shape: str, czech: str, english: str) -> None:
    refused = CodeMalformed(code="Brno", shape=shape)
    assert refused.title("cs") == f"„Brno“ není kód v předepsaném tvaru: {czech}."
    assert refused.title("en") == f"“Brno” is not a code of the expected shape: {english}."
