"""How a document grows by versions, and what others are told when one is public."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from documents.files.domain import (
    Document,
    File,
    Metadata,
    Origin,
    Rendering,
    Version,
    expect_alive,
)
from documents.files.kinds import KINDS
from documents.files.refusals import DocumentIsRendered
from documents.files.states import DocumentState
from shared.contracts.documents import DocumentKind, DocumentPublished

_SAID: Final = ("plan_id", "cooperation_id", "reference_number", "file_mark", "licence")


def add_upload(
    document: Document, file: File, *, label: str | None, by: str, now: datetime
) -> tuple[Document, Version]:
    """Add what was uploaded; what was approved or signed is a draft again, what is public stays public."""
    if document.origin is Origin.RENDERED:
        raise DocumentIsRendered
    return _grown(document, (file,), label=label, by=by, now=now)


def restore(document: Document, old: Version, *, by: str, now: datetime) -> tuple[Document, Version]:
    """Make an older version the latest one, as a version of its own; raises `DocumentDiscarded`."""
    if document.origin is Origin.RENDERED:
        raise DocumentIsRendered
    label = old.label or str(old.number)
    grown, added = _grown(document, (old.file, *old.others), label=label, by=by, now=now)
    return grown, replace(added, restored_from=old.number, source_digest=old.source_digest)


def _grown(
    document: Document, files: tuple[File, ...], *, label: str | None, by: str, now: datetime
) -> tuple[Document, Version]:
    expect_alive(document)
    keeps_state = document.state is DocumentState.FOR_COMMENT
    about = replace(document.about, approved_by=None, approved_on=None, signed_on=None)
    grown = replace(
        document,
        version=document.version + 1,
        latest=document.latest + 1,
        state=document.state if keeps_state else DocumentState.DRAFT,
        about=about if document.latest else document.about,
    )
    main, *others = files
    added = Version(
        document_id=document.id,
        number=grown.latest,
        label=label,
        file=main,
        others=tuple(others),
        created_at=now,
        created_by=by,
    )
    return grown, added


def new_rendered(rendering: Rendering) -> Document:
    return Document(
        id=rendering.document_id,
        kind=rendering.kind,
        title=rendering.title,
        unit_ids=rendering.unit_ids,
        state=DocumentState.DRAFT,
        origin=Origin.RENDERED,
        about=_about(rendering),
    )


def _about(rendering: Rendering) -> Metadata:
    about = rendering.about
    return replace(about, output_kind=about.output_kind or KINDS[rendering.kind].output)


def _about_all(document: Document, rendering: Rendering) -> Metadata:
    """Keep what people said of the document, not of one version, where the rendering does not say it.

    What becomes public at once says only what was public before: nobody looks in between.
    """
    about, before = _about(rendering), document.about
    if rendering.published and document.public_number is None:
        return about
    said = {name: getattr(before, name) for name in _SAID if getattr(about, name) is None}
    if about.output_id is None and before.output_id is not None:
        said |= {"output_kind": before.output_kind, "output_id": before.output_id}
    return replace(about, **said)


def add_rendering(
    document: Document, rendering: Rendering, *, by: str, now: datetime
) -> tuple[Document, Version, DocumentPublished | None]:
    """Add a rendering; one that comes after a later one leaves the document's own facts as they are.

    A withdrawn or discarded document is public again only by something newer.
    """
    number = rendering.number or document.latest + 1
    is_newest = number >= document.latest
    shut = document.state in {DocumentState.WITHDRAWN, DocumentState.DISCARDED}
    published = rendering.published and (is_newest or not shut)
    grown = replace(document, version=document.version + 1)
    if is_newest:
        grown = replace(
            grown,
            latest=number,
            title=rendering.title,
            unit_ids=rendering.unit_ids,
            state=DocumentState.PUBLISHED if published else rendering.state,
            about=_about_all(document, rendering),
        )
    if published:
        grown = replace(grown, public_number=max(number, document.public_number or 0))
    main, *others = rendering.files
    added = Version(
        document_id=document.id,
        number=number,
        label=rendering.label,
        file=main,
        others=tuple(others),
        created_at=now,
        created_by=by,
        published_at=now if published else None,
        source_digest=rendering.source_digest,
        approved_by=rendering.about.approved_by,
        approved_on=rendering.about.approved_on,
    )
    title, units = rendering.title, rendering.unit_ids
    told = published_event(replace(grown, title=title, unit_ids=units), added) if published else None
    return grown, added, told


def published_event(document: Document, version: Version) -> DocumentPublished:
    """Return what others are told when a version became public at `version.published_at`."""
    about = document.about
    return DocumentPublished(
        version=document.version,
        document_id=document.id,
        kind=document.kind,
        title=document.title,
        plan_id=about.plan_id,
        revision=version.number if document.kind is DocumentKind.PLAN else None,
        unit_ids=document.unit_ids,
        media_type=version.file.media_type,
        size_bytes=version.file.size_bytes,
        digest=version.file.digest,
        published_at=version.published_at or version.created_at,
        approved_by=version.approved_by,
        approved_on=version.approved_on,
        output_kind=about.output_kind,
        output_id=about.output_id,
    )
