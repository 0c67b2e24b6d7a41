"""The approved plan in full: everything that the council voted on."""

from collections.abc import Iterator
from decimal import Decimal

from documents.blocks import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Series,
    Table,
)
from documents.rendering import typography as cs
from documents.rendering.budget import Budget, budget_of, cost_of, measures_of
from documents.rendering.domain import Problem, Risk, Snapshot
from documents.rendering.labels import CATEGORIES, FUNDERS, PLAN_KINDS
from documents.rendering.plan_blocks import DASH, area_name, full_problem

REMARK = (
    "Tento dokument vznikl z neměnného znění plánu, o kterém rozhodl schvalující orgán. "
    "Otisk SHA-256 v zápatí každé strany patří tomuto znění; podle něj lze dokument kdykoli ověřit."
)
_OPATRENI = ("opatření", "opatření", "opatření")


def plan_paper(snapshot: Snapshot, *, digest: str) -> Paper:
    return paper_of(snapshot, digest=digest, blocks=tuple(_blocks(snapshot)))


def paper_of(snapshot: Snapshot, *, digest: str, blocks: tuple[Block, ...], subtitle: str = "") -> Paper:
    """Return a paper with the title page that every paper of a plan has."""
    approval = snapshot.approval
    return Paper(
        title=snapshot.title,
        kind=PLAN_KINDS[snapshot.kind],
        subtitle=subtitle,
        made_on=approval.approved_on,
        digest=digest,
        digest_label="SHA-256 schváleného znění",
        identifier=str(snapshot.plan_id),
        parties=tuple(unit.name for unit in snapshot.units),
        facts=(
            ("Období platnosti", cs.czech_period(snapshot.valid_from, snapshot.valid_until)),
            ("Schvalující orgán", approval.body),
            ("Schváleno dne", cs.czech_date(approval.approved_on)),
            ("Číslo usnesení", approval.resolution_number),
            ("Revize plánu", str(snapshot.revision)),
        ),
        remark=REMARK,
        blocks=blocks,
    )


def _blocks(snapshot: Snapshot) -> Iterator[Block]:
    yield from vision_and_chapters(snapshot)
    areas = {area.code: area.title for area in snapshot.areas}
    if snapshot.problems:
        yield Heading(level=1, text="Přehled plánu")
        yield _overview(snapshot.problems, areas)
        yield from _without_costs(snapshot.problems)
    yield from _budget(budget_of(snapshot.problems))
    yield from _areas(snapshot)
    for problem in snapshot.problems:
        yield PageBreak()
        yield from full_problem(
            problem, areas, [one for one in snapshot.evidence if one.number == problem.number]
        )
    yield from _risks(snapshot.risks)
    yield from _settlements(snapshot)


def vision_and_chapters(snapshot: Snapshot) -> Iterator[Block]:
    if (snapshot.vision or "").strip():
        yield Heading(level=1, text="Vize")
        yield Paragraph(text=snapshot.vision or "")
    for chapter in snapshot.chapters:
        yield Heading(level=1, text=chapter.title[:1].upper() + chapter.title[1:])
        yield Paragraph(text=chapter.description or "")


def _overview(problems: tuple[Problem, ...], areas: dict[str, str]) -> Table:
    return Table(
        columns=(
            Column(title="Číslo", width_cm=1.2),
            Column(title="Problém"),
            Column(title="Oblast", width_cm=3.2),
            Column(title="Cíle", width_cm=1.1, align=Align.RIGHT),
            Column(title="Opatření", width_cm=1.7, align=Align.RIGHT),
            Column(title="Indikátory", width_cm=1.8, align=Align.RIGHT),
            Column(title="Náklady", width_cm=2.7, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                problem.number,
                problem.title,
                area_name(problem.area, areas),
                *(cs.czech_number(count) for count in _counts(problem)),
                _cost(problem),
            )
            for problem in problems
        ),
        totals=("", "Náklady celkem", "", "", "", "", _cost(*problems)),
    )


def _counts(problem: Problem) -> tuple[int, int, int]:
    measures = tuple(measures_of((problem,)))
    of_goals = sum(len(goal.indicators) for goal in problem.goals)
    return len(problem.goals), len(measures), of_goals + sum(len(each.indicators) for each in measures)


def _cost(*problems: Problem) -> str:
    known = [cost for measure in measures_of(problems) if (cost := cost_of(measure)) is not None]
    return cs.czech_money(sum(known, Decimal(0))) if known else DASH


def _without_costs(problems: tuple[Problem, ...]) -> Iterator[Block]:
    unknown = sum(cost_of(measure) is None for measure in measures_of(problems))
    if unknown:
        yield Note(text=f"Bez odhadu nákladů: {cs.counted(unknown, _OPATRENI)}.")


def _budget(budget: Budget) -> Iterator[Block]:
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
            Column(title="Částka", width_cm=4, align=Align.RIGHT),
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
            Column(title="Rok", width_cm=1.6),
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
    return None if amount is None else (amount / 1000).quantize(Decimal(1))


def _areas(snapshot: Snapshot) -> Iterator[Block]:
    if not snapshot.areas:
        return
    yield Heading(level=1, text="Oblasti plánu")
    yield Table(
        columns=(
            Column(title="Kód", width_cm=1.7),
            Column(title="Oblast"),
            Column(title="Kdo oblast řídí", width_cm=6.5),
        ),
        rows=tuple((one.code, one.title, ", ".join(one.managers) or DASH) for one in snapshot.areas),
    )


def _risks(risks: tuple[Risk, ...]) -> Iterator[Block]:
    if not risks:
        return
    yield PageBreak()
    yield Heading(level=1, text="Rizika")
    yield Table(
        columns=(
            Column(title="Riziko"),
            Column(title="Pravděpodobnost", width_cm=2.9, align=Align.CENTER),
            Column(title="Dopad", width_cm=1.4, align=Align.CENTER),
            Column(title="Význam", width_cm=1.6, align=Align.CENTER),
            Column(title="Jak mu čelíme", width_cm=4.6),
            Column(title="Odpovídá", width_cm=2.6),
        ),
        rows=tuple(
            (
                one.title,
                str(one.probability),
                str(one.impact),
                Cell(text=str(one.probability * one.impact), strong=True),
                one.response or DASH,
                one.owner or DASH,
            )
            for one in sorted(risks, key=lambda each: -each.probability * each.impact)
        ),
    )
    yield Note(text="Stupnice od 1 (nejméně) do 5 (nejvíce); význam je součin pravděpodobnosti a dopadu.")


def _settlements(snapshot: Snapshot) -> Iterator[Block]:
    if not snapshot.consultations:
        return
    yield Heading(level=1, text="Vypořádání připomínek")
    text = "Návrh plánu byl projednán s veřejností. Vypořádání připomínek je zveřejněno samostatně."
    yield Paragraph(text=text)
    for one in snapshot.consultations:
        yield Facts(
            pairs=(
                ("Projednání", str(one.consultation_id)),
                ("Počet připomínek", cs.czech_number(one.comments)),
                ("SHA-256 vypořádání", one.digest),
            )
        )
