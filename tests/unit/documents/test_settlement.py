"""The settlement of comments on paper."""

import pytest

from documents.papers.typesetting import pdf_of
from documents.rendering.schemas import read_settlement
from documents.rendering.settlement import NotASettlement
from documents.rendering.settlement_paper import settlement_paper
from tests.support.documents import Json, canonical
from tests.support.papers import CONSULTATION_ID, DIGEST, a_comment, a_settlement
from tests.unit.documents.test_typesetting import text_of


def shown(*comments: dict[str, Json], **changes: Json) -> str:
    settlement = read_settlement(
        canonical(a_settlement(*comments, **changes)), consultation_id=CONSULTATION_ID
    )
    return text_of(pdf_of(settlement_paper(settlement, digest=DIGEST)))


def test_each_comment_has_its_result_reason_and_change() -> None:
    text = shown()
    for part in (
        "Vypořádání připomínek",
        "Pět bytů je málo, žádáme deset.",
        "Navržené znění: Město vyčlení deset bytů.",
        "Rozpočet stačí na osm bytů.",
        "popis: Pět bytů. → Osm bytů.",
        "Řídicí skupina",
        "10. 3. 2026",
        DIGEST,
    ):
        assert part in text
    assert "neakceptováno" in text


def test_of_a_withdrawn_comment_only_that_there_was_one_is_said() -> None:
    text = shown(a_comment(7, is_withdrawn=True, text="", result=None, change=None, justification=""))
    assert "vzal připomínku zpět" in text
    assert "Pět bytů" not in text


def test_late_comments_and_duplicates_are_named_as_such() -> None:
    text = shown(a_comment(1, is_timely=False), a_comment(2, same_as=1))
    assert "Po lhůtě: 1 připomínka." in text
    assert "(viz č. 1)" in text


def test_a_consultation_without_comments_says_so() -> None:
    assert "nikdo žádnou připomínku nepodal" in shown(comments=[])


def test_another_form_is_refused() -> None:
    with pytest.raises(NotASettlement):
        read_settlement(b'{"schema": "pospolu.settlement/9"}', consultation_id=CONSULTATION_ID)
