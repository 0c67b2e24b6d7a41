"""Files that hold text, files that hold none, and files that were made to hurt whoever reads them."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from typing import Final

import docx
import pypdfium2
import typst
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl import Workbook

SENTENCE: Final = "V sociálních bytech žijí rodiny s dětmi."
ODF: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}'
    "</office:text></office:body></office:document-content>"
)


def a_pdf(*pages: str) -> bytes:
    text = "\n#pagebreak()\n".join(pages)
    made = typst.compile(f'#set text(lang: "cs")\n{text}'.encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def a_scan() -> bytes:
    """A PDF with a page that has a drawing and no letter."""
    return a_pdf("#rect(width: 5cm, height: 5cm, fill: black)")


def an_encrypted_pdf() -> bytes:
    """A PDF whose trailer asks for a password that nobody has."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(0123456789abcdef)(0123456789abcdef)]>>\n%%EOF\n"
    )


def a_docx(*paragraphs: str, rows: Iterable[Iterable[str]] = (), header: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    listed = [list(row) for row in rows]
    if listed:
        table = document.add_table(rows=len(listed), cols=len(listed[0]))
        for row, texts in zip(table.rows, listed, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_docx_of(body: str, *, footnotes: str, footer: str) -> bytes:
    """Give a document with this XML in its body and its footnotes."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = footer
    names = f'xmlns:w="{qn("w:p")[1:-2]}"'
    for element in parse_xml(f"<w:body {names}>{body}</w:body>"):
        document.element.body.insert(0, element)
    part = Part(
        PackURI("/word/footnotes.xml"),
        f"{CT.WML_FOOTNOTES}",
        f"<w:footnotes {names}>{footnotes}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RT.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def an_odt(*paragraphs: str, content: str | None = None) -> bytes:
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    return a_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": (content or ODF.format(body)).encode(),
        }
    )


def an_xlsx(**sheets: Iterable[Iterable[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_zip_bomb(*, inflated_bytes: int = 400 * 1024 * 1024) -> bytes:
    """A DOCX of half a megabyte whose text has hundreds of megabytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as inside,
    ):
        block = b"<w:p>bomba</w:p>" * 65_536
        for _ in range(inflated_bytes // len(block) + 1):
            inside.write(block)
    return out.getvalue()


def a_billion_laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return an_odt(content=f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&l9;</x>")


def a_pdf_bomb(*, inflated_bytes: int = 300 * 1024 * 1024) -> bytes:
    """A PDF of some hundred kilobytes whose page inflates to hundreds of megabytes of operators."""
    squeezed = zlib.compressobj(9)
    block = b"BT (x) Tj ET\n" * 65_536
    parts = [squeezed.compress(block) for _ in range(inflated_bytes // len(block) + 1)]
    stream = b"".join((*parts, squeezed.flush()))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))
