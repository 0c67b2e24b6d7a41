"""File names that come in and go out."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files.names import LONGEST, content_disposition, kept_media_type, kept_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Zápis č. 3.pdf", "Zápis č. 3.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Dokumenty\\smlouva.docx", "smlouva.docx"),
        ("a\r\nb\0.pdf", "ab.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", "dokument"),
        (None, "dokument"),
        ("z\u030cadost.pdf", "žadost.pdf"),
    ],
)
def test_only_a_plain_name_is_kept(given_name: str | None, expected: str) -> None:
    assert kept_name(given_name) == expected


def test_a_long_name_keeps_its_ending() -> None:
    kept = kept_name("ž" * 500 + ".docx")
    assert len(kept) == LONGEST
    assert kept.endswith("ž.docx")


@given(st.text())
def test_whatever_name_comes_the_header_is_one_safe_line(name: str) -> None:
    header = content_disposition(kept_name(name), "text/plain")
    assert re.fullmatch(
        r"attachment; filename=\"[A-Za-z0-9 ._()+-]+\"; filename\*=UTF-8''[\x21-\x7e]+", header
    )
    assert unquote(header.rpartition("''")[2]) == kept_name(name)


def test_a_pdf_opens_in_place_and_all_else_is_saved() -> None:
    assert content_disposition("a.pdf", "application/pdf").startswith("inline;")
    assert content_disposition("a.svg", "image/svg+xml").startswith("attachment;")


@pytest.mark.parametrize(
    ("given_type", "expected"),
    [
        ("application/pdf", "application/pdf"),
        ("Text/HTML; charset=utf-8", "text/html"),
        ("x", "application/octet-stream"),
        ("a/b\r\nSet-Cookie: x", "application/octet-stream"),
        (None, "application/octet-stream"),
    ],
)
def test_only_a_well_formed_media_type_is_kept(given_type: str | None, expected: str) -> None:
    assert kept_media_type(given_type) == expected
