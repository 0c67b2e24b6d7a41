"""What is done with descriptions: draft, propose, agree, lock; a cooperation begins and lasts by them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from registry.calls import methodology_repository as methodologies
from registry.calls.methodology import MethodologyUnknown
from registry.caseload.use_cases import expect_acting_for
from registry.cooperation import repository as cooperation_repository
from registry.cooperation import use_cases as cooperations
from registry.cooperation.domain import Cooperation
from registry.cooperation.phases import Status as CooperationStatus
from registry.descriptions import domain, repository, settlement
from registry.descriptions.content import Agreement, BaselineItem, Content
from registry.descriptions.domain import Description
from registry.descriptions.refusals import (
    DescribedCooperationIsOver,
    DescribedCooperationUnknown,
    DescriptionUnknown,
    MemorandumNotInForce,
    OtherSideAgrees,
)
from registry.descriptions.steps import PROCEDURE, Move, Status
from registry.journal.domain import Audience, Decision, Subject
from registry.journal.use_cases import decision_day, record
from registry.memoranda import repository as memoranda
from registry.memoranda.content import Side
from registry.units import repository as units
from shared.contracts.base import Role
from shared.contracts.intake import CooperationDomain
from shared.errors import expect_version
from shared.transaction import Transaction

_OVER = frozenset({CooperationStatus.ENDED, CooperationStatus.CANCELLED})
_FOR_THE_UNIT = frozenset({Role.MAYOR, Role.CONSULTANT, Role.ADMINISTRATOR})
"""The mayor, and those of the Agency who write down what he agreed to on paper."""
_FOR_THE_AGENCY = frozenset({Role.DIRECTOR, Role.CONSULTANT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is written in a draft, whole."""

    content: Content
    baseline: tuple[BaselineItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who agrees for which side; `agreed_on` None: today."""

    side: Side
    name: str
    function: str
    agreed_on: date | None


async def draft(
    tx: Transaction, *, cooperation_id: UUID, about: CooperationDomain, text: Text
) -> Description:
    """Begin the first edition. The unit is locked: of two drafts at once the second is refused."""
    unit_id = await cooperation_repository.unit_of(tx.session, cooperation_id)
    if unit_id is None:
        raise DescribedCooperationUnknown(pointer="/cooperation_id")
    await expect_acting_for(tx, unit_id)
    await units.lock(tx.session, unit_id)
    await _expect_lasting(tx, unit_id, cooperation_id)
    domain.expect_first(await repository.of_domain(tx.session, cooperation_id, about))
    domain.expect_sense(about, text.content, text.baseline)
    await _expect_methodology(tx, text.content)
    drafted = Description(
        id=tx.new_id(),
        cooperation_id=cooperation_id,
        unit_id=unit_id,
        domain=about,
        edition=1,
        version=1,
        status=Status.DRAFT,
        content=text.content,
        baseline=text.baseline,
        authors=(tx.actor.id,),
    )
    await repository.add(tx.session, drafted, now=tx.now)
    return drafted


async def draft_anew(tx: Transaction, id_: UUID, *, expected: int) -> Description:
    """Begin the next edition of what was agreed, with its content and its baseline."""
    last, others = await _locked(tx, id_, expected)
    await _expect_lasting(tx, last.unit_id, last.cooperation_id)
    drafted = domain.draft_anew(last, others, id_=tx.new_id(), author=tx.actor.id)
    await repository.add(tx.session, drafted, now=tx.now)
    return drafted


async def edit(tx: Transaction, id_: UUID, text: Text, *, expected: int) -> Description:
    description, others = await _locked(tx, id_, expected)
    PROCEDURE.after(description.status, Move.EDIT)
    carried = next((each.baseline for each in others if _is_before(each, description)), ())
    await _expect_methodology(tx, text.content)
    edited = domain.edit(description, text.content, text.baseline, author=tx.actor.id, carried=carried)
    await repository.save(tx.session, edited)
    return edited


async def propose(tx: Transaction, id_: UUID, *, expected: int, on: date | None) -> Description:
    description, _ = await _locked(tx, id_, expected)
    day = decision_day(tx, on)
    return await _decided(tx, description, domain.propose(description, day), "propose", day)


async def give_back(
    tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None
) -> Description:
    description, _ = await _locked(tx, id_, expected)
    day = decision_day(tx, on)
    return await _decided(tx, description, domain.give_back(description), "return", day, reason)


async def agree(tx: Transaction, id_: UUID, consent: Consent, *, expected: int) -> Description:
    """Agree for one side; the second one locks it, and the cooperation begins or lasts by it."""
    description, others = await _locked(tx, id_, expected)
    PROCEDURE.after(description.status, Move.AGREE)
    if not tx.actor.has_any(_FOR_THE_UNIT if consent.side is Side.UNIT else _FOR_THE_AGENCY):
        raise OtherSideAgrees(side=consent.side.value)
    day = decision_day(tx, consent.agreed_on)
    memorandum = await memoranda.in_force(tx.session, description.unit_id, day)
    if memorandum is None:
        raise MemorandumNotInForce(description.facts, on=day)
    agreement = Agreement(
        side=consent.side,
        name=consent.name,
        function=consent.function,
        agreed_on=day,
        recorded_by=tx.actor.id,
    )
    agreed = domain.agree(description, agreement)
    if not agreed.is_complete_agreement:
        return await _decided(tx, description, agreed, "agree", day)
    return await _settle(tx, description, agreed, others, memorandum_id=memorandum.id)


async def discard(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Description:
    description, _ = await _locked(tx, id_, expected)
    day = decision_day(tx, on)
    return await _decided(tx, description, domain.discard(description), "discard", day, reason)


async def end(tx: Transaction, id_: UUID, *, expected: int, reason: str, on: date | None) -> Description:
    """End an agreed description before its time; its cooperation is ended for itself."""
    description, _ = await _locked(tx, id_, expected)
    day = decision_day(tx, on)
    return await _decided(tx, description, domain.end(description, day, reason), "end", day, reason)


async def _locked(tx: Transaction, id_: UUID, expected: int) -> tuple[Description, list[Description]]:
    """Lock the unit, then load the editions: what is decided on one concerns the others."""
    unit_id = await repository.unit_of(tx.session, id_, actor=tx.actor)
    if unit_id is None:
        raise DescriptionUnknown
    await expect_acting_for(tx, unit_id)
    await units.lock(tx.session, unit_id)
    editions = await repository.beside(tx.session, id_)
    description = next(each for each in editions if each.id == id_)
    expect_version(expected, description.version)
    return description, editions


async def _expect_lasting(tx: Transaction, unit_id: UUID, cooperation_id: UUID) -> Cooperation:
    of_unit = await cooperation_repository.of_unit(tx.session, unit_id)
    cooperation = next(each for each in of_unit if each.id == cooperation_id)
    if cooperation.status in _OVER:
        raise DescribedCooperationIsOver(PROCEDURE.facts(Status.DRAFT))
    return cooperation


async def _expect_methodology(tx: Transaction, content: Content) -> None:
    if content.methodology and await methodologies.load(tx.session, content.methodology) is None:
        raise MethodologyUnknown(pointer="/methodology", methodology=content.methodology)


def _is_before(other: Description, description: Description) -> bool:
    return other.status is not Status.DISCARDED and other.edition == description.edition - 1


async def _settle(
    tx: Transaction,
    before: Description,
    agreed: Description,
    others: list[Description],
    *,
    memorandum_id: UUID,
) -> Description:
    settled, superseded, told = settlement.settle(agreed, memorandum_id=memorandum_id, others=others)
    on = settled.agreed_on or tx.today
    if superseded is not None:
        last = next(each for each in others if each.id == superseded.id)
        await _decided(tx, last, superseded, "supersede", on)
    await _decided(tx, before, settled, "agree", on)
    await _carry_the_cooperation(tx, settled, on)
    tx.emit(told)
    return settled


async def _carry_the_cooperation(tx: Transaction, settled: Description, on: date) -> None:
    """Begin a cooperation in preparation; one that runs lasts as long as the longest description."""
    cooperation = await _expect_lasting(tx, settled.unit_id, settled.cooperation_id)
    if cooperation.status is CooperationStatus.PREPARATION:
        first, last = settled.content.starts_on, settled.content.ends_on
        if first is not None:
            await cooperations.activate(tx, cooperation.id, starts_on=first, ends_on=last, on=on)
        return
    last_day = await repository.last_day(tx.session, cooperation.id)
    if last_day is not None and last_day != cooperation.ends_on:
        await cooperations.agree_on_end(tx, cooperation.id, last_day, on)


async def _decided(
    tx: Transaction, before: Description, after: Description, action: str, on: date, reason: str = ""
) -> Description:
    await repository.save(tx.session, after)
    await record(
        tx,
        Decision.on(
            Subject.DESCRIPTION,
            before.published,
            after.published,
            audience=Audience.PUBLIC if after.agreed_on else Audience.PARTIES,
            action=action,
            day=on,
            reason=reason,
        ),
    )
    return after
