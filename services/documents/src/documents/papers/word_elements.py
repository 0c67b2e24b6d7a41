"""Paragraphs, tables, fields and marked changes of a DOCX, element by element."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element: TypeAlias = BaseOxmlElement
PER_CM: Final = 567
"""Twentieths of a point in a centimetre."""


def element(name: str, /, **attributes: str) -> Element:
    """Return `w:name` with its attributes."""
    made: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def run(text: str, *, tag: str = "t", **marks: str) -> Element:
    """Return a run of text; each mark is an element of its properties, such as `b` or `color`."""
    made = element("r")
    if marks:
        properties = element("rPr")
        for name, value in marks.items():
            properties.append(element(name, val=value) if value else element(name))
        made.append(properties)
    for place, part in enumerate(text.split("\t")):
        if place:
            made.append(element("tab"))
        inner = element(tag)
        inner.text = part
        inner.set(qn("xml:space"), "preserve")
        made.append(inner)
    return made


def paragraph(style: str, *inside: Element, align: str = "", page_break_before: bool = False) -> Element:
    """Return a paragraph in a style (by its id)."""
    made = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val=style))
    if page_break_before:
        properties.append(element("pageBreakBefore"))
    if align and align != "left":
        properties.append(element("jc", val=align))
    made.append(properties)
    made.extend(inside)
    return made


def field(instruction: str, shown: str) -> Element:
    """Return a field that the word processor counts by itself."""
    made = element("fldSimple", instr=f" {instruction} ")
    made.append(run(shown))
    return made


def open_field(instruction: str) -> tuple[Element, Element, Element]:
    """Return the beginning of a field whose result is on several lines."""
    begin, code, separate = element("r"), element("r"), element("r")
    begin.append(element("fldChar", fldCharType="begin"))
    inner = element("instrText")
    inner.text = f" {instruction} "
    inner.set(qn("xml:space"), "preserve")
    code.append(inner)
    separate.append(element("fldChar", fldCharType="separate"))
    return begin, code, separate


def close_field() -> Element:
    end = element("r")
    end.append(element("fldChar", fldCharType="end"))
    return end


def bookmark(number: int, name: str, *inside: Element) -> tuple[Element, ...]:
    return (
        element("bookmarkStart", id=str(number), name=name),
        *inside,
        element("bookmarkEnd", id=str(number)),
    )


def link_to(name: str, text: str) -> Element:
    made = element("hyperlink", anchor=name, history="1")
    made.append(run(text))
    return made


def inserted(number: int, text: str, *, by: str, at: str) -> Element:
    made = element("ins", id=str(number), author=by, date=at)
    made.append(run(text))
    return made


def deleted(number: int, text: str, *, by: str, at: str) -> Element:
    made = element("del", id=str(number), author=by, date=at)
    made.append(run(text, tag="delText"))
    return made


def table(widths: Sequence[int], *, caption: str) -> Element:
    """Return an empty table of columns this wide (mm), with lines under its rows."""
    made, properties = element("tbl"), element("tblPr")
    properties.append(element("tblW", w=_twentieths(sum(widths)), type="dxa"))
    properties.append(element("tblInd", w="85", type="dxa"))
    borders = element("tblBorders")
    for side, colour in (("top", "17365D"), ("bottom", "B9C3CF"), ("insideH", "B9C3CF")):
        borders.append(element(side, val="single", sz="4" if side != "top" else "8", space="0", color=colour))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    properties.append(_margins())
    properties.append(
        element("tblLook", firstRow="1", lastRow="0", firstColumn="0", noHBand="1", noVBand="1")
    )
    if caption:
        properties.append(element("tblCaption", val=caption))
    grid = element("tblGrid")
    for width in widths:
        grid.append(element("gridCol", w=_twentieths(width)))
    made.extend((properties, grid))
    return made


def _twentieths(width_mm: int) -> str:
    return str(width_mm * PER_CM // 10)


def _margins() -> Element:
    margins = element("tblCellMar")
    for side, width in (("top", "40"), ("left", "85"), ("bottom", "40"), ("right", "85")):
        margins.append(element(side, w=width, type="dxa"))
    return margins


def row(
    cells: Iterable[Sequence[Element]], widths: Sequence[int], *, header: bool = False, whole: bool = True
) -> Element:
    """Return a row; a header repeats on each page, a whole one is not broken between two."""
    made, properties = element("tr"), element("trPr")
    if whole:
        properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    made.append(properties)
    for inside, width in zip(cells, widths, strict=True):
        cell, about = element("tc"), element("tcPr")
        about.append(element("tcW", w=_twentieths(width), type="dxa"))
        if header:
            about.append(element("shd", val="clear", color="auto", fill="EEF2F6"))
        cell.append(about)
        cell.extend(inside)
        made.append(cell)
    return made


def numbering(number: str) -> Element:
    """Return what makes a paragraph an item of the list with this number."""
    made = element("numPr")
    made.extend((element("ilvl", val="0"), element("numId", val=number)))
    return made


def drawing(inline: Element) -> Element:
    made, holder = element("r"), element("drawing")
    holder.append(inline)
    made.append(holder)
    return made


def numbers() -> Iterable[int]:
    """Give the ids of one document: bookmarks, changes and pictures."""
    return count(1)
