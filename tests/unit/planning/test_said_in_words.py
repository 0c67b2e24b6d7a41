"""Refusals say states, kinds and roles as people call them, and tell machines where a thing stands."""

from collections.abc import Callable

import pytest

from planning.approvals.refusals import ROLES, RoleCannotDecide, StepNotYours
from planning.consultations.refusals import NothingToConsult
from planning.evidence.refusals import CitationLacks, CitationUnfit, EvidenceUnderVote, NothingToAnswer
from planning.insertions.refusals import EntryNotPublished
from planning.library.domain import EntryStatus
from planning.plans.domain import PlanStatus
from planning.plans.refusals import (
    PlanNotApproved,
    PlanNotEditable,
    PlanNotInForce,
    PlanNotSubmitted,
    standing,
)
from planning.recommendations.domain import State
from planning.recommendations.refusals import NothingToFulfil
from shared.contracts.base import Role
from shared.errors import Refusal

OF_PLAN = (
    PlanNotEditable,
    PlanNotSubmitted,
    PlanNotApproved,
    PlanNotInForce,
    NothingToConsult,
    EvidenceUnderVote,
)


@pytest.mark.parametrize("refusal", OF_PLAN)
@pytest.mark.parametrize("status", PlanStatus)
def test_a_refusal_of_a_plan_says_its_state_in_words_and_what_is_possible(
    refusal: Callable[..., Refusal], status: PlanStatus
) -> None:
    refused = refusal(**standing(status))
    assert refused.facts["state"] == status.value
    assert refused.facts["allowed_moves"] or status is PlanStatus.CLOSED
    assert status.value not in refused.title("cs")
    assert "-" not in refused.title("en")


def test_a_submitted_plan_is_no_draft_to_be_changed() -> None:
    refused = PlanNotEditable(**standing(PlanStatus.SUBMITTED))
    assert (
        refused.title("cs")
        == "Měnit a předkládat lze jen návrh nebo vrácený plán; tento je předložený ke schválení."
    )
    assert refused.facts == {"state": "submitted", "allowed_moves": ["return", "approval"]}


@pytest.mark.parametrize(
    ("refused", "czech"),
    [
        (
            CitationLacks(field="unit_id", measure="figure"),
            "Podklad „údaj statistiky“ potřebuje pole „unit_id“.",
        ),
        (CitationUnfit(field="series", measure="index"), "Pole „series“ do podkladu „body Indexu“ nepatří."),
        (
            NothingToAnswer(state="unknown", allowed_state="amber"),
            (
                "Potvrzovat tvrzení je třeba, jen když novější údaj říká něco jiného; "
                "tento podklad je zatím neověřený."
            ),
        ),
        (
            EntryNotPublished(state=EntryStatus.RETIRED),
            "Do plánu lze vložit jen zveřejněnou položku knihovny; tato je vyřazená.",
        ),
        (
            NothingToFulfil(state=State.OPEN.value, allowed_moves=["answer"]),
            "Splnění se hlásí jen u přijatého doporučení; toto je zatím bez odpovědi. Nejdřív ho přijměte.",
        ),
        (RoleCannotDecide(role="analyst"), "Role „analytik Agentury“ v kroku této úrovně rozhodovat nemůže."),
    ],
)
def test_no_code_stands_in_a_czech_sentence(refused: Refusal, czech: str) -> None:
    assert refused.title("cs") == czech


def test_whoever_may_not_decide_a_step_is_told_who_may() -> None:
    refused = StepNotYours(
        label_cs="Projednání v lokálním partnerství",
        label_en="Discussed by the local partnership",
        level="partnership",
        roles=["coordinator", "consultant"],
        led=True,
    )
    assert refused.title("cs") == (
        "V kroku „Projednání v lokálním partnerství“ nerozhodujete. Rozhoduje: koordinátor, "
        "konzultant Agentury, předsedající nebo vedoucí orgánu se svým účtem."
    )
    assert refused.title("en").endswith(
        "coordinator, consultant of the Agency, chair or manager of the body."
    )
    assert set(ROLES) == set(Role)
