"""Rules of sign-ups, of the hour's limits and of what stands in a letter."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.communications.domain import ActToTell, Rule, due_of
from documents.communications.kinds import ActKind, CommunicationKind
from documents.newsletter.composition import archived_page, letter_of
from documents.newsletter.domain import Issue, IssueContent, IssueSection, IssueState, Item, Linked
from documents.subscribers.domain import (
    CONFIRMED_WITHIN,
    MOST_LETTERS_A_DAY,
    NewsLanguage,
    Segment,
    SignUp,
    Subscriber,
    SubscriberStatus,
    Theme,
    asked_again,
    confirmed,
    ended,
    message_id_of,
)
from documents.subscribers.flood import Arrived, Limits, expect_room
from documents.subscribers.letters import letter_to
from documents.subscribers.refusals import LinkNotValid, TooManySignUps

NOW = datetime(2027, 4, 1, 12, tzinfo=UTC)
TODAY = date(2027, 4, 1)
SOME = UUID("0199a000-0000-7000-8000-000000000001")


def a_subscriber(**changes: object) -> Subscriber:
    subscriber = Subscriber(
        id=SOME,
        status=SubscriberStatus.PENDING,
        address="jana@obec.test",
        language=NewsLanguage.CS,
        segment=Segment(),
        secret="secret",
        confirmation="first",
        asked_at=NOW,
        created_at=NOW,
    )
    return replace(subscriber, **changes)  # type: ignore[arg-type]


def a_form(**changes: object) -> SignUp:
    form = SignUp(
        address="Jana@obec.test",
        language=NewsLanguage.EN,
        segment=Segment(themes=(Theme.EVENTS,)),
        form="web",
        wording="ano",
    )
    return replace(form, **changes)  # type: ignore[arg-type]


def test_a_stranger_who_fills_the_form_in_changes_nothing_of_who_is_subscribed() -> None:
    known = a_subscriber(status=SubscriberStatus.ACTIVE, confirmed_at=NOW)
    asked = asked_again(known, a_form(), confirmation="next", now=NOW, today=TODAY)
    kept = ("status", "address", "language", "segment", "confirmation", "version")
    assert [getattr(asked, name) for name in kept] == [getattr(known, name) for name in kept]
    assert "Zpravodaj už odebíráte" in letter_to(asked, public_url="https://x.test").subject


def test_who_left_is_asked_anew_and_the_letter_holds_the_new_link() -> None:
    gone = a_subscriber(status=SubscriberStatus.UNSUBSCRIBED, ended_at=NOW)
    asked = asked_again(gone, a_form(), confirmation="next", now=NOW, today=TODAY)
    assert (asked.status, asked.language) == (SubscriberStatus.PENDING, NewsLanguage.EN)
    assert "key=next" in letter_to(asked, public_url="https://x.test/").plain
    assert message_id_of(asked) != message_id_of(gone)


@given(st.lists(st.integers(min_value=1, max_value=600), max_size=40))
def test_however_often_the_form_is_sent_few_letters_go_to_one_address_in_a_day(pauses: list[int]) -> None:
    subscriber, letters = a_subscriber(), 0
    at = NOW.replace(hour=0)
    for pause in pauses:
        at = min(at + timedelta(minutes=pause), NOW.replace(hour=23))
        after = asked_again(subscriber, a_form(), confirmation="next", now=at, today=TODAY)
        letters += after.last_letter_at != subscriber.last_letter_at
        subscriber = after
    assert letters <= MOST_LETTERS_A_DAY


def test_a_link_is_good_for_a_week_and_for_who_waits() -> None:
    assert confirmed(a_subscriber(), now=NOW + CONFIRMED_WITHIN).status is SubscriberStatus.ACTIVE
    with pytest.raises(LinkNotValid):
        confirmed(a_subscriber(), now=NOW + CONFIRMED_WITHIN + timedelta(seconds=1))
    gone = ended(a_subscriber(), SubscriberStatus.UNSUBSCRIBED, now=NOW)
    with pytest.raises(LinkNotValid):
        confirmed(gone, now=NOW)
    assert ended(gone, SubscriberStatus.SUSPENDED, now=NOW) is gone, "who left has left"


def test_a_client_and_everybody_together_send_so_many_forms_in_an_hour() -> None:
    limits = Limits(of_client=2, of_all=5)
    expect_room(Arrived(of_client=1, of_all=4), limits)
    for arrived in (Arrived(of_client=2, of_all=2), Arrived(of_client=0, of_all=5)):
        with pytest.raises(TooManySignUps):
            expect_room(arrived, limits)


@pytest.mark.parametrize(("is_public", "said"), [(True, "Plán"), (False, "Plán (dokument byl stažen)")])
def test_a_letter_tells_what_was_withdrawn_and_where_to_leave(*, is_public: bool, said: str) -> None:
    section = IssueSection(heading="Plány", text="Jeden.\n\nDva.", items=(Item(text="", document_id=SOME),))
    content = IssueContent(
        language=NewsLanguage.CS,
        title="Zpravodaj",
        opening="Dobrý den",
        sections=(section,),
        segment=Segment(),
    )
    issue = Issue(id=SOME, state=IssueState.SENDING, content=content, written_by="a", number=3)
    letter = letter_of(
        issue,
        {SOME: Linked(title="Plán", is_public=is_public)},
        public_url="https://x.test",
        unsubscribe_url="https://x.test/leave?key=k",
    )
    assert f"- {said}\n" in letter.plain
    assert "<p>Jeden.</p>\n<p>Dva.</p>" in letter.html
    assert "https://x.test/api/documents/newsletter/archive/3" in letter.plain
    assert '<a href="https://x.test/leave?key=k">Odhlásit odběr</a>' in letter.html


def test_an_archived_issue_is_a_page_that_a_screen_reader_walks_through() -> None:
    section = IssueSection(heading="Plány & data", text="První\r\nřádek.\r\n\r\nDruhý <odstavec>.")
    content = IssueContent(
        language=NewsLanguage.CS,
        title="Zpravodaj <jaro>",
        opening="Dobrý den",
        sections=(section,),
        segment=Segment(),
    )
    issue = Issue(
        id=SOME, state=IssueState.SENT, content=content, written_by="a", number=3, started_at=NOW, version=1
    )
    page = archived_page(issue, {}, public_url="https://x.test/")
    assert re.findall(r"<(h\d|main|footer)>", page) == ["main", "h1", "h2", "footer"]
    assert (
        "<h1>Zpravodaj &lt;jaro&gt;</h1>\n<p>Číslo 3, 1.\N{NO-BREAK SPACE}4.\N{NO-BREAK SPACE}2027</p>"
        in page
    )
    assert "<p>První<br>\nřádek.</p>\n<p>Druhý &lt;odstavec&gt;.</p>" in page
    assert '<html lang="cs">' in page
    assert 'href="https://x.test/api/documents/newsletter/archive"' in page


def test_what_an_act_asks_for_is_due_in_working_days_unless_it_is_long_past() -> None:
    rule = Rule(
        id=SOME,
        act=ActKind.PLAN_APPROVED,
        kind=CommunicationKind.PRESS_RELEASE,
        title="Zpráva",
        channel="",
        target_group="",
        working_days=2,
    )
    act = ActToTell(kind=rule.act, key="k", on=date(2027, 3, 24), about_id=uuid5(SOME, "act"))
    assert due_of(rule, act, today=TODAY) == date(2027, 3, 30), "over Good Friday, the weekend and Monday"
    assert due_of(rule, act, today=date(2027, 7, 1)) is None
