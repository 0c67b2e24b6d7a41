"""Texts with personal data taken out."""

from hypothesis import given
from hypothesis import strategies as st

from planning.publication.redaction import MARK, is_redaction, without
from shared.personal_data import find


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
