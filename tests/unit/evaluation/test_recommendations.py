"""Where a recommendation stands on a day, and what is told of it."""

from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from evaluation.recommendations.domain import (
    Answer,
    FollowUp,
    Fulfilment,
    Recommendation,
    State,
    Wording,
    note_answer,
    reissue,
)
from shared.contracts.evaluation import RecommendationPriority
from shared.contracts.planning import RecommendationAnswer
from tests.support.evaluation import PLAN
from tests.support.evaluations import ENTRY, an_answer
from tests.support.tokens import OBRNICE

TODAY = date(2027, 6, 1)
ACCEPTED = Answer(
    version=2,
    answer=RecommendationAnswer.ACCEPTED,
    reasons="",
    responsible="Odbor sociálních věcí",
    due_on=date(2027, 12, 31),
)


def a_recommendation(**changes: object) -> Recommendation:
    issued = Recommendation(
        id=uuid5(PLAN, "D1"),
        version=1,
        issue_version=1,
        evaluation_id=ENTRY,
        edition=1,
        plan_id=PLAN,
        revision=1,
        unit_ids=(OBRNICE,),
        wording=Wording(
            number="D1",
            text="Doplnit poradenství.",
            addressee="Obec Obrnice",
            priority=RecommendationPriority.HIGH,
            response_due_on=date(2027, 6, 30),
        ),
        issued_on=date(2027, 1, 1),
    )
    return replace(issued, **changes)  # type: ignore[arg-type]


def found(fulfilment: Fulfilment) -> FollowUp:
    return FollowUp(fulfilment=fulfilment, evidence="Smlouva.", followed_up_on=TODAY)


@pytest.mark.parametrize(
    ("known", "today", "state"),
    [
        (a_recommendation(), TODAY, State.OPEN),
        (a_recommendation(), date(2027, 6, 30), State.OPEN),
        (a_recommendation(), date(2027, 7, 1), State.OVERDUE),
        (a_recommendation(answer=ACCEPTED), TODAY, State.ANSWERED),
        (a_recommendation(answer=ACCEPTED), date(2028, 1, 1), State.LATE),
        (a_recommendation(answer=replace(ACCEPTED, fulfilled_on=TODAY)), TODAY, State.REPORTED),
        (
            a_recommendation(answer=replace(ACCEPTED, answer=RecommendationAnswer.REJECTED, due_on=None)),
            TODAY,
            State.CLOSED,
        ),
        (a_recommendation(answer=ACCEPTED, follow_up=found(Fulfilment.FULFILLED)), TODAY, State.CLOSED),
        (a_recommendation(answer=ACCEPTED, follow_up=found(Fulfilment.PARTLY)), TODAY, State.ANSWERED),
        (
            a_recommendation(answer=ACCEPTED, follow_up=found(Fulfilment.NOT_FULFILLED)),
            date(2028, 1, 1),
            State.LATE,
        ),
    ],
)
def test_the_state_follows_from_the_answer_the_follow_up_and_the_day(
    known: Recommendation, today: date, state: State
) -> None:
    assert known.state(today) is state


def test_only_another_wording_is_told_anew() -> None:
    known = a_recommendation(answer=ACCEPTED)
    same = reissue(known, known.wording, edition=2)
    other = reissue(known, replace(known.wording, text="Jinak."), edition=2)
    assert (same.issue_version, other.issue_version) == (1, 2)
    assert other.answer == ACCEPTED
    told = other.issued()
    assert told is not None
    assert (told.version, told.text) == (2, "Jinak.")
    assert a_recommendation(plan_id=None).issued() is None


def test_an_older_answer_is_no_news() -> None:
    known = a_recommendation(answer=replace(ACCEPTED, version=5))
    assert note_answer(known, an_answer(known.id, version=5)) is None
    noted = note_answer(known, an_answer(known.id, version=6))
    assert noted is not None
    assert noted.version == known.version + 1
