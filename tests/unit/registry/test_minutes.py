"""The minutes: who scored, who did not, recusals with grounds, and the same text in two languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from registry.commission.assessing import Assessment, Assessor, Status
from registry.commission.domain import NominatingBody
from registry.commission.minutes import Around, Heading, Minutes, lines_of, minutes_of, number_of
from registry.commission.minutes_text import text_of
from registry.commission.ranking import Candidate, rank
from registry.commission.scoring import Consolidated
from registry.commission.sheet import Declaration, Recusal, Sheet
from registry.commission.spreadsheet import csv_of, workbook_of
from shared.canonical import canonical_json, digest
from shared.csv_files import Delimiter
from tests.support.commission import CRITERIA, ESTABLISHED_BY

NOON = datetime(2023, 4, 6, 10, 0, tzinfo=UTC)
FIRST, SECOND = UUID(int=1), UUID(int=2)
PEOPLE = {"vera": NominatingBody.MPSV, "ivo": NominatingBody.SMO_CR, "eva": NominatingBody.MSMT}
ASSESSMENT = Assessment(
    id=UUID(int=9),
    version=5,
    call_id=UUID(int=8),
    commission_id=UUID(int=7),
    status=Status.CLOSED,
    opened_on=date(2023, 4, 20),
    closed_on=date(2023, 5, 3),
    quorum=1,
    spread_alarm=Decimal("7.5"),
    criteria=CRITERIA,
    minimum_points=Decimal(12),
    capacity=1,
    secretary="tereza",
    secretary_name="Tereza Zapsaná",
    assessors=tuple(
        Assessor(person=person, person_name=person.title(), body=body, is_chair=person == "vera")
        for person, body in PEOPLE.items()
    ),
)


def a_sheet(person: str, application: UUID = FIRST, **changes: object) -> Sheet:
    sheet = Sheet(
        id=UUID(int=3),
        assessment_id=ASSESSMENT.id,
        application_id=application,
        unit_id=UUID(int=4),
        number=f"KPSV21-2/{application.int:03}",
        person=person,
        version=1,
        declaration=Declaration.NONE,
    )
    return replace(sheet, **changes)  # type: ignore[arg-type]


def a_candidate(application: UUID, result: Fraction) -> Candidate:
    means = {"K1": result / 3, "K2": result / 3, "K3": result / 3}
    found = Consolidated(scores=2, result=result, means=means, spread=Fraction(8))
    return Candidate(
        application_id=application,
        number=f"KPSV21-2/{application.int:03}",
        unit_name="=Obrnice",
        consolidated=found,
        index=Fraction(25, 3),
        received_at=NOON,
    )


def some_minutes() -> Minutes:
    sheets = [
        a_sheet("vera", sealed_at=NOON),
        a_sheet("ivo", recusal=Recusal.DECLARED, ground="Sestra je starostkou"),
        a_sheet("eva", absence="Nemoc"),
    ]
    candidates = [a_candidate(FIRST, Fraction(50, 3)), a_candidate(SECOND, Fraction(10))]
    places = rank(candidates, CRITERIA, minimum_points=Decimal(12), capacity=1)
    around = {
        FIRST: Around(discussion="Vysvětleno", index_year=2022),
        SECOND: Around(discussion=None, index_year=2022),
    }
    heading = Heading(
        number=number_of(2023, 1),
        drawn_up_on=date(2023, 5, 3),
        call_code="KPSV21-2",
        call_title="2. výzva",
        established_by=ESTABLISHED_BY,
    )
    lines = lines_of(places, around, spread_alarm=Decimal("7.5"))
    return minutes_of(ASSESSMENT, heading, sheets, lines, withdrawn=["KPSV21-2/007"])


def test_the_minutes_tell_who_scored_who_was_recused_and_what_came_out() -> None:
    minutes = some_minutes()
    assert [(each.person_name, each.scored) for each in minutes.attendance] == [
        ("Vera", 1),
        ("Ivo", 0),
        ("Eva", 0),
    ]
    (recusal,) = minutes.recusals
    assert (recusal.number, recusal.recusal, recusal.ground) == (
        "KPSV21-2/001",
        Recusal.DECLARED,
        "Sestra je starostkou",
    )
    first, second = minutes.ranking
    assert (first.result, first.exact, first.index, first.is_alarmed) == (
        Decimal("16.67"),
        "50/3",
        Decimal("8.33"),
        True,
    )
    assert [missed.criterion for missed in second.missed] == [None, "K1"]


def test_the_text_says_it_in_both_languages() -> None:
    minutes = some_minutes()
    checksum = digest(canonical_json(minutes))
    czech, english = (text_of(minutes, checksum, czech=czech) for czech in (True, False))
    for part in (
        "Zápis č. HK/2023/0001",
        ESTABLISHED_BY,
        "zápis ze dne 3.\N{NO-BREAK SPACE}5.\N{NO-BREAK SPACE}2023",
        "Vera (Ministerstvo práce a sociálních věcí), předseda/předsedkyně, hodnocení: 1",
        "Ivo (Svaz měst a obcí České republiky) – prohlášení člena: Sestra je starostkou",
        "Eva (Ministerstvo školství, mládeže a tělovýchovy), člen/členka, hodnocení: 0",
        "1. KPSV21-2/001 =Obrnice: 16,67 – doporučena",
        "celkem 10,00 bodu, nejméně je třeba 12,00",
        "projednáno: Vysvětleno",
        f"SHA-256: {checksum}",
    ):
        assert part in czech
    for part in ("drawn up on 3 May 2023", "16.67 – recommended", "Withdrawn\n- KPSV21-2/007"):
        assert part in english


def test_a_recusal_by_the_chair_is_no_name_of_the_chair() -> None:
    minutes = some_minutes()
    by_chair = replace(minutes.recusals[0], recusal=Recusal.CHAIR)
    czech = text_of(replace(minutes, recusals=(by_chair,)), "0", czech=True)
    english = text_of(replace(minutes, recusals=(by_chair,)), "0", czech=False)
    assert "– rozhodnutí předsedy: Sestra je starostkou" in czech
    assert "Vera (Ministry of Labour and Social Affairs), chair, scores: 1" in english


def test_the_same_minutes_have_the_same_digest_and_another_result_another() -> None:
    minutes = some_minutes()
    other = replace(minutes, ranking=(replace(minutes.ranking[0], exact="51/3"), *minutes.ranking[1:]))
    assert digest(canonical_json(minutes)) == digest(canonical_json(some_minutes()))
    assert digest(canonical_json(minutes)) != digest(canonical_json(other))


def test_the_list_for_spreadsheets_holds_no_formula() -> None:
    czech = csv_of(some_minutes(), delimiter=Delimiter.SEMICOLON, language="cs").decode("utf-8-sig")
    english = csv_of(some_minutes(), delimiter=Delimiter.COMMA, language="en").decode("utf-8-sig")
    assert czech.splitlines()[1].startswith("1;KPSV21-2/001;'=Obrnice;16,67;")
    assert english.splitlines()[0].startswith("rank,number,applicant,result,mean K1")
    assert workbook_of(some_minutes(), language="cs") == workbook_of(some_minutes(), language="cs")
