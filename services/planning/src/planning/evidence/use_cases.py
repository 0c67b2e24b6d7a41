"""What authors do with evidence: link it, cite anew, say that it holds still, remove it."""

from dataclasses import replace
from uuid import UUID

from planning.evidence import domain, repository
from planning.evidence.checking_use_cases import expect_newest, judged, question_of
from planning.evidence.domain import Citation, Evidence, StepKind, expect_citation, unchecked
from planning.evidence.freshness import Told
from planning.evidence.refusals import (
    CitedUnitUnknown,
    EvidenceCrowded,
    EvidenceUnderVote,
    EvidenceUnknown,
    NothingToCheck,
    ProblemUnknown,
    RegistryMovedOn,
    RegistryOutOfReach,
)
from planning.plans.domain import Plan, PlanStatus
from planning.plans.refusals import PlanUnknown, UnitNotYours, standing
from planning.plans.revision_use_cases import edition_of_work, load_visible
from planning.units import repository as units
from shared.errors import expect_version
from shared.transaction import Transaction

MOST = 500


async def link_evidence(
    tx: Transaction,
    plan_id: UUID,
    node_id: UUID,
    citation: Citation,
    *,
    told: Told | None,
    note: str = "",
) -> Evidence:
    """Link a problem to what proves it, checked by what the registry told; None: it could not be asked.

    Raises `EvidenceUnderVote`, `ProblemUnknown`, `EvidenceCrowded`, `RegistryMovedOn`, and what is wrong
    with the citation.
    """
    plan = await _own_plan(tx, plan_id)
    _expect_changeable(plan)
    edition = await edition_of_work(tx, plan)
    if node_id not in {problem.id for problem in edition.problems}:
        raise ProblemUnknown(pointer="path/node_id")
    await _expect_citation(tx, citation)
    await expect_newest(tx, citation, told)
    if await repository.count_of_plan(tx.session, plan_id) >= MOST:
        raise EvidenceCrowded(limit=MOST)
    evidence = Evidence(
        id=tx.new_id(),
        version=1,
        plan_id=plan_id,
        node_id=node_id,
        citation=citation,
        judgement=unchecked(citation),
    )
    if told is not None:
        evidence = judged(evidence, told)
    await repository.add(tx.session, evidence, now=tx.now)
    await repository.add_steps(tx, [evidence], StepKind.LINKED, note)
    return evidence


async def cite_anew(
    tx: Transaction,
    evidence_id: UUID,
    citation: Citation,
    *,
    told: Told | None,
    expected: int,
    note: str,
) -> Evidence:
    """Cite another value or edition; what was cited before stays among the steps."""
    plan = await _plan_of(tx, evidence_id)
    _expect_changeable(plan)
    await _expect_citation(tx, citation)
    await expect_newest(tx, citation, told)
    before = await _locked(tx, evidence_id, expected)
    after = domain.cite_anew(before, citation)
    if told is not None:
        after = judged(after, told)
    await _keep(tx, after, StepKind.CITED_ANEW, note)
    return after


async def check_evidence(
    tx: Transaction, evidence_id: UUID, citation: Citation, *, told: Told | None, expected: int
) -> Evidence:
    """Judge a link anew by what the registry told of its citation.

    Raises `NothingToCheck`, `RegistryOutOfReach`, `RegistryMovedOn`.
    """
    await _plan_of(tx, evidence_id)
    if citation.unit_id is None:
        raise NothingToCheck
    if told is None:
        raise RegistryOutOfReach
    await expect_newest(tx, citation, told)
    before = await _locked(tx, evidence_id, expected)
    if question_of(before.citation) != question_of(citation):
        raise RegistryMovedOn
    after = judged(before, told)
    await repository.note_checked(tx.session, [before.id], position=told.position, now=tx.now)
    if (after.citation, after.judgement) == (before.citation, before.judgement):
        return before
    after = replace(after, version=before.version + 1)
    await _keep(tx, after, StepKind.CHECKED, "")
    return after


async def uphold_evidence(tx: Transaction, evidence_id: UUID, *, expected: int, because: str) -> Evidence:
    """Say why the claim holds in spite of what a newer edition tells."""
    plan = await _plan_of(tx, evidence_id)
    if plan.status is PlanStatus.CLOSED:
        raise EvidenceUnderVote(**standing(plan.status))
    after = domain.uphold(await _locked(tx, evidence_id, expected), because)
    await _keep(tx, after, StepKind.UPHELD, because)
    return after


async def remove_evidence(tx: Transaction, evidence_id: UUID, *, expected: int, reason: str) -> Evidence:
    _expect_changeable(await _plan_of(tx, evidence_id))
    after = domain.remove(await _locked(tx, evidence_id, expected), today=tx.today)
    await _keep(tx, after, StepKind.REMOVED, reason)
    return after


async def _own_plan(tx: Transaction, plan_id: UUID) -> Plan:
    plan = await load_visible(tx, plan_id)
    if not tx.actor.may_see(plan.unit_ids):
        raise UnitNotYours
    return plan


async def _plan_of(tx: Transaction, evidence_id: UUID) -> Plan:
    """Lock the plan of a link: it comes before the link, and before how far the registry is."""
    plan_id = await repository.plan_of(tx.session, evidence_id)
    if plan_id is None:
        raise EvidenceUnknown
    try:
        return await _own_plan(tx, plan_id)
    except PlanUnknown:
        raise EvidenceUnknown from None


async def _locked(tx: Transaction, evidence_id: UUID, expected: int) -> Evidence:
    evidence = await repository.lock(tx.session, evidence_id)
    if evidence is None:
        raise EvidenceUnknown
    expect_version(expected, evidence.version)
    return evidence


async def _keep(tx: Transaction, evidence: Evidence, kind: StepKind, note: str) -> None:
    await repository.save(tx.session, [evidence], now=tx.now)
    await repository.add_steps(tx, [evidence], kind, note)


def _expect_changeable(plan: Plan) -> None:
    """Raise `EvidenceUnderVote` while a council decides, and after the end: it sees what it was given."""
    if plan.working.status in {PlanStatus.SUBMITTED, PlanStatus.CLOSED}:
        raise EvidenceUnderVote(**standing(plan.working.status))


async def _expect_citation(tx: Transaction, citation: Citation) -> None:
    expect_citation(citation, today=tx.today)
    if citation.unit_id is not None and not await units.describe(tx.session, [citation.unit_id]):
        raise CitedUnitUnknown(pointer="/unit_id")
