"""The package of a DOCX: its styles, what is said about it, and that equal papers give equal bytes."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from documents.papers.blocks import Language, Paper
from documents.rendering.layout import line

FONT: Final = "Arial"
"""A font that every office suite has, or one of the same widths for it."""
ACCENT: Final = RGBColor(0x17, 0x36, 0x5D)
QUIET: Final = RGBColor(0x4A, 0x55, 0x60)
BAND: Final = "EEF2F6"
TAGS: Final = {Language.CS: "cs-CZ", Language.EN: "en-GB"}
LEAD, NOTE, CELL, ASIDE, FACT, PARTIES, KIND, SUBTITLE = (
    *("Paper Lead", "Paper Note", "Paper Cell", "Paper Aside"),
    *("Paper Fact", "Paper Parties", "Paper Kind", "Paper Subtitle"),
)
CONTENTS: Final = ("toc 1", "toc 2")
_FOREIGN: Final = frozenset(
    {
        *(RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_XML),
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
"""What the library's template holds of its author."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def new_document(paper: Paper) -> WordDocument:
    """Return an A4 document in the paper's language with its styles and properties."""
    document = Document()
    _drop_foreign(document)
    _set_styles(document, large=paper.large_type)
    if paper.title_page:
        _style(document, PARTIES).paragraph_format.space_before = Pt(90)
        last = SUBTITLE if paper.subtitle else KIND
        _style(document, last).paragraph_format.space_after = Pt(150)
    _set_language(document, TAGS[paper.language])
    _describe(document, paper)
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if paper.landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.5)
    return document


def packed(document: WordDocument) -> bytes:
    """Return the file; neither the clock nor the machine is in it."""
    loose, fixed = BytesIO(), BytesIO()
    document.save(loose)
    with ZipFile(loose) as found, ZipFile(fixed, "w") as made:
        for name in found.namelist():
            entry = ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            made.writestr(entry, found.read(name), compresslevel=6)
    return fixed.getvalue()


def _drop_foreign(document: WordDocument) -> None:
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype in _FOREIGN:
                del holder.rels[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in {
            "TableNormal",
            "TableGrid",
        }:
            styles.remove(style)


def _describe(document: WordDocument, paper: Paper) -> None:
    made_at = datetime.combine(paper.made_on, time(), UTC)
    about = document.core_properties
    about.title, about.subject = (
        line(paper.title, paper.language)[:255],
        line(paper.kind, paper.language)[:255],
    )
    about.author = ", ".join(line(party, paper.language) for party in paper.parties)[:255]
    about.last_modified_by, about.comments, about.category = "", "", ""
    about.keywords = ", ".join(filter(None, (paper.identifier, paper.digest)))[:255]
    about.identifier = paper.identifier
    about.language, about.revision = TAGS[paper.language], 1
    about.created = about.modified = made_at


def _set_language(document: WordDocument, tag: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert defaults is not None  # noqa: S101 - the library's template has it
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)


def _set_styles(document: WordDocument, *, large: bool) -> None:
    body = Pt(14 if large else 10.5)
    normal = _style(document, "Normal", size=body)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.35 if large else 1.15
    normal.paragraph_format.widow_control = True
    sizes = (19, 16, 14.5, 14) if large else (16, 13, 11.5, 10.5)
    for level, size in enumerate(sizes, start=1):
        heading = _style(document, f"Heading {level}", size=Pt(size), colour=ACCENT, bold=True)
        heading.paragraph_format.space_before = Pt(18 - 2 * level)
        heading.paragraph_format.space_after = Pt(6)
        heading.paragraph_format.keep_with_next = True
    title = _style(document, "Title", size=Pt(22), colour=ACCENT, bold=True)
    title.paragraph_format.space_after = Pt(10)
    for border in list(title.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    caption = _style(document, "Caption", size=Pt(10), colour=ACCENT, bold=True)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(4)
    for name in ("List Bullet", "List Number"):
        _style(document, name, size=body).paragraph_format.space_after = Pt(3)
    _own_styles(document, large=large)


def _own_styles(document: WordDocument, *, large: bool) -> None:
    lead = _style(document, LEAD, size=Pt(15 if large else 12))
    lead.element.get_or_add_pPr().append(_shading(BAND))
    _style(document, NOTE, size=Pt(11 if large else 9), colour=QUIET)
    _style(document, PARTIES, size=Pt(13), colour=QUIET).paragraph_format.space_after = Pt(12)
    _style(document, KIND, size=Pt(14)).paragraph_format.space_after = Pt(10)
    _style(document, SUBTITLE, size=Pt(12), colour=QUIET).paragraph_format.space_after = Pt(10)
    for name, size, colour in ((CELL, 9, None), (ASIDE, 8, QUIET)):
        cell = _style(document, name, size=Pt(size + 3 if large else size), colour=colour)
        cell.paragraph_format.space_after = Pt(1)
        cell.paragraph_format.line_spacing = 1.05
    fact = _style(document, FACT).paragraph_format
    fact.left_indent, fact.first_line_indent, fact.space_after = Cm(4.4), Cm(-4.4), Pt(4)
    fact.tab_stops.add_tab_stop(Cm(4.4))
    for place, name in enumerate(CONTENTS):
        contents = _style(document, name).paragraph_format
        contents.left_indent, contents.space_after = Cm(0.6 * place), Pt(2)


def _style(
    document: WordDocument,
    name: str,
    *,
    size: Pt | None = None,
    colour: RGBColor | None = None,
    bold: bool | None = None,
) -> ParagraphStyle:
    styles = document.styles
    known = name in styles
    style = (
        styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in CONTENTS)
    )
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - all styles named here are of paragraphs
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    style.font.italic = False
    if size:
        style.font.size = size
    if colour:
        style.font.color.rgb = colour
    if bold is not None:
        style.font.bold = bold
    if not known:
        style.base_style = styles["Normal"]
    return style


def _shading(fill: str) -> BaseOxmlElement:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shading.set(qn(f"w:{name}"), value)
    return shading
