"""The budget of a plan as blocks: by year and source, as a chart, by category."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from documents.papers.blocks import Align, Block, Cell, Chart, ChartKind, Column, Heading, Note, Series, Table
from documents.rendering import typography as cs
from documents.rendering.budget import Budget
from documents.rendering.labels import CATEGORIES, FUNDERS
from documents.rendering.plan_blocks import DASH


def budget_blocks(budget: Budget) -> Iterator[Block]:
    if not budget.years:
        return
    yield Heading(level=1, text="Rozpočet")
    yield _by_year_and_funder(budget)
    if budget.uncovered_czk:
        text = "Tabulka neobsahuje opatření, jejichž náklady nejsou rozepsány; ta mají stát dalších"
        yield Note(text=f"{text} {cs.czech_money(budget.uncovered_czk)}.")
    yield _chart(budget)
    yield Table(
        caption="Rozpočet podle kategorií nákladů",
        columns=(
            Column(title="Kategorie"),
            Column(title="Částka", width_mm=40, align=Align.RIGHT),
        ),
        rows=tuple(
            (CATEGORIES.get(code, code), cs.czech_money(amount))
            for code, amount in budget.by_category.items()
        ),
        totals=("Celkem", cs.czech_money(budget.lines_czk)),
    )


def _by_year_and_funder(budget: Budget) -> Table:
    return Table(
        caption="Rozpočet podle let a zdrojů (Kč)",
        columns=(
            Column(title="Rok", width_mm=16),
            *(Column(title=_funder(one), align=Align.RIGHT) for one in budget.funders),
            Column(title="Celkem", align=Align.RIGHT),
        ),
        rows=tuple(
            (
                str(year),
                *(_amount(budget.cells.get((year, one))) for one in budget.funders),
                Cell(text=_amount(budget.of_year(year)), strong=True),
            )
            for year in budget.years
        ),
        totals=(
            "Celkem",
            *(_amount(budget.of_funder(one)) for one in budget.funders),
            _amount(budget.lines_czk),
        ),
    )


def _funder(code: str) -> str:
    name = FUNDERS.get(code, code)
    return name[:1].upper() + name[1:]


def _amount(amount: Decimal | None) -> str:
    return cs.czech_number(amount) if amount else DASH


def _chart(budget: Budget) -> Chart:
    told = ", ".join(f"{year}: {cs.czech_money(budget.of_year(year))}" for year in budget.years)
    return Chart(
        kind=ChartKind.BARS,
        caption="Rozpočet podle let",
        unit="tis. Kč",
        labels=tuple(map(str, budget.years)),
        series=tuple(
            Series(
                name=_funder(one),
                values=tuple(_thousands(budget.cells.get((year, one))) for year in budget.years),
            )
            for one in budget.funders
        ),
        alt=f"Sloupcový graf rozpočtu podle let a zdrojů. Celkem za rok {told}.",
        with_values=False,
    )


def _thousands(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else (amount / 1000).quantize(Decimal(1), ROUND_HALF_UP)
