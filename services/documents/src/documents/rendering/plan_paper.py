"""The approved plan in full: everything that the council voted on."""

from collections.abc import Iterator
from decimal import Decimal

from documents.papers.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Table,
)
from documents.rendering import typography as cs
from documents.rendering.budget import budget_of, cost_of, measures_of
from documents.rendering.budget_blocks import budget_blocks
from documents.rendering.domain import Problem, Risk, Snapshot
from documents.rendering.labels import PLAN_KINDS
from documents.rendering.plan_blocks import DASH, area_name, full_problem

REMARK = (
    "Tento dokument vznikl z neměnného znění plánu, o kterém rozhodl schvalující orgán. "
    "Otisk SHA-256 v zápatí každé strany patří tomuto znění; podle něj lze dokument kdykoli ověřit."
)
_OPATRENI = ("opatření", "opatření", "opatření")


def plan_paper(snapshot: Snapshot, *, digest: str) -> Paper:
    return paper_of(snapshot, digest=digest, blocks=tuple(_blocks(snapshot)))


def paper_of(
    snapshot: Snapshot, *, digest: str, blocks: tuple[Block, ...], subtitle: str = "", remark: str = REMARK
) -> Paper:
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
        remark=remark,
        blocks=blocks,
    )


def _blocks(snapshot: Snapshot) -> Iterator[Block]:
    yield from vision_and_chapters(snapshot)
    areas = {area.code: area.title for area in snapshot.areas}
    if snapshot.problems:
        yield Heading(level=1, text="Přehled plánu")
        yield _overview(snapshot.problems, areas)
        yield from _without_costs(snapshot.problems)
    yield from budget_blocks(budget_of(snapshot.problems))
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
            Column(title="Číslo", width_mm=12),
            Column(title="Problém"),
            Column(title="Oblast", width_mm=32),
            Column(title="Cíle", width_mm=11, align=Align.RIGHT),
            Column(title="Opatření", width_mm=17, align=Align.RIGHT),
            Column(title="Indikátory", width_mm=18, align=Align.RIGHT),
            Column(title="Náklady", width_mm=27, align=Align.RIGHT),
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


def _areas(snapshot: Snapshot) -> Iterator[Block]:
    if not snapshot.areas:
        return
    yield Heading(level=1, text="Oblasti plánu")
    yield Table(
        columns=(
            Column(title="Kód", width_mm=17),
            Column(title="Oblast"),
            Column(title="Kdo oblast řídí", width_mm=65),
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
            Column(title="Pravděpodobnost", width_mm=29, align=Align.CENTER),
            Column(title="Dopad", width_mm=14, align=Align.CENTER),
            Column(title="Význam", width_mm=16, align=Align.CENTER),
            Column(title="Jak mu čelíme", width_mm=46),
            Column(title="Odpovídá", width_mm=26),
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
