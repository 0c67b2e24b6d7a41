"""What members do: declare, score in a table, seal, change once after the reveal; who reads what."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from registry.commission import repository, score_repository
from registry.commission import sheet as sheets
from registry.commission.assessing import Assessment, Move
from registry.commission.list_repository import Round, rounds
from registry.commission.refusals import (
    ApplicationLeftTheEvaluation,
    ApplicationTwice,
    AssessmentUnknown,
    NotInThisAssessment,
    ScoreChangedOnce,
    ScoreNotSealed,
    ScoreUnfinished,
)
from registry.commission.score_repository import Held
from registry.commission.scoring import Score, expect_in_scale, missing_in
from registry.commission.sheet import Declaration, Sheet, SheetStatus
from registry.commission.use_cases import may_know, note_sheets, read
from shared.errors import Refusal, expect_version
from shared.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One line of a table of declarations; `version` is that of the sheet that the member saw."""

    application_id: UUID
    version: int
    declaration: Declaration
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    application_id: UUID
    version: int
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    application_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one line: the sheet after it, or why it was refused."""

    application_id: UUID
    sheet: Sheet | None
    refusal: Refusal | None


Line = Declared | Scored | Sealed


async def declare(tx: Transaction, assessment_id: UUID, lines: Sequence[Declared]) -> list[Result]:
    """Declare on conflicts of interest, line by line; who acts for the applicant is recused by itself."""
    _, held = await _table(tx, assessment_id, Move.DECLARE, lines)
    given = {line.application_id: line for line in lines}

    def declared(found: Held) -> Sheet:
        line = given[found.sheet.application_id]
        automatic = _automatic(tx, found)
        return sheets.declare(found.sheet, line.declaration, line.ground, automatic=automatic, at=tx.now)

    results = _each(lines, held, declared)
    changed = [result.sheet for result in results if result.sheet is not None]
    await score_repository.save_sheets(tx.session, changed)
    recused = [sheet for sheet in changed if sheet.recusal is not None]
    pairs = ((held[sheet.application_id].sheet, sheet) for sheet in recused)
    await note_sheets(tx, pairs, action="recuse")
    return results


async def save_drafts(tx: Transaction, assessment_id: UUID, lines: Sequence[Scored]) -> list[Result]:
    """Keep the member's own drafts, line by line; they may be incomplete and nobody else reads them."""
    assessment, held = await _table(tx, assessment_id, Move.SCORE, lines)
    given = {line.application_id: (at, line) for at, line in enumerate(lines)}

    def drafted(found: Held) -> Sheet:
        at, line = given[found.sheet.application_id]
        sheets.expect_scoring(found.sheet, found.applicant.checkers)
        expect_in_scale(line.score, assessment.criteria, f"/scores/{at}")
        return sheets.written(found.sheet)

    results = _each(lines, held, drafted)
    changed = [result.sheet for result in results if result.sheet is not None]
    await score_repository.save_sheets(tx.session, changed)
    await score_repository.save_drafts(
        tx.session, {sheet.id: given[sheet.application_id][1].score for sheet in changed}
    )
    return results


async def seal(tx: Transaction, assessment_id: UUID, lines: Sequence[Sealed]) -> list[Result]:
    """Seal drafts that are complete, line by line; who acts for an applicant by now is recused instead."""
    assessment, held = await _table(tx, assessment_id, Move.SEAL, lines)
    drafts = await score_repository.drafts(tx.session, [found.sheet.id for found in held.values()])

    def sealed(found: Held) -> Sheet:
        sheets.expect_scoring(found.sheet, found.applicant.checkers)
        automatic = _automatic(tx, found)
        if automatic is not None:
            return sheets.recuse(found.sheet, automatic, "", at=tx.now)
        missing = missing_in(drafts.get(found.sheet.id), assessment.criteria)
        if missing:
            facts = {"number": found.sheet.number, "missing": ", ".join(missing), **assessment.facts}
            raise ScoreUnfinished(rule="seal-only-complete-scores", standing=facts)
        return sheets.seal(found.sheet, at=tx.now)

    results = _each(lines, held, sealed)
    changed = [result.sheet for result in results if result.sheet is not None]
    await score_repository.save_sheets(tx.session, changed)
    kept = {sheet.id: drafts[sheet.id] for sheet in changed if sheet.status is SheetStatus.SEALED}
    await score_repository.add_sealed(tx.session, kept, at=tx.now)
    recused = [sheet for sheet in changed if sheet.recusal is not None]
    pairs = ((held[sheet.application_id].sheet, sheet) for sheet in recused)
    await note_sheets(tx, pairs, action="recuse")
    return results


async def revise(
    tx: Transaction, assessment_id: UUID, application_id: UUID, score: Score, *, reason: str, expected: int
) -> Sheet:
    """Change a sealed score once, after the reveal, with a reason; the first one is kept beside it."""
    assessment, mine = await _own(tx, assessment_id, Move.REVISE, application_id)
    expect_version(expected, mine.sheet.version)
    where = assessment.facts
    if mine.sheet.status is not SheetStatus.SEALED:
        raise ScoreNotSealed(number=mine.sheet.number, rule="revise-only-sealed-scores", standing=where)
    of_all = await score_repository.sheets(tx.session, assessment_id, application_id=application_id)
    sheets.expect_revealed(assessment, [held.sheet for held in of_all])
    expect_in_scale(score, assessment.criteria)
    missing = missing_in(score, assessment.criteria)
    if missing:
        raise ScoreUnfinished(
            number=mine.sheet.number,
            missing=", ".join(missing),
            rule="seal-only-complete-scores",
            standing=where,
        )
    sealed = await rounds(tx.session, [mine.sheet.id])
    if len(sealed[mine.sheet.id]) > 1:
        raise ScoreChangedOnce(rule="revise-once", standing=where)
    changed = sheets.written(mine.sheet)
    await score_repository.save_sheets(tx.session, [changed])
    await score_repository.add_sealed(tx.session, {mine.sheet.id: score}, at=tx.now, reason=reason)
    return changed


async def read_scores(
    tx: Transaction, assessment_id: UUID, application_id: UUID
) -> tuple[Assessment, list[Held], dict[UUID, list[Round]]]:
    """Return the sheets of one application and all sealed scores, to those who may read them by now."""
    assessment = await read(tx, assessment_id)
    held = await score_repository.sheets(tx.session, assessment_id, application_id=application_id)
    if not held:
        raise NotInThisAssessment
    expect_reader(tx, assessment, held)
    return assessment, held, await rounds(tx.session, [each.sheet.id for each in held])


async def read_own(tx: Transaction, assessment_id: UUID, application_id: UUID) -> Held:
    """Return the member's own sheet of an application that the member may see."""
    await read(tx, assessment_id)
    of_all = await score_repository.sheets(tx.session, assessment_id, application_id=application_id)
    mine = next((held for held in of_all if held.sheet.person == tx.actor.id), None)
    if mine is None:
        raise NotInThisAssessment
    sheets.expect_declared(mine.sheet)
    if _automatic(tx, mine) is not None:
        raise NotInThisAssessment
    return mine


def expect_reader(tx: Transaction, assessment: Assessment, held: Sequence[Held]) -> None:
    """Raise unless the actor may read the scores of the application whose sheets are given."""
    of_all = [each.sheet for each in held]
    sheets.expect_readable(assessment, of_all, person=tx.actor.id, is_agency=tx.actor.is_agency)


async def _own(
    tx: Transaction, assessment_id: UUID, move: Move, application_id: UUID
) -> tuple[Assessment, Held]:
    assessment = await _open(tx, assessment_id, move)
    held = await score_repository.lock_sheets(tx.session, assessment_id, tx.actor.id, [application_id])
    if application_id not in held:
        raise NotInThisAssessment
    return assessment, held[application_id]


async def _open(tx: Transaction, assessment_id: UUID, move: Move) -> Assessment:
    assessment = await repository.lock(tx.session, assessment_id, share=True)
    if assessment is None or not may_know(tx, assessment):
        raise AssessmentUnknown
    assessment.expect(move)
    return assessment


async def _table(
    tx: Transaction, assessment_id: UUID, move: Move, lines: Sequence[Line]
) -> tuple[Assessment, dict[UUID, Held]]:
    """Lock the member's own sheets that the table names; raises ApplicationTwice."""
    times = Counter(line.application_id for line in lines)
    for at, line in enumerate(lines):
        if times[line.application_id] > 1:
            raise ApplicationTwice(pointer=f"/{at}/application_id", application_id=line.application_id)
    assessment = await _open(tx, assessment_id, move)
    held = await score_repository.lock_sheets(tx.session, assessment_id, tx.actor.id, list(times))
    return assessment, held


def _each(lines: Sequence[Line], held: Mapping[UUID, Held], change: Callable[[Held], Sheet]) -> list[Result]:
    """Change line by line: one that is refused leaves the others alone."""
    results = []
    for line in lines:
        changed: Sheet | None = None
        refusal: Refusal | None = None
        try:
            changed = change(_expected(line, held))
        except Refusal as refused:
            refusal = refused
        results.append(Result(application_id=line.application_id, sheet=changed, refusal=refusal))
    return results


def _expected(line: Line, held: Mapping[UUID, Held]) -> Held:
    found = held.get(line.application_id)
    if found is None:
        raise NotInThisAssessment
    if not found.applicant.is_live:
        raise ApplicationLeftTheEvaluation(number=found.applicant.number, rule="score-only-in-evaluation")
    expect_version(line.version, found.sheet.version)
    return found


def _automatic(tx: Transaction, found: Held) -> sheets.Recusal | None:
    return sheets.automatic_recusal(
        found.sheet, found.applicant.unit_name, units=tx.actor.units, affiliation=tx.actor.affiliation
    )
