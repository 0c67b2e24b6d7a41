"""DOCX from blocks: styles, headings, tables with repeated headers; the same bytes for the same input."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml.shape import CT_Inline
from docx.shared import Cm

from documents.papers import blocks as of
from documents.papers import word_elements as word
from documents.papers import word_package as package
from documents.papers.typesetting import picture_of
from documents.papers.word_elements import Element
from documents.papers.word_package import new_document, packed
from documents.rendering.labels import WORDS
from documents.rendering.layout import (
    TEXT_WIDTH,
    TEXT_WIDTH_OF_LANDSCAPE,
    fits,
    has_contents,
    levelled,
    line,
    values_of,
    widths_of,
)
from documents.rendering.typography import paragraphs, set_text

CHANGED_BY: Final = "Pospolu"


def docx_of(paper: of.Paper) -> bytes:
    """Write a paper; equal papers give equal bytes. Takes long, so call it in a thread."""
    document = new_document(paper)
    writer = _Writer(document, paper)
    body = document.element.body
    last = body[-1]  # the properties of the section
    for each in writer.everything():
        last.addprevious(each)
    writer.write_margins()
    return packed(document)


class _Writer:
    """Writes one paper."""

    def __init__(self, document: WordDocument, paper: of.Paper) -> None:
        self._document = document
        self._paper = paper
        self._language = paper.language
        self._blocks = tuple(levelled(paper.blocks))
        self._ids = iter(word.numbers())
        self._styles = {style.name: style.style_id for style in document.styles}
        self._text_width = TEXT_WIDTH_OF_LANDSCAPE if paper.landscape else TEXT_WIDTH
        self._breaks = False

    def everything(self) -> Iterator[Element]:
        yield from self._first_page()
        headings = [block for block in self._blocks if isinstance(block, of.Heading)]
        if has_contents(self._paper):
            yield from self._contents(headings)
        place = 0
        for block in self._blocks:
            if isinstance(block, of.Heading):
                place += 1
                yield self._heading(block, place)
            else:
                yield from self._written(block)

    def write_margins(self) -> None:
        """Put the running title above every page but the first, the digest and page numbers below all."""
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        words = WORDS[self._language]
        label = self._paper.digest_label or words["digest"]
        digest = self._line(f"{label}: ") + self._paper.digest
        for footer in (section.footer, section.first_page_footer):
            holder = footer.paragraphs[0]._p  # noqa: SLF001 - the library has no fields
            holder.append(word.run(digest, sz="13", color="4A5560"))
            holder.addnext(
                self._paragraph(
                    package.ASIDE,
                    word.run(f"{words['page']} "),
                    word.field("PAGE", "1"),
                    word.run(f" {words['of']} "),
                    word.field("NUMPAGES", "1"),
                    align="right",
                )
            )
        running = section.header.paragraphs[0]._p  # noqa: SLF001
        running.append(word.run(self._line(self._paper.title), sz="17", color="4A5560"))

    def _first_page(self) -> Iterator[Element]:
        paper = self._paper
        yield from self._texts(package.PARTIES, ", ".join(paper.parties))
        yield from self._texts("Title", self._line(paper.title))
        yield from self._texts(package.KIND, paper.kind_beside_title)
        yield from self._texts(package.SUBTITLE, paper.subtitle)
        yield from self._facts(paper.facts)
        yield from self._texts(package.NOTE, paper.remark)
        self._breaks = paper.title_page

    def _contents(self, headings: Sequence[of.Heading]) -> Iterator[Element]:
        yield self._paragraph(
            "Caption", word.run(WORDS[self._language]["contents"]), page_break_before=self._taken_break()
        )
        shown = [(place, one) for place, one in enumerate(headings, start=1) if one.level <= 2]
        for index, (place, heading) in enumerate(shown):
            inside: list[Element] = [word.link_to(_name(place), self._line(heading.text))]
            if index == 0:
                inside = [*word.open_field('TOC \\o "1-2" \\n \\h'), *inside]
            if index == len(shown) - 1:
                inside.append(word.close_field())
            yield self._paragraph(f"toc {heading.level}", *inside)

    def _heading(self, block: of.Heading, place: int) -> Element:
        text = word.run(self._line(block.text))
        marked = word.bookmark(next(self._ids), _name(place), text)
        return self._paragraph(f"Heading {block.level}", *marked, page_break_before=self._taken_break())

    def _written(self, block: of.Block) -> Iterator[Element]:
        match block:
            case of.Lead():
                yield from self._texts(package.LEAD, block.text)
            case of.Note():
                yield from self._texts(package.NOTE, block.text)
            case of.Paragraph():
                yield from self._texts("Normal", block.text)
            case of.Marked():
                yield self._marked(block)
            case of.Facts():
                yield from self._facts(block.pairs)
            case of.Bullets():
                yield from self._bullets(block)
            case of.Table():
                yield from self._table(block)
            case of.Chart():
                yield from self._chart(block)
            case of.PageBreak():
                self._breaks = True

    def _line(self, text: str) -> str:
        return line(text, self._language)

    def _taken_break(self) -> bool:
        waiting, self._breaks = self._breaks, False
        return waiting

    def _paragraph(
        self, style: str, *inside: Element, align: str = "", page_break_before: bool = False
    ) -> Element:
        breaks = page_break_before or self._taken_break()
        return word.paragraph(self._styles[style], *inside, align=align, page_break_before=breaks)

    def _texts(self, style: str, text: str) -> Iterator[Element]:
        for one in paragraphs(text, self._language):
            yield self._paragraph(style, word.run(one))

    def _facts(self, pairs: Iterable[tuple[str, str]]) -> Iterator[Element]:
        for label, value in pairs:
            for place, text in enumerate(paragraphs(value, self._language)):
                said = self._line(label) if place == 0 else ""
                yield self._paragraph(package.FACT, word.run(f"{said}\t", color="4A5560"), word.run(text))

    def _marked(self, block: of.Marked) -> Element:
        at = f"{self._paper.made_on.isoformat()}T00:00:00Z"
        inside = []
        for run in block.runs:
            text = set_text(run.text, self._language, trim=False)
            if run.change is of.Change.KEPT:
                inside.append(word.run(text))
            else:
                mark = word.inserted if run.change is of.Change.INSERTED else word.deleted
                inside.append(mark(next(self._ids), text, by=CHANGED_BY, at=at))
        return self._paragraph("Normal", *inside)

    def _bullets(self, block: of.Bullets) -> Iterator[Element]:
        style = "List Number" if block.numbered else "List Bullet"
        number = self._new_numbering() if block.numbered else ""
        for item in block.items:
            for place, text in enumerate(paragraphs(item, self._language)):
                made = self._paragraph(style if place == 0 else "List Continue", word.run(text))
                if number and place == 0:
                    made[0].append(word.numbering(number))
                yield made

    def _new_numbering(self) -> str:
        """Begin to count from one again: lists of one style would go on."""
        style = self._document.styles["List Number"].element
        numbering = self._document.part.numbering_part.element
        known = numbering.num_having_numId(style.pPr.numPr.numId.val)
        made = numbering.add_num(known.abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return str(made.numId)

    def _table(self, block: of.Table) -> Iterator[Element]:
        caption = self._line(block.caption)
        if caption:
            yield self._paragraph("Caption", word.run(caption))
        widths = widths_of(block.columns, text_width=self._text_width)
        aligns = [column.align.value for column in block.columns]
        made = word.table(widths, caption=caption)
        titles = [of.Cell(text=column.title, strong=True) for column in block.columns]
        made.append(word.row(self._cells(titles, aligns), widths, header=True))
        for row in block.rows:
            made.append(word.row(self._cells(row, aligns), widths, whole=fits(row)))
        if block.totals:
            strong = [of.Cell(text=_text(cell), strong=True) for cell in block.totals]
            made.append(word.row(self._cells(strong, aligns), widths))
        yield made
        yield self._paragraph(package.ASIDE)

    def _cells(self, row: Sequence[of.CellText], aligns: Sequence[str]) -> Iterator[list[Element]]:
        for cell, align in zip(row, aligns, strict=True):
            shown = cell if isinstance(cell, of.Cell) else of.Cell(text=cell)
            marks = {"b": ""} if shown.strong else {}
            inside = [
                self._paragraph(package.CELL, word.run(text, **marks), align=align)
                for text in paragraphs(shown.text, self._language)
            ]
            inside += [
                self._paragraph(package.ASIDE, word.run(text), align=align)
                for text in paragraphs(shown.aside, self._language)
            ]
            yield inside or [self._paragraph(package.CELL)]

    def _chart(self, block: of.Chart) -> Iterator[Element]:
        if caption := self._line(block.caption):
            yield self._paragraph("Caption", word.run(caption))
        number = next(self._ids)
        picture = BytesIO(picture_of(block, self._language))
        relation, image = self._document.part.get_or_add_image(picture)
        width, height = image.scaled_dimensions(Cm(16), None)
        inline = CT_Inline.new_pic_inline(number, relation, f"chart-{number}.png", width, height)
        inline.docPr.set("descr", self._line(block.alt))
        yield self._paragraph("Normal", word.drawing(inline))
        if block.with_values:
            yield from self._table(values_of(block, self._language))


def _name(place: int) -> str:
    return f"_Toc{place:06}"


def _text(cell: of.CellText) -> str:
    return cell if isinstance(cell, str) else cell.text
