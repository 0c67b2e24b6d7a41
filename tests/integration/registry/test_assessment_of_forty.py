"""Nine members over forty applications: the ranked list equals one computed here, independently."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from shared.auth import Actor
from tests.support.applications import a_municipality
from tests.support.commission import (
    FIRST_RECEIPT,
    SECRETARY,
    Bench,
    a_bench,
    a_member,
    outcomes,
    the_call,
)
from tests.support.comparisons import an_edition
from tests.support.service import ServiceUnderTest
from tests.support.tokens import EVALUATOR

MEMBERS = {number: a_member(number) for number in range(1, 10)}
APPLICATIONS = range(1, 41)
CAPACITY = 25
RECUSED = (4, 3)
"""Member and application."""
ABSENT = 9
TWINS = {6: 5, 11: 10, 12: 10}
"""Scored by all alike; 5 and 6 differ by Index, 10, 11 and 12 only by receipt."""
WEIGHTS = {"K1": Fraction(3, 2), "K2": Fraction(1), "K3": Fraction(1, 2)}
BELOW_CRITERION = 20
ALARMED = 30
LEAST_K1, LEAST_TOTAL = 4, 12


def points(member: int, application: int) -> dict[str, int]:
    """Return what the member gives: near each other, but for the application that is to alarm."""
    like = TWINS.get(application, application)
    if application == BELOW_CRITERION:
        return {"K1": 3 if member != 1 else 4, "K2": 10, "K3": 10}
    if application == ALARMED:
        return dict.fromkeys(WEIGHTS, 1 if member == 2 else 8)
    base = like * 13 % 9
    return {code: base + (member * 7 + like * 3 + at * 5) % 3 for at, code in enumerate(WEIGHTS)}


def index_of(application: int) -> int | None:
    if application == 15:
        return None
    return 20 if application in (10, 11, 12) else application * 7 % 31


def received_at(application: int) -> datetime:
    return FIRST_RECEIPT + timedelta(hours=application * 37 % 41)


@dataclass(frozen=True)
class Expected:
    application: int
    result: Fraction
    mean_k1: Fraction
    recommendation: str = ""

    def key(self) -> tuple[Fraction, int, datetime]:
        index = index_of(self.application)
        return -self.result, -(index if index is not None else -1), received_at(self.application)


def expected_list() -> list[Expected]:
    """Compute the ranked list anew, member by member, in fractions."""
    found = []
    for application in APPLICATIONS:
        scoring = [m for m in MEMBERS if m != ABSENT and (m, application) != RECUSED]
        given = [points(member, application) for member in scoring]
        totals = [sum(WEIGHTS[code] * marks[code] for code in WEIGHTS) for marks in given]
        result = Fraction(sum(totals), 1) / len(totals)
        found.append(Expected(application, result, Fraction(sum(each["K1"] for each in given), len(given))))
    ranked, accepted = [], 0
    for each in sorted(found, key=Expected.key):
        passes = each.result >= LEAST_TOTAL and each.mean_k1 >= LEAST_K1
        accepted += passes
        named = ("recommended" if accepted <= CAPACITY else "reserve") if passes else "not-recommended"
        ranked.append(Expected(each.application, each.result, each.mean_k1, named))
    return ranked


def rounded(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


async def a_bench_of_forty(registry: ServiceUnderTest) -> Bench:
    codes = {application: code_of_town(application) for application in APPLICATIONS}
    told = {codes[a]: (index_of(a), 1000) for a in APPLICATIONS}
    await an_edition(registry, dict.fromkeys(told, (1, 1000)), year=2021)
    await an_edition(registry, told, year=2022)
    await an_edition(registry, dict.fromkeys(told, (30, 1000)), year=2023)
    receipts = [received_at(application) for application in APPLICATIONS]
    return await a_bench(registry, members=9, receipts=receipts, call=the_call(capacity=CAPACITY))


def code_of_town(number: int) -> str:
    return a_municipality(number)[1]["code"]


async def scored_by(bench: Bench, number: int, member: Actor) -> None:
    ids = {application: bench.filed[application - 1].id for application in APPLICATIONS}
    recused = ids[RECUSED[1]] if number == RECUSED[0] else None
    declared = await bench.declare(member, {recused: "Poradce žadatele"} if recused else None)
    given = {ids[a]: points(number, a) for a in APPLICATIONS if ids[a] != recused}
    saved = await bench.score(member, given)
    sealed = await bench.seal(member, list(given))
    assert set(outcomes(declared) + outcomes(saved) + outcomes(sealed)) == {"done"}


async def scored_by_nine(bench: Bench) -> None:
    for number, member in MEMBERS.items():
        if number != ABSENT:
            await scored_by(bench, number, member)
    chair = MEMBERS[1]
    await bench.decided(chair, "/absences", {"person": MEMBERS[ABSENT].id, "reason": "Nemoc"})
    alarmed = bench.filed[ALARMED - 1].id
    await bench.decided(chair, f"/applications/{alarmed}/discussion", {"note": "Člen 2 trvá na svém."})


async def test_the_list_of_forty_equals_the_one_computed_by_hand(registry: ServiceUnderTest) -> None:
    bench = await a_bench_of_forty(registry)
    assert bench.opened_in <= 40, bench.opened_in
    await scored_by_nine(bench)
    with registry.counted_statements() as statements:
        closed = await bench.decided(SECRETARY, "/closure", {})
    assert len(statements) <= 25, statements
    expected = expected_list()
    numbers = {application: bench.filed[application - 1].number for application in APPLICATIONS}
    items = (await bench.get(MEMBERS[1], "/ranking")).json()["items"]
    assert closed.json()["status"] == "closed"
    assert [line["number"] for line in items] == [numbers[each.application] for each in expected]
    assert [line["result"] for line in items] == [rounded(each.result) for each in expected]
    assert [line["exact"] for line in items] == [
        f"{each.result.numerator}/{each.result.denominator}" for each in expected
    ]
    assert [line["recommendation"] for line in items] == [each.recommendation for each in expected]
    counted = [each.recommendation for each in expected]
    assert (counted.count("recommended"), counted.count("reserve") > 0) == (CAPACITY, True)
    assert counted.count("not-recommended") > 1
    expect_special_lines({line["number"]: line for line in items}, numbers)
    await expect_told(bench, {numbers[each.application]: each.recommendation for each in expected})


def expect_special_lines(lines: dict[str, dict[str, object]], numbers: dict[int, str]) -> None:
    """The Index decides between 5 and 6, the receipt between 10, 11 and 12."""
    ranks = {a: lines[numbers[a]]["rank"] for a in (5, 6, 10, 11, 12)}
    first, second = sorted((5, 6), key=lambda a: -(index_of(a) or 0))
    assert lines[numbers[second]]["result"] == lines[numbers[first]]["result"]
    assert sorted((5, 6), key=lambda a: int(str(ranks[a]))) == [first, second]
    assert lines[numbers[second]]["tied_by"] == "index"
    assert lines[numbers[second]]["index_year"] == 2022
    by_receipt = sorted((10, 11, 12), key=received_at)
    assert by_receipt != [10, 11, 12]
    assert sorted((10, 11, 12), key=lambda a: int(str(ranks[a]))) == by_receipt
    assert [lines[numbers[a]]["tied_by"] for a in by_receipt[1:]] == ["receipt", "receipt"]
    assert lines[numbers[RECUSED[1]]]["scores"] == 7
    assert lines[numbers[BELOW_CRITERION]]["missed"] == [
        {"criterion": "K1", "reached": "3.13", "needed": "4.00"}
    ]
    assert lines[numbers[ALARMED]]["discussion"] == "Člen 2 trvá na svém."
    assert [number for number, line in lines.items() if line["is_alarmed"]] == [numbers[ALARMED]]


async def expect_told(bench: Bench, recommendations: dict[str, str]) -> None:
    """The applications stand where the list put them, and the minutes say who was there."""
    async with bench.service.client(EVALUATOR) as client:
        listed = (await client.get("/applications?limit=200")).json()["items"]
    assert {each["number"]: each["status"] for each in listed} == recommendations
    minutes = (await bench.get(SECRETARY, "/minutes")).json()
    content = minutes["content"]
    assert [each["scored"] for each in content["attendance"]].count(0) == 1
    assert [(each["number"], each["ground"]) for each in content["recusals"]] == [
        (bench.filed[RECUSED[1] - 1].number, "Poradce žadatele")
    ]
    assert "Nehodnotili\n- Člen 9" in minutes["text"]
    csv = await bench.get(SECRETARY, "/ranking.csv?delimiter=semicolon")
    assert len(csv.content.decode("utf-8-sig").splitlines()) == len(recommendations) + 1
    workbook = await bench.get(SECRETARY, "/ranking.xlsx")
    assert workbook.content.startswith(b"PK")
