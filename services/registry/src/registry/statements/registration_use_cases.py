"""Requests for statements come in: from the data box, from a unit, or as a correction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from registry.deadline import Deadline
from registry.statements import moves, repository
from registry.statements.domain import PROCEDURE, Applicant, Statement, Status
from registry.statements.refusals import (
    CoveredUnitsRepeated,
    CoveredUnitsUnknown,
    MessageRegisteredAlready,
    MessagesAreReadByTheAgency,
    NotIssuedYet,
    ReplacedAlready,
    ReplacesAnotherKind,
    StatementUnknown,
)
from registry.statements.use_cases import expect_acting_for_one, expect_past, write_down
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import StatementKind
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it came in; `received_on` None means today."""

    kind: StatementKind
    applicant: Applicant
    unit_ids: tuple[UUID, ...]
    project_title: str
    call_code: str
    requested_amount_czk: Decimal | None
    selected_on: date | None
    received_on: date | None
    message_id: str | None
    form: DocumentRef
    replaces: UUID | None


async def register(tx: Transaction, request: Request) -> Statement:
    """Take a request; its clock begins on the day when it was received."""
    moves.expect_sender(request.applicant.data_box)
    if (request.message_id or request.replaces) and not tx.actor.is_agency:
        raise MessagesAreReadByTheAgency
    await _expect_units(tx, request.unit_ids)
    await expect_acting_for_one(tx, request.unit_ids)
    received_on = expect_past(tx, request.received_on)
    if request.replaces:
        await _expect_replaceable(tx, request.replaces, request.kind)
    rule = await repository.rule_of(tx.session, request.kind)
    statement = Statement(
        id=tx.new_id(),
        version=1,
        kind=request.kind,
        status=Status.RECEIVED,
        applicant=request.applicant,
        unit_ids=request.unit_ids,
        project_title=request.project_title,
        call_code=request.call_code,
        requested_amount_czk=request.requested_amount_czk,
        selected_on=request.selected_on,
        received_on=received_on,
        message_id=request.message_id,
        form=request.form,
        replaces=request.replaces,
        clock=Deadline(started_on=received_on, working_days=rule.working_days),
        alarm_days=rule.alarm_days,
    )
    if not await repository.add(tx, statement):
        first_id, first_received_on = await repository.with_message(tx.session, request.message_id or "")
        raise MessageRegisteredAlready(
            message_id=request.message_id, first_id=first_id, first_received_on=first_received_on
        )
    await write_down(tx, "receive", received_on, before=None, after=statement)
    return statement


async def _expect_units(tx: Transaction, unit_ids: Sequence[UUID]) -> None:
    if len(set(unit_ids)) < len(unit_ids):
        raise CoveredUnitsRepeated(pointer="/unit_ids")
    known = await repository.known_units(tx.session, unit_ids)
    unknown = [str(each) for each in unit_ids if each not in known]
    if unknown:
        raise CoveredUnitsUnknown(pointer="/unit_ids", unknown=", ".join(unknown[:10]))


async def _expect_replaceable(tx: Transaction, id_: UUID, kind: StatementKind) -> None:
    """Lock what is to be replaced: of two corrections at once the second sees the first."""
    replaced = await repository.load(tx, id_, lock=True)
    if replaced is None:
        raise StatementUnknown
    if replaced.issue is None:
        raise NotIssuedYet(PROCEDURE.facts(replaced.status))
    if replaced.kind is not kind:
        raise ReplacesAnotherKind(pointer="/kind", kind=replaced.kind.value)
    successor = await repository.successor_of(tx.session, id_)
    if successor is not None:
        raise ReplacedAlready(PROCEDURE.facts(replaced.status), successor_id=successor)
