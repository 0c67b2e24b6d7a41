"""The JSON of uploads in pieces."""

from datetime import datetime
from typing import Self
from uuid import UUID

from documents.uploads.domain import Upload, UploadState
from shared.http import ApiModel, Digest


class UploadRefusalOut(ApiModel):
    code: str
    title: str


class UploadOut(ApiModel):
    """`digest` and `media_type` are there once the file is whole; `refusal` says why it is not taken."""

    id: UUID
    file_name: str
    size_bytes: int
    offset_bytes: int
    state: UploadState
    digest: Digest | None
    media_type: str | None
    refusal: UploadRefusalOut | None
    created_at: datetime
    expires_at: datetime
    version: int

    @classmethod
    def of(cls, upload: Upload, *, language: str) -> Self:
        refused = upload.refused
        return cls(
            id=upload.id,
            file_name=upload.file_name,
            size_bytes=upload.size_bytes,
            offset_bytes=upload.offset_bytes,
            state=upload.state,
            digest=upload.digest,
            media_type=upload.media_type,
            refusal=UploadRefusalOut(code=refused.code, title=refused.cs if language == "cs" else refused.en)
            if refused
            else None,
            created_at=upload.created_at,
            expires_at=upload.expires_at,
            version=upload.version,
        )
