"""Numbers and sentences in proper Czech and English."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exclusion.scoring import Ratio
from registry.explanation import change_sentences, sentences
from registry.explanation.causes import Cause, sides_of
from registry.explanation.decomposition import change
from registry.explanation.distances import SubScore, components
from registry.explanation.effect_sentences import effects
from registry.explanation.nouns import counted_by
from registry.explanation.sizes import SizeMean, size_class_of
from registry.explanation.standing import Standing
from registry.explanation.wording import (
    NBSP,
    Said,
    apart,
    decimal_text,
    in_hundredths,
    number,
    out_of_cs,
    points,
    shown,
)
from tests.support.explanation import (
    KOSMONOSY,
    OBRNICE,
    RUSIN,
    TIS_U_BLATNA,
    UNKNOWN,
    a_donor,
    a_municipality,
    a_standing,
    bounds,
    lent,
    remainder,
    standings,
    the_method,
)


def plain(said: Said) -> tuple[str, str]:
    return said.cs.replace(NBSP, " "), said.en.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "cs", "en"),
    [
        ("0", "0 bodů", "0 points"),
        ("1", "1 bod", "1 point"),
        ("2", "2 body", "2 points"),
        ("4", "4 body", "4 points"),
        ("5", "5 bodů", "5 points"),
        ("-1", "−1 bod", "−1 point"),
        ("1/2", "0,5 bodu", "0.5 points"),
        ("-4/3", "−1,33 bodu", "−1.33 points"),
        ("1234", "1 234 bodů", "1,234 points"),
    ],
)
def test_points_are_counted_as_the_language_wants(value: str, cs: str, en: str) -> None:
    assert plain(points(Fraction(value))) == (cs, en)


@pytest.mark.parametrize(
    ("value", "cs"),
    [("1", "1 osobu"), ("3", "3 osoby"), ("12", "12 osob"), ("5/2", "2,5 osoby"), ("31/12", "2,59 osoby")],
)
def test_persons_are_counted_and_a_least_number_is_rounded_up(value: str, cs: str) -> None:
    assert plain(counted_by(the_method().indicators[0]).counted(Fraction(value)))[0] == cs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *[
            (text, "ze")
            for text in ("2", "7.1", "14", "16", "30", "47.3", "60", "100", "112", "700", "100000")
        ],
        *[(text, "z") for text in ("0", "1", "5", "8.2", "10", "11", "15", "18", "50", "500", "900", "1555")],
    ],
)
def test_the_preposition_is_the_one_that_is_said_aloud(text: str, said: str) -> None:
    assert out_of_cs(text) == said


def test_numbers_have_groups_a_comma_and_a_minus() -> None:
    assert number(Fraction("-1234567.5")).cs == f"−1{NBSP}234{NBSP}567,5"
    assert number(Fraction("-1234567.5")).en == "−1,234,567.5"
    assert decimal_text(Fraction("-0.005"), 2) == "-0.01"
    assert decimal_text(Fraction("-0.004"), 2) == "0.00"


@given(value=st.fractions(0, 20, max_denominator=10**7))
def test_a_number_is_never_shown_on_the_other_side_of_a_bound(value: Fraction) -> None:
    limits = bounds("1.4", "2.5")
    text = Fraction(shown(value, limits))
    assert [text < limits.first, text > limits.second] == [value < limits.first, value > limits.second]


def test_a_share_just_under_its_bound_is_shown_with_more_places() -> None:
    stramberk = Fraction(3000, 2143)
    assert shown(stramberk, bounds("1.4", "2.5")) == "1.3999"
    assert apart(Fraction("6.401"), Fraction("6.404")) == ("6.401", "6.404")
    assert apart(Fraction(1, 10**9), Fraction(0)) == ("0.000000", "0.000000")


@given(exact=st.dictionaries(st.integers(), st.fractions(-30, 30, max_denominator=48), max_size=6))
def test_rounded_effects_sum_as_the_exact_ones_do(exact: dict[int, Fraction]) -> None:
    rounded = in_hundredths(exact)
    total = sum(exact.values(), Fraction(0))
    assert abs(sum(rounded.values(), Fraction(0)) - total) <= Fraction(1, 200)
    assert all(abs(rounded[key] - exact[key]) < Fraction(1, 100) for key in exact)


def test_thirds_of_a_point_still_make_one_point() -> None:
    rounded = in_hundredths({key: Fraction(1, 3) for key in "abc"})
    assert sorted(map(float, rounded.values())) == [0.33, 0.33, 0.34]


def component(standing: Standing, code: str, kind: SubScore) -> tuple[str, str]:
    found = standing.basis(code)
    assert found is not None
    indicator, basis = found
    assert basis.evidence is not None
    each = next(c for c in components(standing.method, indicator, basis.evidence) if c.kind is kind)
    return plain(sentences.of_component(indicator, each, evidence=basis.evidence, donor=basis.donor))


def test_a_sub_score_tells_its_value_its_bound_and_the_way_to_the_next_point() -> None:
    kosmonosy = a_standing(KOSMONOSY, region="CZ020")
    assert component(kosmonosy, "EXE", SubScore.ABSOLUTE) == (
        (
            "Počet osob v exekuci je 200, v mezích od 100 do 200: 1 bod."
            " Bod by přibyl při nárůstu nejméně o 1 osobu. Bod by ubyl při poklesu nejméně o 101 osob."
        ),
        (
            "The number of persons in enforcement is 200, from 100 to 200: 1 point."
            " A point would be gained with at least 1 person more."
            " A point would be lost with at least 101 persons fewer."
        ),
    )


def test_a_sub_score_of_a_donor_says_whose_figures_they_are() -> None:
    rusin = a_standing(RUSIN, school=lent(Ratio(3, 20), donor=a_donor("597180", "Krnov")))
    assert component(rusin, "PO", SubScore.SHARE) == (
        (
            "Podle údajů obce Krnov: podíl předčasných odchodů ze základní školy je 15 %, více než 12 %:"
            " 2 body. Bod by ubyl při poklesu nejméně o 1 žáka."
        ),
        (
            "By the figures of Krnov: the share of early leavers from basic school is 15%, more than 12%:"
            " 2 points. A point would be lost with at least 1 pupil fewer."
        ),
    )


def test_where_nobody_lives_there_is_nothing_to_take_a_share_of() -> None:
    empty = a_standing({code: Ratio(0, 0) for code in OBRNICE})
    assert component(empty, "UOZ", SubScore.SHARE)[0] == (
        "Podíl není z čeho počítat (počet obyvatel ve věku 15–64 let je 0): 0 bodů."
    )


def test_the_index_stands_beside_the_mean_of_its_size() -> None:
    size = SizeMean(size=size_class_of(1585), municipalities=1042, mean=Fraction(193, 100))
    assert plain(sentences.of_year(a_standing(), size)) == (
        (
            "Index obce Obrnice za rok 2023 je 29 z 30 možných (pásmo 4: vysoká míra zatížení)."
            " Obce, ve kterých žije od 1 001 do 2 000 obyvatel ve věku 15 a více let, mají v průměru 1,93"
            " (počet obcí: 1 042)."
        ),
        (
            "The Index of Obrnice in 2023 is 29 out of 30 (band 4: high load)."
            " Municipalities with 1,001 to 2,000 inhabitants aged 15 or more have 1.93 on average"
            " (municipalities: 1,042)."
        ),
    )


def test_an_unknown_index_is_said_to_be_unknown() -> None:
    unknown = a_standing(RUSIN, school=UNKNOWN)
    assert sentences.of_year(unknown, None).cs == (
        "Index obce Obrnice za rok 2023 není znám. Chybějí údaje: Předčasné odchody ze základní školy."
    )
    assert change_sentences.of_unknown(a_standing(year=2022), unknown).cs == (
        "Změnu nelze rozložit: Index za rok 2023 není znám."
    )


def test_the_donor_is_named_with_its_distance() -> None:
    donor = replace(a_donor("559008", "Blatná"), distance_m=Decimal("8412.35"))
    found = a_standing(TIS_U_BLATNA, school=lent(Ratio(0, 60), donor=donor)).basis("PO")
    assert found is not None
    assert plain(sentences.of_basis(*found))[0] == (
        "Předčasné odchody ze základní školy: 0 bodů z 6. Obec nemá vlastní údaje o škole, a proto přebírá"
        " body obce Blatná, nejbližší obce se školou (vzdálenost 8,4 km)."
    )


def said_of(code: str, before: Standing, after: Standing) -> dict[Cause, tuple[str, str]]:
    found = change(before, after)
    assert found is not None
    each = next(each for each in found.indicators if each.code == code)
    return {effect.cause: plain(effect.said) for effect in effects(each, sides_of(code, before, after))}


def test_each_effect_is_told_with_its_figures() -> None:
    before = a_standing({**KOSMONOSY, "EXE": Ratio(212, 4400)}, year=2022, region="CZ020")
    told = said_of("EXE", before, a_standing(KOSMONOSY, region="CZ020"))
    assert told[Cause.NUMERATOR] == (
        "Osob v exekuci ubylo o 12 (ze 212 na 200); podíl klesl ze 4,8 % na 4,5 %. To ubralo 1 bod.",
        (
            "The number of persons in enforcement fell by 12 (from 212 to 200);"
            " the share fell from 4.8% to 4.5%. That took away 1 point."
        ),
    )
    assert told[Cause.DENOMINATOR][0] == (
        "Obyvatel ve věku 15 a více let přibylo o 60 (ze 4 400 na 4 460). Na body to nemělo vliv."
    )
    assert told[Cause.REFERENCE][0] == (
        "Srovnávací podíl státu a kraje zůstal 6,2 %. Na body to nemělo vliv."
    )


def test_the_effect_of_a_donor_names_where_the_points_came_from() -> None:
    most = a_standing(RUSIN, school=lent(Ratio(0, 20)), year=2022)
    chomutov = a_standing(RUSIN, school=lent(Ratio(4, 20), donor=a_donor("562971", "Chomutov")))
    published = a_standing(RUSIN, school=remainder(2))
    assert said_of("PO", most, chomutov) == {
        Cause.DONOR: (
            "Body se dříve braly od obce Most, nyní od obce Chomutov. To přidalo 4 body.",
            "The points were taken from Most, now from Chomutov. That added 4 points.",
        )
    }
    assert said_of("PO", most, published)[Cause.DONOR][0] == (
        "Body se dříve braly od obce Most, nyní z toho, co zbývá ze zveřejněného Indexu. To přidalo 2 body."
    )


def test_a_mayor_hears_that_nothing_changed_in_town_and_what_did() -> None:
    rusin = a_municipality("597775", "Rusín")
    before = a_standing(RUSIN, school=lent(Ratio(4, 20)), year=2016, region="CZ080", municipality=rusin)
    after = a_standing(RUSIN, school=lent(Ratio(0, 20)), year=2021, region="CZ080", municipality=rusin)
    found = change(before, after)
    assert found is not None
    assert plain(change_sentences.of_change(found)) == (
        (
            "Index obce Rusín klesl mezi roky 2016 a 2021 z 10 na 6, tedy o 4 body."
            " V obci samé se nic nezměnilo. Hlavní příčina: body přebírané od jiné obce se školou (−4 body)."
            " Obec tím přešla z pásma 3 (střední míra zatížení) do pásma 2 (nízká míra zatížení)."
        ),
        (
            "The Index of Rusín fell between 2016 and 2021 from 10 to 6, by 4 points."
            " Nothing changed in the municipality itself."
            " Main cause: points taken over from another municipality with a school (−4 points)."
            " The municipality moved from band 3 (medium load) to band 2 (low load)."
        ),
    )


@given(before=standings(), after=standings())
def test_whatever_changed_there_is_a_sentence_in_both_languages(before: Standing, after: Standing) -> None:
    found = change(before, after)
    assert found is not None
    for said in change_sentences.of_change(found):
        assert said.endswith(".")
    for each in found.indicators:
        sides = sides_of(each.code, before, after)
        told = [change_sentences.of_indicator(each, sides), *(e.said for e in effects(each, sides))]
        for cs, en in told:
            assert cs.endswith(".")
            assert en.endswith(".")
            assert "None" not in cs + en
