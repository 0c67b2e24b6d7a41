"""The JSON of what is known of files as bytes."""

from datetime import datetime

from documents.inspection.domain import FixityState, ScanState, Trait
from shared.http import ApiModel, Digest


class ChecksOut(ApiModel):
    """`media_type` is what the content is; `signature` names what the virus scanner found."""

    digest: Digest
    size_bytes: int
    media_type: str
    traits: tuple[Trait, ...]
    received_at: datetime
    scan: ScanState
    signature: str | None
    scanned_at: datetime | None
    fixity: FixityState
    verified_at: datetime | None


class CheckedFileList(ApiModel):
    items: tuple[ChecksOut, ...]
    next: str | None


class CheckSummary(ApiModel):
    """How many files stand in which state, and when the one was verified that waits longest."""

    files: int
    size_bytes: int
    scan_not_scanned: int
    scan_waiting: int
    scan_clean: int
    scan_infected: int
    scan_not_scannable: int
    fixity_not_verified: int
    fixity_intact: int
    fixity_damaged: int
    fixity_lost: int
    oldest_verification_at: datetime | None
