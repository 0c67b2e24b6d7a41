"""Events on the wire: what was told is what is heard."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.codec import LARGEST_EVENT_BYTES, Envelope, EventTooLarge, UnknownEvent, decode, encode
from shared.contracts.base import Event
from shared.contracts.catalogue import EVENTS
from shared.contracts.planning import PlanClosed

ID = UUID("019a1c2e-7b1a-7c3d-8e4f-5a6b7c8d9e0f")
NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)

DECIMALS = st.decimals(-(10**12), 10**12, places=6)
INSTANTS = st.datetimes(timezones=st.just(UTC))


def any_of(kind: object) -> st.SearchStrategy[object]:
    """Return any value that a field of an event may hold; floats without an end are none."""
    if kind is Decimal:
        return DECIMALS
    if kind is datetime:
        return INSTANTS
    if get_origin(kind) is tuple:
        return st.lists(any_of(get_args(kind)[0]), max_size=4).map(tuple)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: any_of(hints[field.name]) for field in fields(kind)})
    return st.from_type(kind)  # type: ignore[arg-type]


def an_envelope(event: Event, **changes: object) -> Envelope:
    values: dict[str, object] = {"id": ID, "time": NOON, "correlation_id": "abc", **changes}
    return Envelope(event=event, **values)  # type: ignore[arg-type]


def a_closed_plan(**changes: object) -> PlanClosed:
    values = {
        "version": 3,
        "plan_id": ID,
        "revision": 1,
        "unit_ids": (ID,),
        "closed_on": NOON.date(),
        "reason": "Plán skončil „svou“ platností\n",
        **changes,
    }
    return PlanClosed(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS.keys())
@given(data=st.data())
@settings(max_examples=25)
def test_every_event_comes_back_as_it_was_told(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(any_of(kind))
    assert isinstance(event, kind)
    told = an_envelope(event)
    assert decode(encode(told)) == told


def test_an_event_is_a_cloud_event() -> None:
    raw = json.loads(encode(an_envelope(a_closed_plan(), causation_id="cause")))
    assert {name: raw[name] for name in raw if name != "data"} == {
        "specversion": "1.0",
        "id": str(ID),
        "source": "/planning",
        "type": "planning.plan.closed.v1",
        "subject": str(ID),
        "time": "2026-11-22T11:00:00+00:00",
        "datacontenttype": "application/json",
        "correlationid": "abc",
        "causationid": "cause",
    }


def test_an_event_that_no_other_caused_says_nothing_of_a_cause() -> None:
    raw = json.loads(encode(an_envelope(a_closed_plan())))
    assert "causationid" not in raw
    assert decode(json.dumps(raw)).causation_id is None


def test_a_foreign_event_without_a_correlation_is_tied_to_itself() -> None:
    raw = json.loads(encode(an_envelope(a_closed_plan())))
    del raw["correlationid"]
    assert decode(json.dumps(raw)).correlation_id == str(ID)


def test_an_event_too_large_for_the_broker_is_refused_before_it_is_kept() -> None:
    fits = a_closed_plan(reason="a" * (LARGEST_EVENT_BYTES - 2000))
    assert len(encode(an_envelope(fits))) <= LARGEST_EVENT_BYTES
    with pytest.raises(EventTooLarge, match=r"planning\.plan\.closed\.v1"):
        encode(an_envelope(a_closed_plan(reason="ž" * (LARGEST_EVENT_BYTES // 2))))


@pytest.mark.parametrize("changes", [{"type": "planning.plan.closed.v2"}, {"type": None}, {"type": 7}])
def test_an_event_of_another_version_is_unknown(changes: dict[str, object]) -> None:
    raw = json.loads(encode(an_envelope(a_closed_plan())))
    with pytest.raises(UnknownEvent):
        decode(json.dumps({**raw, **changes}))


@pytest.mark.parametrize(
    "changes",
    [
        {"plan_id": "not a uuid"},
        {"version": "one"},
        {"closed_on": "yesterday"},
        {"unit_ids": "all"},
        {"reason": None},
    ],
)
def test_an_event_that_breaks_its_contract_is_refused(changes: dict[str, object]) -> None:
    raw = json.loads(encode(an_envelope(a_closed_plan())))
    raw["data"].update(changes)
    with pytest.raises(ValueError, match=next(iter(changes))):
        decode(json.dumps(raw))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 10])
def test_bytes_that_are_no_json_are_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(body)
