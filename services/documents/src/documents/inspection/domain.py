"""What is known of the bytes of a file, whichever documents name them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from documents.inspection.filetypes import name_fits
from shared.errors import Invalid, RuleBroken


class ScanState(StrEnum):
    """What the virus scanner said; without a scanner nothing was."""

    NOT_SCANNED = "not-scanned"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNABLE = "not-scannable"
    """The scanner refuses the file, for one as too large."""


class FixityState(StrEnum):
    """Whether the store still gives the bytes that were put there."""

    NOT_VERIFIED = "not-verified"
    INTACT = "intact"
    DAMAGED = "damaged"
    LOST = "lost"


class Trait(StrEnum):
    """What a reader of the file ought to know."""

    MACROS = "macros"
    ENCRYPTED = "encrypted"
    ACTIVE_CONTENT = "active-content"
    """Script in PDF, SVG or HTML."""
    EMBEDDED_FILES = "embedded-files"
    UNREADABLE = "unreadable"
    """A PDF that no reader opens."""
    UNKNOWN_TYPE = "unknown-type"
    WRONG_EXTENSION = "wrong-extension"
    """The name says another kind of file than the content is: of a version, not of its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file as bytes; `media_type` is what its content is, not what its sender called it."""

    digest: str
    size_bytes: int
    media_type: str
    traits: tuple[Trait, ...]
    received_at: datetime
    scan: ScanState
    signature: str | None
    fixity: FixityState
    verified_at: datetime | None
    touched_at: datetime | None = None
    """When somebody last brought these bytes: what was read of them before says nothing any more."""


class FileQuarantined(RuleBroken):
    cs = "Soubor je v karanténě: antivirová kontrola v něm našla {signature}."
    en = "The file is in quarantine: the virus scan found {signature} in it."


class FileNotYetScanned(RuleBroken):
    cs = "Soubor ještě neprošel antivirovou kontrolou, zkuste to za chvíli."
    en = "The file has not been scanned for viruses yet, try again in a while."


class FileNotWhole(RuleBroken):
    cs = "Soubor v úložišti je poškozený nebo chybí; správce o tom ví."
    en = "The file in the store is damaged or missing; the administrator knows."


class FileInfected(Invalid):
    cs = "Tento soubor nepřijmeme: antivirová kontrola v něm našla {signature}."
    en = "We do not take this file: the virus scan found {signature} in it."


class FileHasMacros(RuleBroken):
    cs = "Soubor obsahuje makra, zveřejnit jej nelze. Uložte jej bez nich a nahrajte jako novou verzi."
    en = "The file has macros and cannot be published. Save it without them and add it as a new version."


class FileNameMisleads(RuleBroken):
    cs = "Přípona souboru neodpovídá jeho obsahu ({media_type}), zveřejnit jej nelze. Uložte jej správně."
    en = "The file’s ending does not fit its content ({media_type}): it cannot be published. Save it rightly."


ORPHANS_KEPT: Final = timedelta(hours=24)
"""A file that no version names is somebody's upload at work for so long."""
_RETRIES: Final = (1, 5, 15, 60)


def next_scan_at(attempts: int, *, now: datetime) -> datetime:
    """Return when a scanner that did not answer is asked again: after 1, 5, 15, then 60 minutes."""
    return now + timedelta(minutes=_RETRIES[min(attempts, len(_RETRIES)) - 1])


def expect_releasable(blob: Blob) -> None:
    """Raise unless the bytes may become public.

    Raises `FileQuarantined`, `FileNotYetScanned`, `FileHasMacros`, `FileNotWhole`.
    """
    if blob.scan is ScanState.INFECTED:
        raise FileQuarantined(signature=blob.signature or "?", scan=blob.scan.value)
    if blob.scan is ScanState.WAITING:
        raise FileNotYetScanned(scan=blob.scan.value)
    if Trait.MACROS in blob.traits:
        raise FileHasMacros(traits=[trait.value for trait in blob.traits])
    if blob.fixity in {FixityState.DAMAGED, FixityState.LOST}:
        raise FileNotWhole(fixity=blob.fixity.value)


def expect_name_fits(name: str, media_type: str) -> None:
    """Raise `FileNameMisleads`; equal bytes may have a right name elsewhere."""
    if not name_fits(name, media_type):
        raise FileNameMisleads(media_type=media_type)
