"""Documents that are public, with their files in the store."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid5

from documents.files.domain import Document, File, Metadata, Rendering
from documents.files.use_cases import publish_rendering
from documents.outside import store_at
from shared.contracts.documents import DocumentKind
from tests.support.documents import OBRNICE, unit_registered
from tests.support.service import ServiceUnderTest

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEMORANDUM: Final = uuid5(OBRNICE, "memorandum")


async def a_published_document(
    documents: ServiceUnderTest,
    *,
    document_id: UUID = MEMORANDUM,
    title: str = "Memorandum o spolupráci s obcí Obrnice",
    kind: DocumentKind = DocumentKind.MEMO,
    label: str | None = "1. vydání",
    contents: Sequence[tuple[bytes, str, str]] = ((b"%PDF-1.7 memorandum", PDF, "Memorandum Obrnice.pdf"),),
    about: Metadata | None = None,
    published: bool = True,
) -> Document:
    """File what the platform made of its data; each content is bytes, media type and name."""
    await documents.hear(unit_registered())
    store = store_at(documents.resources.settings.files_url)
    files = [
        File(digest=await store.put_bytes(content), size_bytes=len(content), media_type=media_type, name=name)
        for content, media_type, name in contents
    ]
    rendering = Rendering(
        document_id=document_id,
        kind=kind,
        title=title,
        unit_ids=(OBRNICE,),
        files=tuple(files),
        source_digest=files[0].digest,
        published=published,
        label=label,
        about=about or Metadata(),
    )
    async with documents.transaction() as tx:
        return await publish_rendering(tx, rendering)
