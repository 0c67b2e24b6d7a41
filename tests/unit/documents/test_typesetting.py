"""The approved plan as a PDF."""

import json
import subprocess
import sys
from hashlib import sha256
from time import process_time

import pypdfium2 as pdfium
import pytest

from documents.papers.blocks import Heading, Language
from documents.papers.typesetting import pdf_of, typeset
from documents.rendering.design_paper import design_paper
from documents.rendering.plain_paper import plain_paper
from documents.rendering.plan_paper import plan_paper
from documents.rendering.schemas import SNAPSHOT, SUMMARY
from documents.rendering.typography import COVERED, NBSP
from tests.support.documents import (
    Json,
    a_big_snapshot,
    a_goal,
    a_measure,
    a_problem,
    a_snapshot,
    a_summary,
    an_activity,
    an_indicator,
    canonical,
    digest_of,
)
from tests.support.papers import a_paper, a_snapshot_with_parts


def rendered(snapshot: dict[str, Json]) -> bytes:
    body = canonical(snapshot)
    return pdf_of(plan_paper(SNAPSHOT.validate_json(body), digest=digest_of(body)))


def text_of(pdf: bytes) -> str:
    """The text as a reader would select it, one space between words."""
    document = pdfium.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join("\n".join(pages).replace(NBSP, " ").replace("\ufffe", "").split())


def test_the_text_can_be_selected_with_all_its_diacritics() -> None:
    pangram = "Nechť již hříšné saxofony ďáblů rozezvučí síň úděsnými tóny waltzu, tanga a quickstepu"
    assert pangram in text_of(rendered(a_snapshot(vision=pangram)))


def test_the_title_page_says_what_was_approved_by_whom_and_when() -> None:
    text = text_of(rendered(a_snapshot()))
    for fact in (
        "Obrnice",
        "Plán sociálního začleňování obce Obrnice 2026–2030",
        "1. 1. 2026 – 31. 12. 2030",
        "Zastupitelstvo obce Obrnice",
        "12. 3. 2026",
        "12/2026",
    ):
        assert fact in text


def test_the_years_of_a_title_stay_on_one_line() -> None:
    for words in ("", "obce ", "svazku obcí "):
        title = f"Plán sociálního začleňování {words}2026–2030"
        document = pdfium.PdfDocument(rendered(a_snapshot(title=title)))
        lines = document[0].get_textpage().get_text_bounded().splitlines()
        document.close()
        assert any(line.strip().endswith("2026–2030") for line in lines)


def test_each_page_carries_the_digest_and_its_number() -> None:
    body = canonical(a_snapshot())
    document = pdfium.PdfDocument(rendered(a_snapshot()))
    pages = [page.get_textpage().get_text_bounded().replace(NBSP, " ") for page in document]
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert digest_of(body) in page
        assert f"strana {number} z {len(pages)}" in page
    document.close()


def test_the_whole_tree_is_there_in_order() -> None:
    text = text_of(rendered(a_snapshot(vision=None)))
    places = [text.rindex(part) for part in ("Oblast Bydlení", "Cíl 1.2", "Opatření 1.2.1", "1.2.1.1")]
    assert places == sorted(places)
    for part in ("Úřad práce ČR", "1 250 000 Kč", "40,5", "ročně", "růst", "Vstupní analýza 2025"):
        assert part in text


def test_headings_are_bookmarks() -> None:
    document = pdfium.PdfDocument(rendered(a_snapshot()))
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert "Vize" in titles
    assert any(title.startswith("Cíl 1.1") for title in titles)
    document.close()


def test_the_pdf_is_tagged_and_claims_both_standards() -> None:
    pdf = rendered(a_snapshot())
    assert b"/MarkInfo" in pdf
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(cs-CZ)" in pdf.replace(b" ", b"")


def test_figures_tables_and_lists_are_tagged_and_fonts_embedded() -> None:
    pdf = pdf_of(a_paper())
    for mark in (b"/StructTreeRoot", b"/Figure", b"/Alt", b"/TH", b"/TD", b"/LI", b"/FontFile3"):
        assert mark in pdf
    assert b"<dc:title>" in pdf


def test_a_paper_shows_all_that_its_blocks_say_in_their_order() -> None:
    text = text_of(pdf_of(a_paper(blocks=(Heading(level=3, text="Hned třetí"), *a_paper().blocks))))
    order = ("Hned třetí", "Nejdůležitější sdělení.", "Druhý odstavec.", "Celkem", "Domácnosti v nájmu")
    places = [text.rindex(each) for each in (*order, "17,5", "znovu od jedné", "Poznámka pod čarou.")]
    assert places == sorted(places)
    assert "Město zřídí" in text


def test_an_english_paper_speaks_english_about_itself() -> None:
    pdf = pdf_of(a_paper(language=Language.EN))
    text = text_of(pdf)
    assert "Contents" in text
    assert "page 1 of" in text
    assert "SHA-256 of the source" in text
    assert b"/Lang(en-GB)" in pdf.replace(b" ", b"")


def test_what_a_plan_with_parts_says_is_all_there() -> None:
    text = text_of(rendered(a_snapshot_with_parts()))
    for part in (
        "Popisná část",
        "Evropská unie",
        "1 250 000 Kč",
        "CZ.03.02.01/00/22_045/0001234",
        "SSZ 2021–2030 3.1 – Bydlení",
        "Index sociálního vyloučení 2023",
        "Nájem s garancí",
        "Odbor sociálních věcí",
        "29",
    ):
        assert part in text


def test_the_design_part_has_goals_and_no_money() -> None:
    body = canonical(a_snapshot_with_parts())
    text = text_of(pdf_of(design_paper(SNAPSHOT.validate_json(body), digest=digest_of(body))))
    assert "Návrhová část" in text
    assert "Cíl 1.1" in text
    assert "Opatření 1.1.1" in text
    assert digest_of(body) in text
    assert "1 250 000 Kč" not in text
    assert "Realizátor" not in text


def test_plain_language_puts_each_sentence_on_its_own_line() -> None:
    snapshot = SNAPSHOT.validate_json(canonical(a_snapshot()))
    summary = SUMMARY.validate_json(canonical(a_summary()))
    paper = plain_paper(snapshot, summary, digest=digest_of(canonical(a_snapshot())))
    document = pdfium.PdfDocument(pdf_of(paper))
    assert len(document) == 1
    lines = document[0].get_textpage().get_text_bounded().replace(NBSP, " ").splitlines()
    assert "Plán je pro: Obrnice." in lines
    assert "Vše dohromady stojí 2,5 mil. Kč." in lines
    document.close()


def test_equal_snapshots_give_equal_bytes_here_and_in_another_process() -> None:
    body = canonical(a_snapshot())
    program = (
        "import sys; from hashlib import sha256; from documents.rendering.schemas import SNAPSHOT;"
        "from documents.rendering.plan_paper import plan_paper;"
        "from documents.papers.typesetting import pdf_of;"
        "body = sys.stdin.buffer.read(); plan = SNAPSHOT.validate_json(body);"
        "print(sha256(pdf_of(plan_paper(plan, digest=sha256(body).hexdigest()))).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", program], input=body, capture_output=True, check=True)
    first, second = rendered(a_snapshot()), rendered(a_snapshot())
    assert first == second
    assert elsewhere.stdout.decode().strip() == sha256(first).hexdigest()


def test_what_people_wrote_is_never_read_as_markup() -> None:
    hostile = '#panic("x") $x^2$ *tučně* `kód` @odkaz <štítek> \\ // = Nadpis #sys.inputs {{ }} [a](b) --- ~'
    text = text_of(rendered(a_snapshot(title=hostile, vision=hostile, problems=[a_problem(title=hostile)])))
    assert text.count('#panic("x") $x^2$ *tučně* `kód` @odkaz <štítek> \\ // = Nadpis #sys.inputs') >= 3


def test_titles_of_which_nothing_is_shown_stop_no_plan() -> None:
    unseen = "\u200b"
    chapter: Json = {"number": "I", "title": unseen, "description": "Úvodem"}
    plan = a_snapshot(title=unseen, problems=[a_problem(title=unseen)], chapters=[chapter])
    assert "Úvodem" in text_of(rendered(plan))


def test_what_is_not_filled_in_is_left_out() -> None:
    bare = a_problem(
        area=None,
        description=None,
        causes="",
        consequences=None,
        affected_group=None,
        estimated_people=None,
        source=None,
        goals=[
            a_goal(target_state=None, due_on=None, indicators=[], measures=[]),
            a_goal(
                "1.2",
                measures=[
                    a_measure(
                        "1.2.1",
                        description=None,
                        owner=None,
                        partners=None,
                        starts_on=None,
                        ends_on=None,
                        cost_czk=None,
                        funding_source=None,
                        indicators=[
                            an_indicator(
                                unit=None, direction=None, periodicity=None, owner=None, source=None,
                                baseline=None, baseline_on=None, target=None, target_on=None,
                            )
                        ],
                        activities=[an_activity(owner=None, due_on=None)],
                    )
                ],
            ),
        ],
    )  # fmt: skip
    text = text_of(rendered(a_snapshot(vision=None, problems=[bare], units=[])))
    assert "None" not in text
    assert "Příčiny" not in text
    assert "Realizátor" not in text
    assert "Bez odhadu nákladů: 1 opatření." in text


@pytest.mark.parametrize("problems", [[], [a_problem(goals=[])]])
def test_a_plan_without_goals_is_still_a_document(problems: list[Json]) -> None:
    assert "Obrnice" in text_of(rendered(a_snapshot(problems=problems)))


def test_fields_that_planning_adds_later_are_passed_over() -> None:
    assert "Obrnice" in text_of(rendered(a_snapshot(budget_by_year=["1"])))


def test_a_single_word_of_ten_thousand_letters_does_no_harm() -> None:
    assert rendered(a_snapshot(title="Ž" * 200, vision="ž" * 10_000)).startswith(b"%PDF-1.7")


def test_every_covered_character_has_a_glyph() -> None:
    template = b"""
        #set text(font: "Libertinus Serif", lang: "cs")
        #set document(title: "x")
        #for one in json(bytes(sys.inputs.texts)) { par(one); strong(one) }
    """
    texts = [
        " ".join(f"x{chr(code)}" for code in range(first, last + 1) if chr(code).isprintable())
        for first, last in COVERED
    ]
    snapshot = SNAPSHOT.validate_json(canonical(a_snapshot()))
    made = typeset(template, made_on=snapshot.approval.approved_on, texts=json.dumps(texts))
    assert made.startswith(b"%PDF")


def test_a_plan_of_300_nodes_is_set_within_a_second_and_a_half() -> None:
    assert min(seconds_to_set(f"Plán {number}") for number in range(3)) < 1.5


def seconds_to_set(title: str) -> float:
    """Seconds of the processor: what else runs on the machine does not count."""
    snapshot = a_big_snapshot(title=title)
    began = process_time()
    rendered(snapshot)
    return process_time() - began
