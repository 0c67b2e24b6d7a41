"""A frozen evaluation report as a paper: its sections in order, what it found and what it recommends."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from documents.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Lead,
    Note,
    Paper,
    Paragraph,
    Table,
)
from documents.rendering.typography import counted, czech_date, czech_period
from documents.renditions.report_content import (
    Comparison,
    Cooperation,
    Evidence,
    Finding,
    Judgement,
    Plan,
    Recommendation,
    ReportPage,
    Section,
)
from documents.renditions.report_tables import comparison_table, indicators, measures, quality
from documents.renditions.wording import (
    CRITERIA,
    EVIDENCE,
    PRIORITIES,
    REGIMES,
    STRENGTHS,
    VERDICTS,
    area,
    capital,
    day,
    nothing,
    or_dash,
)

_CONCLUSION: Final = "conclusion"


def report_paper(page: ReportPage, *, digest: str) -> Paper:
    head = page.evaluation
    names = tuple(unit.name for unit in page.units if unit.name)
    return Paper(
        title=head.title or capital(page.type.cs),
        subtitle=capital(page.type.cs) if head.title else "",
        kind="Evaluační zpráva",
        made_on=page.as_of,
        digest=digest,
        identifier=str(head.evaluation_id),
        parties=names,
        facts=(
            ("Stav údajů ke dni", day(page.as_of)),
            ("Vydání", f"{page.edition}." if page.edition > 1 else ""),
            ("Důvod opravy", page.reason),
            ("Zpracovala", head.organisation),
            ("Autoři", ", ".join(head.authors)),
            ("Smlouva", head.contract),
            ("Projekt", head.project),
            ("Kraj", head.region),
            ("Témata", ", ".join(map(area, head.themes))),
        ),
        blocks=tuple(_blocks(page)),
    )


def _blocks(page: ReportPage) -> Iterator[Block]:
    names = {unit.id: unit.name or str(unit.id) for unit in page.units}
    yield Heading(level=1, text="Souhrn")
    yield from _summary(page)
    for section in page.sections:
        yield Heading(level=1, text=f"{section.number}. {section.title_cs}")
        yield from _section(section, page, names)


def _summary(page: ReportPage) -> Iterator[Block]:
    findings = counted(len(page.findings), ("zjištění", "zjištění", "zjištění"))
    advice = counted(len(page.recommendations), ("doporučení", "doporučení", "doporučení"))
    yield Lead(text=f"Zpráva stojí na údajích k {day(page.as_of)}. Přináší {findings} a {advice}.")
    if page.recommendations:
        yield Bullets(items=tuple(f"{each.number} {each.text}" for each in page.recommendations))
    else:
        yield nothing("Zpráva nic nedoporučuje.")
    if page.gaps:
        yield Note(text=f"Co ve zprávě chybí: {'; '.join(gap.cs for gap in page.gaps)}.")


def _section(section: Section, page: ReportPage, names: Mapping[UUID, str]) -> Iterator[Block]:
    if section.text.strip():
        yield Paragraph(text=section.text)
    found = section.computed
    if found is not None:
        if found.cooperations is not None:
            yield from _cooperations(found.cooperations, names)
        if found.plan is not None:
            yield _plan(found.plan)
        if found.indicators is not None:
            yield Heading(level=2, text="Ukazatele plánu")
            yield from indicators(found.indicators)
            yield Heading(level=2, text="Opatření plánu")
            yield from measures(found.measures)
            yield Heading(level=2, text="Kritéria kvality")
            yield from quality(found.quality, names)
    if section.code == _CONCLUSION:
        yield from _conclusion(page)
    for gap in section.gaps:
        yield Note(text=capital(gap.cs) + ".")


def _cooperations(cooperations: Sequence[Cooperation], names: Mapping[UUID, str]) -> Iterator[Block]:
    if not cooperations:
        yield nothing("Spolupráce s Agenturou evidována není.")
        return
    yield Table(
        columns=(
            Column(title="Území", width_mm=36),
            Column(title="Režim"),
            Column(title="Období", width_mm=44),
            Column(title="Témata", width_mm=44),
        ),
        rows=tuple(
            (
                names.get(each.unit_id, str(each.unit_id)),
                REGIMES.get(each.regime or "", or_dash(each.regime)),
                Cell(
                    text=czech_period(each.starts_on, each.ends_on) or "–",
                    aside=f"skončila {czech_date(each.ended_on)}" if each.ended_on else "",
                ),
                ", ".join(map(area, each.areas)) or "nejsou popsána",
            )
            for each in cooperations
        ),
    )


def _plan(plan: Plan) -> Block:
    return Facts(
        pairs=(
            ("Plán", plan.title),
            ("Revize", str(plan.revision)),
            ("Platnost", czech_period(plan.valid_from, plan.valid_until)),
            ("Ukončen", czech_date(plan.closed_on)),
        )
    )


def _conclusion(page: ReportPage) -> Iterator[Block]:
    yield Heading(level=2, text="Odpovědi na evaluační otázky")
    if not page.matrix:
        yield nothing("Žádná evaluační otázka nebyla položena.")
    for line in page.matrix:
        yield from _judgement(line)
    yield Heading(level=2, text="Zjištění")
    yield from _findings(page.findings)
    yield Heading(level=2, text="Doporučení")
    yield from _recommendations(page.recommendations)
    if page.comparison is not None:
        yield Heading(level=2, text="Srovnání s podobnými obcemi")
        yield from _comparison(page.comparison)


def _judgement(line: Judgement) -> Iterator[Block]:
    question = line.question
    yield Heading(level=3, text=f"{question.code} {question.cs}")
    if line.answer.strip():
        yield Paragraph(text=line.answer)
    yield Facts(
        pairs=(
            ("Kritérium", CRITERIA.get(question.criterion, question.criterion)),
            ("Odpověď", VERDICTS.get(line.verdict or "", "zatím žádná")),
            ("Síla podkladů", STRENGTHS.get(line.strength or "", "neurčena")),
            ("Podklady", _evidence(line.evidence) or "žádné"),
        )
    )


def _evidence(evidence: Sequence[Evidence]) -> str:
    return "; ".join(
        f"{EVIDENCE.get(each.kind, each.kind)} {each.reference}{f' – {each.note}' if each.note else ''}"
        for each in evidence
    )


def _findings(findings: Sequence[Finding]) -> Iterator[Block]:
    if not findings:
        yield nothing("Zpráva nemá žádné zjištění.")
        return
    yield Table(
        columns=(
            Column(title="Č.", width_mm=12),
            Column(title="Zjištění"),
            Column(title="Otázka", width_mm=18),
        ),
        rows=tuple(
            (each.number, Cell(text=each.text, aside=_evidence(each.evidence)), or_dash(each.question))
            for each in findings
        ),
    )


def _recommendations(recommendations: Sequence[Recommendation]) -> Iterator[Block]:
    if not recommendations:
        yield nothing("Zpráva nic nedoporučuje.")
        return
    yield Table(
        columns=(
            Column(title="Č.", width_mm=12),
            Column(title="Doporučení"),
            Column(title="Komu", width_mm=36),
            Column(title="Priorita", width_mm=19),
            Column(title="Odpověď do", width_mm=26),
        ),
        rows=tuple(
            (
                each.number,
                Cell(
                    text=each.text, aside=f"ze zjištění {', '.join(each.findings)}" if each.findings else ""
                ),
                each.addressee,
                PRIORITIES.get(each.priority, each.priority),
                day(each.response_due_on),
            )
            for each in recommendations
        ),
    )


def _comparison(comparison: Comparison) -> Iterator[Block]:
    yield Paragraph(text=f"Srovnává se s obcemi: {', '.join(comparison.peers) or 'neuvedeny'}.")
    yield from comparison_table(comparison.figures)
    if comparison.note.strip():
        yield Paragraph(text=comparison.note)
    yield Note(text=f"{comparison.caveat_cs} Podklad: {comparison.reference}.")
