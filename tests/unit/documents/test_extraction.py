"""What is read of files, and how reading those ends that were made to hurt."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.extraction.cleaning import cleaned, in_parts
from documents.extraction.domain import FileText, TextState
from documents.texts.reading import Limits, read_apart
from tests.support import zoo_of_texts as zoo
from tests.support.zoo_of_texts import SENTENCE

BRIEF = Limits(seconds=20, cpu_seconds=5, memory_bytes=512 * 1024 * 1024)
OCTETS = "application/octet-stream"


def _read(folder: Path, content: bytes, media_type: str = OCTETS, limits: Limits = BRIEF) -> FileText:
    path = folder / "file"
    path.write_bytes(content)
    return read_apart(str(path), media_type, limits)


def test_the_text_of_a_pdf_keeps_its_pages(tmp_path: Path) -> None:
    text = _read(tmp_path, zoo.a_pdf(SENTENCE, "#h(1fr)", "Třetí strana"))
    assert text.state is TextState.EXTRACTED
    assert text.has_pages
    assert [(page.number, page.text) for page in text.pages] == [(1, SENTENCE), (3, "Třetí strana")]


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        (zoo.a_docx(SENTENCE, rows=[["Obec", "Obrnice"]]), OCTETS, f"{SENTENCE}\nObec | Obrnice"),
        (zoo.an_odt("V sociálních <text:s/>bytech", "žijí lidé"), OCTETS, "V sociálních bytech\nžijí lidé"),
        ("Příliš žluťoučký kůň".encode("cp1250"), "text/plain", "Příliš žluťoučký kůň"),
        ("Příliš žluťoučký kůň".encode("utf-16"), "text/plain", "Příliš žluťoučký kůň"),
        (
            "<!DOCTYPE html><title>Plán</title><style>p{}</style><p>Byty<b>dle</b> města<script>x</script>"
            "<p>Děti".encode(),
            OCTETS,
            "Plán\nBytydle města\nDěti",
        ),
    ],
    ids=["docx with a table", "odt", "windows text", "utf-16", "html without a declared encoding"],
)
def test_text_comes_out_of_each_format_in_its_order(
    tmp_path: Path, content: bytes, media_type: str, expected: str
) -> None:
    text = _read(tmp_path, content, media_type)
    assert text.state is TextState.EXTRACTED
    assert not text.has_pages
    assert [page.text for page in text.pages] == [expected]


def test_nothing_of_a_word_document_is_left_unread(tmp_path: Path) -> None:
    said = ("v ovládacím prvku", "vložené", "smazané", "v rámečku", "v bloku", "v poznámce", "v patičce")
    run = "<w:r><w:t>{}</w:t></w:r>".format
    body = (
        f"<w:p><w:sdt><w:sdtContent>{run(said[0])}</w:sdtContent></w:sdt>"
        f"<w:ins>{run(said[1])}</w:ins><w:del><w:r><w:delText>{said[2]}</w:delText></w:r></w:del>"
        f"<w:r><w:pict><w:txbxContent><w:p>{run(said[3])}</w:p></w:txbxContent></w:pict></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run(said[4])}</w:p></w:sdtContent></w:sdt>"
    )
    content = zoo.a_docx_of(
        body, footnotes=f"<w:footnote><w:p>{run(said[5])}</w:p></w:footnote>", footer=said[6]
    )
    (page,) = _read(tmp_path, content).pages
    assert [each for each in said if page.text.count(each) == 1] == list(said)


def test_sheets_of_a_workbook_are_told_by_name(tmp_path: Path) -> None:
    text = _read(tmp_path, zoo.an_xlsx(Byty=[["Obec", 12]], Prázdný=[], Dluhy=[["Exekuce"]]))
    assert [(page.label, page.text) for page in text.pages] == [("Byty", "Obec | 12.0"), ("Dluhy", "Exekuce")]


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HOSTILE: dict[str, tuple[Callable[[], bytes], TextState]] = {
    "scan": (zoo.a_scan, TextState.EMPTY),
    "no pdf": (lambda: b"%PDF-1.7\nnonsense", TextState.UNREADABLE),
    "torn pdf": (lambda: zoo.a_pdf(SENTENCE)[:900], TextState.UNREADABLE),
    "encrypted pdf": (zoo.an_encrypted_pdf, TextState.ENCRYPTED),
    "zip bomb": (zoo.a_zip_bomb, TextState.TOO_LARGE),
    "billion laughs": (zoo.a_billion_laughs, TextState.UNREADABLE),
    "archive": (lambda: zoo.a_zip({"a.txt": b"archive"}), TextState.UNSUPPORTED),
    "no zip": (lambda: b"PK\x03\x04 no archive at all", TextState.UNREADABLE),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), TextState.UNSUPPORTED),
    "old word": (lambda: OLE + bytes(500), TextState.UNSUPPORTED),
    "encrypted word": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), TextState.ENCRYPTED),
}


@pytest.mark.parametrize("animal", HOSTILE)
def test_each_hostile_file_ends_in_a_state(tmp_path: Path, animal: str) -> None:
    make, state = HOSTILE[animal]
    text = _read(tmp_path, make())
    assert (text.state, text.pages) == (state, ())


def test_a_pdf_bomb_ends_within_its_limits(tmp_path: Path) -> None:
    tight = Limits(seconds=20, cpu_seconds=2, memory_bytes=256 * 1024 * 1024)
    text = _read(tmp_path, zoo.a_pdf_bomb(), limits=tight)
    assert text.state in {TextState.TIMED_OUT, TextState.TOO_LARGE, TextState.UNREADABLE, TextState.EMPTY}


def test_what_is_more_than_the_limits_is_cut_and_said(tmp_path: Path) -> None:
    text = _read(tmp_path, ("slovo " * 5_000).encode(), "text/plain", Limits(pages=3))
    assert text.is_cut
    assert [page.number for page in text.pages] == [1, 2, 3]


def test_bytes_turned_at_random_never_break_who_reads(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same bytes each time
    for content in (zoo.a_pdf(SENTENCE), zoo.a_docx(SENTENCE), zoo.an_odt(SENTENCE)):
        for _ in range(2):
            torn = bytearray(content)
            for _ in range(20):
                torn[chance.randrange(len(torn))] = chance.randrange(256)
            assert _read(tmp_path, bytes(torn)).state in TextState


def test_divided_words_are_put_together_and_text_can_be_stored() -> None:
    assert cleaned("soci\u00ad\nálních domác-\nnostem, Frýdek-\nMístek\0 \ud800x\u00a0y") == (
        "sociálních domácnostem, Frýdek-\nMístek x y"
    )


def test_a_long_text_is_cut_between_words() -> None:
    parts = list(in_parts("slovo " * 2_000))
    assert all(len(part) <= 3_000 and not part.endswith("slov") for part in parts)
    assert " ".join(parts).split() == ["slovo"] * 2_000
