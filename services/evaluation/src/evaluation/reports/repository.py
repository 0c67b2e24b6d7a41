"""Every statement on drafts and frozen reports; `facts_repository` reads what neighbours know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Text, Uuid, bindparam, insert, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from evaluation.evaluations.tables import EvaluatedPlanRow, EvaluationRow
from evaluation.reports.compilation import Compiled, Inputs
from evaluation.reports.content import Draft, Judgement
from evaluation.reports.facts import Facts
from evaluation.reports.tables import JudgementRow, ReportDraftRow, ReportRow
from shared.canonical import canonical_json, plain
from shared.reads import Query
from shared.stored import from_json, from_row
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A draft, and the facts that it was handed in with."""

    draft: Draft
    facts: Facts | None


async def load_work(session: AsyncSession, evaluation_id: UUID) -> Work:
    """Load the draft of an evaluation that is locked, or only read; an empty one where nobody has written."""
    found = select(ReportDraftRow.content, ReportDraftRow.facts).where(
        ReportDraftRow.evaluation_id == evaluation_id
    )
    row = (await session.execute(found)).one_or_none()
    if row is None:
        return Work(draft=Draft(), facts=None)
    content, facts = row
    return Work(draft=from_row(Draft, content), facts=None if facts is None else from_json(Facts, facts))


async def save_work(tx: Transaction, evaluation_id: UUID, work: Work) -> None:
    facts = work.facts
    values: dict[str, object] = {
        "content": plain(work.draft),
        "facts": None if facts is None else canonical_json(facts).decode(),
        "facts_on": None if facts is None else facts.as_of,
        "changed_at": tx.now,
    }
    statement = upsert(ReportDraftRow).values(evaluation_id=evaluation_id, **values)
    await tx.session.execute(
        statement.on_conflict_do_update(index_elements=[ReportDraftRow.evaluation_id], set_=values)
    )


async def add_report(tx: Transaction, inputs: Inputs, compiled: Compiled) -> None:
    """Freeze an edition with its judgements."""
    evaluation_id = inputs.head.evaluation_id
    await tx.session.execute(
        insert(ReportRow).values(
            evaluation_id=evaluation_id,
            edition=inputs.edition,
            digest=compiled.digest,
            body=compiled.body.decode(),
            inputs=canonical_json(inputs).decode(),
            reason=inputs.reason,
            gaps=compiled.gaps,
            completed_on=tx.today,
            completed_by=tx.actor.id,
            affiliation=tx.actor.affiliation,
            completed_at=tx.now,
        )
    )
    rows = [
        _judgement(evaluation_id, inputs.edition, line, on=tx.today)
        for line in inputs.draft.judgements
        if line.is_answered
    ]
    if rows:
        await tx.session.execute(insert(JudgementRow), rows)


def _judgement(evaluation_id: UUID, edition: int, line: Judgement, *, on: date) -> dict[str, object]:
    return {
        "evaluation_id": evaluation_id,
        "edition": edition,
        "code": line.code,
        "question_edition": line.edition,
        "answer": line.answer,
        "verdict": plain(line.verdict),
        "strength": plain(line.strength),
        "evidence": len(line.evidence),
        "completed_on": on,
    }


_E: Final = EvaluationRow.__table__.c
_P: Final = EvaluatedPlanRow.__table__.c
_REPORT: Final = ReportRow.__table__.c
_J: Final = JudgementRow.__table__.c


def _visible() -> ColumnElement[bool]:
    """Let the Agency, systems and the units that a report is about read it."""
    units = bindparam("units", type_=ARRAY(Uuid()))
    return or_(bindparam("agency", type_=Boolean()), _E.unit_ids.overlap(units), _P.unit_ids.overlap(units))


_OF_EVALUATION: Final = _E.evaluation_id == bindparam("evaluation_id", type_=Uuid())
EDITIONS: Final = Query(
    select(
        _REPORT.edition,
        _REPORT.digest,
        _REPORT.reason,
        _REPORT.gaps,
        _REPORT.affiliation,
        _REPORT.completed_on,
        _REPORT.completed_at,
    )
    .select_from(ReportRow)
    .join(EvaluationRow, _E.evaluation_id == _REPORT.evaluation_id)
    .outerjoin(EvaluatedPlanRow, _P.plan_id == _E.plan_id)
    .where(_OF_EVALUATION, _visible()),
    keys=(_REPORT.edition,),
    descending=True,
)
"""The editions of one report, the newest first."""
FROZEN: Final = Query(
    select(_REPORT.body, _REPORT.digest, _REPORT.inputs)
    .select_from(ReportRow)
    .join(EvaluationRow, _E.evaluation_id == _REPORT.evaluation_id)
    .outerjoin(EvaluatedPlanRow, _P.plan_id == _E.plan_id)
    .where(_OF_EVALUATION, _visible(), _REPORT.edition == bindparam("edition"))
)
"""One edition, byte by byte as it was frozen, with what it was made of."""
JUDGEMENTS: Final = Query(
    select(
        _J.evaluation_id,
        _J.edition,
        _E.type,
        _E.title,
        _P.title.label("plan_title"),
        _J.question_edition,
        _J.answer,
        _J.verdict,
        _J.strength,
        _J.evidence,
        _J.completed_on,
    )
    .select_from(JudgementRow)
    .join(EvaluationRow, (_E.evaluation_id == _J.evaluation_id) & (_E.edition == _J.edition))
    .outerjoin(EvaluatedPlanRow, _P.plan_id == _E.plan_id)
    .where(_J.code == bindparam("code", type_=Text()), _visible()),
    keys=(_J.completed_on, _J.evaluation_id),
    descending=True,
)
"""How one question was answered in the editions of reports that count, the newest first."""


def inputs_of(text: str) -> Inputs:
    """Read what a frozen report was made of."""
    return from_json(Inputs, text)


def question_codes(judgements: Sequence[Judgement]) -> frozenset[tuple[str, int]]:
    return frozenset((line.code, line.edition) for line in judgements)
