"""The plain-language summary: what it says, how it counts, how it is measured."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.plans.advice import on_owner
from planning.plans.edition import Edition
from planning.plans.parts import Funder
from planning.plans.rules import RULES
from planning.summaries.domain import MOST, Summary, summary_of
from planning.summaries.measured import it_was, measured
from planning.summaries.numerals import GOAL, MEASURE, NBSP, PERSON, YEAR, counted, money, span
from planning.summaries.page import body_of, html_of_summary, text_of_summary
from planning.summaries.readability import readability_of
from tests.support.plan_content import FROM, UNTIL, a_line, an_id, the_goal, the_measure, the_problem


def an_edition(*titles: str, **measure: object) -> Edition:
    measures = [the_measure(**measure)]
    measures += [
        the_measure(id=an_id(50 + n), title=title, budget=(), cost_czk=None) for n, title in enumerate(titles)
    ]
    problem = the_problem(goals=(the_goal(measures=tuple(measures)),))
    return Edition(
        title="Plán <Obrnic>", vision="", unit_ids=(), valid_from=FROM, valid_until=UNTIL, problems=(problem,)
    )


def summary(edition: Edition, language: str = "cs") -> Summary:
    return summary_of(edition, units=["Obrnice"], areas={"BYD": "bydlení"}, language=language)


def text(edition: Edition, language: str = "cs") -> str:
    found = summary(edition, language)
    whole = text_of_summary(found, readability_of(body_of(found)), language)
    return whole.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (counted(1, MEASURE, "cs"), "1 opatření"),
        (counted(2, GOAL, "cs"), "2 cíle"),
        (counted(5, GOAL, "cs"), "5 cílů"),
        (counted(22, GOAL, "cs"), "22 cílů"),
        (counted(0, GOAL, "cs"), "0 cílů"),
        (counted(1, PERSON, "cs"), "1 člověka"),
        (counted(1200, PERSON, "cs"), "1 200 lidí"),
        (counted(3, YEAR, "cs"), "3 roky"),
        (counted(1, YEAR, "en"), "1 year"),
        (span(60, "cs"), "5 let"),
        (span(14, "cs"), "1 rok a 2 měsíce"),
        (span(5, "en"), "5 months"),
        (money(Decimal(1250000), "cs"), "1,3 mil. Kč"),
        (money(Decimal("999999.60"), "cs"), "1 mil. Kč"),
        (money(Decimal(62500), "cs"), "62 500 Kč"),
        (money(Decimal(3000000), "en"), "CZK 3 million"),
    ],
)
def test_counts_and_money_are_inflected(told: str, expected: str) -> None:
    assert told.replace(NBSP, " ") == expected


def test_a_summary_says_what_who_when_and_for_how_much() -> None:
    lines = (
        a_line(30, amount_czk=Decimal(1_062_500)),
        a_line(31, funder=Funder.MUNICIPALITY, amount_czk=Decimal(187_500)),
    )
    told = text(an_edition("Poradna", cost_czk=Decimal(1_250_000), budget=lines))
    for sentence in (
        "Platí od 1. 1. 2026 do 31. 12. 2030, tedy 5 let.",
        "Obsahuje 1 problém, 1 cíl a 2 opatření.",
        "Ubytovny (bydlení). Jde asi o 120 lidí.",
        "Méně ubytoven. Termín je 31. 12. 2029.",
        "Zabydlování. Odpovídá Město. Od 1. 3. 2026 do 31. 12. 2029.",
        "Vše dohromady stojí 1,3 mil. Kč. Evropská unie: 1,1 mil. Kč. Obec: 187 500 Kč.",
        "U 1 opatření náklady ještě neznáme.",
        "K 31. 12. 2025 to bylo 40 %. Do 31. 12. 2029 chceme 75 %.",
        "LIX",
    ):
        assert sentence in told, sentence
    english = text(an_edition(cost_czk=Decimal(1_250_000), budget=lines), "en")
    assert "It holds 1 problem, 1 goal and 1 measure." in english
    assert "It is valid from 1 January 2026 to 31 December 2030, that is 5 years." in english
    assert "European Union: CZK 1.1 million." in english


def test_a_large_plan_stays_one_page_and_says_what_it_left_out() -> None:
    told = text(an_edition(*(f"Opatření {n}" for n in range(40))))
    assert told.count("Odpovídá Město.") == MOST
    assert f"A ještě {41 - MOST} opatření." in told
    assert len(told) < 2_500


def test_an_empty_plan_has_a_summary_too() -> None:
    found = summary(replace(an_edition(), problems=()))
    assert [section.heading for section in found.sections] == ["O čem je tento plán"]
    assert "Obsahuje 0 problémů, 0 cílů a 0 opatření." in found.sections[0].sentences[-1].replace(NBSP, " ")


def test_a_page_escapes_what_people_wrote_and_is_the_same_each_time() -> None:
    found = summary(an_edition(title="<script>alert(1)</script> {x}"))
    pages = {html_of_summary(found, readability_of(body_of(found)), "cs") for _ in range(2)}
    assert len(pages) == 1
    page = pages.pop()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {x}." in page
    assert '<html lang="cs">' in page
    assert 'name="viewport" content="width=device-width' in page, "it is read on a phone"


def test_readability_counts_sentences_words_and_long_words() -> None:
    found = readability_of(f"Krátká věta.\nDruhá obsahuje nejdelší slovo k 1.{NBSP}3.{NBSP}2026.")
    assert (found.sentences, found.words) == (2, 7)
    assert (found.words_per_sentence, found.lix) == (Decimal("3.5"), Decimal("32.1"))
    assert readability_of("").lix == Decimal(0)


@pytest.mark.parametrize(
    ("value", "unit", "was", "wanted"),
    [
        ("1", "osoby", "1 osoba", "1 osobu"),
        ("3", "osob", "3 osoby", "3 osoby"),
        ("80", "osoby", "80 osob", "80 osob"),
        ("12.5", "osoby", "12,5 osoby", "12,5 osoby"),
        ("0", "děti", "0 dětí", "0 dětí"),
        ("4", "žáci", "4 žáci", "4 žáky"),
        ("1200", "Domácnosti", "1 200 domácností", "1 200 domácností"),
        ("40", "%", "40 %", "40 %"),
        ("7", "lůžkodny", "7 lůžkodny", "7 lůžkodny"),
        ("7", "", "7", "7"),
    ],
)
def test_what_an_indicator_counts_is_inflected_after_its_number(
    value: str, unit: str, was: str, wanted: str
) -> None:
    told = [measured(Decimal(value), unit, "cs", wanted=each).replace(NBSP, " ") for each in (False, True)]
    assert told == [was, wanted]
    assert measured(Decimal(value), "osoby", "en", wanted=True).endswith("osoby")


def test_an_owner_who_has_not_answered_has_not_disagreed() -> None:
    (found,) = on_owner("/problems/0", lapsed=False)
    assert found.cs == "realizátor opatření ještě nepřijal"
    assert "nesouhlasil" not in RULES["owner-not-accepted"].cs


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("0", "byty", "to bylo 0 bytů"),
        ("1", "bytů", "to byl 1 byt"),
        ("1.0", "byty", "to byl 1 byt"),
        ("2", "byty", "to byly 2 byty"),
        ("4", "byt", "to byly 4 byty"),
        ("5", "byty", "to bylo 5 bytů"),
        ("22", "byty", "to bylo 22 bytů"),
        ("1.5", "byty", "to bylo 1,5 bytu"),
        ("-3", "body", "to byly −3 body"),
        ("1", "osoby", "to byla 1 osoba"),
        ("3", "Domácnosti", "to byly 3 domácnosti"),
        ("12.5", "osoby", "to bylo 12,5 osoby"),
        ("1", "místa", "to bylo 1 místo"),
        ("2", "místa", "to byla 2 místa"),
        ("7", "místa", "to bylo 7 míst"),
        ("1", "žáci", "to byl 1 žák"),
        ("3", "žáků", "to byli 3 žáci"),
        ("0.5", "žáci", "to bylo 0,5 žáka"),
        ("1", "děti", "to bylo 1 dítě"),
        ("2", "dětí", "to byly 2 děti"),
        ("6", "děti", "to bylo 6 dětí"),
        ("2", "%", "to byla 2 %"),
        ("2.5", "%", "to bylo 2,5 %"),
        ("1", "Kč", "to byla 1 Kč"),
        ("3648425", "Kč", "to bylo 3 648 425 Kč"),
        ("4", "m2", "byla hodnota 4 m2"),
        ("4", "", "byla hodnota 4"),
    ],
)
def test_the_verb_agrees_with_what_was_counted(value: str, unit: str, said: str) -> None:
    assert it_was(Decimal(value), unit).replace(NBSP, " ") == said
