"""Documents with a text, as they come to the index: published, drafts, renewed."""

from hashlib import sha256
from typing import Final
from uuid import UUID

from documents.extraction.use_cases import read_waiting
from documents.files.domain import File, Metadata, Rendering
from documents.files.use_cases import publish_rendering
from documents.outside import store_at
from documents.search.use_cases import index_versions
from shared.contracts.documents import DocumentKind
from shared.ids import uuid7
from tests.support.documents import unit_registered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import OBRNICE, TRMICE

NAMES: Final = {OBRNICE: "Obrnice", TRMICE: "Trmice"}


async def with_units(documents: ServiceUnderTest) -> None:
    await documents.hear(*(unit_registered(unit, name=name) for unit, name in NAMES.items()))


async def a_text(
    documents: ServiceUnderTest,
    content: bytes | str,
    *,
    title: str = "Analýza bydlení",
    kind: DocumentKind = DocumentKind.VANAL,
    units: tuple[UUID, ...] = (OBRNICE,),
    published: bool = True,
    document_id: UUID | None = None,
    about: Metadata | None = None,
    media_type: str = "text/plain",
    name: str = "soubor.txt",
) -> UUID:
    """File a document, or its next version, and return its id; its text is not read yet."""
    body = content if isinstance(content, bytes) else content.encode()
    digest = await store_at(documents.resources.settings.files_url).put_bytes(body)
    rendering = Rendering(
        document_id=document_id or uuid7(),
        kind=kind,
        title=title,
        unit_ids=units,
        files=(File(digest=digest, size_bytes=len(body), media_type=media_type, name=name),),
        source_digest=sha256(body + title.encode()).hexdigest(),
        published=published,
        about=about or Metadata(),
    )
    async with documents.transaction() as tx:
        return (await publish_rendering(tx, rendering)).id


async def in_the_index(documents: ServiceUnderTest) -> None:
    """Let the clock of the worker do its round: read what waits, index what changed."""
    async with documents.transaction() as tick:
        await read_waiting(tick, store_at(documents.resources.settings.files_url))
        await index_versions(tick)
