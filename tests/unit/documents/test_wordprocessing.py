"""Papers as DOCX: what a word processor and a screen reader find in them."""

import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from documents.papers.blocks import Heading, Language, Paragraph
from documents.papers.wordprocessing import docx_of
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import SNAPSHOT
from tests.support.documents import canonical
from tests.support.papers import DIGEST, a_paper, a_snapshot_with_parts


def opened(**changes: object) -> WordDocument:
    return Document(BytesIO(docx_of(a_paper(**changes))))


def texts_of(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_headings_have_their_styles_and_levels() -> None:
    found = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened().paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")
    ]
    assert found == [
        ("Heading 1", "Souhrn"),
        ("Heading 2", "Čísla"),
        ("Heading 1", "Změny"),
        ("Heading 1", "Závěr"),
    ]


def test_the_header_of_a_table_repeats_and_its_rows_stay_whole() -> None:
    table = opened().tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Číslo", "Opatření", "Náklady"]
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Celkem", "3 000 Kč".replace(" ", "\xa0")]
    headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert headers == [True, False, False, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    caption = table._tbl.find(f".//{qn('w:tblCaption')}")
    assert caption is not None
    assert caption.get(qn("w:val")) == "Opatření a\xa0jejich náklady"


def test_a_chart_is_a_picture_with_words_for_who_does_not_see_it_and_its_values() -> None:
    document = opened()
    (picture,) = document.inline_shapes
    assert (
        picture._inline.docPr.get("descr")
        == "Počet domácností roste z\xa012 na 17,5; plán na rok 2026 je 20."
    )
    values = document.tables[1]
    assert [[cell.text for cell in row.cells] for row in values.rows][1:3] == [
        ["2024", "12", "12"],
        ["2025", "17,5", "16"],
    ]
    assert values.rows[3].cells[1].text == "–"


def test_changes_are_marked_as_a_word_processor_marks_them() -> None:
    body = opened().element.body
    (gone,), (new,) = body.iter(qn("w:del")), body.iter(qn("w:ins"))
    assert "".join(each.text for each in gone.iter(qn("w:delText"))) == "dva"
    assert "".join(each.text for each in new.iter(qn("w:t"))) == "tři"
    assert new.get(qn("w:date")) == "2026-03-12T00:00:00Z"


def test_numbered_lists_begin_again_from_one() -> None:
    document = opened()
    numbers = [
        each.get(qn("w:val"))
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name == "List Number"
        for each in paragraph._p.iter(qn("w:numId"))
    ]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_contents_lead_to_the_headings() -> None:
    body = opened().element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(anchors) == 4
    assert set(anchors) <= set(names)


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    document = opened(language=Language.EN, identifier="42")
    about = document.core_properties
    assert (about.title, about.author, about.language) == (
        "Zpráva o plnění „plánu“",
        "Obrnice, Most",
        "en-GB",
    )
    assert about.keywords == f"42, {DIGEST}"
    assert about.modified is not None
    assert about.modified.date().isoformat() == "2026-03-12"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    footer = document.sections[0].footer
    assert DIGEST in footer.paragraphs[0].text
    assert "page 1 of 1" in "".join(each.text or "" for each in footer._element.iter(qn("w:t")))


def test_nothing_of_the_library_s_author_is_left() -> None:
    with ZipFile(BytesIO(docx_of(a_paper()))) as package:
        names = package.namelist()
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in package.infolist())
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]


def test_equal_papers_give_equal_bytes_here_and_in_another_process() -> None:
    program = (
        "from hashlib import sha256; from documents.papers.wordprocessing import docx_of;"
        "from tests.support.papers import a_paper; print(sha256(docx_of(a_paper())).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    first = docx_of(a_paper())
    assert first == docx_of(a_paper())
    assert elsewhere.stdout.decode().strip() == sha256(first).hexdigest()


def test_what_people_wrote_never_breaks_the_file() -> None:
    hostile = "<w:p/> & ]]> \x00\x0b\ud800 \N{ZERO WIDTH JOINER}😀 „konec“"
    document = opened(title=hostile, blocks=(Heading(level=1, text=hostile), Paragraph(text=hostile)))
    assert sum("<w:p/>" in text and "]]>" in text and "„konec“" in text for text in texts_of(document)) >= 3


def test_the_whole_plan_is_there_in_its_order() -> None:
    snapshot = SNAPSHOT.validate_json(canonical(a_snapshot_with_parts()))
    document = Document(BytesIO(docx_of(plan_paper(snapshot, digest=DIGEST))))
    shown = "\n".join(texts_of(document)).replace("\xa0", " ")
    order = (
        "Vize",
        "Přehled plánu",
        "Rozpočet podle let",
        "1 Nedostupnost",
        "Cíl 1.1",
        "Opatření 1.1.1",
        "Rizika",
    )
    places = [shown.rindex(each) for each in order]
    assert places == sorted(places)
    tables = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for part in ("CZ.03.02.01/00/22_045/0001234", "z fondu rozvoje", "Nájem s garancí", "Index sociálního"):
        assert part in tables.replace("\xa0", " ")
