"""Rules of memoranda: what follows what, who signs, which edition holds until when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.applications.content import Body
from registry.memoranda.content import (
    AGENCY_PARTIES,
    AgencyParty,
    Party,
    Reason,
    Resolution,
    Side,
    Termination,
)
from registry.memoranda.domain import (
    Edition,
    approve,
    conclude,
    discard,
    edit,
    next_edition,
    sign,
    terminate,
)
from registry.memoranda.refusals import (
    ConcludedNoLaterThanTheLast,
    MemorandumDoesNotAllow,
    MemorandumHasNoText,
    MemorandumInTheMaking,
    PartyDoesNotExistThen,
    PartyHasSigned,
    ReasonDoesNotFit,
    ResolutionAdoptedLater,
    SamePersonSigns,
)
from registry.memoranda.steps import PROCEDURE, Move, Status
from tests.support.memoranda import a_signature, an_edition

ADOPTED = date(2021, 12, 7)
RESOLUTION = Resolution(number="12/21", adopted_on=ADOPTED, body=Body.ASSEMBLY)
TOWN = Party(name="Jihlava", ico="00286010")


def both_signed(unit_on: date, agency_on: date, number: int = 1) -> Edition:
    approved = approve(an_edition(number=number), RESOLUTION, ADOPTED)
    return sign(sign(approved, a_signature(Side.UNIT, unit_on)), a_signature(Side.AGENCY, agency_on))


@pytest.mark.parametrize(
    ("day", "party"),
    [
        (date(2019, 12, 31), AgencyParty.OFFICE_OF_GOVERNMENT),
        (date(2020, 1, 1), AgencyParty.MINISTRY),
    ],
)
def test_the_party_of_the_agency_changed_with_the_year_2020(day: date, party: AgencyParty) -> None:
    assert [each for each, facts in AGENCY_PARTIES.items() if facts.exists_on(day)] == [party]


@given(st.dates(date(2008, 1, 23), date(2100, 1, 1)))
def test_on_every_day_exactly_one_party_concludes_for_the_agency(day: date) -> None:
    assert sum(party.exists_on(day) for party in AGENCY_PARTIES.values()) == 1


def test_a_memorandum_holds_from_the_last_signature_and_tells_its_digest() -> None:
    concluded, superseded, told = conclude(
        both_signed(date(2021, 12, 14), date(2021, 12, 20)), unit_party=TOWN, last=None
    )
    assert (concluded.status, concluded.concluded_on) == (Status.CONCLUDED, date(2021, 12, 20))
    assert (concluded.in_force_until, superseded) == (None, None)
    assert (told.digest, told.concluded_on) == (concluded.digest, date(2021, 12, 20))
    assert concluded.is_in_force(date(2100, 1, 1))
    assert not concluded.is_in_force(date(2021, 12, 19))


def test_the_digest_is_over_what_was_signed_alone() -> None:
    signed = both_signed(date(2021, 12, 14), date(2021, 12, 20))
    one, _, _ = conclude(signed, unit_party=TOWN, last=None)
    same, _, _ = conclude(replace(signed, version=9, reason=Reason.RENEWED), unit_party=TOWN, last=None)
    other, _, _ = conclude(signed, unit_party=replace(TOWN, name="Město Jihlava"), last=None)
    assert one.digest == same.digest != other.digest


def test_the_new_edition_ends_the_one_before_it_on_the_day_before() -> None:
    last = an_edition(Status.CONCLUDED, concluded_on=date(2019, 2, 21))
    signed = both_signed(date(2021, 12, 14), date(2021, 12, 20), number=2)
    _, superseded, _ = conclude(signed, unit_party=TOWN, last=last)
    assert superseded is not None
    assert (superseded.status, superseded.in_force_until) == (Status.SUPERSEDED, date(2021, 12, 19))
    assert superseded.version == last.version + 1


@given(st.integers(0, 400), st.integers(0, 400))
def test_of_two_editions_at_most_one_holds_on_any_day(first_after: int, probe: int) -> None:
    last = an_edition(Status.CONCLUDED, concluded_on=date(2021, 12, 7))
    on = date(2021, 12, 7) + timedelta(days=first_after)
    signed = both_signed(ADOPTED, on, number=2)
    if first_after == 0:
        with pytest.raises(ConcludedNoLaterThanTheLast):
            conclude(signed, unit_party=TOWN, last=last)
        return
    concluded, superseded, _ = conclude(signed, unit_party=TOWN, last=last)
    day = date(2021, 12, 7) + timedelta(days=probe)
    assert superseded is not None
    assert concluded.is_in_force(day) + superseded.is_in_force(day) == 1


def test_after_a_terminated_one_the_new_must_come_later() -> None:
    ended = an_edition(Status.TERMINATED, concluded_on=date(2019, 2, 21), in_force_until=date(2021, 12, 20))
    signed = both_signed(date(2021, 12, 14), date(2021, 12, 20), number=2)
    with pytest.raises(ConcludedNoLaterThanTheLast) as refused:
        conclude(signed, unit_party=TOWN, last=ended)
    assert refused.value.facts["held_until"] == date(2021, 12, 20)


@pytest.mark.parametrize(
    ("statuses", "fitting"),
    [
        ((), {Reason.FIRST}),
        ((Status.DISCARDED,), {Reason.FIRST}),
        ((Status.CONCLUDED,), {Reason.PARTY_CHANGED, Reason.CONTENT_CHANGED}),
        ((Status.SUPERSEDED, Status.CONCLUDED), {Reason.PARTY_CHANGED, Reason.CONTENT_CHANGED}),
        ((Status.SUPERSEDED, Status.TERMINATED), {Reason.RENEWED}),
    ],
)
def test_the_reason_of_an_edition_fits_what_the_unit_has_concluded(
    statuses: tuple[Status, ...], fitting: set[Reason]
) -> None:
    others = [an_edition(status, number) for number, status in enumerate(statuses, start=1)]
    kept = [status for status in statuses if status is not Status.DISCARDED]
    for reason in Reason:
        if reason in fitting:
            assert next_edition(reason, others) == len(kept) + 1
        else:
            with pytest.raises(ReasonDoesNotFit):
                next_edition(reason, others)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED, Status.SIGNED])
def test_one_edition_of_a_unit_is_in_the_making(status: Status) -> None:
    with pytest.raises(MemorandumInTheMaking):
        next_edition(Reason.CONTENT_CHANGED, [an_edition(Status.CONCLUDED), an_edition(status, 2)])


def test_the_assembly_approves_a_text_and_no_later_than_it_decided() -> None:
    with pytest.raises(MemorandumHasNoText):
        approve(replace(an_edition(), document=None), RESOLUTION, ADOPTED)
    with pytest.raises(ResolutionAdoptedLater):
        approve(an_edition(), RESOLUTION, ADOPTED - timedelta(days=1))


def test_each_party_signs_once_and_by_a_person_of_its_own() -> None:
    signed = sign(approve(an_edition(), RESOLUTION, ADOPTED), a_signature(Side.UNIT, by="consultant"))
    with pytest.raises(PartyHasSigned):
        sign(signed, a_signature(Side.UNIT, by="director"))
    with pytest.raises(SamePersonSigns):
        sign(signed, a_signature(Side.AGENCY, by="consultant"))
    with pytest.raises(SamePersonSigns):
        sign(signed, replace(a_signature(Side.AGENCY), name="PODPIS UNIT"))


@pytest.mark.parametrize("name", ["JAN NOVÁK", "Jan  Novák", "Jan\u00a0Novák", "Jan Nova\u0301k"])
def test_a_name_written_otherwise_is_the_same_person(name: str) -> None:
    first = replace(a_signature(Side.UNIT), name="Jan Novák")
    once = sign(an_edition(Status.APPROVED), first)
    with pytest.raises(SamePersonSigns):
        sign(once, replace(a_signature(Side.AGENCY), name=name))


def test_nobody_signs_with_a_party_that_did_not_exist() -> None:
    approved = approve(an_edition(agency_party=AgencyParty.OFFICE_OF_GOVERNMENT), RESOLUTION, ADOPTED)
    with pytest.raises(PartyDoesNotExistThen):
        sign(approved, a_signature(Side.UNIT, date(2020, 1, 1)))


@pytest.mark.parametrize("status", list(Status))
def test_every_move_out_of_order_is_refused_with_its_rule(status: Status) -> None:
    first = a_signature(Side.UNIT)
    signatures = () if status in {Status.DRAFT, Status.APPROVED} else (first,)
    edition = an_edition(status, signatures=signatures, concluded_on=None)
    moves: dict[Move, Callable[[], Edition]] = {
        Move.EDIT: lambda: edit(edition, an_edition()),
        Move.APPROVE: lambda: approve(edition, RESOLUTION, ADOPTED),
        Move.COUNTERSIGN if signatures else Move.SIGN: lambda: sign(edition, a_signature(Side.AGENCY)),
        Move.DISCARD: lambda: discard(edition),
        Move.TERMINATE: lambda: terminate(
            edition, Termination(by=None, terminated_on=ADOPTED, reason="Dohoda")
        ),
    }
    allowed = PROCEDURE.allowed(status)
    for move, done in moves.items():
        if move in allowed:
            assert done().version == edition.version + 1
        else:
            with pytest.raises(MemorandumDoesNotAllow) as refused:
                done()
            assert refused.value.facts["allowed_moves"] == [each.value for each in allowed]
            assert str(refused.value.facts["rule"]).startswith(f"{move.value}-only-from-")
