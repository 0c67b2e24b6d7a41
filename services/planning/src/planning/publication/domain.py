"""The release of a comment's texts: checked for personal data by one, published by another."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from uuid import UUID

from planning.comments.domain import CommentKind, SubmitterKind
from planning.comments.refusals import CommentWithdrawn
from planning.publication.annex import Line
from planning.publication.redaction import is_redaction
from planning.publication.refusals import (
    CheckedByYou,
    CommentsNotReleased,
    NotARedaction,
    PersonalDataLeft,
)
from planning.settlement.domain import ChangeMade, Result, first_of
from shared.errors import Finding
from shared.personal_data import NAMES, Found, find


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """All of a comment that people wrote; the justification is empty where that of the main one counts."""

    text: str
    proposed_wording: str
    reasons: str
    justification: str


NAMES_OF_TEXTS: Final = tuple(field.name for field in fields(Texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """`despite` says why what looks like personal data may stay; version 0 is nothing released yet."""

    comment_id: UUID
    consultation_id: UUID
    version: int = 0
    texts: Texts | None = None
    despite: str = ""
    released_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A settled comment on its way to the public."""

    comment_id: UUID
    number: int
    submitter_kind: SubmitterKind
    submitter_name: str
    kind: CommentKind | None
    is_timely: bool
    withdrawn_on: date | None
    same_as: int | None
    node_id: UUID | None
    node_number: str
    node_title: str
    texts: Texts
    result: Result | None
    settled_by: str
    settled_on: date | None
    change: ChangeMade | None
    release: Release

    @property
    def names(self) -> tuple[str, ...]:
        """What must not be read of the submitter; organisations may be named."""
        return (self.submitter_name,) if self.submitter_kind is SubmitterKind.CITIZEN else ()


def finds_in(texts: Texts, names: Sequence[str]) -> dict[str, tuple[Found, ...]]:
    """Return what looks like personal data, by the name of the text."""
    found = {name: find(getattr(texts, name), names=names) for name in NAMES_OF_TEXTS}
    return {name: finds for name, finds in found.items() if finds}


def findings_of(texts: Texts, names: Sequence[str]) -> list[Finding]:
    """Say where something is found, without repeating what."""
    return [
        Finding(
            pointer=f"/{name}",
            code=each.kind.value,
            cs=f"{NAMES[each.kind][0]}, znaky {each.start + 1}–{each.end}",
            en=f"{NAMES[each.kind][1]}, characters {each.start + 1}–{each.end}",
        )
        for name, finds in finds_in(texts, names).items()
        for each in finds
    ]


def release(material: Material, public: Texts, *, despite: str, by: str) -> Release:
    """Let the texts out as they are or with parts taken out.

    Raises `CommentWithdrawn`, `NotARedaction`, and `PersonalDataLeft` unless it is said why that may stay.
    """
    if material.withdrawn_on is not None:
        raise CommentWithdrawn(number=material.number, withdrawn_on=material.withdrawn_on)
    for name in NAMES_OF_TEXTS:
        if not is_redaction(getattr(material.texts, name), getattr(public, name)):
            raise NotARedaction(pointer=f"/{name}")
    left = findings_of(public, material.names)
    if left and not despite:
        raise PersonalDataLeft(found=len(left), findings=left)
    before = material.release
    return replace(
        before,
        version=before.version + 1,
        texts=public,
        despite=despite if left else "",
        released_by=by,
    )


def expect_released(material: Sequence[Material], *, by: str) -> None:
    """Raise `CommentsNotReleased`, and `CheckedByYou` for who checked any of them."""
    waiting = [each.number for each in material if each.withdrawn_on is None and each.release.texts is None]
    if waiting:
        raise CommentsNotReleased(waiting=len(waiting), numbers=first_of(waiting))
    if by in {each.release.released_by for each in material if each.release.texts is not None}:
        raise CheckedByYou


def line_of(material: Material) -> Line:
    """Return the comment as everybody reads it; of a withdrawn one only that there was one."""
    released = material.release.texts
    is_withdrawn = material.withdrawn_on is not None
    shown = released if released is not None and not is_withdrawn else _NOTHING
    return Line(
        number=material.number,
        submitter_kind=material.submitter_kind,
        kind=material.kind,
        is_timely=material.is_timely,
        is_withdrawn=is_withdrawn,
        same_as=material.same_as,
        node_id=material.node_id,
        node_number=material.node_number,
        node_title=material.node_title,
        text=shown.text,
        proposed_wording=shown.proposed_wording,
        reasons=shown.reasons,
        result=None if is_withdrawn else material.result,
        justification=shown.justification,
        settled_by="" if is_withdrawn else material.settled_by,
        settled_on=None if is_withdrawn else material.settled_on,
        change=None if is_withdrawn else material.change,
    )


_NOTHING: Final = Texts(text="", proposed_wording="", reasons="", justification="")
