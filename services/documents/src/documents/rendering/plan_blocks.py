"""The tree of a plan as blocks: a problem with its goals, measures, activities and indicators."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from documents.papers.blocks import Align, Block, Cell, Column, Facts, Heading, Paragraph, Table
from documents.rendering import typography as cs
from documents.rendering.budget import cost_of
from documents.rendering.domain import (
    Activity,
    BudgetLine,
    Evidence,
    FundingProject,
    Goal,
    Indicator,
    Measure,
    Problem,
    StrategyLink,
)
from documents.rendering.labels import (
    AREAS,
    CATEGORIES,
    DIRECTIONS,
    EVIDENCE,
    FUNDERS,
    PERIODICITIES,
    PROGRAMMES,
    PROJECT_STATES,
)

DASH = "–"
_NUMBER = Column(title="Číslo", width_mm=17)


def full_problem(problem: Problem, areas: dict[str, str], evidence: Sequence[Evidence]) -> Iterator[Block]:
    """Give everything that was approved under a problem."""
    yield from head_of_problem(problem, areas)
    if evidence:
        yield evidence_table(evidence)
    for goal in problem.goals:
        yield from head_of_goal(goal)
        yield from indicators(goal.indicators)
        for measure in goal.measures:
            yield from _measure(measure)


def head_of_problem(problem: Problem, areas: dict[str, str]) -> Iterator[Block]:
    yield Heading(level=1, text=f"{problem.number}  {problem.title}")
    yield Facts(pairs=(("Oblast", area_name(problem.area, areas)),))
    yield Paragraph(text=problem.description or "")
    yield Facts(
        pairs=(
            ("Příčiny", problem.causes or ""),
            ("Důsledky", problem.consequences or ""),
            ("Dotčená skupina", problem.affected_group or ""),
            ("Odhad počtu osob", cs.czech_number(problem.estimated_people)),
            ("Zdroj dat", problem.source or ""),
        )
    )


def head_of_goal(goal: Goal) -> Iterator[Block]:
    yield Heading(level=2, text=f"Cíl {goal.number}  {goal.title}")
    yield Facts(
        pairs=(
            ("Cílový stav", goal.target_state or ""),
            ("Termín", cs.czech_date(goal.due_on)),
            ("Vazba na strategie", _strategies(goal.strategies)),
        )
    )


def _measure(measure: Measure) -> Iterator[Block]:
    yield Heading(level=3, text=f"Opatření {measure.number}  {measure.title}")
    yield Paragraph(text=measure.description or "")
    yield Facts(
        pairs=(
            ("Realizátor", measure.owner or ""),
            ("Spolupracující", ", ".join(measure.partners or ())),
            ("Termín", cs.czech_period(measure.starts_on, measure.ends_on)),
            ("Náklady" if measure.budget else "Odhad nákladů", cs.czech_money(cost_of(measure))),
            ("Zdroj financování", measure.funding_source or ""),
            ("Vazba na strategie", _strategies(measure.strategies)),
        )
    )
    yield from _activities(measure.activities)
    yield from indicators(measure.indicators)
    yield from _budget(measure.budget)
    yield from _projects(measure.projects)


def area_name(code: str | None, areas: dict[str, str]) -> str:
    """Return the name of an area by the plan's own list, else by that of the Agency, else its code."""
    return areas.get(code or "") or AREAS.get(code or "") or code or DASH


def _strategies(links: Sequence[StrategyLink]) -> str:
    return "\n".join(
        " – ".join(filter(None, (f"{link.strategy_code} {link.goal_code or ''}".strip(), link.title)))
        for link in links
    )


def indicators(shown: Sequence[Indicator]) -> Iterator[Block]:
    if not shown:
        return
    yield Table(
        caption="Indikátory",
        columns=(
            _NUMBER,
            Column(title="Indikátor"),
            Column(title="Jednotka", width_mm=20),
            Column(title="Výchozí", width_mm=20, align=Align.RIGHT),
            Column(title="Cíl", width_mm=20, align=Align.RIGHT),
            Column(title="Sběr", width_mm=17),
            Column(title="Odpovídá", width_mm=24),
        ),
        rows=tuple(
            (
                one.number,
                Cell(text=one.name, aside=f"Zdroj: {one.source}" if one.source else ""),
                one.unit or DASH,
                Cell(text=_value(one.baseline), aside=cs.czech_date(one.baseline_on), strong=True),
                Cell(text=_value(one.target), aside=cs.czech_date(one.target_on), strong=True),
                Cell(
                    text=PERIODICITIES[one.periodicity] if one.periodicity else DASH,
                    aside=DIRECTIONS[one.direction] if one.direction else "",
                ),
                one.owner or DASH,
            )
            for one in shown
        ),
    )


def _value(value: Decimal | None) -> str:
    return cs.czech_number(value) or DASH


def _activities(shown: Sequence[Activity]) -> Iterator[Block]:
    if not shown:
        return
    yield Table(
        caption="Aktivity",
        columns=(
            _NUMBER,
            Column(title="Aktivita"),
            Column(title="Odpovídá", width_mm=40),
            Column(title="Termín", width_mm=24, align=Align.RIGHT),
        ),
        rows=tuple(
            (one.number, one.title, one.owner or DASH, cs.czech_date(one.due_on) or DASH) for one in shown
        ),
    )


def _budget(lines: Sequence[BudgetLine]) -> Iterator[Block]:
    if not lines:
        return
    total = sum((line.amount_czk for line in lines), Decimal(0))
    yield Table(
        caption="Rozpočet opatření",
        columns=(
            Column(title="Rok", width_mm=17),
            Column(title="Zdroj"),
            Column(title="Kategorie nákladů", width_mm=40),
            Column(title="Částka", width_mm=32, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                str(line.year),
                Cell(text=FUNDERS.get(line.funder, line.funder), aside=line.note or ""),
                CATEGORIES.get(line.category, line.category),
                cs.czech_money(line.amount_czk),
            )
            for line in lines
        ),
        totals=("Celkem", "", "", cs.czech_money(total)),
    )


def _projects(projects: Sequence[FundingProject]) -> Iterator[Block]:
    if not projects:
        return
    yield Table(
        caption="Projekty",
        columns=(
            Column(title="Projekt"),
            Column(title="Program", width_mm=22),
            Column(title="Registrační číslo", width_mm=50),
            Column(title="Stav", width_mm=21),
            Column(title="Rozpočet", width_mm=29, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(text=one.title, aside=f"Žadatel: {one.applicant}" if one.applicant else ""),
                Cell(text=PROGRAMMES.get(one.programme, one.programme), aside=one.call or ""),
                one.registration_number or DASH,
                PROJECT_STATES.get(one.state, one.state),
                cs.czech_money(one.budget_czk) or DASH,
            )
            for one in projects
        ),
    )


def evidence_table(evidence: Sequence[Evidence]) -> Table:
    return Table(
        caption="Čím je problém doložen",
        columns=(
            Column(title="Doklad"),
            Column(title="Druh", width_mm=32),
            Column(title="Hodnota", width_mm=22, align=Align.RIGHT),
            Column(title="Období od", width_mm=24, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(text=one.title, aside="\n".join(filter(None, (one.claim.text, one.url)))),
                EVIDENCE.get(one.measure, one.measure),
                _value(one.value),
                cs.czech_date(one.period) or DASH,
            )
            for one in evidence
        ),
    )
