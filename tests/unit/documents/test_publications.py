"""What the check finds, how it is settled, who releases; how what is public is cited and asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction.domain import FileText, PageText, TextState
from documents.inspection.domain import Blob, FixityState, ScanState, Trait
from documents.publications.citation import Cited, address_of, citation, wanted_media_type
from documents.publications.domain import REQUESTS, Request, RequestState, refused, released, settled
from documents.publications.findings import (
    MOST_FINDINGS,
    FindingKind,
    Verdict,
    expect_as_checked,
    expect_scan_as_checked,
    findings_in,
)
from documents.publications.pages import Left, tombstone
from documents.publications.refusals import (
    DescribedSinceCheck,
    FileUnscanned,
    FindingsNotSettled,
    FindingUnknown,
    ReleasedByRequester,
    ReleaseMoveRefused,
    ScannedSinceCheck,
    SettledByRequester,
    WholeFileUnread,
)

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
OTHER = {"by": "releaser", "filed_by": "filer"}
PDF, DOCX = "application/pdf", "application/msword"


def a_text(*pages: str, state: TextState = TextState.EXTRACTED, is_cut: bool = False) -> FileText:
    return FileText(
        state=state,
        has_pages=True,
        pages=tuple(PageText(number=at, label=None, text=page) for at, page in enumerate(pages, start=1)),
        is_cut=is_cut,
    )


def a_blob(*, scan: ScanState = ScanState.CLEAN, traits: tuple[Trait, ...] = ()) -> Blob:
    return Blob(
        digest="ab" * 32,
        size_bytes=1,
        media_type=PDF,
        traits=traits,
        received_at=NOW,
        scan=scan,
        signature=None,
        fixity=FixityState.INTACT,
        verified_at=NOW,
    )


def a_request(state: RequestState = RequestState.OPEN) -> Request:
    return Request(
        id=UUID(int=1), document_id=UUID(int=2), number=1, version=2, state=state, requested_by="author"
    )


def test_a_find_tells_its_page_and_hides_what_was_found() -> None:
    found = findings_in(a_text("Nic.", "Pište na jan.novak@seznam.cz nebo volejte 777 123 456."))
    assert [(each.kind, each.page) for each in found] == [(FindingKind.EMAIL, 2), (FindingKind.PHONE, 2)]
    assert not any("novak" in each.excerpt or "777" in each.excerpt for each in found)


@pytest.mark.parametrize("state", sorted(set(TextState) - {TextState.EXTRACTED}))
def test_what_could_not_be_read_is_a_find_of_its_own(state: TextState) -> None:
    (found,) = findings_in(a_text(state=state))
    assert (found.kind, found.excerpt) == (FindingKind.UNREADABLE, state.value)


def test_a_text_that_was_cut_and_one_full_of_persons_are_not_all_read() -> None:
    assert [each.kind for each in findings_in(a_text("ok", is_cut=True))] == [FindingKind.NOT_ALL_READ]
    many = findings_in(a_text(" a@b.cz" * (MOST_FINDINGS + 5)))
    assert (len(many), many[-1].kind) == (MOST_FINDINGS, FindingKind.NOT_ALL_READ)


def test_findings_are_settled_before_another_person_releases() -> None:
    findings = findings_in(a_text("777 123 456 a a@b.cz", is_cut=True))
    with pytest.raises(FindingUnknown):
        settled(a_request(), findings, [9], Verdict.FALSE_ALARM, **OTHER)
    with pytest.raises(WholeFileUnread):
        settled(a_request(), findings, [3], Verdict.FALSE_ALARM, **OTHER)
    after, said = settled(a_request(), findings, [1, 2], Verdict.PUBLIC_CONTACT, **OTHER)
    assert (after.version, [each.verdict for each in said]) == (3, [Verdict.PUBLIC_CONTACT] * 2)
    with pytest.raises(FindingsNotSettled) as left:
        released(after, [*said, findings[2]], by="mayor", filed_by="clerk")
    assert left.value.facts["positions"] == [3]
    for own in ("author", "clerk"):
        with pytest.raises(ReleasedByRequester):
            released(after, said, by=own, filed_by="clerk")
    assert released(after, said, by="mayor", filed_by="clerk").state is RequestState.RELEASED


def test_what_the_scanner_could_not_read_is_let_out_knowingly_only() -> None:
    unread = a_blob(scan=ScanState.NOT_SCANNABLE)
    findings = findings_in(a_text("ok"), blobs=[unread])
    assert [(each.kind, each.excerpt) for each in findings] == [(FindingKind.NOT_SCANNED, "not-scannable")]
    assert findings_in(a_text("ok"), blobs=[a_blob()]) == ()
    for verdict in set(Verdict) - {Verdict.TRUSTED_SOURCE}:
        with pytest.raises(FileUnscanned):
            settled(a_request(), findings, [1], verdict, **OTHER)
    _, said = settled(a_request(), findings, [1], Verdict.TRUSTED_SOURCE, **OTHER)
    expect_scan_as_checked(said, [unread], REQUESTS.facts(RequestState.OPEN))
    with pytest.raises(ScannedSinceCheck):
        expect_scan_as_checked((), [unread], REQUESTS.facts(RequestState.OPEN))
    with pytest.raises(FileUnscanned):
        settled(a_request(), findings_in(a_text("a@b.cz")), [1], Verdict.TRUSTED_SOURCE, **OTHER)


@pytest.mark.parametrize("state", [RequestState.RELEASED, RequestState.REFUSED, RequestState.SUPERSEDED])
def test_a_request_is_settled_once(state: RequestState) -> None:
    with pytest.raises(ReleaseMoveRefused):
        refused(a_request(state))
    with pytest.raises(ReleaseMoveRefused):
        released(a_request(state), (), by="mayor", filed_by="clerk")


def test_a_version_is_cited_with_its_address_and_digest() -> None:
    cited = Cited(
        title="Plán",
        issuer="Obec Obrnice",
        number=2,
        label="Revize 2",
        published_on=date(2026, 3, 12),
        address=address_of("https://pospolu.example/", UUID(int=1), 2),
        digest="ab" * 32,
    )
    assert citation(cited, "cs") == (
        "Obec Obrnice. Plán [online]. Verze: Revize 2. Zveřejněno 12.\u00a03.\u00a02026. Dostupné z: "
        "https://pospolu.example/api/documents/publications/00000000-0000-0000-0000-000000000001/versions/2. "
        f"SHA-256: {'ab' * 32}."
    )


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", None),
        ("*/*", None),
        ("application/json", None),
        ("text/html,application/xhtml+xml,*/*;q=0.8", PDF),
        (DOCX, DOCX),
        ("application/json;q=0.5, application/pdf", PDF),
        ("application/pdf;q=0, */*", None),
        ("application/pdf;q=x", None),
    ],
)
def test_who_asks_for_a_file_gets_it_and_others_the_facts(accept: str, wanted: str | None) -> None:
    assert wanted_media_type(accept, (PDF, DOCX)) == wanted


@given(st.text(max_size=200))
def test_any_accept_header_has_an_answer(accept: str) -> None:
    assert wanted_media_type(accept, (PDF, DOCX)) in {None, PDF, DOCX}


def test_the_page_of_a_withdrawn_version_reads_no_title_as_markup() -> None:
    left = Left(
        document_title="<script>Plán</script>",
        number=2,
        published_on=date(2026, 3, 1),
        withdrawn_on=date(2026, 4, 2),
        reason="chyba & omyl",
        digest="a" * 64,
        replaced_by=None,
    )
    page = tombstone(left, "cs")
    assert "&lt;script&gt;Plán" in page
    assert "2. 4. 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Jiná verze dokumentu zveřejněna není." in page
    assert "chyba &amp; omyl" in tombstone(left, "en")


def test_pages_without_text_attachments_and_words_are_looked_at_too() -> None:
    scanned = replace(a_text("Nic.", "Nic."), page_count=5)
    found = findings_in(
        scanned,
        words={"title": "Stížnost 777 123 456", "label": ""},
        blobs=[a_blob(traits=(Trait.EMBEDDED_FILES,))],
    )
    assert [(each.kind, each.page, each.page_label) for each in found] == [
        (FindingKind.PHONE, None, "title"),
        (FindingKind.UNREADABLE, 3, None),
        (FindingKind.NOT_ALL_READ, None, None),
    ]
    assert [each.excerpt for each in found] == ["Stížnost ••• ••• •••", "3, 4, 5", "embedded-files"]
    assert findings_in(replace(a_text("Nic."), page_count=1)) == ()


def test_words_written_after_the_check_stop_the_release() -> None:
    findings = findings_in(a_text("Nic."), words={"title": "Volejte 777 123 456"})
    standing = REQUESTS.facts(RequestState.OPEN)
    expect_as_checked(findings, {"title": "Volejte 777 123 456", "author": "Město Most"}, standing)
    with pytest.raises(DescribedSinceCheck):
        expect_as_checked(findings, {"title": "Jiný název", "author": "jan@seznam.cz"}, standing)


@pytest.mark.parametrize("by", ["author", "filer"])
def test_findings_are_settled_by_neither_who_asks_nor_who_filed_it(by: str) -> None:
    findings = findings_in(a_text("Volejte 777 123 456."))
    with pytest.raises(SettledByRequester):
        settled(a_request(), findings, [1], Verdict.FALSE_ALARM, by=by, filed_by="filer")
