"""HTTP of documents whose file came in pieces before them."""

from typing import Final
from uuid import UUID

from fastapi import Request, Response

from documents.files import use_cases
from documents.files.schemas import Added, DocumentFromUpload, VersionFromUpload
from documents.uploads.use_cases import take_upload
from shared.contracts.base import Role
from shared.http import Tx, allow, etag, router

from_uploads = router("/documents", tag="documents")
_FILERS: Final = allow(Role.COORDINATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.ADMINISTRATOR)


@from_uploads.post("/from-upload", status_code=201, dependencies=[_FILERS])
async def file_uploaded_document(
    body: DocumentFromUpload, tx: Tx, request: Request, response: Response
) -> Added:
    """File a document as a draft of its units; its file is an upload of one's own, whole by now."""
    file = await take_upload(tx, body.upload_id, kind=body.kind.value)
    grown, added = await use_cases.file_document(tx, body.draft(tx.new_id()), file, label=body.label)
    base = request.url.path.removesuffix("/from-upload")
    response.headers["Location"] = f"{base}/{grown.id}"
    response.headers.update(etag(grown.version))
    return Added.of(grown, added)


@from_uploads.post("/{document_id}/versions/from-upload", status_code=201, dependencies=[_FILERS])
async def add_uploaded_version(
    document_id: UUID, body: VersionFromUpload, tx: Tx, request: Request, response: Response
) -> Added:
    """Add a version; its file is an upload of one's own, whole by now."""
    document = await use_cases.load_own(tx, document_id)
    file = await take_upload(tx, body.upload_id, kind=document.kind.value)
    grown, added = await use_cases.add_version(tx, document_id, file, label=body.label)
    base = request.url.path.removesuffix("/from-upload")
    response.headers["Location"] = f"{base}/{added.number}/content"
    response.headers.update(etag(grown.version))
    return Added.of(grown, added)
