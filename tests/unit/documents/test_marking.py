"""The difference of two revisions with its changes marked."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from documents.papers.blocks import Change, Run
from documents.papers.wordprocessing import docx_of
from documents.rendering.difference import NotADifference
from documents.rendering.difference_paper import difference_paper
from documents.rendering.marking import LONGEST, runs_of
from documents.rendering.schemas import SNAPSHOT, read_difference
from tests.support.documents import PLAN_ID, a_difference, a_snapshot, canonical
from tests.support.papers import DIGEST


def without(change: Change, runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.change is not change)


@given(st.text(max_size=80), st.text(max_size=80))
def test_either_wording_can_be_read_back(before: str, after: str) -> None:
    runs = runs_of(before, after)
    assert without(Change.INSERTED, runs) == before
    assert without(Change.DELETED, runs) == after


def test_only_the_words_that_changed_are_marked() -> None:
    runs = runs_of("Město zřídí dva byty.", "Město zřídí tři byty.")
    assert [(run.text, run.change.value) for run in runs] == [
        ("Město zřídí ", "kept"),
        ("dva", "deleted"),
        ("tři", "inserted"),
        (" byty.", "kept"),
    ]


@pytest.mark.parametrize("times", [LONGEST, 4_000])
def test_very_long_texts_are_replaced_whole(times: int) -> None:
    runs = runs_of("Od " + "a " * times + "do", "Od " + "b " * times + "do")
    inside = [run.change for run in runs if run.change is not Change.KEPT]
    assert inside == [Change.DELETED, Change.INSERTED]


def test_one_word_said_all_over_takes_no_hours() -> None:
    runs = runs_of("a " * 1_200, "b " * 1_200)
    assert len(runs) == 3, "spaces are no places to begin at"


def test_a_changed_word_of_a_long_text_is_marked_alone() -> None:
    words = [f"slovo{number}" for number in range(1_000)]
    runs = runs_of(" ".join(words), " ".join([*words[:400], "jinak", *words[401:800], "a", *words[800:]]))
    marked = [run.text.strip() for run in runs if run.change is not Change.KEPT]
    assert marked == ["slovo400", "jinak", "a"]


def test_changes_of_a_plan_are_tracked_changes_of_the_word_processor() -> None:
    difference = read_difference(canonical(a_difference()), plan_id=PLAN_ID, since=1, until=2)
    snapshot = SNAPSHOT.validate_json(canonical(a_snapshot(revision=2)))
    document = Document(BytesIO(docx_of(difference_paper(snapshot, difference, digest=DIGEST))))
    body = document.element.body
    come = "".join(t.text or "" for mark in body.iter(qn("w:ins")) for t in mark.iter(qn("w:t")))
    gone = "".join(t.text or "" for mark in body.iter(qn("w:del")) for t in mark.iter(qn("w:delText")))
    assert "tři" in come
    assert "Dluhová poradna" in come
    assert "480 000 Kč" in come.replace("\xa0", " ")
    assert "dva" in gone
    assert "Zrušený problém" in gone
    table = document.tables[-1]
    assert table.rows[-1].cells[-1].text.replace("\xa0", " ") == "+480 000 Kč"


@pytest.mark.parametrize("changes", [{"from": 3}, {"schema": "pospolu.plan-diff/9"}, {"plan_id": "x"}])
def test_a_difference_of_something_else_is_refused(changes: dict[str, str | int]) -> None:
    with pytest.raises(NotADifference):
        read_difference(canonical(a_difference(**changes)), plan_id=PLAN_ID, since=1, until=2)
