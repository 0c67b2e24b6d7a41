"""Confirmations: their number, their content and digest, their text, what a second calculation finds."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.averages.domain import Averaging, EditionUsed, Missing, Value, average
from registry.confirmations.content import ContentJson, content_of, digest_of, says, values_in
from registry.confirmations.domain import Confirmation, NamedUnit, differences, number_of
from registry.confirmations.letter import letter_cs, letter_en
from tests.support.comparisons import OBRNICE, TRMICE, a_question, a_value, id_of

VALUES = tuple(
    a_value(index, code=code, year=year, population=1000)
    for code, of_code in ((OBRNICE, (10, 9)), (TRMICE, (8, 4)))
    for year, index in zip((2020, 2021), of_code, strict=True)
)


def an_edition_used(year: int, method: str = "ISV-2020") -> EditionUsed:
    return EditionUsed(
        year=year, computation_id=year, method=method, inputs_digest="a" * 64, results_digest="b" * 64
    )


def a_confirmation(
    values: tuple[Value, ...] = VALUES, *, missing: Missing = Missing.REFUSE, **changes: object
) -> Confirmation:
    found: dict[str, object] = {
        "number": number_of(2026, 7),
        "issued_on": date(2026, 11, 22),
        "purpose": "Žádost do výzvy 02_23_017",
        "applicant": NamedUnit(unit_id=id_of(OBRNICE), kind="municipality", code=OBRNICE, name="Obrnice"),
        "within": None,
        "asked": a_question(missing=missing),
        "editions": (an_edition_used(2020), an_edition_used(2021)),
        "average": average(values, Averaging.MEAN_OF_MUNICIPALITIES, missing),
        "threshold": Decimal(8),
        **changes,
    }
    return Confirmation(**found)  # type: ignore[arg-type]


def stored(confirmation: Confirmation) -> ContentJson:
    """Return the content as it comes back from the database."""
    content: ContentJson = json.loads(json.dumps(content_of(confirmation)))
    return content


@pytest.mark.parametrize(("ordinal", "number"), [(1, "ISV/2026/0001"), (12_345, "ISV/2026/12345")])
def test_a_number_has_four_digits_at_least(ordinal: int, number: str) -> None:
    assert number_of(2026, ordinal) == number


def test_the_digest_survives_the_database_and_notices_every_change() -> None:
    content = stored(a_confirmation())
    assert digest_of(content) == digest_of(content_of(a_confirmation()))
    for changes in (
        {"purpose": "Jiný účel"},
        {"threshold": Decimal(7)},
        {"editions": (an_edition_used(2020),)},
    ):
        assert digest_of(content_of(a_confirmation(**changes))) != digest_of(content)


def test_values_come_back_as_they_were_averaged() -> None:
    assert tuple(values_in(stored(a_confirmation()))) == VALUES


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_a_confirmation_agrees_with_the_same_values_alone(indexes: list[int]) -> None:
    confirmed = a_confirmation()
    again = tuple(replace(value, index=index) for value, index in zip(VALUES, indexes, strict=True))
    found = average(again, Averaging.MEAN_OF_MUNICIPALITIES)
    agrees = says(stored(confirmed), found, list(confirmed.editions))
    same_means = [mean.exact for mean in found.yearly] == [m.exact for m in confirmed.average.yearly]
    assert agrees == same_means
    assert (differences(VALUES, again) == []) == (again == VALUES)


def test_another_edition_of_a_year_is_another_confirmation() -> None:
    confirmed = a_confirmation()
    other = [an_edition_used(2020), replace(an_edition_used(2021), results_digest="c" * 64)]
    assert not says(stored(confirmed), confirmed.average, other)


def test_a_value_that_vanished_is_a_difference() -> None:
    gone = differences(VALUES, VALUES[1:])
    assert [(each.code, each.year, each.confirmed_index, each.found_index) for each in gone] == [
        (OBRNICE, 2020, 10, None)
    ]


def test_the_letter_says_number_result_way_and_digest() -> None:
    czech = letter_cs(a_confirmation(), "d" * 64).replace("\N{NO-BREAK SPACE}", " ")
    english = letter_en(a_confirmation(), "d" * 64).replace("\N{NO-BREAK SPACE}", " ")
    assert "POTVRZENÍ č. ISV/2026/0007" in czech
    assert "Vydáno dne 22. 11. 2026. Žadatel: Obrnice (obec, kód 567337)." in czech
    assert "Průměrný index činí 7,75 (přesně 31/4) a nedosahuje hranice 8." in czech
    assert "Žádná hodnota nebyla vynechána." in czech
    assert czech.endswith("d" * 64)
    assert "Issued on 22 November 2026. Applicant: Obrnice (municipality, code 567337)." in english
    assert "The average Index is 7.75 (exactly 31/4) and does not reach the threshold of 8." in english


def test_the_letter_names_the_unit_and_the_break_of_the_series() -> None:
    unit = NamedUnit(unit_id=UUID(int=1), kind="orp", code="4209", name="Most")
    editions = (an_edition_used(2020), an_edition_used(2021, "ISV-2026"))
    confirmation = a_confirmation(within=unit, editions=editions)
    assert (
        "v celku Most (správní obvod obce s rozšířenou působností, kód\N{NO-BREAK SPACE}4209)"
        in letter_cs(confirmation, "")
    )
    assert (
        "within Most (area of a municipality with extended powers, code\N{NO-BREAK SPACE}4209)"
        in letter_en(confirmation, "")
    )
    assert "Před rokem 2021 je zlom časové řady" in letter_cs(confirmation, "")
    assert "There is a break in the series before 2021" in letter_en(confirmation, "")


def test_the_letter_lists_what_was_left_out() -> None:
    values = (*VALUES[:3], a_value(None, code=TRMICE, year=2021))
    confirmation = a_confirmation(values, missing=Missing.LEAVE_OUT)
    assert "Vynecháno pro chybějící údaj: 553697 Trmice 2021." in letter_cs(confirmation, "")
    assert f"{TRMICE} Trmice: 8, –" in letter_en(confirmation, "")


def test_the_letter_shows_the_people_by_whom_it_was_weighted() -> None:
    weighted = average(VALUES, Averaging.WEIGHTED_BY_POPULATION)
    czech = letter_cs(a_confirmation(average=weighted), "").replace("\N{NO-BREAK SPACE}", " ")
    assert "v závorce obyvatelé 15+" in czech
    assert f"{OBRNICE} Obrnice: 10 (1000), 9 (1000)" in czech
