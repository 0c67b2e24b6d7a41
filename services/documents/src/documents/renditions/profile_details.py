"""What stands behind the first page of a profile: similar units, the outlook, help, figures, sources."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from documents.papers.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Chart,
    ChartKind,
    Column,
    Heading,
    Note,
    Paragraph,
    Series,
    Table,
    says_kind,
)
from documents.rendering.typography import czech_number, czech_period
from documents.renditions.profile_content import (
    Area,
    Cooperation,
    DataSource,
    Figure,
    Forecast,
    IndexYear,
    Municipal,
    Peers,
    Plan,
    Profile,
)
from documents.renditions.wording import DASH, capital, day, nothing, number

_A_TREND: Final = 2
"""From so many years on there is a picture."""


def details(said: Profile) -> Iterator[Block]:
    if said.municipal is not None:
        yield from _municipal(said.municipal, said)
    if said.area is not None:
        yield Heading(level=1, text="Obce v celku")
        yield from _members(said.area)
    yield Heading(level=1, text="Spolupráce s Agenturou")
    yield from _cooperations(said.cooperations, said)
    yield Heading(level=1, text="Schválené plány")
    yield from _plans(said.plans, said)
    yield Heading(level=1, text="Statistické údaje")
    yield from _figures(said.figures)
    yield Heading(level=1, text="Zdroje")
    yield from _sources(said.sources)


def _municipal(found: Municipal, said: Profile) -> Iterator[Block]:
    if found.index is not None:
        yield Heading(level=1, text="Vysvětlení Indexu")
        yield Paragraph(text=found.index.said.cs)
        yield Bullets(items=tuple(each.said.cs for each in found.index.indicators))
        yield from _years(found.index_years, found.index.highest_index)
    yield Heading(level=1, text="Podobné obce")
    if found.peers is None:
        yield nothing(said.empty["peers"].cs if "peers" in said.empty else "Podobné obce hledány nebyly.")
    else:
        yield from _peers(found.peers)
    yield Heading(level=1, text="Výhled")
    if found.forecast is None:
        yield nothing(said.empty["forecast"].cs if "forecast" in said.empty else "Výhled vypočten není.")
    else:
        yield from _forecast(found.forecast)


def _years(years: Sequence[IndexYear], highest: int) -> Iterator[Block]:
    known = [each for each in years if each.index is not None]
    if len(known) < _A_TREND:
        return
    told = ", ".join(f"{each.year}: {each.index}" for each in known)
    yield Chart(
        kind=ChartKind.BARS,
        labels=tuple(str(each.year) for each in years),
        series=(
            Series(
                name="Index",
                values=tuple(None if each.index is None else Decimal(each.index) for each in years),
            ),
        ),
        alt=f"Index sociálního vyloučení po letech (nejvýše {highest}): {told}.",
        caption="Index po letech",
        unit="bodů",
        with_values=False,
    )
    breaks = " ".join(each.break_cs for each in years if each.break_before and each.break_cs)
    if breaks:
        yield Note(text=breaks)


def _peers(found: Peers) -> Iterator[Block]:
    yield Table(
        columns=(
            Column(title="Obec"),
            Column(title="Obyvatel 15+", width_mm=28, align=Align.RIGHT),
            Column(title="Index", width_mm=18, align=Align.RIGHT),
            Column(title="Podpora", width_mm=24),
        ),
        rows=tuple(
            (
                Cell(text=each.name, aside=each.region),
                number(each.population_15_plus),
                number(each.index),
                "má nebo měla" if each.supported else "bez podpory",
            )
            for each in found.peers
        ),
        caption=f"Rok {found.year}, nejpodobnější první",
    )
    yield Note(text=found.caveat.cs)


def _forecast(found: Forecast) -> Iterator[Block]:
    if found.year is not None and found.index is not None:
        spread = ""
        if found.low_80 is not None and found.high_80 is not None:
            spread = f", s pravděpodobností 80 % v rozmezí {found.low_80} až {found.high_80}"
        yield Paragraph(text=f"Za rok {found.year} se čeká Index {found.index}{spread}.")
    yield Paragraph(text=found.said.cs)
    if found.is_outdated:
        yield Note(text="Od výpočtu výhledu byl Index zveřejněn znovu.")


def _members(area: Area) -> Iterator[Block]:
    if not area.members:
        yield nothing("Do územního celku nepatří žádná obec.")
        return
    yield Table(
        columns=(
            Column(title="Obec"),
            Column(title="Obyvatel 15+", width_mm=30, align=Align.RIGHT),
            Column(title="Index", width_mm=20, align=Align.RIGHT),
        ),
        rows=tuple((each.name, number(each.population_15_plus), number(each.index)) for each in area.members),
    )
    if area.municipalities > len(area.members):
        yield Note(text=f"Vypsáno {len(area.members)} z celkem {czech_number(area.municipalities)} obcí.")


def _cooperations(found: Sequence[Cooperation], said: Profile) -> Iterator[Block]:
    if not found:
        yield nothing(said.empty["cooperations"].cs if "cooperations" in said.empty else DASH)
        return
    yield Table(
        columns=(
            Column(title="Režim"),
            Column(title="Období", width_mm=55),
            Column(title="Stav", width_mm=26),
        ),
        rows=tuple(
            (
                Cell(text=capital(each.regime_name.cs), aside=f"přes {each.through}" if each.through else ""),
                czech_period(each.starts_on, each.ends_on),
                each.course_name.cs,
            )
            for each in found
        ),
    )
    if said.cooperation_count > len(found):
        yield Note(text=f"Vypsáno {len(found)} z celkem {czech_number(said.cooperation_count)} spoluprací.")


def _plans(found: Sequence[Plan], said: Profile) -> Iterator[Block]:
    if not found:
        yield nothing(said.empty["plans"].cs if "plans" in said.empty else DASH)
        return
    yield Table(
        columns=(
            Column(title="Plán"),
            Column(title="Platnost", width_mm=50),
            Column(title="Schválení", width_mm=48),
            Column(title="Stav", width_mm=22),
        ),
        rows=tuple(
            (
                Cell(
                    text=each.title,
                    aside="" if says_kind(each.title, each.kind_name.cs) else each.kind_name.cs,
                ),
                czech_period(each.valid_from, each.valid_until),
                Cell(
                    text=f"{each.body}, {day(each.approved_on)}", aside=f"usnesení {each.resolution_number}"
                ),
                each.state_name.cs,
            )
            for each in found
        ),
    )
    if said.plan_count > len(found):
        yield Note(text=f"Vypsáno {len(found)} z celkem {czech_number(said.plan_count)} plánů.")


def _figures(found: Sequence[Figure]) -> Iterator[Block]:
    if not found:
        yield nothing("Žádné statistické údaje nejsou evidovány.")
        return
    yield Table(
        columns=(
            Column(title="Údaj"),
            Column(title="Období", width_mm=30),
            Column(title="Hodnota", width_mm=34, align=Align.RIGHT),
        ),
        rows=tuple(
            (Cell(text=each.name_cs, aside=f"zdroj: {each.source}"), _period(each), _value(each))
            for each in found
        ),
    )


def _period(figure: Figure) -> str:
    if figure.periodicity == "yearly":
        return str(figure.period.year)
    return f"{figure.period.month}/{figure.period.year}"


def _value(figure: Figure) -> str:
    if figure.value is not None:
        return f"{czech_number(figure.value)} {figure.unit_of_measure}"
    return figure.shown or {"confidential": "důvěrný údaj", "not-applicable": "netýká se"}.get(
        figure.status, "nezveřejňuje se"
    )


def _sources(found: Sequence[DataSource]) -> Iterator[Block]:
    if not found:
        yield nothing("Stránka nestojí na žádných převzatých údajích.")
        return
    yield Bullets(
        items=tuple(
            f"{each.name_cs} ({each.publisher}): "
            + "; ".join(f"{vintage.label}, licence {vintage.licence}" for vintage in each.vintages)
            for each in found
        )
    )
