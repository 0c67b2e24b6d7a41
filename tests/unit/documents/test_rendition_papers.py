"""From frozen pages to papers: what a mayor, a commission and an office read."""

import json
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from documents.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Chart,
    Facts,
    Lead,
    PageBreak,
    Paper,
    Paragraph,
    Table,
)
from documents.papers.typesetting import pdf_of
from documents.papers.wordprocessing import docx_of
from documents.renditions.domain import Source, SourceDiffers, document_of, taken
from documents.renditions.papers import PAGES, Filing, filing_of
from documents.renditions.wording import named
from shared.contracts.documents import DocumentKind
from shared.stored import from_json
from tests.support.documents import OBRNICE, PLAN_ID, Json, canonical, digest_of
from tests.support.rendition_pages import a_description_content
from tests.support.rendition_profiles import a_profile_content
from tests.support.renditions import IDS, a_frozen

EVERY = pytest.mark.parametrize("source", list(Source), ids=lambda source: source.value)


def filed(source: Source, **changes: Json) -> Filing:
    body = a_frozen(source, changes=changes)
    return filing_of(from_json(PAGES[source], body), digest=digest_of(body))


def text_of(paper: Paper) -> str:
    """Return all that the blocks say, in the order of reading."""
    return "\n".join(part for block in paper.blocks for part in _said(block)).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def _said(block: Block) -> list[str]:
    match block:
        case Bullets():
            return list(block.items)
        case Facts():
            return [f"{label}: {text}" for label, text in block.pairs]
        case Table():
            rows = (*block.rows, block.totals)
            return [
                " | ".join(f"{each.text} {each.aside}" if isinstance(each, Cell) else each for each in row)
                for row in rows
            ]
        case Chart():
            return [block.alt]
    return [block.text] if hasattr(block, "text") else []


@EVERY
def test_the_digest_of_the_frozen_page_is_printed_on_each_page(source: Source) -> None:
    pdf = PdfDocument(pdf_of(filed(source).paper))
    digest = digest_of(a_frozen(source))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    assert texts
    assert all(digest in text for text in texts)


@EVERY
def test_the_same_page_gives_the_same_bytes(source: Source) -> None:
    one, other = filed(source).paper, filed(source).paper
    assert pdf_of(one) == pdf_of(other)
    assert docx_of(one) == docx_of(other)


@EVERY
def test_what_a_later_form_adds_is_passed_over(source: Source) -> None:
    said = json.loads(a_frozen(source))
    said["added_later"] = {"by": "evaluation"}
    page = from_json(PAGES[source], canonical(said))
    assert filing_of(page, digest="0" * 64).title == filed(source).title


@pytest.mark.parametrize("source", [each for each in Source if each is not Source.EVALUATION_REPORT])
def test_a_page_of_another_form_is_not_guessed_at(source: Source) -> None:
    said = json.loads(a_frozen(source)) | {"form": 2}
    with pytest.raises(ValueError, match="form"):
        from_json(PAGES[source], canonical(said))


def test_the_mayor_reads_one_page_before_the_council_meets() -> None:
    pages = PdfDocument(pdf_of(filed(Source.UNIT_PROFILE).paper))
    first, second = (pages[at].get_textpage().get_text_bounded() for at in (0, 1))
    for said in ("23 z 30 bodů", "Z čeho se Index skládá", "Co je nejblíž", "Spolupráce a plány"):
        assert said in first.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vysvětlení Indexu" in second


def test_a_year_without_an_index_is_a_gap_in_the_chart_and_no_zero() -> None:
    blocks = filed(Source.UNIT_PROFILE).paper.blocks
    chart = next(block for block in blocks if isinstance(block, Chart))
    assert dict(zip(chart.labels, chart.series[0].values, strict=True))["2020"] is None
    assert "Od roku 2021 platí jiná metoda." in text_of(filed(Source.UNIT_PROFILE).paper)


def test_a_description_says_who_works_with_whom_in_what_phases_for_what_from_what_start() -> None:
    filing = filed(Source.DESCRIPTION)
    said = text_of(filing.paper)
    for part in (
        "Režim podpory: spolupráce v KPSV 2021+ (KPSV21)",
        "Příprava | 2. 4. 2026 | 14. 6. 2026",
        "Zřídit pracovní skupinu Bydlení a vyčlenit šest bytů.",
        "6 bytů s podporou",
        "Obec má koncepci bydlení a řídí se jí BYD-1 | 1 nahodilé",
        "nehodnoceno Poradna neposkytla podklady.",
        "Lokální konzultant | Pavla Místní",
        "Ministerstvo pro místní rozvoj | Daniel Rozhodný ředitel odboru | 15. 6. 2026",
    ):
        assert part in said
    assert (filing.kind, filing.state.value) == (DocumentKind.POPIS, "signed")
    assert str(filing.metadata.signed_on) == "2026-06-15"


def test_a_description_without_phases_baseline_and_team_says_so() -> None:
    described: Json = {
        **a_description_content()["description"],  # type: ignore[dict-item]
        "baseline": [],
        "in_force_until": "2026-06-14",
    }
    said = text_of(filed(Source.DESCRIPTION, description=described, phases=[], team=[]).paper)
    for sentence in (
        "Platnost popisu: ukončen dříve, než začal platit.",
        "Fáze spolupráce zapsány nejsou.",
        "Výchozí stav podle kritérií kvality zapsán není.",
        "Kdo se v Agentuře územnímu celku věnuje, zapsáno není.",
    ):
        assert sentence in said


@pytest.mark.parametrize(
    ("as_of", "said", "never"),
    [("2028-12-31", "zatím nesplněno", None), ("2029-01-01", "nesplněno", "zatím")],
)
def test_what_a_running_project_lacks_is_not_missed_yet(as_of: str, said: str, never: str | None) -> None:
    body = a_frozen(Source.PROGRAMME_REPORT, as_of=as_of)
    shown = text_of(filing_of(from_json(PAGES[Source.PROGRAMME_REPORT], body), digest="0" * 64).paper)
    assert said in shown
    assert never is None or never not in shown.lower()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Plán sociálního začleňování Obrnice", "„Plán sociálního začleňování Obrnice“"),
        ("Obrnice do roku 2030", "Plán sociálního začleňování „Obrnice do roku 2030“"),
    ],
)
def test_a_title_says_its_kind_once(title: str, shown: str) -> None:
    assert named("Plán sociálního začleňování", title) == shown
    paper = replace(filed(Source.MEMORANDUM).paper, title=title, kind="Plán sociálního začleňování")
    first = PdfDocument(pdf_of(paper))[0].get_textpage().get_text_bounded()
    assert first.count("Plán sociálního začleňování") == 1


def test_a_profile_of_which_nothing_is_known_says_so() -> None:
    empty: Json = {
        name: {"cs": f"Nic: {name}.", "en": ""} for name in ("cooperations", "plans", "figures", "forecast")
    }
    municipal: Json = {
        "index": None,
        "change": None,
        "thresholds": [],
        "index_years": [],
        "peers": None,
        "forecast": None,
    }
    nothing: dict[str, Json] = {
        "cooperations": [],
        "plans": [],
        "figures": [],
        "sources": [],
        "hierarchies": [],
    }
    said = text_of(filed(Source.UNIT_PROFILE, **nothing, empty=empty, municipal=municipal).paper)
    for sentence in (
        "Index pro tuto obec vypočten není.",
        "Nic: cooperations.",
        "Nic: plans.",
        "Nic: forecast.",
    ):
        assert sentence in said


def test_a_territory_shows_its_municipalities_by_band() -> None:
    band: Json = {
        "number": 1,
        "lowest": 0,
        "highest": 1,
        "name_cs": "nízká míra",
        "name_en": "",
        "municipalities": 12,
        "population_15_plus": 8100,
    }
    member: Json = {"id": str(OBRNICE), "code": "1", "name": "Obrnice", "population_15_plus": 9, "index": 23}
    year: Json = {
        "year": 2023,
        "method": "asz-2022",
        "computation_id": 1,
        "municipalities": 12,
        "without_index": 1,
        "population_15_plus": 8100,
        "means": [{"averaging": "mean", "name": {"cs": "prostý průměr obcí", "en": ""}, "value": "1.25"}],
        "bands": [band],
    }
    area: Json = {
        "year": 2023,
        "sizes": [],
        "years": [year],
        "municipalities": 12,
        "members": [member],
    }
    unit = a_profile_content()["unit"]
    assert isinstance(unit, dict)
    said = text_of(filed(Source.UNIT_PROFILE, municipal=None, area=area, unit=unit).paper)
    assert "Nízká míra | 0–1 | 12 | 8 100" in said
    assert "Prostý průměr obcí: 1,25" in said
    assert "Vypsáno 1 z celkem 12 obcí." in said


def test_the_minutes_tell_results_recusals_and_reasons() -> None:
    said = text_of(filed(Source.MINUTES).paper)
    assert "Doporučeno: 2, náhradníci: 0, nedoporučeno: 1." in said
    assert "při rovnosti bodů rozhodl Index" in said
    assert "celkem: 48,75, nejméně je třeba 50" in said
    assert "prohlášení člena – do roku 2023 vedla odbor města" in said
    assert "Nehodnotili: Iva Chybějící (Asociace krajů České republiky)." in said
    assert "Předseda/předsedkyně: Jan Předsedající, podepsáno dne 15. 5. 2026" in said


def test_minutes_of_nothing_say_so() -> None:
    content = json.loads(a_frozen(Source.MINUTES))["content"]
    empty = content["minutes"] | {"ranking": [], "recusals": [], "attendance": [], "withdrawn": []}
    said = text_of(filed(Source.MINUTES, minutes=empty, signatures=[]).paper)
    for sentence in (
        "Žádná přihláška nebyla hodnocena.",
        "Nikdo nebyl pro střet zájmů vyloučen.",
        "Zápis zatím nikdo nepodepsal.",
    ):
        assert sentence in said


def test_minutes_name_members_and_are_for_the_agency_alone() -> None:
    minutes = filed(Source.MINUTES)
    assert (minutes.kind, minutes.unit_ids, minutes.holds_personal_data) == (DocumentKind.ZAPIS, (), True)


def test_a_memorandum_tells_parties_signatures_and_what_both_have_taken_on() -> None:
    filing = filed(Source.MEMORANDUM)
    said = text_of(filing.paper)
    assert filing.unit_ids == (OBRNICE,)
    assert "Za Agenturu: Ministerstvo pro místní rozvoj, IČO 66002222" in said
    assert "Karel Starosta starosta | 20. 3. 2026" in said
    assert "usnesením č. 12/2026" in said
    assert "Zřídit pracovní skupinu Bydlení a vyčlenit šest bytů." in said
    assert "6 bytů s podporou" in said


def test_a_memorandum_without_a_description_names_where_its_commitments_are() -> None:
    said = text_of(filed(Source.MEMORANDUM, descriptions=[]).paper)
    assert "Závazky jsou v úplném znění memoranda." in said


def test_a_statement_says_the_outcome_first() -> None:
    paper = filed(Source.STATEMENT).paper
    assert paper.blocks[0] == Lead(text="Agentura financování projektu DOPORUČUJE S PODMÍNKOU.")
    said = text_of(paper)
    assert "Obec předloží pravidla přidělování bytů do 30. 9. 2026." in said
    assert "činí průměr 22,5 (přesně 45/2), hranice je 10. Žádost má přednost." in said


def test_an_indicator_without_a_value_is_never_zero() -> None:
    paper = filed(Source.EVALUATION_REPORT).paper
    assert "1.2-I1 Index sociálního vyloučení obce domácnosti; odpovídá Odbor sociálních věcí" in text_of(
        paper
    )
    row = next(line for line in text_of(paper).split("\n") if line.startswith("1.2-I1"))
    assert "| –  | nelze říci chybí hodnota" in row
    charts = [block for block in paper.blocks if isinstance(block, Chart)]
    assert [chart.caption.split()[0] for chart in charts] == ["1.1-I1"]


def test_a_report_is_filed_under_its_kind_and_what_it_evaluates() -> None:
    evaluation = json.loads(a_frozen(Source.EVALUATION_REPORT, changes={}))["evaluation"]
    titles = [
        filed(Source.EVALUATION_REPORT, evaluation={**evaluation, "title": title}).title
        for title in ("Plán Obrnice", "", "Plán " * 50)
    ]
    assert titles[0] == f"{titles[1]}: Plán Obrnice"
    assert (len(titles[2]) <= 200, titles[2][-1]) == (True, "…")


def test_a_report_that_names_its_plan_is_filed_with_it() -> None:
    assert filed(Source.EVALUATION_REPORT).metadata.plan_id == PLAN_ID
    assert filed(Source.EVALUATION_REPORT, sections=[]).metadata.plan_id is None
    outline: dict[str, Json] = {
        "code": "exit-outline",
        "cs": "osnova exit strategie",
        "en": "outline of an exit strategy",
    }
    assert filed(Source.EVALUATION_REPORT, type=outline).metadata.plan_id is None


def test_a_report_without_recommendations_says_so_and_names_its_gaps() -> None:
    said = text_of(filed(Source.EVALUATION_REPORT, recommendations=[], findings=[], matrix=[]).paper)
    assert "Zpráva nic nedoporučuje." in said
    assert "Zpráva nemá žádné zjištění." in said
    assert "Žádná evaluační otázka nebyla položena." in said
    assert "Co ve zprávě chybí: chybí data: hodnoty ukazatele 1.2-I1." in said


def test_more_of_one_output_never_hides_what_another_wants() -> None:
    said = text_of(filed(Source.PROGRAMME_REPORT).paper)
    assert (
        "Zatím splněné výstupy: 56 z celkem 75; "
        "do konce projektu (31. 12. 2028) ještě chybí 19 slíbených výstupů." in said
    )
    assert "zveřejněno bez náležitostí: 2" in said
    assert "64 (nejméně 40 hodin podpory)" in said
    assert "Aktivita nemá slíbené výstupy." in said


def test_a_project_without_activities_and_money_says_so() -> None:
    budget: Json = {"beneficiary": "", "total_czk": None, "sources": []}
    said = text_of(filed(Source.PROGRAMME_REPORT, key_activities=[], budget=budget).paper)
    assert "Projekt nemá zapsanou žádnou klíčovou aktivitu." in said
    assert "Rozpočet projektu zapsán není." in said


def test_texts_of_people_stay_texts() -> None:
    content = json.loads(a_frozen(Source.STATEMENT))["content"]
    reasons = "#strong[tučně] <b>a</b> $x$ \\ „uvozovky“ \u0000\u202e"
    statement = content["statement"] | {"reasons": reasons.replace("\u0000", "")}
    paper = filed(Source.STATEMENT, statement=statement).paper
    text = PdfDocument(pdf_of(paper))[0].get_textpage().get_text_bounded()
    assert "#strong[tučně] <b>a</b>" in text
    assert Paragraph(text=statement["reasons"]) in paper.blocks


def test_each_thing_has_one_document_whatever_the_day() -> None:
    ids = {document_of(source, IDS[source]) for source in Source}
    assert len(ids) == len(Source)
    assert document_of(Source.MINUTES, OBRNICE) != document_of(Source.UNIT_PROFILE, OBRNICE)


def test_another_source_than_expected_is_refused_with_its_digest() -> None:
    body = a_frozen(Source.MINUTES)
    assert taken(Source.MINUTES, OBRNICE, body, expected=digest_of(body)).digest == digest_of(body)
    with pytest.raises(SourceDiffers) as refused:
        taken(Source.MINUTES, OBRNICE, body, expected="0" * 64)
    assert refused.value.facts["found"] == digest_of(body)


def test_the_first_page_of_a_profile_ends_where_the_details_begin() -> None:
    blocks = filed(Source.UNIT_PROFILE).paper.blocks
    assert sum(isinstance(block, PageBreak) for block in blocks) == 1
