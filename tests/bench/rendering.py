"""A plan of 300 nodes as PDF and DOCX, beside plain text of as many pages by the same typesetter."""

import json
from collections.abc import Callable
from datetime import date
from statistics import median
from time import process_time

import pypdfium2 as pdfium

from documents.papers.blocks import Paper, Paragraph
from documents.papers.typesetting import pdf_of, typeset
from documents.papers.wordprocessing import docx_of
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import SNAPSHOT
from tests.bench.figures import heading, row, table
from tests.support.documents import a_big_snapshot, canonical, digest_of

ROUNDS = 5
PLAIN = b"""
#set document(title: "x")
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "cs")
#set page(paper: "a4")
#for one in json(bytes(sys.inputs.texts)) { par(one) }
"""
SENTENCE = (
    "Nájemní smlouvy se uzavírají na dobu 1 až 3 měsíců a o prodloužení rozhoduje vlastník bez pravidel. "
)


def bench() -> None:
    body = canonical(a_big_snapshot())
    paper = plan_paper(SNAPSHOT.validate_json(body), digest=digest_of(body))
    pdf, docx = pdf_of(paper), docx_of(paper)
    pages = _pages(pdf)
    texts = [SENTENCE * 8] * (pages * 5)
    plain = Paper(
        title="x",
        kind="x",
        made_on=date(2026, 1, 1),
        digest="0" * 64,
        blocks=[Paragraph(text=one) for one in texts],
    )
    heading(f"Rendering: a plan of 299 nodes, {pages} pages")
    table("what", "ms of processor, median", "pages", "kB")
    _told("PDF/A-2a + PDF/UA-1 of the plan", lambda: pdf_of(paper), pages, len(pdf))
    floor = _plain(texts)
    _told("floor: plain paragraphs, PDF/A-2a + PDF/UA-1", lambda: _plain(texts), _pages(floor), len(floor))
    _told("DOCX of the plan", lambda: docx_of(paper), pages, len(docx))
    _told("floor: plain paragraphs, DOCX", lambda: docx_of(plain), _pages(floor), len(docx_of(plain)))


def _plain(texts: list[str]) -> bytes:
    return typeset(PLAIN, made_on=date(2026, 1, 1), texts=json.dumps(texts))


def _pages(pdf: bytes) -> int:
    document = pdfium.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def _told(name: str, work: Callable[[], bytes], pages: int, size: int) -> None:
    spent = []
    for _ in range(ROUNDS):
        began = process_time()
        work()
        spent.append(process_time() - began)
    row(name, f"{median(spent) * 1000:.0f}", str(pages), str(size // 1024))
