"""What is done with a document, as its history keeps it."""

from dataclasses import dataclass
from enum import StrEnum

from documents.files.domain import Document


class Action(StrEnum):
    FILING = "filing"  # založení
    VERSION = "version"  # nová verze
    RESTORATION = "restoration"  # obnovení starší verze
    RENDERING = "rendering"  # sestavení platformou
    DESCRIPTION = "description"  # změna údajů o dokumentu
    COMMENTS = "comments"
    RETURN = "return"
    APPROVAL = "approval"
    SIGNATURE = "signature"
    RELEASE = "release"
    WITHDRAWAL = "withdrawal"
    FALLBACK = "fallback"  # platí opět starší verze
    DISCARDING = "discarding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step of the history: the document after it, and the version of the file it is about."""

    document: Document
    action: Action
    number: int | None = None
    reason: str | None = None
