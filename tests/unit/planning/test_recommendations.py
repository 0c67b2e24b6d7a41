"""A recommendation through any order of words and replies: nothing old wins, nothing said is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.recommendations.domain import Recommendation, Reply, State, answer, fulfil, keep
from planning.recommendations.refusals import FulfilledAlready, NothingToFulfil
from shared.contracts.planning import RecommendationAnswer
from shared.errors import Refusal
from tests.support.plan_content import an_id
from tests.support.recommendations import a_recommendation

TODAY = date(2026, 7, 1)
TOLD = a_recommendation(an_id(1))


def kept(**changes: object) -> Recommendation:
    found = keep(None, TOLD)
    assert found is not None
    return replace(found, **changes)  # type: ignore[arg-type]


def a_reply(said: RecommendationAnswer = RecommendationAnswer.ACCEPTED, **changes: object) -> Reply:
    promise = {} if said is RecommendationAnswer.REJECTED else {"responsible": "Odbor", "due_on": TODAY}
    values: dict[str, object] = {
        "version": 0,
        "answer": said,
        "reasons": "Protože.",
        "responsible": "",
        "due_on": None,
        "node_ids": (),
        **promise,
        **changes,
    }
    return Reply(**values)  # type: ignore[arg-type]


@given(st.lists(st.integers(1, 8), min_size=1, max_size=12))
def test_whatever_the_order_the_newest_word_is_kept(versions: list[int]) -> None:
    known: Recommendation | None = None
    for version in versions:
        known = keep(known, replace(TOLD, version=version, text=f"Znění {version}")) or known
    assert known is not None
    assert (known.issue_version, known.text) == (max(versions), f"Znění {max(versions)}")
    rises = sum(version > max(versions[:place], default=0) for place, version in enumerate(versions))
    assert known.version == rises


MOVES = st.lists(st.sampled_from([*RecommendationAnswer, "fulfil", "told"]), max_size=10)


@given(MOVES)
def test_a_version_counts_what_happened_and_a_fulfilled_one_is_answered_no_more(moves: list[str]) -> None:
    known, happened, fulfilled = kept(), 1, False
    for move in moves:
        try:
            if move == "told":
                known = keep(known, replace(TOLD, version=known.issue_version + 1)) or known
            elif move == "fulfil":
                known, event = fulfil(
                    known, fulfilled_on=TODAY, evidence="x", node_ids=(), places=(), today=TODAY
                )
                fulfilled = True
                assert event.fulfilled_on == TODAY
            else:
                known, event = answer(known, a_reply(RecommendationAnswer(move)), places=())
                assert not fulfilled
                assert (event.version, event.answer) == (known.version, move)
        except (FulfilledAlready, NothingToFulfil):
            continue
        happened += 1
    assert known.version == happened
    assert (known.state(TODAY) is State.FULFILLED) == fulfilled


def test_a_new_wording_leaves_the_reply_and_moves_the_version() -> None:
    answered, _ = answer(kept(), a_reply(), places=())
    reworded = keep(answered, replace(TOLD, version=2, text="Jinak"))
    assert reworded is not None
    assert (reworded.reply, reworded.version, reworded.text) == (answered.reply, 3, "Jinak")


def test_the_day_itself_is_in_time_and_the_next_is_late() -> None:
    waiting = kept(response_due_on=TODAY)
    assert waiting.state(TODAY) is State.OPEN
    assert waiting.state(TODAY + timedelta(days=1)) is State.OVERDUE
    promised, _ = answer(waiting, a_reply(), places=())
    assert promised.state(TODAY) is State.ANSWERED
    assert promised.state(TODAY + timedelta(days=1)) is State.LATE
    refused, _ = answer(waiting, a_reply(RecommendationAnswer.REJECTED), places=())
    assert refused.state(date.max) is State.ANSWERED


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"said": RecommendationAnswer.PARTLY, "reasons": ""}, "/reasons"),
        ({"said": RecommendationAnswer.REJECTED, "due_on": TODAY}, "/answer"),
        ({"responsible": ""}, "/responsible"),
        ({"due_on": None}, "/due_on"),
        ({"due_on": TOLD.issued_on - timedelta(days=1)}, "/due_on"),
        ({"node_ids": (an_id(7), an_id(8))}, "/node_ids/1"),
    ],
)
def test_a_reply_is_refused_at_what_it_lacks(wrong: dict[str, object], pointer: str) -> None:
    said = wrong.pop("said", RecommendationAnswer.ACCEPTED)
    with pytest.raises(Refusal) as refused:
        answer(kept(), a_reply(said, **wrong), places=(an_id(7),))  # type: ignore[arg-type]
    assert refused.value.pointer == pointer
