"""The window of an intake in Prague days, what an outage gives back, and the form of a call."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from registry.calls.availability import LONGEST_SILENCE, availability_in, outage_between
from registry.calls.decisions import announce, extend, prolong
from registry.calls.domain import Call, IntakeIsOver, Phase, Status
from registry.calls.questionnaire import DEEPEST, FormInvalid, expect_form
from registry.calls.readiness import missing
from registry.calls.window import ONE_MINUTE, Outage, Window
from shared.days import PRAGUE, day_of
from tests.support.calls import FORM, a_draft, at, seeded_methodologies

ID = UUID(int=9)
DAYS = st.dates(date(2008, 1, 23), date(2100, 12, 1))
INSTANTS = st.integers(0, 365 * 86_400_000_000 - 1).map(
    lambda microseconds: datetime(2023, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
KPSV21 = next(each for each in seeded_methodologies() if each.code == "KPSV21/1.0")


def announced() -> Call:
    return announce(a_draft(), (), on=date(2023, 2, 27))[0]


@given(first=DAYS, days=st.integers(0, 400))
def test_a_window_is_whole_days_in_prague_whatever_the_clocks_do(first: date, days: int) -> None:
    window = Window.of_days(first, first + timedelta(days=days))
    moment = timedelta(microseconds=1)
    assert (day_of(window.opens_at), day_of(window.opens_at - moment)) == (first, first - timedelta(days=1))
    assert window.last_day == first + timedelta(days=days)
    assert day_of(window.closes_at + moment) == window.last_day + timedelta(days=1)
    here = [
        each.astimezone(PRAGUE).utcoffset() or timedelta(0) for each in (window.opens_at, window.closes_at)
    ]
    assert window.closes_at - window.opens_at + moment == timedelta(days=days + 1) - (here[1] - here[0])


def test_the_night_of_summer_time_makes_the_intake_an_hour_shorter_and_leaves_it_eighteen_days() -> None:
    window = Window.of_days(date(2023, 3, 20), date(2023, 4, 6))
    assert window.closes_at - window.opens_at + timedelta(microseconds=1) == timedelta(days=18, hours=-1)


@given(begins=INSTANTS, lasts=st.timedeltas(timedelta(microseconds=1), timedelta(days=40)))
def test_an_outage_gives_back_at_least_what_it_took_and_less_than_a_minute_more(
    begins: datetime, lasts: timedelta
) -> None:
    window = Window.of_days(date(2023, 3, 20), date(2023, 4, 6))
    outage = Outage(id=ID, from_at=begins, until_at=begins + lasts)
    lost = window.lost_in(outage)
    touched = begins <= window.closes_at and outage.until_at > window.opens_at
    taken = outage.until_at - max(begins, window.opens_at) if touched else timedelta(0)
    assert taken <= lost < taken + ONE_MINUTE
    assert lost % ONE_MINUTE == timedelta(0)
    longer = window.prolonged(lost)
    assert not touched or longer.closes_at - outage.until_at >= window.closes_at - max(
        begins, window.opens_at
    )


@given(st.lists(st.timedeltas(timedelta(seconds=1), timedelta(hours=3)), max_size=8))
def test_what_outages_give_back_adds_up(lengths: list[timedelta]) -> None:
    call, now, given_back = announced(), at("2023-03-21T08:00:00"), timedelta(0)
    for length in lengths:
        call, minutes = prolong(call, Outage(id=ID, from_at=now, until_at=now + length))
        given_back += minutes * ONE_MINUTE
        now += length + timedelta(hours=1)
    assert call.closes_at == Window.of_days(date(2023, 3, 20), date(2023, 4, 6)).closes_at + given_back
    assert call.closes_on == day_of(call.closes_at)
    assert sum(lengths, timedelta(0)) <= given_back < sum(lengths, ONE_MINUTE) + len(lengths) * ONE_MINUTE


@pytest.mark.parametrize(
    ("instant", "phase"),
    [
        ("2023-03-19T22:59:59", Phase.ANNOUNCED),
        ("2023-03-19T23:00:00", Phase.OPEN),
        ("2023-04-06T21:59:59.999999", Phase.OPEN),
        ("2023-04-06T22:00:00", Phase.CLOSED),
    ],
)
def test_the_phase_follows_from_the_time(instant: str, phase: Phase) -> None:
    assert announced().phase(at(instant)) is phase


def test_an_extension_written_down_later_is_judged_by_the_day_of_the_decision() -> None:
    now = at("2026-01-01T12:00:00")
    longer = extend(announced(), date(2023, 4, 14), on=date(2023, 4, 6), now=now)
    assert (longer.closes_on, longer.status) == (date(2023, 4, 14), Status.ANNOUNCED)
    with pytest.raises(IntakeIsOver) as over:
        extend(announced(), date(2023, 4, 14), on=date(2023, 4, 7), now=now)
    assert over.value.title("cs").replace("\N{NO-BREAK SPACE}", " ") == (
        "Příjem přihlášek do výzvy „KPSV21-2“ skončil 6. 4. 2023 23:59."
    )


def test_no_decision_dated_back_opens_an_intake_that_has_ended() -> None:
    closed = at("2023-04-07T08:00:00")
    with pytest.raises(IntakeIsOver):
        extend(announced(), date(2023, 4, 7), on=date(2023, 4, 6), now=closed)
    still_open = at("2023-04-06T21:59:59")
    assert extend(announced(), date(2023, 4, 7), on=date(2023, 4, 6), now=still_open).closes_on == date(
        2023, 4, 7
    )


@pytest.mark.parametrize(
    ("silence", "is_outage"),
    [(LONGEST_SILENCE, False), (LONGEST_SILENCE + timedelta(microseconds=1), True), (-ONE_MINUTE, False)],
)
def test_a_silence_longer_than_two_minutes_is_an_outage(silence: timedelta, *, is_outage: bool) -> None:
    before = at("2023-04-01T10:00:00")
    assert (outage_between(ID, before, before + silence) is not None) is is_outage
    assert outage_between(ID, None, before) is None


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 30)), max_size=10))
def test_the_share_of_availability_is_between_nothing_and_all(spans: list[tuple[int, int]]) -> None:
    now, outages, last = at("2023-12-31T00:00:00"), [], at("2022-01-01T00:00:00")
    for pause, length in spans:
        begins = last + timedelta(hours=pause)
        last = begins + timedelta(hours=length)
        outages.append((begins, last))
    for days in (30, 365):
        found = availability_in(outages, first_at=at("2022-01-01T00:00:00"), now=now, days=days)
        assert found.percent is not None
        assert Decimal(0) <= found.percent <= Decimal(100)
        assert (found.percent == 100) is (found.down_seconds == 0)


def test_a_second_of_outage_is_not_rounded_away() -> None:
    now = at("2023-12-31T00:00:00")
    outage = (now - timedelta(seconds=2), now - timedelta(seconds=1))
    found = availability_in([outage], first_at=now - timedelta(days=400), now=now, days=365)
    assert (found.percent, found.down_seconds) == (Decimal("99.99"), 1)


def test_nothing_watched_yet_is_no_share() -> None:
    now = at("2023-12-31T00:00:00")
    assert availability_in([], first_at=now, now=now, days=30).percent is None


def nested(depth: int) -> dict[str, object]:
    form: dict[str, object] = {"type": "object"}
    for _ in range(depth):
        form = {"type": "object", "not": form}
    return form


def a_chain(length: int, *, backwards: bool) -> dict[str, object]:
    """Each definition is the next one, written down from either end."""
    links = [(f"d{each}", {"$ref": f"#/$defs/d{each + 1}"}) for each in range(length)]
    ordered = [(f"d{length}", {"type": "string"}), *reversed(links)]
    definitions = dict(ordered if backwards else reversed(ordered))
    return {"type": "object", "properties": {"a": {"$ref": "#/$defs/d0"}}, "$defs": definitions}


def laughing(generations: int) -> dict[str, object]:
    """Each definition asks for the next one twice: small to write, endless to follow."""
    definitions: dict[str, object] = {f"d{generations}": {"type": "string"}}
    for each in range(generations):
        definitions[f"d{each}"] = {"allOf": [{"$ref": f"#/$defs/d{each + 1}"}] * 2}
    return {"type": "object", "$defs": definitions, "properties": {"a": {"$ref": "#/$defs/d0"}}}


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"title": "A"}, "/form/type"),
        ({**FORM, "$schema": "http://json-schema.org/draft-07/schema#"}, "/form/$schema"),
        ({**FORM, "required": [1]}, "/form/required/0"),
        ({**FORM, "properties": {"a/b": {"type": "text"}}}, "/form/properties/a~1b/type"),
        ({**FORM, "properties": {"a": {"pattern": "("}}}, "/form/properties/a/pattern"),
        ({**FORM, "properties": {"a": {"pattern": "(?=a)b"}}}, "/form/properties/a/pattern"),
        ({**FORM, "properties": {"a": {"pattern": r"(a)\1"}}}, "/form/properties/a/pattern"),
        ({**FORM, "properties": {"a": {"pattern": "a{99999999999999999999}"}}}, "/form/properties/a/pattern"),
        ({**FORM, "properties": {"a": {"pattern": "(" * 30_000}}}, "/form/properties/a/pattern"),
        ({**FORM, "properties": {"a": {"pattern": r"\p{L}"}}}, "/form/properties/a/pattern"),
        ({**FORM, "patternProperties": {"^a(?!b)": {}}}, "/form/patternProperties/^a(?!b)"),
        ({**FORM, "properties": {"a": {"format": "ico"}}}, "/form/properties/a/format"),
        ({**FORM, "properties": {"a": {"format": "regex"}}}, "/form/properties/a/format"),
        ({**FORM, "$ref": "https://example.org/form.json"}, "/form/$ref"),
        ({**FORM, "$ref": "#/properties/need"}, "/form/$ref"),
        ({**FORM, "$ref": "#/$defs/nowhere"}, "/form/$ref"),
        ({**FORM, "$id": "https://example.org/form"}, "/form/$id"),
        ({**FORM, "maxProperties": 2**60}, "/form/maxProperties"),
        ({**FORM, "default": 1.5}, "/form/default"),
        ({**FORM, "\ud800": 1}, "/form"),
        ({**FORM, "title": "x" * 70_000}, "/form"),
        (nested(DEEPEST + 1), "/form" + "/not" * (DEEPEST + 1)),
        (laughing(20), "/form/$defs"),
        (a_chain(1000, backwards=False), "/form/$defs"),
        (a_chain(1000, backwards=True), "/form/$defs"),
        ({**FORM, "$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}, "/form/$defs"),
        ({**FORM, "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"not": {"$ref": "#/$defs/a"}}}}, "/form/$defs"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_form_that_is_no_usable_schema_is_refused_with_the_place(
    form: dict[str, object], pointer: str
) -> None:
    with pytest.raises(FormInvalid) as refused:
        expect_form(form)
    assert pointer in [finding.pointer for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (FORM, {"need": "x", "has_plan": False}, {"need": "x", "has_plan": True}),
        (laughing(5), {"a": "x"}, {"a": 1}),
        (a_chain(10, backwards=True), {"a": "x"}, {"a": 1}),
        (nested(2), {}, []),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_form_with_conditions_and_references_of_its_own_is_usable(
    form: dict[str, object], good: object, bad: object
) -> None:
    expect_form(form)
    validator = Draft202012Validator(form)
    assert (validator.is_valid(good), validator.is_valid(bad)) == (True, False)


def test_a_draft_may_have_no_form_yet() -> None:
    expect_form({})
    assert "/form/title" in [each.pointer for each in missing(a_draft(form={}), KPSV21, on=date(2023, 2, 27))]
