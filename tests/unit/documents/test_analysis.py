"""Czech words as search keeps and asks them."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.analysis import (
    LAST_PLACE,
    MOST_BYTES,
    Metadata,
    indexed,
    metadata_vector,
    vector_of,
)
from documents.extraction.lexicon import asked_lexemes, lexemes_of
from documents.search.asking import understood
from documents.search.domain import marked, snippet
from documents.search.refusals import NothingToSearch, QuestionTooLong
from documents.search.themes import areas_of
from shared.contracts.registry import ThematicArea


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("bytech", "byt"),
        ("byt", "bytům"),
        ("sociální", "sociálních"),
        ("pripominky", "připomínky"),
        ("pripominkami", "připomínek"),
        ("exekucí", "exekuce"),
        ("exekuce", "exekucím"),
        ("OBCÍ", "obec"),
        ("deti", "dětem"),
        ("Obrnicích", "Obrnice"),
        ("reports", "report"),
        ("2024", "2024"),
    ],
)
def test_a_word_finds_its_other_forms(asked: str, said: str) -> None:
    assert not set(asked_lexemes(asked)).isdisjoint(lexemes_of(said))


@pytest.mark.parametrize(("asked", "said"), [("řád", "rada"), ("byt", "dům"), ("obec", "občan")])
def test_a_word_finds_no_other_word(asked: str, said: str) -> None:
    assert set(asked_lexemes(asked)).isdisjoint(lexemes_of(said))


def test_stop_words_keep_their_places_and_compounds_are_whole() -> None:
    assert vector_of("Byty a domy, č. 499/2004").startswith(
        "'byty':1C 'byt':1 'domy':3C 'dum':3 'c':4C '499':5C '2004':6C '499/2004':5C '="
    )


def test_a_page_tells_what_it_is_full_of_and_which_words_stand_beside_each_other() -> None:
    words = vector_of("Byt, byty a bytech: sociální bydlení").split()
    assert {word for word in words if word.startswith("'+")} == {"'+byt'"}
    assert _beside("sociálního bydlení", words)
    assert _beside("bytu sociální", words)
    assert not _beside("bydlení sociální", words)
    assert not _beside("bytu a sociální", words)


def _beside(phrase: str, words: list[str]) -> bool:
    (ordered,) = understood(f'"{phrase}"').ordered
    return any(pair.strip("()") in words for pair in ordered.pairs.split(" | "))


@pytest.mark.parametrize("asked", ["hnát", "dite", "domácnost", "jít", "žeň"])
def test_words_that_begin_otherwise_than_they_are_looked_up_are_marked_too(asked: str) -> None:
    text = "Vítr žene lidi, šli, dětí bylo více, děti v domácnostech, ve žních."
    question = understood(asked)
    marks = [piece.text for piece in marked(text, question) if piece.is_match]
    assert marks == [word for word in re.findall(r"\w+", text) if question.which(word) is not None] != []


def test_metadata_are_told_apart_from_the_text_and_dense_words_from_mentions() -> None:
    entry = indexed(Metadata(titles=("Plán",), others=("Obrnice",)), {1: "dluh dluhu dluhy", 2: "byt"})
    assert entry.vector.startswith("'plan':1A 'obrnice':1B 'dluh':2 ")
    assert {"plan", "dluh"} <= entry.about
    assert "byt" not in entry.about
    assert areas_of(entry.about) == (ThematicArea.DLU,)


@given(st.text(max_size=300))
def test_any_text_is_analysed_within_what_postgresql_takes(text: str) -> None:
    for vector in (vector_of(text), metadata_vector(Metadata(titles=(text,), others=(text,)))):
        assert "\0" not in vector or "\0" in text
        assert len(vector.encode()) <= 2 * MOST_BYTES


def test_an_endless_page_is_cut_where_postgresql_would_refuse_it() -> None:
    vector = vector_of(" ".join(f"slovo{number}x" for number in range(100_000)))
    assert len(vector) < 2 * MOST_BYTES
    assert all(int(part.rsplit(":", 1)[1].rstrip("C")) <= LAST_PLACE for part in vector.split()[:10])


def test_a_question_is_read_as_people_type_it() -> None:
    asked = understood("„sociální bydlení“ -Most exekuce OR dluhy škol")
    assert len(asked.clauses) == 4
    assert [clause.is_not for clause in asked.clauses] == [False, True, False, False]
    assert "<1>" in asked.ordered[0].phrase
    assert "'skol':*" in asked.document_query
    assert understood("škol ").document_query == understood('"škol"').document_query
    assert "<2>" in understood('"plán a rozpočet"').ordered[0].phrase


@given(st.text(max_size=80))
def test_whatever_is_typed_is_understood_or_refused(text: str) -> None:
    try:
        asked = understood(text)
    except (NothingToSearch, QuestionTooLong):
        return
    assert asked.document_query
    assert "".join(piece.text for piece in marked(text, asked)) == text


def test_a_snippet_shows_the_place_with_most_of_what_was_asked() -> None:
    text = "Byt je daleko. " + "Obec jedná. " * 80 + "Sociální byty pro rodiny. " + "Konec. " * 80
    shown = snippet(text, understood("sociální byt"))
    assert shown is not None
    assert [piece.text for piece in shown.pieces if piece.is_match] == ["Sociální", "byty"]
    assert shown.is_cut_before
    assert shown.is_cut_after
    assert snippet("Nic takového.", understood("sociální byt")) is None


def test_words_are_read_alike_however_many_threads_read() -> None:
    """Questions, texts and the tables of words are read in threads of one process."""
    words = [
        f"{start}{end}" for start in ("kvíčal", "hrbol", "mlask") for end in ("ovitými", "ěnkách", "ům", "i")
    ]
    alone = [lexemes_of.__wrapped__(word) for word in words]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as threads:
            found = threads.map(lambda _: [lexemes_of.__wrapped__(word) for word in words], range(60))
            assert all(each == alone for each in found)
    finally:
        sys.setswitchinterval(usual)
