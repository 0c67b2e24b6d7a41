"""The sheets of members: declare, score, seal; who is recused or absent, who may read what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NoReturn
from uuid import UUID

from registry.commission.assessing import PROCEDURE, Assessment, Status
from registry.commission.refusals import (
    ConflictWithoutGround,
    DeclarationMissing,
    DeclaredAlready,
    MemberIsAbsent,
    MemberIsRecused,
    RecusedReadsAfterClosure,
    ScoredByWhoChecked,
    ScoreIsSealed,
    ScoresAreBlind,
    ScoresReadAfterClosure,
)


class Declaration(StrEnum):
    NONE = "none"
    CONFLICT = "conflict"


class Recusal(StrEnum):
    """Why a member does not score an application."""

    DECLARED = "declared"  # prohlášení člena
    UNIT = "unit"  # jedná za žadatele
    AFFILIATION = "affiliation"  # žadatel je jeho vysílající organizací
    CHAIR = "chair"  # rozhodnutí předsedy


class SheetStatus(StrEnum):
    UNDECLARED = "undeclared"
    SCORING = "scoring"
    SEALED = "sealed"
    ABSENT = "absent"
    RECUSED = "recused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a member did with an application, without its points: those stand apart (`scoring.Score`)."""

    id: UUID
    assessment_id: UUID
    application_id: UUID
    unit_id: UUID
    number: str
    person: str
    version: int
    declaration: Declaration | None = None
    ground: str = ""
    declared_at: datetime | None = None
    recusal: Recusal | None = None
    recused_at: datetime | None = None
    absence: str | None = None
    sealed_at: datetime | None = None

    @property
    def status(self) -> SheetStatus:
        if self.recusal is not None:
            return SheetStatus.RECUSED
        if self.absence is not None:
            return SheetStatus.ABSENT
        if self.sealed_at is not None:
            return SheetStatus.SEALED
        return SheetStatus.UNDECLARED if self.declaration is None else SheetStatus.SCORING

    @property
    def is_awaited(self) -> bool:
        """Whether the others' scores stay hidden until this one is sealed."""
        return self.status in {SheetStatus.UNDECLARED, SheetStatus.SCORING}


_PREFIXES: Final = ("statutární město", "hlavní město", "město", "městys", "obec")


def automatic_recusal(
    sheet: Sheet, unit_name: str, *, units: Collection[UUID], affiliation: str
) -> Recusal | None:
    """Return why the member cannot score: acts for the applicant, or was sent by it."""
    if sheet.unit_id in units:
        return Recusal.UNIT
    return Recusal.AFFILIATION if _plain(affiliation) == _plain(unit_name) else None


def _plain(name: str) -> str:
    words = " ".join(name.casefold().split())
    for prefix in _PREFIXES:
        words = words.removeprefix(f"{prefix} ")
    return words


def declare(
    sheet: Sheet, declaration: Declaration, ground: str, *, automatic: Recusal | None, at: datetime
) -> Sheet:
    """Take the member's declaration, which is final; a conflict recuses at once, and so does a fact."""
    if declaration is Declaration.CONFLICT and not ground:
        raise ConflictWithoutGround(pointer="/ground")
    if sheet.status is not SheetStatus.UNDECLARED:
        raise DeclaredAlready(number=sheet.number, rule="declare-once", standing=_now(sheet))
    recusal = Recusal.DECLARED if declaration is Declaration.CONFLICT else automatic
    return replace(
        sheet,
        version=sheet.version + 1,
        declaration=declaration,
        ground=ground,
        declared_at=at,
        recusal=recusal,
        recused_at=at if recusal else None,
    )


def recuse(sheet: Sheet, recusal: Recusal, ground: str, *, at: datetime) -> Sheet:
    """Recuse a member for good; a score that was sealed no longer counts."""
    if sheet.recusal is not None:
        raise MemberIsRecused(number=sheet.number, rule="recusal-is-final", standing=_now(sheet))
    return replace(sheet, version=sheet.version + 1, recusal=recusal, ground=ground, recused_at=at)


def excuse(sheet: Sheet, reason: str) -> Sheet:
    """Record that a member will not score; who has sealed a score has scored."""
    if not sheet.is_awaited:
        _refuse_final(sheet, rule="excuse-only-who-has-not-sealed")
    return replace(sheet, version=sheet.version + 1, absence=reason)


def written(sheet: Sheet) -> Sheet:
    """Return the sheet after its score was written anew."""
    return replace(sheet, version=sheet.version + 1)


def expect_scoring(sheet: Sheet, checkers: Collection[str] = ()) -> None:
    """Raise unless the member may write a score now: declared, not recused, not absent, not sealed.

    Who checked the application formally does not score it.
    """
    if sheet.status is SheetStatus.UNDECLARED:
        raise DeclarationMissing(number=sheet.number, rule="declare-before-scoring", standing=_now(sheet))
    if sheet.status is not SheetStatus.SCORING:
        _refuse_final(sheet, rule="score-only-until-sealed")
    if sheet.person in checkers:
        raise ScoredByWhoChecked(
            number=sheet.number, rule="score-only-who-did-not-check", standing=_now(sheet)
        )


def expect_declared(sheet: Sheet) -> None:
    """Raise unless the member may see the application: declared to have no conflict."""
    if sheet.status is SheetStatus.RECUSED:
        raise MemberIsRecused(number=sheet.number, rule="recused-sees-no-form", standing=_now(sheet))
    if sheet.declaration is None:
        raise DeclarationMissing(number=sheet.number, rule="declare-before-reading", standing=_now(sheet))


def seal(sheet: Sheet, *, at: datetime) -> Sheet:
    expect_scoring(sheet)
    return replace(sheet, version=sheet.version + 1, sealed_at=at)


def expect_readable(assessment: Assessment, sheets: Iterable[Sheet], *, person: str, is_agency: bool) -> None:
    """Raise unless the person may read the scores of the application whose sheets are given.

    While it is open: nobody until all have sealed, then members without conflict and the secretary.
    After the closure every member and the Agency.
    """
    of_application = list(sheets)
    mine = next((sheet for sheet in of_application if sheet.person == person), None)
    if assessment.status is not Status.OPEN:
        if mine is None and not is_agency:
            raise ScoresReadAfterClosure
        return
    if mine is not None and mine.recusal is not None:
        raise RecusedReadsAfterClosure
    if mine is None and person != assessment.secretary:
        raise ScoresReadAfterClosure
    if mine is not None:
        expect_declared(mine)
    expect_revealed(assessment, of_application)


def expect_revealed(assessment: Assessment, sheets: Collection[Sheet]) -> None:
    sealed, expected = counted(sheets)
    if any(sheet.is_awaited for sheet in sheets):
        raise ScoresAreBlind(
            sealed=sealed, expected=expected, rule="reveal-when-all-have-sealed", standing=assessment.facts
        )


def counted(sheets: Iterable[Sheet]) -> tuple[int, int]:
    """Return how many have sealed and how many are expected to, the sealed ones included."""
    statuses = [sheet.status for sheet in sheets]
    sealed = statuses.count(SheetStatus.SEALED)
    return sealed, sealed + sum(each in {SheetStatus.UNDECLARED, SheetStatus.SCORING} for each in statuses)


def _refuse_final(sheet: Sheet, *, rule: str) -> NoReturn:
    match sheet.status:
        case SheetStatus.RECUSED:
            raise MemberIsRecused(number=sheet.number, rule=rule, standing=_now(sheet))
        case SheetStatus.ABSENT:
            raise MemberIsAbsent(number=sheet.number, rule=rule, standing=_now(sheet))
    raise ScoreIsSealed(number=sheet.number, rule=rule, standing=_now(sheet))


def _now(sheet: Sheet) -> dict[str, object]:
    """Tell where the sheet stands; the assessment that it belongs to is open."""
    return {"sheet_status": sheet.status.value, **PROCEDURE.facts(Status.OPEN)}
