"""Words under revisions, absences with deputies, proposals of owners, adoption: the rules alone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.commitments.absence import Absence, declare, deputies_on, end
from planning.commitments.adoption import adoption_of
from planning.commitments.domain import Commitment, Party, Side, Speaker, Standing, Word, parties_of, standing
from planning.commitments.refusals import AbsenceMalformed, AbsenceOver, AbsenceOverlaps, DeputyAway
from planning.commitments.succession import candidates, ended_by
from planning.plans.tree import Goal, Problem
from tests.support.plan_content import an_id, the_measure

DAY = date(2026, 5, 1)
SPEAKER = Speaker(id="mayor", affiliation="Město", for_all=True)
NAMES = st.sampled_from(["Město", "Charita", "Azyl", ""])


def a_plan_of(owners: list[tuple[int, str, tuple[str, ...]]]) -> tuple[Problem, ...]:
    measures = tuple(
        the_measure(id=an_id(number), owner=owner, partners=partners) for number, owner, partners in owners
    )
    return (
        Problem(id=an_id(1), title="P", area="BYD", goals=(Goal(id=an_id(2), title="G", measures=measures),)),
    )


def a_word(party: Party, word: Word = Word.ACCEPTED, *, version: int = 1) -> Commitment:
    return Commitment(
        party=party, version=version, word=word, decided_on=DAY, decided_by="x", affiliation=party.name
    )


PLANS = st.lists(
    st.tuples(st.integers(10, 15), NAMES, st.lists(NAMES.filter(bool), max_size=2).map(tuple)),
    unique_by=lambda each: each[0],
    max_size=5,
).map(a_plan_of)


@given(PLANS, PLANS, st.lists(st.sampled_from(list(Word)), min_size=20, max_size=20))
def test_a_revision_ends_exactly_the_acceptances_that_it_does_not_name(
    before: tuple[Problem, ...], after: tuple[Problem, ...], said: list[Word]
) -> None:
    words = {
        party: a_word(party, word, version=3) for party, word in zip(parties_of(before), said, strict=False)
    }
    ended = list(ended_by(after, words, revision=2, ended_on=DAY, speaker=SPEAKER))
    named = set(parties_of(after))
    assert {each.party for each in ended} == {
        party for party, last in words.items() if last.word is Word.ACCEPTED and party not in named
    }
    assert all((each.word, each.version, bool(each.note)) == (Word.ENDED, 4, True) for each in ended)
    settled = {**words, **{each.party: each for each in ended}}
    assert list(ended_by(after, settled, revision=3, ended_on=DAY, speaker=SPEAKER)) == []


def test_an_ended_word_holds_no_more_even_when_the_party_returns() -> None:
    party = Party(measure_id=an_id(3), side=Side.OWNER, name="Město")
    assert standing(a_word(party, Word.ENDED), valid_from=DAY, lapse_after_months=12) is Standing.ENDED


def an_absence(**changes: object) -> Absence:
    whole = Absence(
        id=an_id(50),
        version=1,
        plan_id=an_id(51),
        party="Charita",
        deputy="Azyl",
        reason="",
        starts_on=DAY,
        ends_on=DAY + timedelta(days=9),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


@given(st.integers(-30, 30), st.integers(0, 30))
def test_a_party_is_never_away_twice_on_one_day(offset: int, days: int) -> None:
    first = an_absence()
    start = DAY + timedelta(days=offset)
    second = an_absence(id=an_id(52), starts_on=start, ends_on=start + timedelta(days=days))
    common = {DAY + timedelta(days=each) for each in range(10)} & {
        start + timedelta(days=each) for each in range(days + 1)
    }
    if common:
        with pytest.raises(AbsenceOverlaps):
            declare(second, [first])
    else:
        assert declare(second, [first]) is second
    assert declare(second, [replace(first, is_called_off=True)]) is second


def test_an_absence_is_refused_when_its_deputy_is_away_or_its_days_make_no_sense() -> None:
    with pytest.raises(DeputyAway):
        declare(an_absence(party="Město", deputy="Charita"), [an_absence()])
    for last in (DAY - timedelta(days=1), DAY + timedelta(days=366), date.max):
        with pytest.raises(AbsenceMalformed):
            declare(an_absence(ends_on=last), [])


def test_an_absence_is_cut_short_or_called_off_but_never_prolonged() -> None:
    assert end(an_absence(), DAY).ends_on == DAY
    assert end(an_absence(), DAY - timedelta(days=1)).is_called_off
    for late in (DAY + timedelta(days=9), DAY + timedelta(days=99)):
        with pytest.raises(AbsenceOver):
            end(an_absence(), late)
    assert deputies_on([an_absence(is_called_off=True)], DAY) == {}
    assert deputies_on([an_absence()], DAY + timedelta(days=9)).keys() == {"Charita"}


def test_who_refused_a_measure_is_not_proposed_for_it() -> None:
    problems = a_plan_of([(10, "Město", ("Charita", "Azyl")), (11, "Obec", ())])
    refused = {Party(measure_id=an_id(10), side=Side.PARTNER, name="Charita"): Standing.DECLINED}
    found = candidates(problems, an_id(10), refused)
    assert found is not None
    assert [each.name for each in found] == ["Azyl", "Obec"]
    assert candidates(problems, an_id(99), {}) is None


def test_adoption_of_a_plan_without_measures_is_no_share() -> None:
    empty = adoption_of((), {}, {}, today=DAY)
    assert (empty.share_percent, empty.median_days, empty.measures) == (None, None, 0)


def test_half_days_of_the_median_and_thirds_of_the_share_are_rounded_half_up() -> None:
    problems = a_plan_of([(10, "Město", ()), (11, "Obec", ()), (12, "", ())])
    first, second = parties_of(problems)
    words = {first: a_word(first), second: replace(a_word(second), decided_on=DAY - timedelta(days=1))}
    standings = {first: Standing.ACCEPTED, second: Standing.ACCEPTED}
    found = adoption_of((an_id(10), an_id(11), an_id(12)), standings, words, today=DAY)
    assert (found.share_percent, found.median_days, found.unowned) == (Decimal("66.7"), Decimal("0.5"), 1)
