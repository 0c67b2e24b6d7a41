"""Whether what was cited still says so: pure, over what the registry may tell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.evidence.domain import (
    Citation,
    Claim,
    Evidence,
    Freshness,
    Judgement,
    Measure,
    Upheld,
    expect_citation,
    frozen_evidence,
    remove,
    uphold,
)
from planning.evidence.freshness import Point, Told, judge, together
from planning.evidence.refusals import (
    BoundsCrossed,
    CitationLacks,
    CitationUnfit,
    CitedInFuture,
    ClaimFailsAlready,
    EvidenceRemoved,
    NothingToAnswer,
)
from planning.plans.advice import on_problem
from planning.plans.tree import Problem
from planning.registry import NotConfigured, Registry, RegistrySilent, ToldIndex, ToldSeries, _read

UNIT = UUID(int=1)
TODAY = date(2026, 3, 1)
Y2022, Y2023 = date(2022, 1, 1), date(2023, 1, 1)


def a_citation(**changes: object) -> Citation:
    values = {
        "measure": Measure.INDEX,
        "title": "Index",
        "unit_id": UNIT,
        "period": Y2022,
        "vintage": 1,
        "method": "ISV-2020",
        "value": Decimal(12),
        "claim": Claim(at_least=Decimal(10)),
        **changes,
    }
    return Citation(**values)  # type: ignore[arg-type]


def a_point(value: int | None, period: date = Y2022, **changes: object) -> Point:
    told = {"index": None if value is None else Decimal(value)}
    values = {
        "period": period,
        "vintage": 1,
        "in_force": True,
        "method": "ISV-2020",
        "values": told,
        **changes,
    }
    return Point(**values)  # type: ignore[arg-type]


def told(*points: Point, position: int = 5, every_vintage: bool = False) -> Told:
    return Told(position=position, since=Y2022, points={UNIT: points}, every_vintage=every_vintage)


def a_link(**changes: object) -> Evidence:
    values = {"id": UUID(int=7), "version": 1, "plan_id": UUID(int=2), "node_id": UUID(int=3), **changes}
    return Evidence(citation=a_citation(), **values)  # type: ignore[arg-type]


CASES = [
    ([a_point(12)], Freshness.FRESH, "Citováno je nejnovější vydání."),
    (
        [a_point(12), a_point(9, Y2023)],
        Freshness.AMBER,
        "Citováno 12 bodů (2022), nově 9 (2023). Tvrzení platí nejméně od 10.",
    ),
    (
        [a_point(12), a_point(11, Y2023)],
        Freshness.NEWER,
        "Citováno 12 bodů (2022), nově 11 (2023). Tvrzení platí.",
    ),
    ([a_point(14)], Freshness.AMBER, "Citováno 12 bodů, registr v tomto vydání uvádí 14 bodů."),
    (
        [a_point(9, vintage=2)],
        Freshness.AMBER,
        "Citováno 12 bodů (2022), nově 9 (2022). Tvrzení platí nejméně od 10.",
    ),
    ([], Freshness.WITHDRAWN, "Registr takový údaj nemá."),
    ([a_point(None)], Freshness.WITHDRAWN, "Citovanou hodnotu registr nezveřejňuje."),
    ([a_point(12), a_point(None, Y2023)], Freshness.NEWER, "Novější hodnotu registr nezveřejňuje."),
    (
        [a_point(12), a_point(3, Y2023, method="ISV-2030")],
        Freshness.NEWER,
        "Novější rok je podle jiné metodiky; hodnoty nelze srovnat.",
    ),
    (
        [a_point(12, in_force=False)],
        Freshness.WITHDRAWN,
        "Údaj v novějším vydání není; žádné platné ho neuvádí.",
    ),
]


@pytest.mark.parametrize(("points", "state", "reason"), CASES)
def test_a_link_is_judged_with_its_reason(points: list[Point], state: Freshness, reason: str) -> None:
    _, judgement = judge(a_citation(), None, told(*points))
    assert (judgement.state, judgement.reason_cs) == (state, reason)
    assert judgement.reason_en


def test_an_edition_of_statistics_that_is_told_no_more_is_withdrawn() -> None:
    figures = told(a_point(12, vintage=2), every_vintage=True)
    _, judgement = judge(a_citation(), None, figures)
    assert judgement.state is Freshness.WITHDRAWN
    assert judgement.reason_cs == "Citované vydání registr už neuvádí."


def test_an_edition_left_out_is_noted_by_the_first_check() -> None:
    citation, _ = judge(a_citation(vintage=None, method=None), None, told(a_point(12, vintage=4)))
    assert (citation.vintage, citation.method) == (4, "ISV-2020")


def test_an_upheld_value_is_not_asked_about_again_and_another_is() -> None:
    upheld = Upheld(value=Decimal(9), period=Y2023, vintage=1, because="Ubyli lidé.")
    _, quiet = judge(a_citation(), upheld, told(a_point(12), a_point(9, Y2023)))
    _, loud = judge(a_citation(), upheld, told(a_point(12), a_point(8, Y2023)))
    assert (quiet.state, loud.state) == (Freshness.NEWER, Freshness.AMBER)
    assert quiet.reason_cs.endswith("Platí dál: Ubyli lidé.")


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.one_of(st.none(), st.integers(0, 30)),
    st.one_of(st.none(), st.integers(0, 30)),
    st.one_of(st.none(), st.integers(0, 200)),
)
def test_amber_is_exactly_what_leaves_the_bounds_or_the_tolerance(
    cited: int, now: int, low: int | None, high: int | None, tolerance: int | None
) -> None:
    claim = Claim(
        at_least=None if low is None else Decimal(low),
        at_most=None if high is None else Decimal(high),
        tolerance_percent=None if tolerance is None else Decimal(tolerance),
    )
    answer = told(a_point(cited), a_point(now, Y2023))
    _, judgement = judge(a_citation(value=Decimal(cited), claim=claim), None, answer)
    outside = (low is not None and now < low) or (high is not None and now > high)
    moved = tolerance is not None and abs(now - cited) * 100 > tolerance * cited
    assert (judgement.state is Freshness.AMBER) == (outside or moved)
    assert judge(a_citation(value=Decimal(cited), claim=claim), None, answer)[1] == judgement


def test_answers_in_batches_are_as_old_as_the_oldest() -> None:
    both = together([told(position=3), Told(position=8, since=Y2023, points={UUID(int=9): ()})])
    assert (both.position, both.since, set(both.points)) == (3, Y2023, {UNIT, UUID(int=9)})


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"unit_id": None}, CitationLacks),
        ({"series": "EXE"}, CitationUnfit),
        ({"measure": Measure.COMPONENT}, CitationLacks),
        ({"measure": Measure.ANALYSIS}, CitationUnfit),
        ({"measure": Measure.FIGURE, "series": "EXE"}, CitationUnfit),
        ({"period": date(2027, 1, 1)}, CitedInFuture),
        ({"claim": Claim(at_least=Decimal(3), at_most=Decimal(2))}, BoundsCrossed),
        ({"value": Decimal(9)}, ClaimFailsAlready),
    ],
)
def test_a_citation_that_makes_no_sense_is_refused(
    changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        expect_citation(a_citation(**changes), today=TODAY)


def test_only_amber_is_upheld_and_nothing_is_done_with_what_was_removed() -> None:
    with pytest.raises(NothingToAnswer):
        uphold(a_link(), "Proto.")
    with pytest.raises(EvidenceRemoved):
        uphold(remove(a_link(), today=TODAY), "Proto.")


def test_a_revision_keeps_what_problems_cite_in_their_order_and_nothing_of_those_gone() -> None:
    first, second = (Problem(id=UUID(int=n), area="BYD", title="P") for n in (3, 4))
    links = [a_link(node_id=second.id), a_link(id=UUID(int=8)), a_link(id=UUID(int=9), node_id=UUID(int=99))]
    kept = frozen_evidence(links, (first, second))
    assert [(each["number"], each["id"]) for each in kept] == [("1", UUID(int=8)), ("2", UUID(int=7))]
    assert (kept[0]["vintage"], kept[0]["value"]) == (1, Decimal(12))


def test_a_link_is_evidence_and_an_amber_one_a_warning() -> None:
    problem = Problem(id=UUID(int=3), area="BYD", title="P", affected_group="Rodiny", estimated_people=5)
    assert [each.code for each in on_problem(problem, "")] == ["problem-without-evidence"]
    assert list(on_problem(problem, "", [a_link()])) == []
    amber = replace(a_link(), judgement=Judgement(state=Freshness.AMBER, reason_cs="Nově 9."))
    (found,) = on_problem(problem, "/problems/0", [amber])
    assert (found.code, found.cs) == ("evidence-amber", "podklad „Index“: Nově 9.")


def test_a_figure_that_the_registry_does_not_have_is_no_quiet_evidence() -> None:
    problem = Problem(id=UUID(int=3), area="BYD", title="P", affected_group="Rodiny", estimated_people=5)
    gone = replace(a_link(), judgement=Judgement(state=Freshness.WITHDRAWN, reason_cs="Registr jej nemá."))
    (found,) = on_problem(problem, "/problems/0", [gone])
    assert (found.code, found.cs) == ("evidence-withdrawn", "podklad „Index“: Registr jej nemá.")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"position": "many"}'])
def test_what_is_no_answer_of_the_registry_counts_as_its_silence(body: bytes) -> None:
    with pytest.raises(RegistrySilent):
        _read(ToldSeries, body)
    with pytest.raises(RegistrySilent):
        _read(ToldIndex, body)


def test_nobody_is_asked_where_no_registry_is_known() -> None:
    with pytest.raises(NotConfigured):
        Registry("")
