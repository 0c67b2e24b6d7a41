"""What a sheet lacks, who is heard in an agreement, and what a correction keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.readings.domain import (
    PROCEDURE,
    Agreement,
    LastReading,
    Reading,
    ReadingMove,
    ReadingStatus,
    agree,
    cancel,
    close,
    correct,
    expect_readable,
    expect_time,
)
from evaluation.readings.refusals import (
    AgreedByWhoDidNotRate,
    AgreementIsIncomplete,
    CriterionRatedTwice,
    LevelAndReason,
    LevelOutsideScale,
    NothingCorrected,
    PhaseIsOver,
    ReadingDoesNotAllow,
    SheetsAreBlind,
)
from evaluation.readings.reliability import reliability
from evaluation.readings.sheet import AgreedLevel, Rating, Sheet, expect_sense, findings
from shared.contracts.intake import CooperationDomain
from shared.contracts.quality import ReadingPhase
from tests.support.quality import COOPERATION, SET, a_criterion, id_of
from tests.support.tokens import OBRNICE

CRITERIA = {id_of(code): a_criterion(code) for code in ("BYD-1", "BYD-2")}
SEALED_AT = datetime(2025, 3, 14, tzinfo=UTC)


def a_reading(status: ReadingStatus = ReadingStatus.CLOSED, **changes: object) -> Reading:
    reading = Reading(
        id=UUID(int=1),
        version=2,
        set_id=SET,
        cooperation_id=COOPERATION,
        unit_id=OBRNICE,
        domain=CooperationDomain.SOCIAL_INCLUSION,
        phase=ReadingPhase.MID_TERM,
        assessed_on=date(2025, 3, 14),
        status=status,
        raters=2,
        entries=int(status is ReadingStatus.AGREED),
    )
    return replace(reading, **changes)  # type: ignore[arg-type]


def a_sheet(rater: str, *levels: int | None) -> Sheet:
    rated = tuple(
        Rating(criterion_id=criterion, level=level)
        for criterion, level in zip(CRITERIA, levels, strict=False)
    )
    return Sheet(
        reading_id=UUID(int=1), rater=rater, affiliation="", version=2, ratings=rated, sealed_at=SEALED_AT
    )


def an_agreement(*levels: int | None, by: tuple[str, ...] = ("eva",), note: str = "") -> Agreement:
    agreed = tuple(
        AgreedLevel(
            criterion_id=criterion,
            level=level,
            justification="Doloženo.",
            not_assessed_reason="" if level is not None else "Nebylo co hodnotit.",
            minority_note=note,
        )
        for criterion, level in zip(CRITERIA, levels, strict=False)
    )
    return Agreement(agreed_by=by, levels=agreed)


@pytest.mark.parametrize(
    ("level", "last", "is_justified"),
    [(1, 1, False), (2, 1, True), (0, 0, True), (4, 4, True), (2, None, False), (0, None, True)],
)
def test_an_extreme_level_and_a_changed_one_are_justified(
    level: int, last: int | None, *, is_justified: bool
) -> None:
    criteria = {id_of("BYD-1"): a_criterion(last=last)}
    found = findings([Rating(criterion_id=id_of("BYD-1"), level=level)], criteria)
    assert [each.code for each in found] == ["justification-missing"] * is_justified


def test_a_level_is_on_the_scale_said_once_and_no_excuse_beside_it() -> None:
    criterion = id_of("BYD-1")
    with pytest.raises(LevelOutsideScale):
        expect_sense([Rating(criterion_id=criterion, level=5)], CRITERIA)
    with pytest.raises(LevelAndReason):
        expect_sense([Rating(criterion_id=criterion, level=1, not_assessed_reason="ne")], CRITERIA)
    with pytest.raises(CriterionRatedTwice) as refused:
        expect_sense([Rating(criterion_id=criterion, level=1)] * 2, CRITERIA)
    assert refused.value.pointer == "/ratings/1/criterion_id"


def test_who_did_not_agree_and_rated_otherwise_is_heard() -> None:
    sheets = [a_sheet("eva", 1, 2), a_sheet("petr", 1, 3), a_sheet("olga", None, 2)]
    with pytest.raises(AgreementIsIncomplete) as refused:
        agree(a_reading(), an_agreement(1, 2), sheets, CRITERIA)
    assert [each.pointer for each in refused.value.findings] == ["/levels/1/minority_note"]
    assert refused.value.facts["allowed_moves"] == ["agreement", "cancellation"]
    for agreement in (an_agreement(1, 2, note="Petr vidí víc."), an_agreement(1, 2, by=("eva", "petr"))):
        assert agree(a_reading(), agreement, sheets, CRITERIA).status is ReadingStatus.AGREED
    with pytest.raises(AgreedByWhoDidNotRate) as stranger:
        agree(a_reading(), an_agreement(1, 2, by=("eva", "ivan")), sheets, CRITERIA)
    assert stranger.value.pointer == "/agreed_by/1"


def test_an_agreement_is_about_all_criteria() -> None:
    with pytest.raises(AgreementIsIncomplete) as refused:
        agree(a_reading(), an_agreement(1), [a_sheet("eva", 1, 2)], CRITERIA)
    (missing,) = refused.value.findings
    assert (missing.code, missing.cs) == ("criterion-missing", "Kritérium BYD-2 (BYD): chybí hodnocení.")


def test_nobody_agrees_on_a_level_of_what_came_during_the_reading_and_nobody_rated() -> None:
    sheets = [a_sheet("eva", 1), a_sheet("petr", 1)]
    with pytest.raises(AgreementIsIncomplete) as refused:
        agree(a_reading(), an_agreement(1, 2, by=("eva", "petr")), sheets, CRITERIA)
    assert [each.code for each in refused.value.findings] == ["nobody-rated"]
    assert refused.value.findings[0].pointer == "/levels/1/level"
    not_assessed = an_agreement(1, None, by=("eva", "petr"))
    assert agree(a_reading(), not_assessed, sheets, CRITERIA).status is ReadingStatus.AGREED


def test_a_correction_keeps_what_it_does_not_name() -> None:
    standing, sheets = an_agreement(1, 2).levels, [a_sheet("eva", 1, 2)]
    reading = a_reading(ReadingStatus.AGREED)
    newer, whole = correct(reading, an_agreement(3), standing, sheets, CRITERIA)
    assert (newer.entries, [each.level for each in whole.levels]) == (2, [3, 2])
    with pytest.raises(NothingCorrected):
        correct(reading, an_agreement(1), standing, sheets, CRITERIA)


@pytest.mark.parametrize("status", [ReadingStatus.OPEN, ReadingStatus.CANCELLED])
def test_nobody_reads_what_was_not_rated_to_the_end_but_who_has_sealed(status: ReadingStatus) -> None:
    reading, mine = a_reading(status), a_sheet("eva", 1)
    expect_readable(reading, mine)
    for sheet in (None, replace(mine, sealed_at=None)):
        with pytest.raises(SheetsAreBlind):
            expect_readable(reading, sheet)
        expect_readable(a_reading(), sheet)


def moved(reading: Reading, move: ReadingMove) -> Reading:
    sheets = [a_sheet("eva", 1, 2)]
    match move:
        case ReadingMove.CLOSING:
            return close(reading, sealed=2)
        case ReadingMove.AGREEMENT:
            return agree(reading, an_agreement(1, 2), sheets, CRITERIA)
        case ReadingMove.CANCELLATION:
            return cancel(reading, "omyl")
        case _:
            return correct(reading, an_agreement(3), an_agreement(1, 2).levels, sheets, CRITERIA)[0]


@given(
    st.lists(st.sampled_from([each for each in ReadingMove if each is not ReadingMove.RATING]), max_size=6)
)
def test_only_what_the_reading_says_is_possible_can_be_done(moves: list[ReadingMove]) -> None:
    reading = a_reading(ReadingStatus.OPEN)
    for move in moves:
        before = reading
        if move in PROCEDURE.allowed(before.status):
            reading = moved(before, move)
            assert reading.version == before.version + 1
        else:
            with pytest.raises(ReadingDoesNotAllow, match="this cannot be done"):
                moved(before, move)
        assert (reading.entries > 0) == (reading.status is ReadingStatus.AGREED)


def test_a_phase_does_not_come_back() -> None:
    last = LastReading(phase=ReadingPhase.FINAL, assessed_on=date(2025, 1, 1))
    with pytest.raises(PhaseIsOver) as refused:
        expect_time(a_reading(), last, starts_on=date(2024, 1, 1), today=date(2025, 4, 1))
    assert (
        refused.value.title("cs") == "Poslední dohodnuté hodnocení je závěrečné; průběžné už přijít nemůže."
    )
    assert refused.value.facts == {"last": "final", "phase": "mid-term"}


def test_criteria_stand_by_how_far_raters_differ() -> None:
    found = reliability([a_sheet("eva", 1, 0), a_sheet("petr", 2, 4), a_sheet("olga", 1, None)], CRITERIA)
    assert [(each.criterion.code, each.levels, each.not_assessed) for each in found.criteria] == [
        ("BYD-2", (0, 4), 1),
        ("BYD-1", (1, 1, 2), 0),
    ]
    assert found.raters == 3
    alone = reliability([a_sheet("eva", 1, 0)], CRITERIA)
    assert (alone.alpha, set(alone.kappa.values())) == (None, {None})
