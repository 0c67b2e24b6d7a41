"""Czech order and search without the database's help."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.names import pattern_of, search_text, sort_key

IN_CZECH_ORDER = [
    "Aš",
    "Bečov",
    "Brno",
    "Brno-město",
    "Brno-venkov",
    "Broumov",
    "Cetkovice",
    "Cvikov",
    "Čáslav",
    "Česká Lípa",
    "Český Těšín",
    "Děčín",
    "Dobromilice",
    "Hodonín",
    "Hradec Králové",
    "Hranice",
    "Cheb",
    "Chomutov",
    "Chrudim",
    "Ivančice",
    "Praha",
    "Praha-východ",
    "Praha-západ",
    "Praha 1",
    "Praha 2",
    "Prachatice",
    "Psáry",
    "Rusín",
    "Rýmařov",
    "Řehlovice",
    "Suchdol nad Odrou",
    "Šluknov",
    "Ústí nad Labem",
    "Ústí nad Orlicí",
    "Zlín",
    "Žďár nad Sázavou",
]


def test_names_stand_in_czech_order() -> None:
    by_code_point = sorted(IN_CZECH_ORDER)
    assert by_code_point != IN_CZECH_ORDER
    assert sorted(by_code_point, key=sort_key) == IN_CZECH_ORDER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hodonín", "Cheb"),
        ("Cheb", "Ivančice"),
        ("Czernin", "Čáslav"),
        ("Rzy", "Řež"),
        ("Szabó", "Šluknov"),
        ("Zlín", "Žatec"),
        ("Lípa", "Lípá"),
        ("Lipa", "Lípa"),
        ("dub", "Dub"),
        ("Nová Ves", "Nováky"),
        ("Ústí", "Ústí nad Labem"),
        ("Ždár", "Łódź"),
    ],
)
def test_the_first_stands_before_the_second(first: str, second: str) -> None:
    assert sort_key(first) < sort_key(second)


def test_accents_decide_only_between_the_same_letters() -> None:
    assert sort_key("Lípa A") < sort_key("Lipa B")


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert sort_key("Z\u030clutice") == sort_key("Žlutice")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@example("\ufdfa" * 200)
def test_the_key_of_any_name_fits_into_an_index(name: str) -> None:
    assert len(sort_key(name).encode()) <= 2_560


@pytest.mark.parametrize(
    ("name", "found_as"),
    [
        ("Žďár nad Sázavou", "zdar nad sazavou"),
        ("  Ústí   nad\u00a0Labem ", "usti nad labem"),
        ("ČESKÝ TĚŠÍN", "cesky tesin"),
        ("Weißwasser", "weisswasser"),
    ],
)
def test_search_knows_neither_accents_nor_case(name: str, found_as: str) -> None:
    assert search_text(name) == found_as


def test_a_percent_sign_in_what_is_looked_for_is_a_percent_sign() -> None:
    assert pattern_of("Šár 50%_\\") == "%sar 50\\%\\_\\\\%"
