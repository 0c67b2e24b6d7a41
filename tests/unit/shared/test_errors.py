"""A refusal is a fact with a stable code, told in Czech and in English."""

from datetime import UTC, date, datetime

import pytest

from shared.errors import (
    Finding,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    RuleBroken,
    Stale,
    Unauthenticated,
    VersionIsStale,
    expect_version,
)


class PlanNotSubmitted(RuleBroken):
    cs = "Plán není předložen ke schválení, je ve stavu „{status}“."
    en = "The plan is not submitted, it is {status}."


class Esf2027Closed(RuleBroken):
    cs = "Výzva skončila."
    en = "The call has ended."


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (PlanNotSubmitted(status="draft"), "plan-not-submitted"),
        (Esf2027Closed(), "esf2027-closed"),
        (NotFound(), "not-found"),
        (VersionIsStale(expected=1, current=2), "version-is-stale"),
    ],
)
def test_the_code_is_the_name_in_kebab_case(refusal: Refusal, code: str) -> None:
    assert refusal.code == code


def test_the_title_tells_the_facts_in_both_languages() -> None:
    refusal = PlanNotSubmitted(status="draft")
    assert refusal.title("cs") == "Plán není předložen ke schválení, je ve stavu „draft“."
    assert refusal.title("en") == "The plan is not submitted, it is draft."
    assert str(refusal) == refusal.title("en")
    assert refusal.facts == {"status": "draft"}


def test_days_and_instants_are_written_as_people_of_the_language_do() -> None:
    class CallIsOver(RuleBroken):
        cs = "Příjem skončil {closes_at}, vyhlášen byl {announced_on}."
        en = "Intake ended on {closes_at}, it was announced on {announced_on}."

    over = CallIsOver(closes_at=datetime(2023, 4, 6, 21, 59, tzinfo=UTC), announced_on=date(2023, 2, 27))
    assert over.title("cs") == "Příjem skončil 6.\xa04.\xa02023 23:59, vyhlášen byl 27.\xa02.\xa02023."
    assert over.title("en") == "Intake ended on 6 April 2023 23:59, it was announced on 27 February 2023."


def test_a_fact_is_told_as_it_is_even_with_braces_in_it() -> None:
    assert "{status}" in PlanNotSubmitted(status="{status}{0}").title("cs")


def test_a_title_that_lacks_its_fact_fails_where_it_is_raised() -> None:
    with pytest.raises(KeyError, match="status"):
        PlanNotSubmitted()


def test_a_refusal_remembers_the_place_and_every_finding() -> None:
    finding = Finding(pointer="/goals/0", code="goal-without-date", cs="cíl nemá termín", en="no date")
    refusal = PlanNotSubmitted(status="draft", pointer="/goals", findings=[finding])
    assert refusal.pointer == "/goals"
    assert refusal.findings == (finding,)


@pytest.mark.parametrize("base", [Invalid, RuleBroken, NotFound, Forbidden, Unauthenticated, Stale])
def test_every_kind_of_refusal_has_words_of_last_resort(base: type[Refusal]) -> None:
    assert base().title("cs") != base().title("en")


def test_whoever_knows_the_current_version_may_go_on() -> None:
    expect_version(3, 3)


@pytest.mark.parametrize(("expected", "current"), [(2, 3), (4, 3), (0, 1)])
def test_whoever_decided_on_another_version_is_told_both(expected: int, current: int) -> None:
    with pytest.raises(VersionIsStale) as raised:
        expect_version(expected, current)
    assert raised.value.facts == {"expected": expected, "current": current}
