"""An upload that comes in pieces: where it stands, and what tus 1.0.0 says of it in headers."""

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.errors import Invalid, NotFound, RuleBroken

TUS: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,checksum,termination"
ALGORITHMS: Final = ("sha256", "sha1", "sha512")
KEPT: Final = timedelta(days=3)
"""So long an upload waits for its next piece, or for the document that takes it."""
MOST_OPEN: Final = 20
PIECE: Final = 8 * 1024 * 1024
"""The body of a request is noted in pieces of this size: what was noted need not be sent again."""
_KEY: Final = re.compile(r"^[\x21-\x2b\x2d-\x7e]{1,100}$")


class UploadState(StrEnum):
    RECEIVING = "receiving"
    RECEIVED = "received"
    """All bytes are here, the file is put together and examined."""
    READY = "ready"
    REFUSED = "refused"
    TAKEN = "taken"


STATES: Final[Mapping[str, tuple[str, str]]] = {
    UploadState.RECEIVING: ("přijímá se", "receiving"),
    UploadState.RECEIVED: ("zpracovává se", "being examined"),
    UploadState.READY: ("připraveno", "ready"),
    UploadState.REFUSED: ("odmítnuto", "refused"),
    UploadState.TAKEN: ("použito", "taken"),
}


class UploadUnknown(NotFound):
    cs = "Takové nahrávání neexistuje, nebo už vypršelo."
    en = "There is no such upload, or it has expired."


class UploadOffsetDiffers(RuleBroken):
    cs = "Nahrávání pokračuje od bajtu {offset_bytes}."
    en = "The upload goes on from byte {offset_bytes}."


class UploadClosed(RuleBroken):
    cs = "Nahrávání už další data nepřijímá (stav „{state}“)."
    en = "The upload takes no more data (state “{state}”)."
    words = STATES


class UploadNotReady(RuleBroken):
    cs = "Nahraný soubor nelze použít: je ve stavu „{state}“."
    en = "The uploaded file cannot be used: its state is “{state}”."
    words = STATES


class TooManyUploads(RuleBroken):
    cs = "Máte {open_uploads} nedokončených nahrávání; dokončete nebo zrušte některé z nich."
    en = "You have {open_uploads} unfinished uploads; finish or cancel one of them."


class UploadHeaderNotReadable(Invalid):
    cs = "Hlavička {header} nemá tvar, který určuje protokol tus 1.0.0."
    en = "The header {header} is not as the protocol tus 1.0.0 says."


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why the whole file was not taken: a stable code and a sentence in both languages."""

    code: str
    cs: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """`digest` and `media_type` are there from `ready` on."""

    id: UUID
    owner: str
    file_name: str
    kind: str | None
    size_bytes: int
    offset_bytes: int
    state: UploadState
    digest: str | None
    media_type: str | None
    refused: Refused | None
    created_at: datetime
    expires_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    start: int
    size_bytes: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    algorithm: str
    digest: bytes


def expect_offset(upload: Upload, offset: int) -> None:
    """Raise `UploadClosed`, `UploadOffsetDiffers` unless the next piece may begin here."""
    if upload.state is not UploadState.RECEIVING:
        raise UploadClosed(state=upload.state.value)
    if upload.offset_bytes != offset:
        raise UploadOffsetDiffers(offset_bytes=upload.offset_bytes)


def expect_ready(upload: Upload) -> None:
    if upload.state is not UploadState.READY:
        raise UploadNotReady(state=upload.state.value)


def metadata_of(header: str | None) -> dict[str, str]:
    """Return the pairs of `Upload-Metadata`; raises `UploadHeaderNotReadable`."""
    found: dict[str, str] = {}
    for pair in (header or "").split(",") if header else ():
        key, _, value = pair.strip().partition(" ")
        try:
            text = b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise UploadHeaderNotReadable(header="Upload-Metadata") from error
        if not _KEY.match(key) or key in found or "\0" in text:
            raise UploadHeaderNotReadable(header="Upload-Metadata")
        found[key] = text
    return found


def checksum_of(header: str | None) -> Checksum | None:
    """Return what `Upload-Checksum` says; raises `UploadHeaderNotReadable`."""
    if header is None:
        return None
    algorithm, _, value = header.strip().partition(" ")
    try:
        digest = b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UploadHeaderNotReadable(header="Upload-Checksum") from error
    if algorithm not in ALGORITHMS or not digest:
        raise UploadHeaderNotReadable(header="Upload-Checksum", known=list(ALGORITHMS))
    return Checksum(algorithm=algorithm, digest=digest)
