"""Language, cursors, ids and reactions: the small pure parts of `shared`."""

import base64
import json
from collections.abc import Sequence
from types import ModuleType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from shared.contracts.planning import PlanApproved, PlanClosed
from shared.contracts.registry import UnitRegistered
from shared.http.edge import told_path
from shared.http.language import language_of
from shared.ids import uuid7
from shared.paging import CursorNotOurs, PageRequest
from shared.reactions import NotAReaction, prepare, reactions_in
from shared.settings import Settings
from shared.transaction import Transaction


def asking_for(languages: str | None) -> Request:
    headers = [] if languages is None else [(b"accept-language", languages.encode("latin-1"))]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize(
    ("asked", "given_"),
    [
        (None, "cs"),
        ("", "cs"),
        ("cs", "cs"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("de", "cs"),
        ("*", "cs"),
        ("en, cs", "cs"),
        ("en;q=0.9, cs;q=0.8", "en"),
        ("cs;q=0.1, en;q=0.2", "en"),
        ("de, en;q=0.5", "en"),
        ("en;q=0, cs;q=0", "cs"),
        ("en;q=nonsense", "cs"),
        ("sk, en;q=0.1", "en"),
        ("de," * 25 + "en", "cs"),
    ],
)
def test_the_language_is_the_one_with_the_higher_quality(asked: str | None, given_: str) -> None:
    assert language_of(asking_for(asked)) == given_


@given(st.text(st.characters(max_codepoint=255)))
def test_whatever_is_asked_for_a_language_is_given(asked: str) -> None:
    assert language_of(asking_for(asked)) in {"cs", "en"}


def a_cursor(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=5))
def test_a_cursor_gives_the_keys_back(keys: list[str]) -> None:
    assert PageRequest(limit=50, cursor=a_cursor(keys)).after == keys


def test_a_first_page_comes_after_nothing() -> None:
    assert PageRequest(limit=50, cursor=None).after == []


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "a",
        "====",
        "ž",
        "\ud800",
        a_cursor({}),
        a_cursor("text"),
        a_cursor([1]),
        a_cursor([["nested"]]),
        a_cursor(["\0"]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff").decode(),
    ],
    ids=lambda cursor: ascii(cursor)[:20],
)
def test_a_cursor_that_we_did_not_issue_is_refused(cursor: str) -> None:
    with pytest.raises(CursorNotOurs):
        assert PageRequest(limit=50, cursor=cursor).after


@given(st.text())
def test_any_text_is_our_cursor_or_is_refused(cursor: str) -> None:
    try:
        keys = PageRequest(limit=50, cursor=cursor).after
    except CursorNotOurs:
        return
    assert all(isinstance(key, str) for key in keys)


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**48 - 1))
def test_ids_sort_by_the_time_of_their_making(one: int, other: int) -> None:
    first, second = uuid7(one), uuid7(other)
    if one != other:
        assert (first < second) is (one < other)
    assert first != second


@given(st.integers(0, 2**48 - 1))
def test_an_id_is_a_uuid_of_version_7_and_holds_its_time(at_ms: int) -> None:
    made = uuid7(at_ms)
    assert isinstance(made, UUID)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == at_ms


def a_module(**functions: object) -> ModuleType:
    module = ModuleType("planning.plans.reactions")
    for name, function in functions.items():
        function.__module__ = module.__name__
        setattr(module, name, function)
    return module


async def close_plan(tx: Transaction, event: PlanClosed) -> None: ...
async def copy_units(tx: Transaction, events: Sequence[UnitRegistered]) -> None: ...
async def note_plan(tx: Transaction, event: PlanApproved | PlanClosed) -> None: ...
async def fetch(event: PlanApproved, settings: Settings) -> str: ...  # type: ignore[empty-body]
@prepare(fetch)
async def render_plan(tx: Transaction, event: PlanApproved, text: str) -> None: ...
async def without_event(tx: Transaction) -> None: ...
async def of_another_type(tx: Transaction, event: str) -> None: ...
async def unannotated(tx, event): ...  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
async def half_an_event(tx: Transaction, event: PlanApproved | str) -> None: ...


def test_the_annotation_of_a_reaction_is_its_subscription() -> None:
    (found,) = reactions_in([a_module(close_plan=close_plan)])
    assert (found.events, found.slice, found.name) == ((PlanClosed,), "plans", "close_plan")
    assert not found.batched
    assert found.prepare is None


def test_a_sequence_of_events_is_a_batch() -> None:
    (found,) = reactions_in([a_module(copy_units=copy_units)])
    assert found.batched
    assert found.events == (UnitRegistered,)


def test_one_reaction_may_hear_several_events() -> None:
    (found,) = reactions_in([a_module(note_plan=note_plan)])
    assert set(found.events) == {PlanApproved, PlanClosed}


def test_what_prepares_a_reaction_is_known() -> None:
    (found,) = reactions_in([a_module(render_plan=render_plan)])
    assert found.prepare is fetch


def test_private_and_plain_functions_are_no_reactions() -> None:
    def plain() -> None: ...

    assert reactions_in([a_module(_close_plan=close_plan, plain=plain)]) == ()


@pytest.mark.parametrize("function", [without_event, of_another_type, unannotated, half_an_event])
def test_a_function_that_names_no_event_is_not_a_reaction(function: object) -> None:
    with pytest.raises(NotAReaction, match=r"planning\.plans\.reactions"):
        reactions_in([a_module(reaction=function)])


def test_ids_made_after_each_other_sort_in_their_order() -> None:
    made = [uuid7() for _ in range(2_000)]
    assert made == sorted(made)


def test_an_address_that_is_a_secret_is_in_no_log() -> None:
    assert (
        told_path("/feeds/s3cret/calendar.ics", "/feeds/{token}/calendar.ics")
        == "/feeds/{token}/calendar.ics"
    )
    assert told_path("/plans/1", "/plans/{plan_id}") == "/plans/1"
