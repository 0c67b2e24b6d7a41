"""The settlement as everybody reads it: a table without the names of people, frozen with its digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from planning.comments.domain import CommentKind, SubmitterKind
from planning.settlement.domain import ChangeMade, Result
from shared.canonical import canonical_json, digest

SCHEMA: Final = "pospolu.settlement/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A comment and what became of it; of one that was withdrawn only the number and the place are left.

    `settled_by` is a body or an office, never a person; `same_as` is the number of the main comment.
    """

    number: int
    submitter_kind: SubmitterKind
    kind: CommentKind | None
    is_timely: bool
    is_withdrawn: bool
    same_as: int | None
    node_id: UUID | None
    node_number: str
    node_title: str
    text: str
    proposed_wording: str
    reasons: str
    result: Result | None
    justification: str
    settled_by: str
    settled_on: date | None
    change: ChangeMade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """`text` is canonical JSON, `digest` its SHA-256 in hexadecimal."""

    comments: int
    text: str
    digest: str


def annex_of(head: Mapping[str, object], counts: Mapping[str, object], lines: Sequence[Line]) -> Annex:
    """Freeze the table; `head` says of which consultation, and who approved the settlement."""
    content = {"schema": SCHEMA, **head, "counts": dict(counts), "comments": list(lines)}
    text = canonical_json(content)
    return Annex(comments=len(lines), text=text.decode(), digest=digest(text))
