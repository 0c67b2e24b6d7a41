"""What looks like personal data, and texts with it taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.publication.personal_data import PersonalData, find
from planning.publication.redaction import MARK, is_redaction, without


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


def test_a_redaction_leaves_the_rest_word_for_word() -> None:
    original = "Volejte 777 123 456 nebo pište na a@b.cz."
    assert is_redaction(original, original)
    assert is_redaction(original, "Volejte […] nebo pište na […].")
    assert is_redaction(original, MARK)
    assert not is_redaction(original, "Volejte […] nebo nepište na […].")
    assert not is_redaction(original, "Volejte nebo pište na a@b.cz.")
    assert not is_redaction(original, "Volejte 777 123 456 nebo pište na a@b.cz.[…]")
    assert not is_redaction(original, "Volejte 777 […]123 456 nebo pište na a@b.cz.")
    assert not is_redaction("", MARK)
    assert without(original, find(original)) == "Volejte […] nebo pište na […]."


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=6))
def test_whatever_is_taken_out_is_a_redaction(original: str, cuts: list[tuple[int, int]]) -> None:
    public, here = "", 0
    for start, length in sorted(cuts):
        if here <= start and start + length <= len(original):
            public += original[here:start] + MARK
            here = start + length
    assert is_redaction(original, public + original[here:])


@given(st.text(alphabet=st.sampled_from("ab […]"), max_size=12), st.text(alphabet="ab […]", max_size=12))
def test_a_redaction_says_nothing_that_was_not_said(original: str, public: str) -> None:
    if is_redaction(original, public) and public != original:
        rest = original
        for part in public.split(MARK):
            assert part in rest
            rest = rest[rest.index(part) + len(part) :]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_can_be_searched_and_redacted(text: str) -> None:
    assert is_redaction(text, without(text, find(text)))
