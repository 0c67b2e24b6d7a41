"""Comments: in time or late, joined without chains, numbers whatever the order of what is done."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.comments.book import book_of
from planning.comments.domain import (
    Comment,
    LateReason,
    Sent,
    SubmitterKind,
    classify,
    erase,
    expect_sendable,
    join,
    late_reason,
    numbered,
    separate,
    text_key,
    withdraw,
)
from planning.comments.domain import CommentKind as Kind
from planning.comments.domain import ErasureGround as Ground
from planning.comments.flood import Arrived, Limits, expect_room
from planning.comments.refusals import (
    CommentErased,
    CommentJoined,
    CommentWithdrawn,
    DeliveredBeforeSent,
    DuplicateOfItself,
    DuplicateOfLate,
    MainCommentUnknown,
    NotJoined,
    SubmitterKeptYet,
    SubmitterRequired,
    TooManyComments,
)
from planning.consultations.domain import Channel, DeadlineRule
from shared.csv_files import Delimiter
from shared.errors import Refusal
from tests.support.consultations import NOON, a_consultation, a_late_comment, a_numbered_comment

CLOSES = a_consultation().closes_at
LAST_DAY = a_consultation().last_day


@pytest.mark.parametrize(
    ("rule", "channel", "sent_on", "hours", "reason"),
    [
        (DeadlineRule.DELIVERED, Channel.POST, None, -1, None),
        (DeadlineRule.DELIVERED, Channel.POST, LAST_DAY, 0, LateReason.DELIVERED_LATE),
        (DeadlineRule.SENT, Channel.POST, LAST_DAY, 72, None),
        (DeadlineRule.SENT, Channel.EMAIL, LAST_DAY + timedelta(days=1), 72, LateReason.SENT_LATE),
        (DeadlineRule.SENT, Channel.POST, None, 72, LateReason.SENDING_UNKNOWN),
        (DeadlineRule.SENT, Channel.POST, None, -1, None),
        (DeadlineRule.SENT, Channel.WEB, None, 0, LateReason.DELIVERED_LATE),
    ],
)
def test_the_rule_of_the_consultation_decides_what_is_late(
    rule: DeadlineRule, channel: Channel, sent_on: date | None, hours: int, reason: LateReason | None
) -> None:
    sent = a_numbered_comment(channel=channel, sent_on=sent_on, delivered_at=CLOSES + timedelta(hours=hours))
    assert late_reason(sent, a_consultation(deadline_rule=rule)) is reason


def test_the_form_asks_for_a_name_and_a_contact() -> None:
    nameless = a_numbered_comment(submitter_name="", submitter_contact="")
    expect_sendable(nameless, form_required=False, now=CLOSES)
    with pytest.raises(SubmitterRequired):
        expect_sendable(nameless, form_required=True, now=CLOSES)
    with pytest.raises(DeliveredBeforeSent):
        expect_sendable(a_numbered_comment(sent_on=LAST_DAY), form_required=False, now=CLOSES)


def test_duplicates_make_no_chains_and_a_timely_one_is_not_lost_with_a_late_one() -> None:
    first, second, third = (a_numbered_comment(each) for each in (1, 2, 3))
    joined = join(second, first, [])
    assert (joined.duplicate_of, joined.is_open) == (first.id, False)
    for comment, main, duplicates, refusal in (
        (third, joined, [], CommentJoined),
        (first, third, [joined.id], CommentJoined),
        (first, first, [], DuplicateOfItself),
        (first, None, [], MainCommentUnknown),
        (first, a_numbered_comment(9, consultation_id=UUID(int=9)), [], MainCommentUnknown),
        (first, a_late_comment(4), [], DuplicateOfLate),
        (withdraw(first, now=NOON, reason=""), third, [], CommentWithdrawn),
    ):
        with pytest.raises(refusal):
            join(comment, main, duplicates)
    assert join(a_late_comment(4), first, []).duplicate_of == first.id
    assert separate(joined).duplicate_of is None
    with pytest.raises(NotJoined):
        separate(first)


def test_texts_that_differ_in_case_diacritics_and_spaces_are_offered_as_duplicates() -> None:
    assert text_key("Chybí  dětské\nHŘIŠTĚ") == text_key("chybi detske hriste")
    assert text_key("Chybí hřiště") != text_key("Chybí hřiště!")


def test_a_submitter_is_forgotten_after_the_time_of_retention_or_on_request() -> None:
    comment, kept_until = a_numbered_comment(), date(2027, 5, 1)
    gone = erase(comment, Ground.REQUEST, today=date(2026, 5, 1), kept_until=None)
    assert (gone.submitter_name, gone.submitter_contact, gone.text) == ("", "", comment.text)
    for until in (None, kept_until):
        with pytest.raises(SubmitterKeptYet):
            erase(comment, Ground.RETENTION_OVER, today=kept_until, kept_until=until)
    later = kept_until + timedelta(days=1)
    assert erase(comment, Ground.RETENTION_OVER, today=later, kept_until=kept_until).is_erased
    with pytest.raises(CommentErased):
        erase(gone, Ground.REQUEST, today=later, kept_until=None)


@pytest.mark.parametrize(("mine", "all_", "after"), [(1, 4, None), (2, 4, 1800), (0, 5, 600), (2, 5, 1800)])
def test_who_sends_too_much_is_told_when_to_try_again(mine: int, all_: int, after: int | None) -> None:
    arrived = Arrived(
        of_client=mine,
        oldest_of_client_at=NOON - timedelta(minutes=30),
        of_all=all_,
        oldest_at=NOON - timedelta(minutes=50),
    )
    limits = Limits(of_client=2, of_all=5)
    if after is None:
        expect_room(arrived, limits, now=NOON)
        return
    with pytest.raises(TooManyComments) as refused:
        expect_room(arrived, limits, now=NOON)
    assert refused.value.facts["retry_after"] == after


def test_the_book_speaks_czech_and_runs_no_formula() -> None:
    comment = a_late_comment(3, submitter_name="=1+1", text="Řádek\nDruhý; třetí")
    row = {name: getattr(comment, name) for name in comment.__dataclass_fields__}
    row |= {"channel": "post", "late_reason": "delivered-late", "duplicate_of_number": None}
    book = book_of([row], language="cs", delimiter=Delimiter.SEMICOLON).decode("utf-8-sig")
    assert book.startswith("č.;doručeno;")
    assert "3;2026-03-03 12:00;;pošta;ne – doručeno po lhůtě;občan;'=1+1;sarka@example.cz;" in book
    assert '"Řádek\nDruhý; třetí"' in book


class Registry:
    """What the database does: a counter, and comments that nobody deletes."""

    def __init__(self) -> None:
        self.last = 0
        self.kept: list[Comment] = []

    def add(self, sent: Sent) -> None:
        self.last += 1
        self.kept.append(
            numbered(
                sent,
                a_consultation(last_number=self.last),
                comment_id=UUID(int=self.last),
                place=("", ""),
                receipt=None,
                by="x",
                now=NOON,
            )
        )

    def change(self, what: str, one: int, other: int) -> None:
        if not self.kept:
            return
        comment, main = self.kept[one % self.last], self.kept[other % self.last]
        below = [each.id for each in self.kept if each.duplicate_of == comment.id]
        changed = {
            "join": lambda: join(comment, main, below),
            "separate": lambda: separate(comment),
            "withdraw": lambda: withdraw(comment, now=NOON, reason=""),
            "classify": lambda: classify(comment, Kind.FORMAL),
            "erase": lambda: erase(comment, Ground.REQUEST, today=LAST_DAY, kept_until=None),
        }[what]()
        self.kept[one % self.last] = changed
        if what == "withdraw":
            self.kept = [separate(each) if each.duplicate_of == comment.id else each for each in self.kept]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["web", "post", "join", "separate", "withdraw", "classify", "erase"]),
            st.integers(0, 30),
            st.integers(0, 30),
        ),
        max_size=40,
    )
)
def test_numbers_run_from_one_and_texts_stay_whatever_is_done(steps: list[tuple[str, int, int]]) -> None:
    registry, texts = Registry(), []
    for what, one, other in steps:
        if what in {"web", "post"}:
            texts.append(f"{what} {one} {other}")
            sent = a_numbered_comment(
                channel=Channel(what), text=texts[-1], delivered_at=CLOSES + timedelta(hours=one - 15)
            )
            registry.add(sent)
            continue
        try:
            registry.change(what, one, other)
        except Refusal:
            continue
    assert [each.number for each in registry.kept] == list(range(1, len(texts) + 1))
    assert [each.text for each in registry.kept] == texts
    by_id = {each.id: each for each in registry.kept}
    for each in registry.kept:
        if each.duplicate_of is not None:
            main = by_id[each.duplicate_of]
            assert main.duplicate_of is None
            assert main.withdrawn_at is None
            assert each.withdrawn_at is None
            assert main.is_timely or not each.is_timely
    assert all(each.submitter_kind is SubmitterKind.CITIZEN for each in registry.kept)
