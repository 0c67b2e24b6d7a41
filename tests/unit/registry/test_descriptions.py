"""Rules of descriptions: complete before proposed, locked when agreed, the baseline only grows."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from registry.descriptions.comparison import changes
from registry.descriptions.completeness import TEXTS, findings
from registry.descriptions.content import AREAS, Agreement, BaselineItem, Content
from registry.descriptions.domain import (
    Description,
    agree,
    discard,
    draft_anew,
    edit,
    end,
    give_back,
    propose,
)
from registry.descriptions.refusals import AgreedAfterItsEnd, AgreedNoLaterThanTheLast, AuthorAgreesAlone
from registry.descriptions.settlement import settle
from registry.descriptions.steps import PROCEDURE, Status
from registry.memoranda.content import Side
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea
from shared.errors import Refusal
from tests.support.memoranda import a_content, a_description, an_item

TODAY = date(2022, 3, 21)
MEMORANDUM = UUID(int=5)


def an_agreement(side: Side, on: date = TODAY, by: str = "") -> Agreement:
    return Agreement(
        side=side, name=f"Za {side.value}", function="starosta", agreed_on=on, recorded_by=by or side.value
    )


def agreed_by_both(description: Description, on: date = TODAY) -> Description:
    proposed = propose(description, on)
    return agree(agree(proposed, an_agreement(Side.UNIT, on)), an_agreement(Side.AGENCY, on))


def settled(description: Description, on: date = TODAY) -> Description:
    return settle(agreed_by_both(description, on), memorandum_id=MEMORANDUM, others=())[0]


def test_a_complete_description_has_no_findings() -> None:
    assert findings(a_content(), (an_item(),), TODAY) == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_item_of_the_methodology_is_needed(name: str) -> None:
    empty = replace(a_content(), **{name: getattr(Content(), name)})
    found = findings(empty, (an_item(),), TODAY)
    assert (f"/{name}", "missing") in {(each.pointer, each.code) for each in found}


@pytest.mark.parametrize(
    ("item", "pointer"),
    [
        (replace(an_item(level=0), justification=""), "/baseline/0/justification"),
        (replace(an_item(level=4), justification=""), "/baseline/0/justification"),
        (replace(an_item(level=None), not_assessed_reason=""), "/baseline/0/not_assessed_reason"),
        (replace(an_item(), assessor=""), "/baseline/0/assessor"),
        (replace(an_item(), assessed_on=None), "/baseline/0/assessed_on"),
        (replace(an_item(), assessed_on=TODAY + timedelta(days=1)), "/baseline/0/assessed_on"),
    ],
)
def test_a_level_is_told_with_all_that_makes_it_comparable(item: BaselineItem, pointer: str) -> None:
    assert [each.pointer for each in findings(a_content(), (item,), TODAY)] == [pointer]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_in_the_middle_needs_no_justification(level: int) -> None:
    assert findings(a_content(), (replace(an_item(level=level), justification=""),), TODAY) == []


def test_education_is_described_apart_and_cross_cutting_areas_with_both() -> None:
    social = AREAS[CooperationDomain.SOCIAL_INCLUSION]
    education = AREAS[CooperationDomain.INCLUSIVE_EDUCATION]
    assert social & education == {ThematicArea.SLU, ThematicArea.ROD}
    assert social | education == set(ThematicArea)


def test_it_holds_from_its_first_day_or_from_the_agreement_whichever_comes_later() -> None:
    early, late = settled(a_description(), TODAY), settled(a_description(), date(2023, 5, 2))
    assert (early.in_force_from, early.in_force_until) == (date(2022, 4, 1), date(2025, 3, 31))
    assert late.in_force_from == date(2023, 5, 2)


def test_what_is_over_is_not_agreed_on() -> None:
    with pytest.raises(AgreedAfterItsEnd):
        settled(a_description(), date(2025, 4, 1))


def test_the_last_day_of_the_edition_before_is_the_day_before_the_new_one() -> None:
    first = settled(a_description())
    second = draft_anew(first, [first], id_=UUID(int=2), author="consultant")
    _, superseded, told = settle(
        agreed_by_both(second, date(2024, 6, 3)), memorandum_id=MEMORANDUM, others=[first]
    )
    assert superseded is not None
    assert (superseded.status, superseded.in_force_until) == (Status.SUPERSEDED, date(2024, 6, 2))
    assert (told.edition, told.baseline[0].level) == (2, 1)


def test_an_edition_does_not_take_the_place_of_one_that_holds_longer() -> None:
    first = settled(a_description(), date(2023, 5, 2))
    second = draft_anew(first, [first], id_=UUID(int=2), author="consultant")
    with pytest.raises(AgreedNoLaterThanTheLast):
        settle(agreed_by_both(second, date(2023, 5, 2)), memorandum_id=MEMORANDUM, others=[first])


def test_a_single_author_agrees_for_the_unit_but_not_for_the_agency() -> None:
    proposed = propose(a_description(authors=("agency",)), TODAY)
    with pytest.raises(AuthorAgreesAlone):
        agree(proposed, an_agreement(Side.AGENCY))
    assert agree(replace(proposed, authors=("agency", "unit")), an_agreement(Side.AGENCY)).agreements


def test_what_changed_between_editions_is_told_item_by_item() -> None:
    first = a_description()
    areas = (ThematicArea.DLU,)
    added = an_item(ThematicArea.DLU, "DLU-1")
    second = replace(
        first,
        edition=2,
        content=a_content(areas, focus="Nově", ends_on=None),
        baseline=(*first.baseline, added),
    )
    found = changes(first, second)
    assert [(each.field, each.before, each.after) for each in found.fields] == [
        ("focus", "text", "Nově"),
        ("ends_on", "2025-03-31", None),
    ]
    assert (found.areas_added, found.areas_removed) == (areas, (ThematicArea.BYD,))
    assert (found.baseline_added, len(found.results_added), len(found.results_removed)) == ((added,), 1, 1)
    assert changes(first, first).fields == ()


NUMBERS = st.sampled_from((0, 0, 0, 1, 2))


def locked(description: Description) -> tuple[object, ...]:
    return (
        description.content,
        description.baseline,
        description.agreements,
        description.memorandum_id,
        description.agreed_on,
        description.digest,
    )


class Writes(RuleBasedStateMachine):
    """Any writes in any order, by the rules of the domain: whatever they refuse stays as it was."""

    def __init__(self) -> None:
        super().__init__()
        first = a_description(authors=("consultant", "coordinator"))
        self.editions: dict[UUID, Description] = {first.id: first}
        self.agreed: dict[UUID, tuple[object, ...]] = {}
        self.day = TODAY

    def _keep(self, *changed: Description | None) -> None:
        for each in changed:
            if each is not None:
                self.editions[each.id] = each

    def _at(self, number: int) -> Description:
        """Return an edition; 0 is the latest."""
        return list(self.editions.values())[-1 - number % len(self.editions)]

    @rule(number=NUMBERS, level=st.sampled_from([None, 0, 1, 4]), area=st.sampled_from(ThematicArea))
    def write(self, number: int, level: int | None, area: ThematicArea) -> None:
        edition = self._at(number)
        items = {item.key: item for item in edition.baseline}
        item = an_item(area, f"{area.value}-1", level)
        areas = tuple({*edition.content.areas, area})
        carried = next((e.baseline for e in self.editions.values() if e.edition == edition.edition - 1), ())
        try:
            baseline = tuple({**items, item.key: item}.values())
            content = a_content(areas)
            self._keep(edit(edition, content, baseline, author="consultant", carried=carried))
        except Refusal:
            assert self.editions[edition.id] == edition

    @rule(number=NUMBERS, what=st.sampled_from([propose, give_back, discard, end]))
    def move(self, number: int, what: object) -> None:
        edition = self._at(number)
        try:
            if what is propose:
                self._keep(propose(edition, self.day))
            elif what is end:
                self._keep(end(edition, self.day, "Dohoda"))
            else:
                self._keep(give_back(edition) if what is give_back else discard(edition))
        except Refusal:
            assert self.editions[edition.id] == edition

    @rule(number=NUMBERS, side=st.sampled_from(Side))
    def consent(self, number: int, side: Side) -> None:
        edition = self._at(number)
        others = [each for each in self.editions.values() if each.id != edition.id]
        try:
            agreed = agree(edition, an_agreement(side, self.day))
            if not agreed.is_complete_agreement:
                self._keep(agreed)
                return
            done, superseded, _ = settle(agreed, memorandum_id=MEMORANDUM, others=others)
            self._keep(superseded, done)
            self.agreed[done.id] = locked(done)
        except Refusal:
            assert self.editions[edition.id] == edition

    @rule()
    def reach_an_agreement(self) -> None:
        self.move(0, propose)
        self.consent(0, Side.UNIT)
        self.consent(0, Side.AGENCY)

    @rule(number=NUMBERS)
    def begin_anew(self, number: int) -> None:
        edition = self._at(number)
        try:
            others = list(self.editions.values())
            id_ = UUID(int=len(others) + 1)
            self._keep(draft_anew(edition, others, id_=id_, author="consultant"))
        except Refusal:
            assert self.editions[edition.id] == edition

    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def what_was_agreed_stays(self) -> None:
        for id_, was in self.agreed.items():
            assert locked(self.editions[id_]) == was
            assert not {"edit", "propose", "agree"} & set(PROCEDURE.allowed(self.editions[id_].status))

    @invariant()
    def a_level_measured_once_is_measured_for_ever(self) -> None:
        in_order = sorted((self.editions[id_] for id_ in self.agreed), key=lambda each: each.edition)
        for before, after in pairwise(in_order):
            assert set(before.baseline) <= set(after.baseline)

    @invariant()
    def at_most_one_edition_holds_on_a_day(self) -> None:
        spans = [
            (each.in_force_from, each.in_force_until)
            for each in self.editions.values()
            if each.in_force_from is not None and each.in_force_until is not None
        ]
        for at, (first, last) in enumerate(spans):
            assert first <= last + timedelta(days=1)  # equal where it was ended before it began
            assert all(last < other[0] or other[1] < first for other in spans[at + 1 :])


TestNoSequenceOfWritesChangesWhatWasAgreed = Writes.TestCase
TestNoSequenceOfWritesChangesWhatWasAgreed.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None, derandomize=True
)
