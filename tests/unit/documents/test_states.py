"""The way of each kind to the public, and what is refused on it."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files import decisions
from documents.files.decisions import Description
from documents.files.domain import Accessibility, Document, File, Metadata, Origin, Version
from documents.files.growth import add_upload, restore
from documents.files.kinds import KIND_OF_PLAN, KINDS, Audience, Path, output_of_plan
from documents.files.refusals import (
    ApprovedByAuthor,
    DecidedInFuture,
    DocumentDiscarded,
    DocumentIsRendered,
    ExceptionUnexplained,
    NothingPublic,
    VersionNotLatest,
)
from documents.files.states import LABELS, DocumentMove, DocumentMoveRefused, DocumentState, procedure_of
from shared.contracts.documents import DocumentKind
from shared.contracts.planning import PlanKind
from tests.support.documents import OBRNICE

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
TODAY = date(2026, 3, 12)
FILE = File(digest="a" * 64, size_bytes=3, media_type="text/plain", name="a.txt")


def a_document(state: DocumentState = DocumentState.DRAFT, **changes: object) -> Document:
    document = Document(
        id=UUID(int=1),
        kind=DocumentKind.MEMO,
        title="Memorandum",
        unit_ids=(OBRNICE,),
        state=state,
        origin=Origin.UPLOADED,
        version=1,
        latest=1,
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def a_version(number: int = 1, **changes: object) -> Version:
    version = Version(
        document_id=UUID(int=1), number=number, label=None, file=FILE, created_at=NOW, created_by="author"
    )
    return replace(version, **changes)  # type: ignore[arg-type]


def test_every_kind_has_names_and_a_way_to_the_public() -> None:
    assert set(KINDS) == set(DocumentKind)
    assert len({rule.cs for rule in KINDS.values()}) == len(KINDS)
    for kind in DocumentKind:
        procedure = procedure_of(kind)
        assert set(procedure.moves) == set(DocumentMove)
    assert set(LABELS) == {*DocumentState, *DocumentMove}
    assert {each for each in DocumentKind if KINDS[each].audience is Audience.INTERNAL} == {
        DocumentKind.PRIHL,
        DocumentKind.VYJ,
        DocumentKind.PRISP,
    }


def test_each_kind_of_plan_is_another_kind_of_document() -> None:
    assert len(set(KIND_OF_PLAN.values())) == len(KIND_OF_PLAN)
    assert {output_of_plan(kind).value for kind in PlanKind} == {"plan", "action-plan", "communication-plan"}


@pytest.mark.parametrize(
    ("path", "ready"),
    [
        (Path.FREE, {"draft", "for-comment", "approved", "signed", "withdrawn"}),
        (Path.APPROVED, {"approved", "signed", "withdrawn"}),
        (Path.SIGNED, {"signed", "withdrawn"}),
    ],
)
def test_a_kind_is_let_out_only_after_what_it_needs(path: Path, ready: set[str]) -> None:
    kind = next(each for each, rule in KINDS.items() if rule.path is path)
    found = {state for state in DocumentState if DocumentMove.RELEASE in procedure_of(kind).allowed(state)}
    assert found == {DocumentState(each) for each in ready}


@given(st.lists(st.sampled_from(list(DocumentMove)), max_size=12))
def test_whatever_is_tried_a_discarded_document_stays_so(moves: list[DocumentMove]) -> None:
    document = a_document()
    for move in moves:
        was_discarded = document.state is DocumentState.DISCARDED
        with suppress(DocumentMoveRefused):
            document = decisions.moved(document, move, number=1)
        assert not was_discarded or document.state is DocumentState.DISCARDED


def test_who_filed_a_version_does_not_note_its_approval() -> None:
    with pytest.raises(ApprovedByAuthor):
        decisions.approved(a_document(), a_version(), body="Rada", on=TODAY, by="author", today=TODAY)
    with pytest.raises(DecidedInFuture):
        decisions.approved(
            a_document(), a_version(), body="Rada", on=date(2026, 3, 13), by="mayor", today=TODAY
        )
    with pytest.raises(VersionNotLatest):
        decisions.moved(a_document(latest=2), DocumentMove.COMMENTS, number=1)


def test_a_returned_document_is_approved_no_more() -> None:
    document, version = decisions.approved(
        a_document(), a_version(), body="Rada", on=TODAY, by="mayor", today=TODAY
    )
    assert (document.about.approved_by, version.approved_on) == ("Rada", TODAY)
    assert decisions.returned(document, number=1).about == Metadata()


def test_withdrawing_the_newest_leaves_what_is_older_and_work_goes_on() -> None:
    public = a_version(published_at=NOW)
    draft = a_document(latest=2, public_number=1)
    after, gone = decisions.withdrawn(draft, public, remaining=None, now=NOW)
    assert (after.state, after.public_number, gone.withdrawn_at) == (DocumentState.DRAFT, None, NOW)
    with pytest.raises(NothingPublic):
        decisions.withdrawn(after, gone, remaining=None, now=NOW)
    whole = a_document(DocumentState.PUBLISHED, public_number=1)
    assert decisions.withdrawn(whole, public, remaining=None, now=NOW)[0].state is DocumentState.WITHDRAWN
    with pytest.raises(DocumentMoveRefused):
        decisions.discarded(draft, number=2)


def test_a_version_restored_is_a_new_one_with_the_same_bytes() -> None:
    grown, added = restore(a_document(latest=3), a_version(2, label="návrh"), by="x", now=NOW)
    assert (grown.latest, added.number, added.restored_from, added.file) == (4, 4, 2, FILE)
    with pytest.raises(DocumentDiscarded):
        add_upload(a_document(DocumentState.DISCARDED), FILE, label=None, by="x", now=NOW)


def test_a_version_for_comment_may_grow_and_stays_open() -> None:
    grown, _ = add_upload(a_document(DocumentState.FOR_COMMENT), FILE, label=None, by="x", now=NOW)
    assert grown.state is DocumentState.FOR_COMMENT


def test_an_exception_of_accessibility_is_explained() -> None:
    said = Description(title="Memorandum", kind=DocumentKind.MEMO, unit_ids=(OBRNICE,))
    assert decisions.describe(a_document(), said).version == 2
    with pytest.raises(ExceptionUnexplained):
        decisions.describe(a_document(), replace(said, accessibility=Accessibility.EXCEPTION))


def test_units_of_a_rendered_document_are_told_in_any_order_but_not_changed() -> None:
    other = UUID(int=7)
    document = a_document(origin=Origin.RENDERED, unit_ids=(OBRNICE, other))
    said = Description(title="Memorandum", kind=DocumentKind.MEMO, unit_ids=(other, OBRNICE))
    assert decisions.describe(document, said).version == 2
    with pytest.raises(DocumentIsRendered):
        decisions.describe(document, replace(said, unit_ids=(OBRNICE,)))
