"""The process that reads the text of files: `python -m documents.texts.reader {…}`, pages as JSON on stdout.

What a file is, its first bytes and its parts say; what its sender says of it counts for plain text alone.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pypdfium2
from lxml import etree, html
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from documents.extraction.cleaning import cleaned, in_parts
from documents.texts.word_text import lines_of
from shared.archives import BLOCK, MOST_MEMBERS, OLE, ZIP
from shared.confined import OUT_OF_MEMORY, confine

PDF_MARK: Final = b"%PDF-"
PDF_WRONG_PASSWORD: Final = 4
START: Final = 1024
HTML_MARKS: Final = (b"<!doctype html", b"<html")
ODF_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODF_BREAKS: Final = frozenset({f"{{{ODF_TEXT}}}{name}" for name in ("p", "h")})
HIDDEN: Final = frozenset({"script", "style", "template", "noscript", "head"})
_BLOCKS: Final = """
address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section table td th tr ul
"""
BLOCKS: Final = frozenset(_BLOCKS.split())


class Ended(Exception):  # noqa: N818
    """Why reading ended: the name of a state."""


def main(path: Path, media_type: str, limits: dict[str, int]) -> None:
    """Print the pages as they are read, and last in which state that ended."""
    os.nice(10)
    confine(memory_bytes=limits["memory_bytes"], cpu_seconds=limits["cpu_seconds"])
    try:
        has_pages = _print_pages(path, media_type, limits)
        _print({"state": "extracted", "has_pages": has_pages})
    except Ended as ended:
        _print({"state": str(ended)})
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - whatever breaks a parser is the file's fault
        _print({"state": "unreadable"})


def _print_pages(path: Path, media_type: str, limits: dict[str, int]) -> bool:
    """Return whether the numbers are those of pages that people see."""
    with path.open("rb") as file:
        start = file.read(START)
    if PDF_MARK in start:
        for number, text in enumerate(_pdf_pages(path), 1):
            _print({"page": number, "text": cleaned(text)[: limits["page_characters"]]})
        return True
    for number, (label, part) in enumerate(_parts(path, start, media_type, limits), 1):
        _print({"page": number, "label": label, "text": part})
    return False


def _parts(
    path: Path, start: bytes, media_type: str, limits: dict[str, int]
) -> Iterator[tuple[str | None, str]]:
    if start.startswith(OLE):
        with path.open("rb") as file:
            encrypted = "EncryptedPackage".encode("utf-16-le") in file.read(limits["inflated_bytes"])
        raise Ended("encrypted" if encrypted else "unsupported")
    if start.startswith(ZIP):
        sections = _archive_sections(path, limits)
    elif any(mark in start.lower() for mark in HTML_MARKS) or media_type in {
        "text/html",
        "application/xhtml+xml",
    }:
        sections = iter([(None, _html_text(path.read_bytes()))])
    elif media_type.startswith("text/") or media_type in {"application/json", "application/xml"}:
        sections = iter([(None, _decoded(path.read_bytes()))])
    else:
        raise Ended("unsupported")
    for label, text in sections:
        for part in in_parts(cleaned(text)):
            yield label, part


def _pdf_pages(path: Path) -> Iterator[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Ended("encrypted" if error.err_code == PDF_WRONG_PASSWORD else "unreadable") from error
    for index in range(len(document)):
        try:
            page = document[index]
            text = page.get_textpage()
            yield text.get_text_bounded()
        except pypdfium2.PdfiumError:
            yield ""
            continue
        text.close()
        page.close()


def _archive_sections(path: Path, limits: dict[str, int]) -> Iterator[tuple[str | None, str]]:
    with zipfile.ZipFile(path) as archive:
        _expect_bounded(archive, limits["inflated_bytes"])
        names = set(archive.namelist())
        if "word/document.xml" in names:
            with path.open("rb") as file:
                yield None, "\n".join(lines_of(file))
        elif "xl/workbook.xml" in names or "xl/workbook.bin" in names:
            yield from _sheets(path)
        elif "content.xml" in names:
            kind = archive.read("mimetype") if "mimetype" in names else b""
            if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
                raise Ended("encrypted")
            if b"spreadsheet" in kind:
                yield from _sheets(path)
            else:
                for name in sorted(names & {"content.xml", "styles.xml"}):  # headers are among the styles
                    yield None, "\n".join(_odf_lines(archive.read(name)))
        else:
            raise Ended("unsupported")


def _expect_bounded(archive: zipfile.ZipFile, most: int) -> None:
    """Inflate every member once, for real, before a parser does."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Ended("encrypted")
    if len(members) > MOST_MEMBERS:
        raise Ended("too-large")
    left = most
    for member in members:
        with archive.open(member) as inside:
            while block := inside.read(BLOCK):
                left -= len(block)
                if left < 0:
                    raise Ended("too-large")


def _odf_lines(content: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    for element in etree.fromstring(content, parser).iter(*ODF_BREAKS):
        yield "".join(_odf_text(element))


def _odf_text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in {"tab", "line-break"}:
            yield "\n" if name == "line-break" else " "
        elif name == "s":
            yield " "
        elif name not in {"p", "h", "annotation"}:
            yield from _odf_text(child)
        yield child.tail or ""


def _sheets(path: Path) -> Iterator[tuple[str | None, str]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python()
                lines = (" | ".join(str(cell) for cell in row if cell not in {"", None}) for row in rows)
                yield name[:100], "\n".join(line for line in lines if line)
    except PasswordError as error:
        raise Ended("encrypted") from error
    except CalamineError as error:
        raise Ended("unreadable") from error


def _html_text(content: bytes) -> str:
    if not content.strip():
        return ""
    root = html.document_fromstring(_decoded(content).encode(), parser=html.HTMLParser(encoding="utf-8"))
    title = root.findtext(".//title") or ""
    return "".join((title, "\n", *_html_pieces(root)))


def _html_pieces(root: html.HtmlElement) -> Iterator[str]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else None
        hidden = name is None or name in HIDDEN or any(up.tag in HIDDEN for up in element.iterancestors())
        if event == "start":
            yield "\n" if name in BLOCKS else ""
            yield "" if hidden else element.text or ""
        else:
            yield "\n" if name in BLOCKS else ""
            inside = any(up.tag in HIDDEN for up in element.iterancestors())
            yield "" if inside else element.tail or ""


def _decoded(content: bytes) -> str:
    """Return a text in UTF-8, UTF-16 with its mark, or the old Windows code of Central Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise Ended("unsupported")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", "replace")


def _print(part: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(part).encode() + b"\n")


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    main(Path(asked["path"]), asked["media_type"], asked["limits"])
