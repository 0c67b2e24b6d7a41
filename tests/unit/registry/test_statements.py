"""A statement's procedure, its clock in the Czech calendar, what it stands on, and its text."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.cooperation.regimes import Form as VdpForm
from registry.deadline import Deadline
from registry.statements import moves
from registry.statements.content import Signed, content_of, digest_of
from registry.statements.domain import (
    PROCEDURE,
    RULES,
    Alarm,
    Applicant,
    Draft,
    Move,
    Statement,
    Status,
    number_of,
)
from registry.statements.letter import letter_of
from registry.statements.preconditions import (
    Findings,
    IndexStanding,
    Priority,
    Requirement,
    findings_of,
)
from registry.statements.refusals import PreconditionsUnmet, SignedByItsDrafter, StatementMoveRefused
from registry.statements.standing import (
    STRATEGIC,
    THEMATIC,
    Cooperation,
    Group,
    Memorandum,
    Plan,
    Standing,
    group_of,
    plan_kinds,
)
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementKind, StatementOutcome
from shared.contracts.registry import CooperationRegime, UnitKind
from shared.working_days import is_working_day

MAP, RECOMMENDING = StatementKind.MAP_CONFIRMATION, StatementKind.RECOMMENDING_STATEMENT
DIGEST = "0" * 64
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def a_statement(received_on: date = date(2026, 6, 1), **changes: object) -> Statement:
    values: dict[str, object] = {
        "id": UUID(int=1),
        "version": 1,
        "kind": MAP,
        "status": Status.RECEIVED,
        "applicant": Applicant(name="Město Obrnice", ico="00266086", data_box=None),
        "unit_ids": (UUID(int=2),),
        "project_title": "MAP IV",
        "call_code": "02_23_017",
        "requested_amount_czk": None,
        "selected_on": None,
        "received_on": received_on,
        "message_id": None,
        "form": DocumentRef(document_id=UUID(int=3), file_name="a.pdf", digest=DIGEST),
        "replaces": None,
        "clock": Deadline(started_on=received_on, working_days=RULES[MAP].working_days),
        "alarm_days": RULES[MAP].alarm_days,
        **changes,
    }
    return Statement(**values)  # type: ignore[arg-type]


def a_draft(outcome: StatementOutcome = StatementOutcome.FAVOURABLE, **changes: object) -> Draft:
    values: dict[str, object] = {
        "outcome": outcome,
        "reasons": "Důvody.",
        "conditions": (),
        "has_capacity": None,
        "drafted_by": "petr",
        "drafted_on": date(2026, 6, 3),
        "unmet": (),
        "findings_digest": DIGEST,
        **changes,
    }
    return Draft(**values)  # type: ignore[arg-type]


def a_standing(**changes: object) -> Standing:
    values: dict[str, object] = {
        "unit_id": UUID(int=2),
        "kind": UnitKind.MUNICIPALITY,
        "code": "567337",
        "name": "Obrnice",
        "memorandum": Memorandum(memorandum_id=UUID(int=4), edition=1, concluded_on=date(2021, 12, 1)),
        "plan": None,
        "cooperation": a_cooperation(CooperationRegime.KPSV21),
        "group": None,
        **changes,
    }
    return Standing(**values)  # type: ignore[arg-type]


def a_cooperation(regime: CooperationRegime, starts_on: date = date(2022, 1, 1)) -> Cooperation:
    form = VdpForm.PRE_ENTRY if regime is CooperationRegime.VDP else None
    return Cooperation(
        cooperation_id=UUID(int=5), regime=regime, form=form, starts_on=starts_on, ends_on=None
    )


def a_plan() -> Plan:
    return Plan(
        plan_id=UUID(int=6),
        kind="SPSZ",
        title="SPSZ Obrnice",
        revision=1,
        body="zastupitelstvo",
        approved_on=date(2015, 6, 10),
        resolution_number="12/2015",
        valid_from=date(2015, 7, 1),
        valid_until=date(2018, 12, 31),
    )


def no_index(threshold: str = "8") -> IndexStanding:
    return IndexStanding(
        report=None, threshold=Decimal(threshold), unknown_cs="není vydán", unknown_en="not published"
    )


def found(kind: StatementKind = MAP, *units: Standing, has_capacity: bool | None = None) -> Findings:
    return findings_of(
        kind,
        on=date(2026, 6, 3),
        units=units or (a_standing(),),
        index=no_index() if kind is MAP else None,
        has_capacity=has_capacity,
    )


@pytest.mark.parametrize(
    ("received_on", "alarm_on", "due_on"),
    [
        (date(2026, 3, 27), date(2026, 4, 9), date(2026, 4, 14)),  # Easter: 3 and 6 April
        (date(2026, 9, 21), date(2026, 10, 1), date(2026, 10, 6)),  # Monday 28 September
        (date(2026, 10, 20), date(2026, 10, 30), date(2026, 11, 4)),  # Wednesday 28 October
        (date(2026, 11, 9), date(2026, 11, 19), date(2026, 11, 24)),  # Tuesday 17 November
        (date(2026, 12, 18), date(2026, 12, 31), date(2027, 1, 6)),  # Christmas and New Year
        (date(2026, 6, 6), date(2026, 6, 16), date(2026, 6, 19)),  # received on a Saturday
    ],
)
def test_ten_working_days_and_the_alarm_before_them_are_exact(
    received_on: date, alarm_on: date, due_on: date
) -> None:
    statement = a_statement(received_on)
    before, after = alarm_on - timedelta(days=1), due_on + timedelta(days=1)
    assert (statement.alarm_on, statement.due_on) == (alarm_on, due_on)
    assert [statement.alarm(day) for day in (before, alarm_on, due_on, after)] == [
        Alarm.NONE,
        Alarm.SOON,
        Alarm.SOON,
        Alarm.OVERDUE,
    ]
    assert (statement.days_left(alarm_on), statement.days_left(due_on)) == (3, 0)


def test_the_clock_stands_while_the_applicant_completes_the_request() -> None:
    returned = moves.give_back(a_statement(), date(2026, 6, 3))
    assert (returned.due_on, returned.alarm(date(2027, 1, 1))) == (None, Alarm.NONE)
    completed = moves.complete(returned, date(2026, 6, 10), None)
    assert (completed.due_on, completed.clock_on) == (date(2026, 6, 22), date(2026, 6, 10))
    again = moves.complete(moves.give_back(completed, date(2026, 6, 11)), date(2026, 6, 12), None)
    assert again.due_on == date(2026, 6, 23)


@given(received_on=DAYS, alarm_days=st.integers(0, 12), pauses=st.lists(st.integers(0, 9), max_size=4))
def test_the_alarm_begins_on_the_first_day_with_so_many_days_left(
    received_on: date, alarm_days: int, pauses: list[int]
) -> None:
    statement, day = a_statement(received_on, alarm_days=alarm_days), received_on
    for length in pauses:
        day += timedelta(days=length)
        statement = moves.complete(moves.give_back(statement, day), day + timedelta(days=length), None)
        day += timedelta(days=length)
    alarm_on, due_on = statement.alarm_on, statement.due_on
    assert alarm_on is not None
    assert due_on is not None
    assert received_on <= alarm_on <= due_on
    assert is_working_day(due_on)
    assert statement.clock.days_left(alarm_on) <= alarm_days
    if alarm_on > received_on:
        assert statement.clock.days_left(alarm_on - timedelta(days=1)) > alarm_days


@given(st.lists(st.sampled_from(list(Move)), max_size=12))
def test_no_sequence_of_moves_leads_outside_the_procedure(asked: list[Move]) -> None:
    status = Status.RECEIVED
    for move in asked:
        allowed = PROCEDURE.allowed(status)
        if move in allowed:
            status = PROCEDURE.after(status, move)
            continue
        with pytest.raises(StatementMoveRefused) as refused:
            PROCEDURE.after(status, move)
        assert refused.value.facts["allowed_moves"] == [each.value for each in allowed]


def test_a_final_state_allows_nothing() -> None:
    final = (Status.ISSUED, Status.WITHDRAWN, Status.REFUSED)
    assert [PROCEDURE.allowed(status) for status in final] == [[], [], []]


def test_a_refused_move_says_in_czech_what_is_possible() -> None:
    with pytest.raises(StatementMoveRefused) as refused:
        moves.give_back(a_statement(status=Status.DRAFTED), date(2026, 6, 3))
    assert refused.value.title("cs") == (
        "Vyjádření je ve stavu „navrženo“ a nelze: vrátit k doplnění. "
        "Možné je: vrátit návrh, vydat, vzít zpět."
    )


def test_the_drafter_does_not_sign() -> None:
    drafted = a_statement(status=Status.DRAFTED, draft=a_draft())
    assert moves.expect_issuable(drafted, "jana").drafted_by == "petr"
    with pytest.raises(SignedByItsDrafter):
        moves.expect_issuable(drafted, "petr")


@pytest.mark.parametrize(
    ("regime", "selected_on", "group"),
    [
        (CooperationRegime.IKP, date(2017, 12, 31), Group.A),
        (CooperationRegime.IKP, date(2018, 1, 1), Group.B),
        (CooperationRegime.VIP, date(2019, 6, 30), Group.B),
        (CooperationRegime.VIP, date(2019, 7, 1), None),
        (CooperationRegime.VDP, date(2016, 1, 1), Group.C),
        (CooperationRegime.VEX, date(2016, 1, 1), Group.D),
    ],
)
def test_the_group_follows_from_the_day_of_selection_or_the_regime(
    regime: CooperationRegime, selected_on: date, group: Group | None
) -> None:
    assert group_of(a_cooperation(regime), selected_on) is group
    assert group_of(a_cooperation(regime, selected_on), None) is group


def test_standard_partial_support_belongs_to_no_group() -> None:
    standard = replace(a_cooperation(CooperationRegime.VDP), form=VdpForm.STANDARD)
    assert group_of(standard, None) is None
    assert group_of(None, date(2016, 1, 1)) is None


def test_partial_and_ex_post_support_stand_on_a_thematic_plan() -> None:
    assert [plan_kinds(group) for group in (Group.A, Group.B, None)] == [STRATEGIC] * 3
    assert [plan_kinds(group) for group in (Group.C, Group.D)] == [THEMATIC] * 2


def test_all_that_is_unmet_is_named_with_the_units() -> None:
    bare = a_standing(memorandum=None, cooperation=None)
    unmet = found(RECOMMENDING, a_standing(plan=a_plan(), group=Group.A), bare).unmet
    assert [each.code for each in unmet] == [
        Requirement.MEMORANDUM,
        Requirement.PLAN,
        Requirement.COOPERATION,
        Requirement.GROUP,
    ]
    assert unmet[1].cs == "platný plán schválený orgánem územního celku: nemá Obrnice"
    with pytest.raises(PreconditionsUnmet) as refused:
        moves.expect_met(a_statement(), StatementOutcome.FAVOURABLE, unmet)
    assert refused.value.facts["unmet"] == [each.code for each in unmet]
    assert refused.value.facts["allowed_moves"] == ["return", "draft", "withdraw", "refuse"]
    moves.expect_met(a_statement(), StatementOutcome.UNFAVOURABLE, unmet)


def test_many_units_that_lack_something_are_counted() -> None:
    units = [a_standing(memorandum=None, name=f"Obec {number}") for number in range(12)]
    assert found(MAP, *units).unmet[0].cs.endswith("Obec 9 a 2\N{NO-BREAK SPACE}další celky")


def test_without_an_index_only_stated_capacity_opens_the_way() -> None:
    assert [each.code for each in found().unmet] == [Requirement.INDEX]
    assert found().priority is Priority.UNKNOWN
    assert found(has_capacity=True).unmet == []
    assert [each.code for each in found(has_capacity=False).unmet] == [Requirement.INDEX]


def test_the_digest_is_of_everything_that_was_said() -> None:
    signed = Signed(
        number=number_of(12, 2026),
        issued_on=date(2026, 6, 4),
        signatory_name="Daniel Rozhodný",
        signatory_function="ředitel",
        corrects=None,
    )
    content = content_of(a_statement(), a_draft(), found(), signed)
    other = content_of(a_statement(), a_draft(reasons="Jiné."), found(), signed)
    assert content["number"] == "12/2026"
    assert digest_of(content) == digest_of(dict(reversed(content.items())))
    assert digest_of(content) != digest_of(other)


def test_the_text_names_conditions_amount_plan_and_correction() -> None:
    statement = a_statement(kind=RECOMMENDING, requested_amount_czk=Decimal("12345678.5"))
    draft = a_draft(
        StatementOutcome.FAVOURABLE_WITH_CONDITION, conditions=("Doložit nájemní smlouvy.", "Do 30 dnů.")
    )
    signed = Signed(
        number="12/2026",
        issued_on=date(2026, 6, 4),
        signatory_name="Daniel Rozhodný",
        signatory_function="ředitel",
        corrects="3/2026",
    )
    findings = found(RECOMMENDING, a_standing(plan=a_plan(), group=Group.A))
    both = [
        letter_of(statement, draft, findings, signed, digest=DIGEST, language=language)
        for language in ("cs", "en")
    ]
    czech, english = (text.replace("\N{NO-BREAK SPACE}", " ") for text in both)
    assert "Nahrazuje č. 3/2026." in czech
    assert "Žádost přijata 1. 6. 2026.\n" in czech
    assert "Požadovaná částka: 12 345 678,50 Kč" in czech
    assert "SPSZ „SPSZ Obrnice“ schválil orgán zastupitelstvo dne 10. 6. 2015, usnesení č. 12/2015" in czech
    assert "Agentura financování projektu DOPORUČUJE S PODMÍNKOU." in czech
    assert "Podmínky:\n1. Doložit nájemní smlouvy.\n2. Do 30 dnů." in czech
    assert "Praha dne 4. 6. 2026\nDaniel Rozhodný\nředitel" in czech
    assert "Amount requested: 12 345 678.50 CZK" in english
    assert "approved by zastupitelstvo on 10 June 2015, resolution 12/2015; group A" in english
