"""Consultations: states by the time, windows, what the field advises, one text for one draft."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from planning.consultations.advice import Severity, warnings_of
from planning.consultations.domain import ConsultationMove, ConsultationStatus, expect_allows, expect_window
from planning.consultations.freezing import freeze
from planning.consultations.moves import cancel, open_up, prolong, record_hearing
from planning.consultations.refusals import (
    ClosesBeforeItOpens,
    CommentsSentAlready,
    ConsultationDoesNotAllow,
    SettledBeforeClosing,
    WindowIsOver,
    WindowOnlyProlonged,
)
from planning.plans.edition import Edition
from planning.plans.tree import Goal, Problem
from shared.contracts.planning import PlanKind
from tests.support.consultations import NOON, a_consultation, a_hearing
from tests.support.tokens import OBRNICE

EDITION = Edition(
    title="Plán",
    vision="",
    unit_ids=(OBRNICE,),
    valid_from=date(2026, 1, 1),
    valid_until=date(2030, 12, 31),
    problems=(
        Problem(id=UUID(int=7), area="BYD", title="Ubytovny", goals=(Goal(id=UUID(int=8), title="Byty"),)),
    ),
)
FROZEN = freeze(EDITION, plan_id=UUID(int=2), revision=1, kind=PlanKind.PSZ, units=[{"id": OBRNICE}])
MOMENT = timedelta(microseconds=1)


def test_the_time_tells_whether_a_consultation_is_open() -> None:
    consultation = a_consultation()
    told = {
        NOON - MOMENT: ConsultationStatus.ANNOUNCED,
        NOON: ConsultationStatus.OPEN,
        consultation.closes_at - MOMENT: ConsultationStatus.OPEN,
        consultation.closes_at: ConsultationStatus.CLOSED,
    }
    assert {at: consultation.status_at(at) for at in told} == told


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "days"),
    [
        (datetime(2022, 7, 6, 22, tzinfo=UTC), datetime(2022, 7, 15, 22, tzinfo=UTC), 9),  # Ostrava, 6. KP
        (datetime(2018, 7, 8, 22, tzinfo=UTC), datetime(2018, 7, 30, 22, tzinfo=UTC), 22),  # Ostrava, 5. KP
        (datetime(2008, 9, 17, 22, tzinfo=UTC), datetime(2008, 10, 1, 10, tzinfo=UTC), 14),  # Praha
        (datetime(2020, 4, 22, 22, tzinfo=UTC), datetime(2020, 4, 30, 22, tzinfo=UTC), 8),  # Zlínský kraj
    ],
)
def test_days_of_a_window_are_counted_with_the_first_and_the_last(
    opens_at: datetime, closes_at: datetime, days: int
) -> None:
    assert a_consultation(opens_at=opens_at, closes_at=closes_at).days == days


@pytest.mark.parametrize(("days", "severity"), [(14, None), (13, Severity.WARNING), (7, Severity.STRONG)])
def test_a_short_window_is_warned_of(days: int, severity: Severity | None) -> None:
    # from noon to noon the window has one calendar day more than days
    consultation = a_consultation(
        closes_at=NOON + timedelta(days=days - 1, hours=1), hearing=a_hearing(30), channels=frozenset()
    )
    found = [each.severity for each in warnings_of(consultation) if each.code.startswith("window")]
    assert found == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("held_after", "codes"),
    [(14, set()), (13, {"hearing-too-soon"}), (15, {"hearing-too-late"}), (None, {"hearing-missing"})],
)
def test_a_hearing_stands_two_weeks_from_the_draft_and_from_the_end(
    held_after: int | None, codes: set[str]
) -> None:
    hearing = a_hearing(held_after) if held_after else None
    consultation = a_consultation(closes_at=NOON + timedelta(days=28), hearing=hearing)
    assert {each.code for each in warnings_of(consultation) if each.code.startswith("hearing")} == codes


def test_an_opening_freezes_and_a_window_that_should_have_begun_begins_now() -> None:
    prepared = a_consultation(status=ConsultationStatus.PREPARATION, opened_at=None, digest=None)
    now = NOON + timedelta(days=2)
    opened, event = open_up(prepared, FROZEN, now=now)
    assert (opened.opens_at, opened.status_at(now), opened.digest) == (
        now,
        ConsultationStatus.OPEN,
        FROZEN.digest,
    )
    assert (event.opens_at, event.version) == (now, 2)
    with pytest.raises(WindowIsOver):
        open_up(prepared, FROZEN, now=prepared.closes_at)
    with pytest.raises(ConsultationDoesNotAllow):
        open_up(opened, FROZEN, now=now)


def test_the_same_draft_is_the_same_text_and_knows_the_numbers_of_its_nodes() -> None:
    again = freeze(EDITION, plan_id=UUID(int=2), revision=1, kind=PlanKind.PSZ, units=[{"id": OBRNICE}])
    assert again == FROZEN
    assert FROZEN.nodes[str(UUID(int=8))] == ("1.1", "Byty")


def test_a_window_is_prolonged_and_never_made_shorter() -> None:
    consultation = a_consultation()
    longer = prolong(consultation, consultation.closes_at + timedelta(days=3), reason="svátky", now=NOON)
    assert longer.settle_by_on - consultation.settle_by_on == timedelta(days=3)
    with pytest.raises(WindowOnlyProlonged):
        prolong(consultation, consultation.closes_at, reason="", now=NOON)
    with pytest.raises(ConsultationDoesNotAllow):
        prolong(longer, longer.closes_at + timedelta(days=1), reason="", now=longer.closes_at)


def test_what_time_made_of_a_consultation_is_not_decided() -> None:
    """`announced` and `closed` are never stored: a window moved later would not open by itself."""
    consultation = a_consultation()
    for now in (consultation.opens_at - timedelta(days=1), consultation.closes_at):
        assert consultation.status_at(now) is not ConsultationStatus.OPEN
        assert record_hearing(consultation, None, now=now).status is ConsultationStatus.OPEN


def test_windows_have_their_order() -> None:
    with pytest.raises(ClosesBeforeItOpens):
        expect_window(a_consultation(closes_at=NOON))
    with pytest.raises(SettledBeforeClosing):
        expect_window(a_consultation(settle_by_on=NOON.date()))


def test_only_a_consultation_without_comments_is_cancelled() -> None:
    assert cancel(a_consultation(), reason="omyl", now=NOON).status is ConsultationStatus.CANCELLED
    with pytest.raises(CommentsSentAlready):
        cancel(a_consultation(last_number=1), reason="omyl", now=NOON)


def test_a_refusal_tells_where_things_stand_and_what_is_possible() -> None:
    with pytest.raises(ConsultationDoesNotAllow) as refused:
        expect_allows(a_consultation(), ConsultationMove.SETTLEMENT, now=NOON)
    assert refused.value.facts["state"] == "open"
    assert "commenting" in refused.value.facts["allowed_moves"]  # type: ignore[operator]
    assert refused.value.title("cs").startswith(
        "Připomínkové řízení je ve stavu „otevřeno“, nelze: uzavřít vypořádání. Možné je: prodloužit"
    )
    assert "“open”" in refused.value.title("en")
