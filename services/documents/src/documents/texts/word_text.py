"""All the text of a Word document: also controls, text boxes, insertions, deletions, notes and comments."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import docx
from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _RUN, _ROW, _CELL = f"{_W}p", f"{_W}r", f"{_W}tr", f"{_W}tc"
_TEXTS: Final = frozenset({f"{_W}t", f"{_W}delText"})
_SIGNS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BESIDE: Final = re.compile(r"/word/(?:comments|footnotes|endnotes|header\d*|footer\d*)\.xml")


def lines_of(file: BinaryIO) -> Iterator[str]:
    """Give paragraphs and rows of tables: the first header, the body, then what stands beside it, once."""
    document = docx.Document(file)
    first = list(document.sections)[:1]
    heads = [paragraph.text for section in first for paragraph in section.header.paragraphs]
    yield from heads
    yield from _lines(document.element.body)
    told = set(heads)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    for part in document.part.package.iter_parts():
        if _BESIDE.fullmatch(str(part.partname)):
            beside = [line for line in _lines(etree.fromstring(part.blob, parser)) if line not in told]
            told.update(beside)
            yield from beside


def _lines(holder: etree._Element) -> Iterator[str]:
    for element in holder:
        if element.tag == _PARAGRAPH:
            yield "".join(_pieces(element))
        elif element.tag == _ROW:
            texts = (" ".join(filter(None, _lines(cell))) for cell in _cells(element))
            yield " | ".join(text for text in texts if text.strip())
        elif element.tag != _FALLBACK:
            yield from _lines(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == _CELL:
            yield element
        else:
            yield from _cells(element)


def _pieces(holder: etree._Element) -> Iterator[str]:
    for element in holder:
        if element.tag in _TEXTS:
            yield element.text or ""
        elif holder.tag == _RUN and element.tag in _SIGNS:
            yield _SIGNS[str(element.tag)]
        elif element.tag == _PARAGRAPH:  # of a text box
            yield from ("\n", *_pieces(element), "\n")
        elif element.tag != _FALLBACK:
            yield from _pieces(element)
