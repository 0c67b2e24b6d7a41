"""Rules of filing and publishing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from documents.files.domain import (
    Document,
    File,
    Metadata,
    Origin,
    Rendering,
    check_filing,
    plan_document_id,
)
from documents.files.growth import add_rendering, add_upload, new_rendered
from documents.files.refusals import DocumentIsRendered, UnitNotYours, UnitUnknown
from documents.files.states import DocumentState
from shared.contracts.documents import DocumentKind, OutputKind
from tests.support.documents import MOST, OBRNICE, PLAN_ID

NOW = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
FILE = File(digest="a" * 64, size_bytes=3, media_type="application/pdf", name="a.pdf")
KNOWN = frozenset({OBRNICE, MOST})


def an_upload(**changes: object) -> Document:
    document = Document(
        id=UUID(int=1),
        kind=DocumentKind.OTHER,
        title="Zápis",
        unit_ids=(OBRNICE,),
        state=DocumentState.DRAFT,
        origin=Origin.UPLOADED,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def a_revision(number: int = 1, title: str = "Plán") -> Rendering:
    return Rendering(
        document_id=plan_document_id(PLAN_ID),
        kind=DocumentKind.PLAN,
        title=title,
        unit_ids=(OBRNICE,),
        files=(FILE,),
        source_digest="b" * 64,
        published=True,
        number=number,
    )


def test_people_of_a_unit_file_with_it_alone() -> None:
    own = frozenset({OBRNICE})
    check_filing((OBRNICE,), known=KNOWN, own=own)
    for unit_ids in ((MOST,), (OBRNICE, MOST), ()):
        with pytest.raises(UnitNotYours):
            check_filing(unit_ids, known=KNOWN, own=own)


def test_the_agency_files_with_any_known_unit_or_none() -> None:
    check_filing((OBRNICE, MOST), known=KNOWN, own=None)
    check_filing((), known=KNOWN, own=None)
    with pytest.raises(UnitUnknown):
        check_filing((UUID(int=7),), known=KNOWN, own=None)


def test_an_upload_is_the_next_version_and_not_public() -> None:
    first, one = add_upload(an_upload(), FILE, label=None, by="coordinator", now=NOW)
    second, two = add_upload(first, FILE, label="b", by="coordinator", now=NOW)
    assert (one.number, two.number, second.latest, second.version) == (1, 2, 2, 2)
    assert two.published_at is None
    assert second.state is DocumentState.DRAFT


def test_nothing_is_uploaded_into_a_rendered_document() -> None:
    with pytest.raises(DocumentIsRendered):
        add_upload(new_rendered(a_revision()), FILE, label=None, by="consultant", now=NOW)


def test_a_revision_is_published_under_its_own_number() -> None:
    third = a_revision(3)
    document, version, told = add_rendering(new_rendered(third), third, by="system", now=NOW)
    assert told is not None
    assert (version.number, document.latest, document.version, document.public_number) == (3, 3, 1, 3)
    assert version.published_at == told.published_at == NOW
    assert (told.revision, told.version, told.digest) == (3, 1, FILE.digest)


def test_a_late_revision_changes_neither_title_nor_latest() -> None:
    second = a_revision(2, "Plán po revizi")
    document, _, _ = add_rendering(new_rendered(second), second, by="system", now=NOW)
    grown, version, told = add_rendering(document, a_revision(1), by="system", now=NOW)
    assert told is not None
    assert (grown.title, grown.latest, grown.version, grown.public_number) == ("Plán po revizi", 2, 2, 2)
    assert (version.number, told.title) == (1, "Plán")


def test_a_new_version_keeps_what_people_said_of_the_document() -> None:
    first = replace(a_revision(1), published=False, about=Metadata(author="Agentura"))
    document, _, _ = add_rendering(new_rendered(first), first, by="system", now=NOW)
    said = Metadata(
        author="Agentura",
        file_mark="SZ 12/2026",
        plan_id=PLAN_ID,
        output_id=MOST,
        output_kind=OutputKind.PLAN,
    )
    described = replace(document, about=replace(said, holds_personal_data=False))
    second = replace(first, number=2)
    grown, _, _ = add_rendering(described, second, by="system", now=NOW)
    assert grown.about == said, "whether there are personal data in it somebody says anew"
    out, _, _ = add_rendering(described, replace(second, published=True), by="system", now=NOW)
    assert out.about.file_mark is None, "nobody looked at it before it is public"


@pytest.mark.parametrize("state", [DocumentState.WITHDRAWN, DocumentState.DISCARDED])
def test_what_was_withdrawn_comes_back_only_as_something_newer(state: DocumentState) -> None:
    second = a_revision(2)
    document, _, _ = add_rendering(new_rendered(second), second, by="system", now=NOW)
    shut = replace(document, state=state, public_number=None)
    late, version, told = add_rendering(shut, a_revision(1), by="system", now=NOW)
    assert (late.state, late.public_number, version.published_at, told) == (state, None, None, None)
    newer, _, told = add_rendering(shut, a_revision(3), by="system", now=NOW)
    assert told is not None
    assert (newer.state, newer.public_number) == (DocumentState.PUBLISHED, 3)


def test_revisions_of_a_plan_share_one_document() -> None:
    assert new_rendered(a_revision(1)).id == new_rendered(a_revision(2)).id
