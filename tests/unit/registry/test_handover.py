"""The steps of a handover: what each waits for, who signs, when it rings."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from registry.handovers.checklist import TASKS, Step
from registry.handovers.domain import (
    LABELS,
    PROCEDURE,
    Alarm,
    Handover,
    Item,
    Leader,
    Meeting,
    Move,
    Side,
    Signature,
    Status,
    dispense,
    meet,
    open_for,
    prepare,
    reopen,
    sign,
    tick,
)
from registry.handovers.election_use_cases import code_list
from registry.handovers.pack import HEADINGS, parts_of
from registry.handovers.refusals import (
    HandoverDoesNotMove,
    HandoverIsClosed,
    MeetingBeforeElections,
    MeetingMissing,
    MetInTheFuture,
    SideHasSigned,
    SignedBeforeTheMeeting,
    SignedForTheOtherSide,
    TasksNotDone,
    TaskUnknown,
)
from tests.support.registry import OBRNICE

TODAY = date(2026, 11, 22)
ELECTION = next(each for each in code_list() if each.code == "municipal-2026")
MEETING = Meeting(met_on=TODAY, leadership=(Leader(name="Marie Nová", function="starostka"),), note="")


def a_handover(status: Status = Status.OPEN, *, done: bool = False, met: bool = False) -> Handover:
    opened, _ = open_for(ELECTION, OBRNICE, new_id=UUID(int=1), on=TODAY)
    items = tuple(Item(code=each.code, done_by="Petr", done_on=TODAY) for each in TASKS)
    return replace(
        opened,
        status=status,
        items=items if done else opened.items,
        meeting=MEETING if met else None,
    )


def a_signature(side: Side = Side.AGENCY, person: str = "petr") -> Signature:
    return Signature(side=side, person=person, person_name=person.title(), signed_on=TODAY)


def test_it_opens_with_the_whole_checklist_and_tells_of_the_elections() -> None:
    opened, told = open_for(ELECTION, OBRNICE, new_id=UUID(int=1), on=TODAY)
    assert [item.code for item in opened.items] == [task.code for task in TASKS]
    assert (opened.status, opened.prepare_until, opened.due_on) == (
        Status.OPEN,
        date(2026, 9, 9),
        date(2027, 1, 8),
    )
    assert (told.unit_id, told.election_on, told.due_on) == (OBRNICE, date(2026, 10, 9), date(2027, 1, 8))


def test_the_preparation_ends_when_its_own_items_are_done_the_others_may_wait() -> None:
    with pytest.raises(TasksNotDone) as refused:
        prepare(a_handover())
    of_preparation = [task.code for task in TASKS if task.step is Step.PREPARATION]
    assert refused.value.facts["tasks"] == of_preparation
    assert refused.value.facts["allowed_moves"] == ["prepare", "dispense"]
    handover = a_handover()
    for code in of_preparation:
        handover = tick(handover, Item(code=code, done_by="Petr", done_on=TODAY))
    assert prepare(handover).status is Status.PREPARED


def test_two_people_sign_for_two_sides_and_only_then_it_is_handed_over() -> None:
    handover = a_handover(Status.PREPARED, done=True, met=True)
    once = sign(handover, a_signature())
    assert (once.status, once.closed_on) == (Status.PREPARED, None)
    with pytest.raises(SideHasSigned):
        sign(once, a_signature(person="jana"))
    with pytest.raises(SignedForTheOtherSide):
        sign(once, a_signature(Side.UNIT))
    twice = sign(once, a_signature(Side.UNIT, "karel"))
    assert (twice.status, twice.closed_on) == (Status.HANDED_OVER, TODAY)


def test_nobody_signs_before_the_meeting_nor_with_items_undone() -> None:
    with pytest.raises(MeetingMissing):
        sign(a_handover(Status.PREPARED, done=True), a_signature())
    with pytest.raises(TasksNotDone):
        sign(a_handover(Status.PREPARED, met=True), a_signature())


def test_nothing_is_dated_before_the_meeting_it_stands_on() -> None:
    with pytest.raises(MetInTheFuture):
        meet(a_handover(Status.PREPARED), MEETING, election=ELECTION, on=date(2026, 11, 21))
    early = replace(a_signature(), signed_on=date(2026, 11, 21))
    with pytest.raises(SignedBeforeTheMeeting):
        sign(a_handover(Status.PREPARED, done=True, met=True), early)


def test_what_changes_after_a_signature_makes_it_fall() -> None:
    signed = sign(a_handover(Status.PREPARED, done=True, met=True), a_signature())
    again = meet(signed, MEETING, election=ELECTION, on=TODAY)
    corrected = tick(signed, Item(code=TASKS[0].code, note="Ještě ne."))
    returned = reopen(signed, reason="Chybí přílohy.")
    assert [each.signatures for each in (again, corrected, returned)] == [(), (), ()]


def test_a_new_leadership_is_met_after_the_elections_and_not_in_the_future() -> None:
    handover = a_handover(Status.PREPARED)
    with pytest.raises(MeetingBeforeElections):
        meet(handover, replace(MEETING, met_on=date(2026, 10, 8)), election=ELECTION, on=TODAY)
    with pytest.raises(MetInTheFuture):
        meet(handover, replace(MEETING, met_on=date(2026, 11, 23)), election=ELECTION, on=TODAY)


def test_a_closed_handover_is_not_ticked_and_an_unknown_item_is_not_there() -> None:
    closed = dispense(a_handover(), reason="Vedení zůstává.", on=TODAY)
    assert (closed.status, closed.closed_on) == (Status.NOT_NEEDED, TODAY)
    with pytest.raises(HandoverIsClosed):
        tick(closed, Item(code=TASKS[0].code))
    with pytest.raises(TaskUnknown):
        tick(a_handover(), Item(code="uklid"))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_a_move_goes_through_exactly_from_the_states_that_know_it(status: Status, move: Move) -> None:
    handover = a_handover(status, done=True, met=True)
    moves = {
        Move.PREPARE: lambda: prepare(handover),
        Move.REOPEN: lambda: reopen(handover, reason="Chybí přílohy."),
        Move.MEET: lambda: meet(handover, MEETING, election=ELECTION, on=TODAY),
        Move.SIGN: lambda: sign(handover, a_signature()),
        Move.DISPENSE: lambda: dispense(handover, reason="Vedení zůstává.", on=TODAY),
    }
    if move in PROCEDURE.allowed(status):
        assert moves[move]().version == handover.version + 1
        return
    with pytest.raises(HandoverDoesNotMove) as refused:
        moves[move]()
    assert refused.value.facts["state"] == status.value


def test_every_state_and_move_has_a_name_in_both_languages() -> None:
    assert set(LABELS) == {*Status, *Move}


@pytest.mark.parametrize(
    ("status", "day", "alarm"),
    [
        (Status.OPEN, date(2026, 9, 8), None),
        (Status.OPEN, date(2026, 9, 9), Alarm.NOT_PREPARED),
        (Status.OPEN, date(2027, 1, 8), Alarm.NOT_PREPARED),
        (Status.OPEN, date(2027, 1, 9), Alarm.OVERDUE),
        (Status.PREPARED, date(2027, 1, 8), None),
        (Status.PREPARED, date(2027, 1, 9), Alarm.OVERDUE),
        (Status.HANDED_OVER, date(2028, 1, 1), None),
        (Status.NOT_NEEDED, date(2028, 1, 1), None),
    ],
)
def test_it_rings_when_it_is_not_prepared_in_time_or_overdue(
    status: Status, day: date, alarm: Alarm | None
) -> None:
    assert a_handover(status).alarm(day) is alarm


def test_a_part_of_the_pack_with_nothing_in_it_says_so_in_both_languages() -> None:
    parts = parts_of({**dict.fromkeys(HEADINGS), "people": [{"person_name": "Petr"}]})
    assert [part.code for part in parts] == list(HEADINGS)
    assert all(bool(part.items) != bool(part.note_cs and part.note_en) for part in parts)
