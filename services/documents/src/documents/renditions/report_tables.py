"""Tables and charts of an evaluation report: indicators, measures, quality, comparison."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from uuid import UUID

from documents.papers.blocks import Align, Block, Cell, Chart, ChartKind, Column, Note, Series, Table
from documents.rendering.typography import NBSP, czech_number
from documents.renditions.report_content import Figure, Indicator, Measure, Quality
from documents.renditions.wording import area, day, nothing, number, or_dash, signed

_LIGHTS: Final = {"green": "daří se", "amber": "zaostává", "red": "nedaří se", "grey": "nelze říci"}
_REASONS: Final = {
    "on-track": "podle plánu",
    "behind": "za plánem",
    "far-behind": "daleko za plánem",
    "within-tolerance": "v mezích",
    "outside-tolerance": "mimo meze",
    "no-value": "chybí hodnota",
    "value-outdated": "hodnota je stará",
    "context-only": "jen pro souvislost",
    "qualitative": "slovní",
    "definition-changed": "změnila se definice",
}
_STATES: Final = {
    "not-begun": "nezačalo",
    "running": "probíhá",
    "done": "splněno",
    "abandoned": "upuštěno",
}
_CHANGES: Final = (
    ("improved", "zlepšilo se"),
    ("unchanged", "beze změny"),
    ("worsened", "zhoršilo se"),
    ("not-assessed", "neposouzeno"),
)
_A_TREND: Final = 2
"""From so many values on there is a chart."""


def indicators(found: Sequence[Indicator]) -> Iterator[Block]:
    if not found:
        yield nothing("Plán nemá ukazatele.")
        return
    yield Table(
        columns=(
            Column(title="Ukazatel"),
            Column(title="Výchozí", width_mm=24, align=Align.RIGHT),
            Column(title="Cíl", width_mm=24, align=Align.RIGHT),
            Column(title="Skutečnost", width_mm=24, align=Align.RIGHT),
            Column(title="Stav", width_mm=28),
        ),
        rows=tuple(_indicator(each) for each in found),
        caption="Co se neměřilo, je prázdné; nikdy to neznamená nulu.",
    )
    for each in found:
        if len(each.series) >= _A_TREND:
            yield _trend(each)


def _indicator(each: Indicator) -> tuple[Cell | str, ...]:
    actual = each.wording or number(each.actual)
    return (
        Cell(text=f"{each.number} {each.name}", aside=f"{each.unit}; odpovídá {or_dash(each.owner)}"),
        Cell(text=number(each.baseline), aside=day(each.baseline_on)),
        Cell(text=number(each.target), aside=day(each.target_on)),
        Cell(text=actual, aside=day(each.measured_on) if each.measured_on else ""),
        Cell(
            text=_LIGHTS.get(each.light, each.light),
            aside=_REASONS.get(each.reason, each.reason),
            strong=each.light in {"amber", "red"},
        ),
    )


def _trend(each: Indicator) -> Chart:
    told = ", ".join(f"{point.period} {czech_number(point.value)}" for point in each.series)
    return Chart(
        kind=ChartKind.LINES,
        labels=tuple(point.period for point in each.series),
        series=(
            Series(name="skutečnost", values=tuple(point.value for point in each.series)),
            Series(name="cíl", values=tuple(each.target for _ in each.series), dashed=True),
        ),
        alt=f"Vývoj ukazatele {each.number}: {told}; cíl je {czech_number(each.target)}{NBSP}{each.unit}.",
        caption=f"{each.number} {each.name}",
        unit=each.unit,
        with_values=False,
    )


def measures(found: Sequence[Measure]) -> Iterator[Block]:
    if not found:
        yield nothing("Stav opatření nikdo nezjistil.")
        return
    yield Table(
        columns=(
            Column(title="Č.", width_mm=16),
            Column(title="Opatření"),
            Column(title="Stav", width_mm=24),
            Column(title="Zdroj", width_mm=40),
        ),
        rows=tuple(
            (
                each.number,
                Cell(text=each.name, aside=each.note),
                _STATES.get(each.state, each.state),
                or_dash(each.source),
            )
            for each in found
        ),
    )


def quality(found: Sequence[Quality], names: Mapping[UUID, str]) -> Iterator[Block]:
    if not found:
        yield nothing("Kritéria kvality posouzena nejsou.")
    for each in found:
        yield Table(
            columns=(
                Column(title="Oblast"),
                *(
                    Column(title=title, width_mm=24, align=Align.RIGHT)
                    for title in ("Na začátku", "Nyní", "Posun")
                ),
                Column(title="Kritéria", width_mm=50),
            ),
            rows=tuple(
                (
                    area(line.area),
                    number(line.start),
                    number(line.now),
                    signed(line.shift),
                    _counts(line.counts),
                )
                for line in each.areas
            ),
            totals=("Celkem", "", "", signed(each.shift), _counts(each.counts)),
            caption=f"{names.get(each.unit_id, str(each.unit_id))}, posouzeno {day(each.assessed_on)}",
        )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {counts[code]}" for code, name in _CHANGES if counts.get(code)) or "žádná"


def comparison_table(figures: Sequence[Figure]) -> Iterator[Block]:
    if not figures:
        yield Note(text="Ke srovnání nejsou žádné údaje.")
        return
    yield Table(
        columns=(
            Column(title="Údaj"),
            Column(title="Období", width_mm=26),
            Column(title="Podpořená obec", width_mm=30, align=Align.RIGHT),
            Column(title="Podobné obce", width_mm=30, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(text=each.name, aside=each.unit),
                each.period,
                number(each.supported),
                number(each.peers),
            )
            for each in figures
        ),
    )
