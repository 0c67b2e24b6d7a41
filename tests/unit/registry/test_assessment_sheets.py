"""Sheets of members: every way through declaration, score, seal, recusal and absence; who reads what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.commission.assessing import Status
from registry.commission.refusals import (
    ConflictWithoutGround,
    DeclarationMissing,
    DeclaredAlready,
    MemberIsAbsent,
    MemberIsRecused,
    RecusedReadsAfterClosure,
    ScoreIsSealed,
    ScoresAreBlind,
    ScoresReadAfterClosure,
)
from registry.commission.sheet import (
    Declaration,
    Recusal,
    Sheet,
    SheetStatus,
    automatic_recusal,
    counted,
    declare,
    excuse,
    expect_readable,
    expect_scoring,
    recuse,
    seal,
)
from shared.errors import Refusal
from tests.support.commission import an_assessment

NOON = datetime(2023, 4, 20, 10, 0, tzinfo=UTC)
UNIT = UUID(int=4)


def a_sheet(person: str = "ivo") -> Sheet:
    return Sheet(
        id=UUID(int=3),
        assessment_id=UUID(int=1),
        application_id=UUID(int=2),
        unit_id=UNIT,
        number="KPSV21-2/001",
        person=person,
        version=1,
    )


def declared(sheet: Sheet) -> Sheet:
    return declare(sheet, Declaration.NONE, "", automatic=None, at=NOON)


def in_conflict(sheet: Sheet) -> Sheet:
    return declare(sheet, Declaration.CONFLICT, "Bratr", automatic=None, at=NOON)


def sealed(sheet: Sheet) -> Sheet:
    return seal(sheet, at=NOON)


def recused(sheet: Sheet) -> Sheet:
    return recuse(sheet, Recusal.CHAIR, "Poradce", at=NOON)


def absent(sheet: Sheet) -> Sheet:
    return excuse(sheet, "Nemoc")


MOVES: dict[str, Callable[[Sheet], Sheet]] = {
    "declare": declared,
    "conflict": in_conflict,
    "seal": sealed,
    "recuse": recused,
    "excuse": absent,
}
WAYS = {
    ("undeclared", "declare"): "scoring",
    ("undeclared", "conflict"): "recused",
    ("undeclared", "recuse"): "recused",
    ("undeclared", "excuse"): "absent",
    ("scoring", "seal"): "sealed",
    ("scoring", "recuse"): "recused",
    ("scoring", "excuse"): "absent",
    ("sealed", "recuse"): "recused",
    ("absent", "recuse"): "recused",
}
"""All that is possible; what is not here is refused."""


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=8))
def test_no_sequence_of_moves_leads_elsewhere(moves: list[str]) -> None:
    sheet, status = a_sheet(), "undeclared"
    for move in moves:
        expected = WAYS.get((status, move))
        if expected is None:
            with pytest.raises(Refusal) as refused:
                MOVES[move](sheet)
            assert refused.value.facts["sheet_status"] == status
            assert "close" in refused.value.facts["allowed_moves"]  # type: ignore[operator]
        else:
            changed = MOVES[move](sheet)
            assert changed.version == sheet.version + 1
            sheet, status = changed, expected
        assert sheet.status.value == status


@pytest.mark.parametrize(
    ("ready", "refusal"),
    [
        (a_sheet(), DeclarationMissing),
        (in_conflict(a_sheet()), MemberIsRecused),
        (absent(a_sheet()), MemberIsAbsent),
        (sealed(declared(a_sheet())), ScoreIsSealed),
    ],
)
def test_only_a_declared_sheet_takes_points(ready: Sheet, refusal: type[Refusal]) -> None:
    expect_scoring(declared(a_sheet()))
    with pytest.raises(refusal):
        expect_scoring(ready)


def test_a_declaration_is_made_once_and_a_conflict_with_its_ground() -> None:
    with pytest.raises(ConflictWithoutGround):
        declare(a_sheet(), Declaration.CONFLICT, "", automatic=None, at=NOON)
    with pytest.raises(DeclaredAlready):
        in_conflict(declared(a_sheet()))


@pytest.mark.parametrize(
    ("affiliation", "recusal"),
    [
        ("Město Trmice", Recusal.AFFILIATION),
        ("  statutární  město TRMICE ", Recusal.AFFILIATION),
        ("Trmice", Recusal.AFFILIATION),
        ("Svaz měst a obcí České republiky", None),
        ("", None),
    ],
)
def test_who_was_sent_by_the_applicant_is_recused(affiliation: str, recusal: Recusal | None) -> None:
    assert automatic_recusal(a_sheet(), "Trmice", units=[], affiliation=affiliation) is recusal
    assert automatic_recusal(a_sheet(), "Trmice", units=[UNIT], affiliation=affiliation) is Recusal.UNIT


def readable(person: str, *sheets: Sheet, status: Status = Status.OPEN, is_agency: bool = False) -> str:
    assessment = replace(an_assessment(), status=status)
    try:
        expect_readable(assessment, sheets, person=person, is_agency=is_agency)
    except Refusal as refused:
        return type(refused).__name__
    return ""


def test_scores_are_read_by_members_and_the_secretary_when_all_have_sealed() -> None:
    mine, other = sealed(declared(a_sheet("ivo"))), declared(a_sheet("vera"))
    for person in ("ivo", "vera", "tereza"):
        assert readable(person, mine, other) == ScoresAreBlind.__name__
        assert readable(person, mine, sealed(other)) == ""
        assert readable(person, mine, absent(other)) == ""
    assert counted([mine, other]) == (1, 2)
    assert counted([mine, recused(other)]) == (1, 1)


def test_until_the_closure_neither_the_recused_nor_the_agency_read() -> None:
    mine, other = recused(sealed(declared(a_sheet("ivo")))), sealed(declared(a_sheet("vera")))
    assert readable("ivo", mine, other) == RecusedReadsAfterClosure.__name__
    assert readable("dan", mine, other, is_agency=True) == ScoresReadAfterClosure.__name__
    for status in (Status.CLOSED, Status.SIGNED):
        assert readable("ivo", mine, other, status=status) == ""
        assert readable("dan", mine, other, status=status, is_agency=True) == ""
        assert readable("cizi", mine, other, status=status) == ScoresReadAfterClosure.__name__


def test_who_has_not_declared_reads_nothing_of_the_others() -> None:
    undeclared_but_absent = absent(a_sheet("vera"))
    assert undeclared_but_absent.status is SheetStatus.ABSENT
    assert readable("vera", undeclared_but_absent, sealed(declared(a_sheet("ivo")))) == "DeclarationMissing"
