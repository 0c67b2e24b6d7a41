"""What a project has come to, as a paper: indicators, key activities, outputs, participants."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from documents.papers.blocks import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Facts,
    Heading,
    Lead,
    Paper,
    Series,
    Table,
)
from documents.rendering.typography import NBSP, counted, czech_money, czech_period
from documents.renditions.programme_content import (
    PUBLIC,
    Activity,
    Budget,
    Indicator,
    Output,
    ProgrammePage,
    Progress,
    Project,
)
from documents.renditions.wording import DASH, day, nothing, number, or_dash

_INDICATORS: Final = {
    "80500": "napsané a zveřejněné analytické a strategické dokumenty",
    "805000": "napsané a zveřejněné analytické a strategické dokumenty",
    "60000": "celkový počet účastníků",
    "600000": "celkový počet účastníků",
}


_OPERATORS: Final = {"at-least": "nejméně", "more-than": "více než"}


def programme_paper(page: ProgrammePage, *, digest: str) -> Paper:
    said = page.content
    return Paper(
        title=said.title,
        subtitle=f"Plnění projektu k {day(page.as_of)}",
        kind="Zpráva o plnění projektu",
        made_on=page.as_of,
        digest=digest,
        identifier=str(said.id),
        facts=(
            ("Registrační číslo", said.registration_number),
            ("Program", said.programme),
            ("Příjemce", said.budget.beneficiary),
            ("Období", czech_period(said.starts_on, said.ends_on)),
            ("Stav ke dni", day(page.as_of)),
        ),
        title_page=False,
        blocks=tuple(_blocks(said, page.as_of)),
    )


def _blocks(said: Project, as_of: date) -> Iterator[Block]:
    yield Lead(text=_summary(said.outputs, said.ends_on, as_of))
    yield Heading(level=1, text="Indikátory")
    yield from _indicators(said.indicators, is_over=said.ends_on < as_of)
    yield Heading(level=1, text="Účastníci")
    yield _people(said)
    if said.audience == PUBLIC:
        yield nothing("Počty méně než deseti osob se veřejnosti nesdělují; účastníci jsou ke konci měsíce.")
    yield Heading(level=1, text="Rozpočet podle zdrojů")
    yield from _budget(said.budget)
    yield Heading(level=1, text="Klíčové aktivity")
    if not said.key_activities:
        yield nothing("Projekt nemá zapsanou žádnou klíčovou aktivitu.")
        return
    yield from _chart(said.key_activities)
    for each in said.key_activities:
        yield from _activity(each, is_over=each.ends_on < as_of)


def _summary(outputs: Progress, ends_on: date, as_of: date) -> str:
    """Say how far the project is; what is missing before its end is not missed yet."""
    if outputs.target is None:
        done = counted(outputs.actual or 0, ("výstup", "výstupy", "výstupů"))
        return f"Projekt nemá slíbený počet výstupů. Zatím započteno: {done}."
    if outputs.fulfilled:
        return f"Všechny slíbené výstupy ({number(outputs.target)}) jsou splněny."
    missing = counted(outputs.missing or 0, ("slíbený výstup", "slíbené výstupy", "slíbených výstupů"))
    done = f"{number(outputs.actual)} z celkem {number(outputs.target)}"
    if ends_on >= as_of:
        return f"Zatím splněné výstupy: {done}; do konce projektu ({day(ends_on)}) ještě chybí {missing}."
    return f"Splněné výstupy: {done}; chybí {missing}."


def _row(first: Cell, progress: Progress, *, is_over: bool) -> tuple[Cell | str, ...]:
    return (
        first,
        number(progress.target),
        number(progress.actual),
        number(progress.missing),
        number(progress.forecast),
        Cell(text=_state(progress, is_over=is_over), strong=is_over and progress.fulfilled is False),
    )


def _state(progress: Progress, *, is_over: bool) -> str:
    if progress.fulfilled is None:
        return "bez cíle" if progress.target is None else "nesděluje se"
    if progress.fulfilled:
        return "splněno"
    return "nesplněno" if is_over else "zatím nesplněno"


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(title=first),
        *(
            Column(title=title, width_mm=19, align=Align.RIGHT)
            for title in ("Cíl", "Skutečnost", "Chybí", "Výhled")
        ),
        Column(title="Stav", width_mm=24),
    )


def _indicators(indicators: Sequence[Indicator], *, is_over: bool) -> Iterator[Block]:
    if not indicators:
        yield nothing("Projekt nemá indikátory programu.")
        return
    yield Table(
        columns=_columns("Indikátor"),
        rows=tuple(
            _row(Cell(text=each.code, aside=_INDICATORS.get(each.code, "")), each.progress, is_over=is_over)
            for each in indicators
        ),
        caption="Výhled je počet na konci projektu dosavadním tempem; před desetinou doby se neuvádí.",
    )


def _people(said: Project) -> Block:
    people, sign = said.people, _OPERATORS.get(said.operator, said.operator)
    return Facts(
        pairs=(
            ("Zapsáno osob", number(people.registered)),
            ("Podpořeno osob", number(people.supported)),
            (
                "Započítává se osob",
                f"{number(people.counted)} ({sign} {said.threshold_hours}{NBSP}hodin podpory)",
            ),
            ("Hodin podpory", or_dash(people.hours)),
        )
    )


def _budget(budget: Budget) -> Iterator[Block]:
    if budget.total_czk is None and not budget.sources:
        yield nothing("Rozpočet projektu zapsán není.")
        return
    yield Table(
        columns=(
            Column(title="Zdroj"),
            Column(title="Podíl", width_mm=24, align=Align.RIGHT),
            Column(title="Částka", width_mm=40, align=Align.RIGHT),
        ),
        rows=tuple(
            (each.name, f"{number(each.share_percent)}{NBSP}%", czech_money(each.amount_czk) or DASH)
            for each in budget.sources
        ),
        totals=("Celkem", "", czech_money(budget.total_czk) or DASH),
    )


def _chart(activities: Sequence[Activity]) -> Iterator[Block]:
    promised = [each for each in activities if each.progress.target is not None]
    if not promised:
        return
    told = "; ".join(
        f"{each.number}: {number(each.progress.actual)} z celkem {number(each.progress.target)}"
        for each in promised
    )
    yield Chart(
        kind=ChartKind.BARS,
        labels=tuple(each.number for each in promised),
        series=(
            Series(name="cíl", values=tuple(Decimal(each.progress.target or 0) for each in promised)),
            Series(name="skutečnost", values=tuple(Decimal(each.progress.actual or 0) for each in promised)),
        ),
        alt=f"Výstupy klíčových aktivit: {told}.",
        caption="Výstupy klíčových aktivit",
        unit="výstupů",
        with_values=False,
    )


def _activity(each: Activity, *, is_over: bool) -> Iterator[Block]:
    yield Heading(level=2, text=f"{each.number} {each.title}")
    yield Facts(pairs=(("Období", czech_period(each.starts_on, each.ends_on)),))
    if not each.outputs:
        yield nothing("Aktivita nemá slíbené výstupy.")
        return
    yield Table(
        columns=_columns("Výstup"),
        rows=tuple(
            _row(
                Cell(text=f"{output.code} {output.title}", aside=_aside(output)),
                output.progress,
                is_over=is_over,
            )
            for output in each.outputs
        ),
        totals=_row(Cell(text="Celkem", aside="jen výstupy s cílem"), each.progress, is_over=is_over),
    )


def _aside(output: Output) -> str:
    incomplete = f"zveřejněno bez náležitostí: {output.incomplete}" if output.incomplete else ""
    withdrawn = f"staženo: {output.withdrawn}" if output.withdrawn else ""
    return "; ".join(part for part in (incomplete, withdrawn) if part)
