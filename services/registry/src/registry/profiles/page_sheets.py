"""The page of a unit as the sheets of a workbook: the same content, with its sources on it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from registry.explanation.sentences import of_size
from registry.explanation.wording import NBSP, Said
from registry.profiles.domain import Municipal, Outlook, Profile
from registry.profiles.figures import Figure
from registry.profiles.index_sheets import area_sheets, municipal_sheets
from registry.profiles.sentences import empty_states, summary
from registry.profiles.wording import (
    COURSES,
    FIGURE_STATUSES,
    HIERARCHIES,
    KINDS,
    PLAN_KINDS,
    PLAN_STATES,
    REGIMES,
    STATUSES,
)
from shared.sheets import Cell, Sheet, Table, day, decimal, text

Row = Sequence[Cell]


def sheets_of(profile: Profile) -> Iterator[Sheet]:
    """Give the sheets; a part that has nothing to show says so below its tables."""
    empty = empty_states(profile)
    yield Sheet(
        name=Said("Přehled", "Overview"),
        tables=[_overview(profile), _figures(profile.figures)],
        note=empty.get("figures"),
    )
    if profile.municipal is not None:
        yield from municipal_sheets(profile.municipal, empty)
    elif profile.area is not None:
        yield from area_sheets(profile.area, empty)
    helped = [empty[name] for name in ("plans", "cooperations") if name in empty]
    yield Sheet(
        name=Said("Plány a spolupráce", "Plans and cooperation"),
        tables=[_plans(profile), _cooperations(profile)],
        note=helped[0].then(helped[-1]) if len(helped) > 1 else helped[0] if helped else None,
    )
    yield Sheet(name=Said("Zdroje", "Sources"), tables=[_sources(profile), _methods(profile)])


def _overview(profile: Profile) -> Table:
    unit = profile.unit
    rows: list[Row] = [
        (Said("Název", "Name"), unit.name),
        (Said("Druh", "Kind"), STATUSES[unit.status] if unit.status else KINDS[unit.kind]),
        (Said("Kód", "Code"), unit.code),
        (Said("IČO", "IČO"), unit.ico),
        (Said("Datová schránka", "Data box"), unit.data_box),
    ]
    for hierarchy, way in profile.ways.items():
        place = ", ".join(step.name for step in way)
        said = HIERARCHIES[hierarchy]
        rows.append((Said(f"Leží v ({said.cs})", f"Lies in ({said.en})"), place or None))
    groups = ", ".join(group.name for group in profile.groups)
    rows.append((Said("Členství", "Member of"), groups or None))
    if profile.municipal is not None:
        rows += _of_index(profile.municipal)
    rows.append((Said("Souhrn", "Summary"), summary(profile)))
    rows.append((Said("Stav ke dni", "As of"), profile.shown_on))
    shown = [row for row in rows if row[1] is not None]
    columns = [text("Údaj", "Item", 44), day("Hodnota", "Value", 60)]
    return Table(title=Said("Přehled", "Overview"), columns=columns, rows=shown)


def _of_index(found: Municipal) -> list[Row]:
    standing, size = found.explained.standing, found.explained.size
    rows: list[Row] = []
    if standing is not None:
        rows.append((Said(f"Index {standing.year}", f"Index {standing.year}"), standing.index))
        if standing.band is not None:
            band = standing.band
            names = Said(f"{band.number} – {band.name_cs}", f"{band.number} – {band.name_en}")
            rows.append((Said("Pásmo", "Band"), names))
    if size is not None:
        rows.append((Said("Obce stejné velikosti", "Municipalities of the same size"), of_size(size)))
    if found.outlook is not None:
        rows.append((Said("Předpověď", "Forecast"), _forecast(found.outlook)))
    return rows


def _forecast(outlook: Outlook) -> Said:
    if outlook.index is None:
        return outlook.said
    between = f"{outlook.low_80}–{outlook.high_80}"
    return Said(
        f"Index {outlook.year}: {outlook.index} (s pravděpodobností 80{NBSP}% {between}).",
        f"Index {outlook.year}: {outlook.index} (with a probability of 80% {between}).",
    ).then(outlook.said)


def _figures(figures: Sequence[Figure]) -> Table:
    return Table(
        title=Said("Nejnovější údaje", "Newest figures"),
        columns=[
            text("Údaj", "Figure", 44),
            decimal("Hodnota", "Value", 60),
            text("Období", "Period", 20),
            text("Zdroj", "Source", 20),
            text("Vydání č.", "Vintage no.", 12),
        ],
        rows=[
            (
                Said(each.name_cs, each.name_en),
                _value(each),
                _period(each),
                each.source,
                str(each.vintage_id),
            )
            for each in figures
        ],
    )


def _period(figure: Figure) -> str:
    return figure.period.isoformat()[:7] if figure.periodicity == "month" else str(figure.period.year)


def _value(figure: Figure) -> Cell:
    if figure.value is not None:
        return Decimal(figure.value)
    return figure.shown or FIGURE_STATUSES[figure.status]


def _plans(profile: Profile) -> Table:
    return Table(
        title=Said("Schválené plány", "Approved plans"),
        columns=[
            text("Název", "Title", 60),
            text("Druh", "Kind", 40),
            text("Stav", "State", 16),
            day("Platí od", "Valid from"),
            day("Platí do", "Valid until"),
            text("Schválil", "Approved by", 24),
            day("Dne", "On"),
            text("Číslo usnesení", "Resolution", 16),
            text("Revize", "Revision", 8),
            text("Pro", "For", 40),
        ],
        rows=[
            (
                plan.title,
                PLAN_KINDS[plan.kind],
                PLAN_STATES[plan.state],
                plan.valid_from,
                plan.valid_until,
                plan.body,
                plan.approved_on,
                plan.resolution_number,
                str(plan.revision),
                ", ".join(plan.units.values()),
            )
            for plan in profile.plans
        ],
    )


def _cooperations(profile: Profile) -> Table:
    return Table(
        title=Said("Spolupráce s Agenturou", "Cooperation with the Agency"),
        columns=[
            text("Celek", "Unit", 60),
            text("Režim podpory", "Regime", 40),
            text("Stav", "State", 16),
            day("Od", "From"),
            day("Do", "Until"),
        ],
        rows=[
            (
                each.unit_name,
                REGIMES[each.regime],
                COURSES[each.course(profile.shown_on)],
                each.starts_on,
                each.ends_on,
            )
            for each in profile.cooperations
        ],
    )


def _sources(profile: Profile) -> Table:
    return Table(
        title=Said("Zdroje údajů", "Sources of the figures"),
        columns=[
            text("Kód", "Code", 18),
            text("Zdroj", "Source", 60),
            text("Vydavatel", "Publisher", 60),
            text("Vydání", "Vintage", 36),
            text("Vydání č.", "Vintage no.", 12),
            day("Zveřejněno", "Published"),
            text("Licence", "Licence", 36),
            text("Adresa", "Address", 44),
        ],
        rows=[
            (
                source.code,
                Said(source.name_cs, source.name_en),
                source.publisher,
                vintage.label,
                str(vintage.id),
                vintage.published_on,
                vintage.licence,
                source.url,
            )
            for source in profile.sources
            for vintage in source.vintages
        ],
    )


def _methods(profile: Profile) -> Table:
    return Table(
        title=Said("Metodika indexu", "Method of the Index"),
        columns=[text("Kód", "Code", 18), text("Název", "Name", 60), text("Pramen", "Source", 60)],
        rows=[
            (method.code, Said(method.name_cs, method.name_en), method.source) for method in profile.methods
        ],
    )
