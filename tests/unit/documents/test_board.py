"""What hangs on a board and when; feeds and open data of it."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.boards.domain import (
    Board,
    IcoInvalid,
    NotHanging,
    PostedInThePast,
    PostedTooLong,
    Posting,
    PostingState,
    RemovalBeforePosting,
    check_ico,
    check_posting,
    take_down,
)
from documents.boards.ofn import Hanging, board_of
from documents.boards.syndication import ATOM, Entry, Feed, atom_of, rss_of

TODAY = date(2026, 3, 12)
BASE = "https://pospolu.test/api/documents"


def a_posting(posted: int = 0, remove: int | None = 15, **changes: object) -> Posting:
    facts: dict[str, object] = {
        "id": uuid4(),
        "board_id": uuid4(),
        "document_id": uuid4(),
        "number": 1,
        "posted_on": TODAY + timedelta(days=posted),
        "remove_on": None if remove is None else TODAY + timedelta(days=remove),
        "created_at": datetime(2026, 3, 12, tzinfo=UTC),
        "created_by": "jana",
    } | changes
    return Posting(**facts)  # type: ignore[arg-type]


def an_entry(**changes: object) -> Entry:
    facts: dict[str, object] = {
        "document_id": UUID(int=7),
        "number": 2,
        "title": "Plán & „příští“ kroky",
        "kind": "schválený plán",
        "label": None,
        "media_type": "application/pdf",
        "size_bytes": 1000,
        "published_at": datetime(2026, 3, 12, 9, tzinfo=UTC),
    } | changes
    return Entry(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("posting", "state"),
    [
        (a_posting(1), PostingState.PLANNED),
        (a_posting(0, 0), PostingState.HANGING),
        (a_posting(-9, None), PostingState.HANGING),
        (a_posting(-9, -1), PostingState.OVER),
        (a_posting(-9, taken_down_on=TODAY), PostingState.TAKEN_DOWN),
    ],
)
def test_a_posting_hangs_from_its_first_day_to_its_last(posting: Posting, state: PostingState) -> None:
    assert posting.state(TODAY) is state


@pytest.mark.parametrize(
    ("posting", "refusal"),
    [
        (a_posting(-1), PostedInThePast),
        (a_posting(3, 2), RemovalBeforePosting),
        (a_posting(0, 367), PostedTooLong),
    ],
)
def test_days_that_cannot_be_meant_are_refused(posting: Posting, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_posting(posting, today=TODAY)


def test_what_hangs_no_more_is_not_taken_down() -> None:
    check_posting(a_posting(0, 366), today=TODAY)
    taken = take_down(a_posting(2), reason="chyba", today=TODAY)
    assert (taken.taken_down_on, taken.version) == (TODAY + timedelta(days=2), 2)
    for posting in (taken, a_posting(-9, -1)):
        with pytest.raises(NotHanging):
            take_down(posting, reason="chyba", today=TODAY)


@pytest.mark.parametrize("ico", ["66002222", "00007064", "25596641"])
def test_real_company_numbers_pass(ico: str) -> None:
    check_ico(ico)


@given(st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_of_a_company_number_is_found(place: int, change: int) -> None:
    digits = [int(digit) for digit in "66002222"]
    digits[place] = (digits[place] + change) % 10
    if (8 - place) * change % 11 not in {0, 10, 1}:  # 10 and 11 share a check digit with others
        with pytest.raises(IcoInvalid):
            check_ico("".join(map(str, digits)))


def test_a_board_is_told_by_the_open_formal_norm() -> None:
    board = Board(
        id=uuid4(),
        code="obrnice",
        unit_id=uuid4(),
        title="Úřední deska obce Obrnice",
        operator="Obec Obrnice",
        operator_ico="00266086",
        page=None,
    )
    hanging = Hanging(
        id=UUID(int=1),
        document_id=UUID(int=2),
        number=3,
        title="Plán",
        reference_number="MMR-12/2026",
        file_mark=None,
        file_name="plan.pdf",
        approved_on=date(2026, 3, 1),
        posted_on=TODAY,
        remove_on=None,
    )
    told = board_of(board, [hanging], base=BASE)
    assert told["@context"] == "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"
    assert told["stránka"] == f"{BASE}/boards/obrnice/board.jsonld"
    notice = json.loads(json.dumps(told))["informace"][0]
    assert notice["vyvěšení"] == {"typ": "Časový okamžik", "datum": "2026-03-12"}
    assert notice["relevantní_do"] == {"typ": "Časový okamžik", "nespecifikovaný": True}
    assert notice["schválení"] == {"typ": "Časový okamžik", "datum": "2026-03-01"}
    assert notice["číslo_jednací"] == "MMR-12/2026"
    assert "spisová_značka" not in notice
    assert notice["dokument"][0]["url"] == f"{BASE}/documents/{UUID(int=2)}/versions/3/content"


@given(st.text())
def test_any_title_makes_a_feed_that_can_be_read(title: str) -> None:
    feed = Feed(
        title="Dokumenty", address=f"{BASE}/feeds/documents.atom", base=BASE, entries=[an_entry(title=title)]
    )
    for made in (rss_of(feed), atom_of(feed)):
        assert len(ET.fromstring(made)) > 0  # noqa: S314 - our own


def test_feeds_have_ids_that_stay_and_say_what_changed_last() -> None:
    entries = [an_entry(label="Revize 2"), an_entry(number=1, published_at=datetime(2026, 1, 1, tzinfo=UTC))]
    feed = Feed(title="Dokumenty", address=f"{BASE}/feeds/documents.atom", base=BASE, entries=entries)
    atom = ET.fromstring(atom_of(feed))  # noqa: S314
    rss = ET.fromstring(rss_of(feed))  # noqa: S314
    ids = [entry.findtext(f"{{{ATOM}}}id") for entry in atom.findall(f"{{{ATOM}}}entry")]
    assert ids == [item.findtext("guid") for item in rss.iter("item")] == [each.id for each in entries]
    assert ids[0] == an_entry(title="Jiný název").id
    assert atom.findtext(f"{{{ATOM}}}updated") == "2026-03-12T09:00:00Z"
    assert rss.findtext("channel/item/title") == "Plán & „příští“ kroky (Revize 2)"
    assert rss.findtext("channel/item/pubDate") == "Thu, 12 Mar 2026 09:00:00 GMT"
    empty = Feed(title="Dokumenty", address="x", base=BASE, entries=[])
    assert b"2000-01-01T00:00:00Z" in atom_of(empty)
