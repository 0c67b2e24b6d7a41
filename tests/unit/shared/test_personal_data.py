"""What looks like personal data is found by its form, and shown without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.personal_data import PersonalData, find, masked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Moje rodné číslo je 736028/5163.", PersonalData.BIRTH_NUMBER),
        ("RČ 7103192745", PersonalData.BIRTH_NUMBER),
        ("RČ 450312/123, nar. 1945", PersonalData.BIRTH_NUMBER),
        ("Karel Novotný, r. č. 800101/1234", PersonalData.BIRTH_NUMBER),
        ("s rodným číslem 8001011234", PersonalData.BIRTH_NUMBER),
        ("Volejte +420 777 123 456 po osmé.", PersonalData.PHONE),
        ("tel. 777123456", PersonalData.PHONE),
        ("Pište na jan.novak@seznam.cz.", PersonalData.EMAIL),
        ("účet 19-2000145399/0800", PersonalData.ACCOUNT),
        ("CZ65 0800 0000 1920 0014 5399", PersonalData.IBAN),
        ("Bydlím v ulici Školní 12", PersonalData.ADDRESS),
        ("Nová 123/4, 435 21 Obrnice", PersonalData.ADDRESS),
        ("dům č. p. 45", PersonalData.ADDRESS),
        ("narozen 5. 4. 1980 v Mostě", PersonalData.BIRTH_DAY),
        ("nar. 05.04.1980", PersonalData.BIRTH_DAY),
        ("datová schránka: abc1d23", PersonalData.DATA_BOX),
        ("ID DS 5ya3wbk", PersonalData.DATA_BOX),
    ],
)
def test_a_form_of_personal_data_is_found(text: str, kind: PersonalData) -> None:
    assert kind in {each.kind for each in find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Na ubytovně žije 120 osob, z toho 45 dětí.",
        "Rozpočet 250 000 000 Kč je málo.",
        "Usnesení č. 12/2026 ze dne 11. 2. 2026",
        "Číslo 736028/5164 kontrolou neprojde.",
        "Projekt CZ.03.02.01/00/22_003/0001234",
        "účet 19-2000145398/0800",
        "Podejte datovou schránkou obce.",
        "Zákon č. 108/2006 Sb., § 3",
        "",
    ],
)
def test_what_is_no_personal_data_is_not_found(text: str) -> None:
    assert find(text) == ()


def test_a_number_called_a_birth_number_is_found_alone_and_once() -> None:
    text = "Moje rodné číslo je 736028/5163, syna r. č.: 800101/1234."
    assert [text[each.start : each.end] for each in find(text)] == ["736028/5163", "800101/1234"]


def test_the_submitter_is_found_by_name_wherever_it_stands() -> None:
    text = "Já, jan NOVÁK, tu žiji. Novákovi ne."
    found = find(text, names=["Jan Novák"])
    assert [text[each.start : each.end] for each in found] == ["jan", "NOVÁK"]
    assert find("Ve dne", names=["Ve"]) == ()


def test_a_find_is_shown_without_what_was_found() -> None:
    text = "Volejte 777 123 456 nebo a@b.cz."
    assert masked(text, find(text)) == "Volejte ••• ••• ••• nebo •@•.••."


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_masking_keeps_the_length_and_hides_every_find(text: str) -> None:
    found = find(text)
    shown = masked(text, found)
    assert len(shown) == len(text)
    assert not any(sign.isalnum() for each in found for sign in shown[each.start : each.end])


def test_the_digits_inside_a_digest_are_nobodys_phone() -> None:
    digest = "97a1298d4c288bdc8a4cb1cdbc2da7b293cb5b5a777123456de5a87" + "0a1b2c3d4"
    assert len(digest) == 64
    assert find(f"SHA-256 předlohy: {digest} strana 1 z 10") == ()
    assert [each.kind for each in find(f"{digest} 777 123 456")] == [PersonalData.PHONE]
    assert find(f"{digest}0") != ()
