"""The profile of a unit as a paper: one page for the mayor before the council meets, the rest behind it."""

from collections.abc import Iterator, Sequence
from typing import Final

from documents.papers.blocks import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Lead,
    PageBreak,
    Paper,
    Paragraph,
    Table,
)
from documents.rendering.typography import czech_number
from documents.renditions.profile_content import (
    Area,
    Index,
    IndexYear,
    Municipal,
    Profile,
    ProfilePage,
)
from documents.renditions.profile_details import details
from documents.renditions.wording import capital, day, named, nothing, number, percent

_DISTRICT: Final = "district"
_STATE: Final = "state"
_WAYS: Final = {
    "own": "",
    "unknown": "údaje chybějí",
    "published": "zbývá ze zveřejněného Indexu",
}
_KINDS: Final = {"district": "okres", "orp": "ORP", "pou": "POÚ"}
_MOST_THRESHOLDS: Final = 3
_MOST_PLANS: Final = 3
_MOST_YEARS: Final = 10


def profile_paper(page: ProfilePage, *, digest: str) -> Paper:
    said = page.content
    unit = said.unit
    return Paper(
        title=unit.name,
        subtitle=_place(said),
        kind="Karta územního celku",
        made_on=page.as_of,
        digest=digest,
        identifier=str(unit.id),
        facts=(
            *_index_facts(said.municipal),
            ("Stav ke dni", day(page.as_of)),
        ),
        title_page=False,
        blocks=(*_first_page(said), PageBreak(), *details(said)),
    )


def _place(said: Profile) -> str:
    """Say where the unit lies: `město, okres Most, Ústecký kraj, kód 567027`."""
    what = (said.unit.state_name or said.unit.kind_name).cs
    above = next((way.units for way in said.hierarchies if way.hierarchy == _DISTRICT), ())
    places = [
        f"{_KINDS[each.kind]} {each.name}" if each.kind in _KINDS else each.name
        for each in above
        if each.kind != _STATE
    ]
    code = [f"kód {said.unit.code}"] if said.unit.code else []
    return ", ".join([what, *places, *code])


def _index_facts(municipal: Municipal | None) -> tuple[tuple[str, str], ...]:
    index = municipal.index if municipal else None
    if index is None:
        return ()
    return (
        ("Pásmo", capital(index.band.name_cs) if index.band else ""),
        ("Obyvatel 15+", number(index.population_15_plus)),
    )


def _first_page(said: Profile) -> Iterator[Block]:
    yield Lead(text=_lead(said))
    if said.municipal is not None:
        yield from _municipal(said.municipal)
    if said.area is not None:
        yield from _area(said.area)
    yield Heading(level=1, text="Spolupráce a plány")
    yield from _help(said)


def _lead(said: Profile) -> str:
    index = said.municipal.index if said.municipal else None
    if index is None or index.index is None:
        return said.summary.cs
    lead = f"Index sociálního vyloučení za rok {index.year} je {index.index} z {index.highest_index} bodů"
    if index.size_class is None:
        return f"{lead}."
    mean = index.size_class.mean_index
    order = "stejně jako" if mean == index.index else "víc než" if mean < index.index else "méně než"
    return f"{lead}, {order} průměr podobně velkých obcí ({czech_number(mean)})."


def _municipal(found: Municipal) -> Iterator[Block]:
    yield Heading(level=1, text="Z čeho se Index skládá")
    if found.index is None:
        yield nothing("Index pro tuto obec vypočten není.")
        return
    yield _indicators(found.index)
    yield Heading(level=1, text="Jak se Index vyvíjel")
    yield _years(found.index_years)
    if found.change is not None:
        yield Paragraph(text=found.change.said.cs)
    if found.thresholds:
        yield Heading(level=1, text="Co je nejblíž")
        yield Bullets(items=tuple(each.said.cs for each in found.thresholds[:_MOST_THRESHOLDS]))


def _indicators(index: Index) -> Table:
    return Table(
        columns=(
            Column(title="Ukazatel"),
            Column(title="Body", width_mm=16, align=Align.RIGHT),
            Column(title="Podíl v obci", width_mm=26, align=Align.RIGHT),
            Column(title="Srovnávací podíl", width_mm=32, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                Cell(text=each.name_cs, aside=_WAYS.get(each.way, "údaje převzaty od jiné obce")),
                number(each.points),
                percent(each.share_percent, "0.01"),
                percent(each.reference_percent, "0.01"),
            )
            for each in index.indicators
        ),
        totals=("Index", number(index.index), "", ""),
    )


def _years(years: Sequence[IndexYear]) -> Block:
    """Show the years in one line: the picture of them stands on the next page."""
    shown = years[-_MOST_YEARS:]
    if not shown:
        return nothing("Index zatím vypočten není.")
    return Table(
        columns=(
            Column(title="Rok", width_mm=16),
            *(Column(title=str(each.year), align=Align.RIGHT) for each in shown),
        ),
        rows=(("Index", *(number(each.index) for each in shown)),),
    )


def _area(area: Area) -> Iterator[Block]:
    yield Heading(level=1, text="Obce podle pásma Indexu")
    shown = next((each for each in area.years if each.year == area.year), None)
    if shown is None:
        yield nothing("Index za obce tohoto celku vypočten není.")
        return
    yield Table(
        columns=(
            Column(title="Pásmo"),
            Column(title="Index", width_mm=22, align=Align.RIGHT),
            Column(title="Obcí", width_mm=20, align=Align.RIGHT),
            Column(title="Obyvatel 15+", width_mm=30, align=Align.RIGHT),
        ),
        rows=tuple(
            (
                capital(band.name_cs),
                f"{band.lowest}–{band.highest}",
                number(band.municipalities),
                number(band.population_15_plus),
            )
            for band in shown.bands
        ),
        totals=("Celkem", "", number(shown.municipalities), number(shown.population_15_plus)),
        caption=f"Rok {shown.year}; bez Indexu: {number(shown.without_index)}",
    )
    yield Bullets(items=tuple(f"{capital(each.name.cs)}: {number(each.value)}" for each in shown.means))


def _help(said: Profile) -> Iterator[Block]:
    running = [
        f"Spolupráce s Agenturou: {each.regime_name.cs} ({each.course_name.cs}), od {day(each.starts_on)}"
        + (f", přes {each.through}" if each.through else "")
        for each in said.cooperations
    ]
    plans = [
        f"{named(capital(each.kind_name.cs), each.title)} ({each.state_name.cs}), "
        f"platí do {day(each.valid_until)}"
        for each in said.plans
    ]
    if running or plans:
        yield Bullets(items=(*running[:_MOST_PLANS], *plans[:_MOST_PLANS]))
    for name in ("cooperations", "plans"):
        if name in said.empty:
            yield nothing(said.empty[name].cs)
