"""One letter for all that waits: the most urgent first, each thing once, in proper Czech and English."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.mail.domain import Language
from evaluation.mail.letter import code_letter
from evaluation.reminders.digest import MOST_LINES, awaited_in_czech, digest, most_urgent
from evaluation.reminders.domain import URGENT_FIRST, Stage
from evaluation.reminders.notice_text import Item
from shared.contracts.reports import EvaluationType
from shared.mail_message import Addressed, Letter, bytes_of
from tests.support.evaluation import PLAN


def an_item(number: int = 1, **changes: object) -> Item:
    item = Item(
        stage=Stage.OVERDUE,
        subject_id=uuid5(PLAN, str(number)),
        plan_title="Plán obce Obrnice",
        due_on=date(2027, 3, 31),
        indicator=f"1.{number} Počet domácností",
        period="2026",
        owner="Odbor sociálních věcí",
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def test_of_two_stages_of_a_thing_the_more_urgent_is_told() -> None:
    items = [an_item(stage=stage) for stage in (Stage.DUE_SOON, Stage.ESCALATED, Stage.OVERDUE)]
    assert [item.stage for item in most_urgent(items)] == [Stage.ESCALATED]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(URGENT_FIRST))))
def test_each_thing_is_told_once_and_none_is_lost(told: list[tuple[int, Stage]]) -> None:
    items = [an_item(number, stage=stage) for number, stage in told]
    chosen = most_urgent(items)
    assert sorted(item.subject_id for item in chosen) == sorted({item.subject_id for item in items})
    for item in chosen:
        same = [other.stage for other in items if other.subject_id == item.subject_id]
        assert item.stage == min(same, key=URGENT_FIRST.index)


def test_the_letter_has_a_section_for_each_stage_and_links_where_the_application_is_known() -> None:
    items = [
        an_item(1, stage=Stage.DUE_SOON),
        an_item(2),
        an_item(3, stage=Stage.EVALUATION_DUE, type=EvaluationType.PLAN_FINAL),
    ]
    written = digest(items, language=Language.CS, public_url="https://pospolu.test/")
    places = [written.plain.index(text) for text in ("Po termínu\n", "Termín se blíží\n", "Evaluace, které")]
    assert places == sorted(places)
    assert f"https://pospolu.test/obligations/{uuid5(PLAN, '2')}" in written.plain
    due = "termín 31.\N{NO-BREAK SPACE}3.\N{NO-BREAK SPACE}2027"
    assert f"závěrečná evaluační zpráva plánu, {due}" in written.plain
    assert '<a href="https://pospolu.test/settings/reminders">Nastavení upomínek</a>' in written.html
    assert "http" not in digest(items, language=Language.EN, public_url="").plain


def test_a_long_list_ends_with_a_number() -> None:
    items = [an_item(number) for number in range(MOST_LINES + 7)]
    written = digest(items, language=Language.CS, public_url="")
    assert written.plain.count("\n- ") == MOST_LINES + 1
    assert "a 7 dalších" in written.plain


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "čeká 1 položka"),
        (2, "čekají 2 položky"),
        (4, "čekají 4 položky"),
        (5, "čeká 5 položek"),
        (22, "čeká 22 položek"),
    ],
)
def test_counts_are_written_as_czechs_write_them(count: int, words: str) -> None:
    assert awaited_in_czech(count) == words


def an_addressed(letter: Letter) -> Addressed:
    return Addressed(
        message_id=UUID(int=7),
        address="jana.malinova@obrnice.test",
        letter=letter,
        attempts=0,
        created_at=datetime(2027, 4, 1, 12, tzinfo=UTC),
    )


@given(st.text(), st.sampled_from(Language))
def test_whatever_people_write_comes_back_and_changes_no_header(title: str, language: Language) -> None:
    storable = title.replace("\0", "").encode("utf-8", "ignore").decode()
    written = digest([an_item(plan_title=storable)], language=language, public_url="")
    content = bytes_of(an_addressed(written), sender="Pospolu <upominky@pospolu.test>")
    read = message_from_bytes(content, policy=default)
    assert set(read.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type")
    }
    assert isinstance(read, EmailMessage)
    body = read.get_body(("plain",))
    assert body is not None
    assert "".join(body.get_content().split()) == "".join(written.plain.split())
    assert "<script" not in written.html.lower()


def test_each_attempt_has_the_same_bytes_and_the_same_id() -> None:
    addressed = an_addressed(code_letter("01234567", language=Language.EN))
    again = replace(addressed, attempts=3)
    sender = "Pospolu <upominky@pospolu.test>"
    assert bytes_of(addressed, sender=sender) == bytes_of(again, sender=sender)
    assert f"<{UUID(int=7)}@pospolu.test>".encode() in bytes_of(addressed, sender=sender)
    assert b"01234567" in bytes_of(addressed, sender=sender)
