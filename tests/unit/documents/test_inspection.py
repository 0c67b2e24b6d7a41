"""What a file is by its content and its name, what a kind takes, when a scan is tried again."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.inspection.domain import (
    Blob,
    FileHasMacros,
    FileNameMisleads,
    FileNotWhole,
    FileNotYetScanned,
    FileQuarantined,
    FixityState,
    ScanState,
    Trait,
    expect_name_fits,
    expect_releasable,
    next_scan_at,
)
from documents.inspection.filetypes import (
    BY_ENDING,
    PDF,
    PROGRAMS,
    UNKNOWN,
    ProgramRefused,
    is_text,
    name_fits,
    settled_type,
    signed_as,
)
from documents.inspection.limits import LIMITS, MIB, FileTooLarge, FileTypeNotAllowed, check_fits
from shared.contracts.documents import DocumentKind
from shared.errors import RuleBroken

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def a_blob(
    *,
    scan: ScanState = ScanState.CLEAN,
    fixity: FixityState = FixityState.INTACT,
    traits: tuple[Trait, ...] = (),
) -> Blob:
    return Blob(
        digest="0" * 64,
        size_bytes=1,
        media_type=PDF,
        traits=traits,
        received_at=NOW,
        scan=scan,
        signature="Eicar" if scan is ScanState.INFECTED else None,
        fixity=fixity,
        verified_at=None,
    )


@pytest.mark.parametrize(
    ("name", "found", "head", "kept"),
    [
        ("zapis.pdf", PDF, b"%PDF-", (PDF, True)),
        ("ZAPIS.PDF", PDF, b"%PDF-", (PDF, True)),
        ("zapis.pdf", "text/html", b"<html>", ("text/html", False)),
        ("data.csv", "text/plain", b"a;b", ("text/csv", True)),
        ("data.csv", BY_ENDING["xlsx"], b"PK\x03\x04\0", (BY_ENDING["xlsx"], False)),
        ("stary.doc", "application/x-ole-storage", b"\xd0\xcf", (BY_ENDING["doc"], True)),
        ("stranka.html", "text/plain", b"<p>", ("text/html", True)),
        ("bez pripony", UNKNOWN, b"\0", (UNKNOWN, True)),
        ("text.rtf", "application/rtf", b"{\\rtf", ("text/rtf", True)),
    ],
)
def test_content_counts_and_the_name_is_compared(
    name: str, found: str, head: bytes, kept: tuple[str, bool]
) -> None:
    assert settled_type(name, found, head) == kept


@pytest.mark.parametrize("ending", sorted(PROGRAMS))
def test_programs_are_refused_by_their_ending(ending: str) -> None:
    with pytest.raises(ProgramRefused):
        settled_type(f"faktura.pdf.{ending}", "text/plain", b"x")


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("Žluťoučký kůň".encode(), True),
        ("Žluťoučký kůň příšerně úpěl".encode("cp1250"), True),
        ("Žluťoučký kůň".encode("utf-16"), True),
        ("ž".encode()[:1], True),  # the head of a file may end within a letter
        (b"a\0b", False),
        (bytes(range(256)), False),
    ],
)
def test_text_is_told_from_noise(head: bytes, says: bool) -> None:  # noqa: FBT001
    assert is_text(head) is says


@given(st.binary(max_size=300), st.text(max_size=40))
def test_whatever_comes_gets_a_type_or_a_refusal(head: bytes, name: str) -> None:
    found = signed_as(head) or UNKNOWN
    with suppress(ProgramRefused):
        found, _ = settled_type(name, found, head)
    assert "/" in found


@pytest.mark.parametrize(
    ("blob", "refusal"),
    [
        (a_blob(), None),
        (a_blob(scan=ScanState.NOT_SCANNED), None),
        (a_blob(scan=ScanState.INFECTED), FileQuarantined),
        (a_blob(scan=ScanState.WAITING), FileNotYetScanned),
        (a_blob(traits=(Trait.MACROS,)), FileHasMacros),
        (a_blob(fixity=FixityState.DAMAGED), FileNotWhole),
        (a_blob(fixity=FixityState.LOST), FileNotWhole),
    ],
)
def test_only_whole_and_harmless_files_become_public(blob: Blob, refusal: type[RuleBroken] | None) -> None:
    if refusal is None:
        expect_releasable(blob)
        assert blob.media_type == PDF
        return
    with pytest.raises(refusal):
        expect_releasable(blob)


def test_a_name_that_says_another_type_stops_the_release() -> None:
    for name in ("zapis.pdf", "zapis", "zapis.xyz"):
        expect_name_fits(name, PDF)
    with pytest.raises(FileNameMisleads):
        expect_name_fits("zapis.TXT", PDF)


@given(st.sampled_from(sorted([*BY_ENDING, "txt", "csv", "xyz"])), st.binary(max_size=40))
def test_a_settled_name_fits_exactly_when_it_was_said_to(ending: str, head: bytes) -> None:
    if ending in PROGRAMS:
        return
    for found in (PDF, "application/zip", "application/x-ole-storage", "text/plain", UNKNOWN):
        settled, says_so = settled_type(f"a.{ending}", found, head)
        assert name_fits(f"a.{ending}", settled) is says_so


def test_limits_name_kinds_that_exist_and_hold() -> None:
    assert set(LIMITS) <= {kind.value for kind in DocumentKind}
    check_fits("MEMO", media_type=PDF, size_bytes=200 * MIB)
    check_fits("OTHER", media_type=UNKNOWN, size_bytes=4096 * MIB)
    with pytest.raises(FileTooLarge) as large:
        check_fits("MEMO", media_type=PDF, size_bytes=200 * MIB + 1)
    assert large.value.facts["largest_mib"] == 200
    with pytest.raises(FileTypeNotAllowed) as other:
        check_fits("MEMO", media_type="image/png", size_bytes=1)
    assert "pdf" in str(other.value.facts["allowed"])


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (400, 60)])
def test_a_scan_is_tried_again_ever_later(attempts: int, minutes: int) -> None:
    assert next_scan_at(attempts, now=NOW) == NOW + timedelta(minutes=minutes)
