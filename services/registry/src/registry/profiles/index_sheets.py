"""The Index in the workbook: a municipality's with its causes and years, a territory's with its members."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from registry.explanation.causes import FACTORS, LABELS, Cause
from registry.explanation.change_sentences import of_explained
from registry.explanation.decomposition import Change
from registry.explanation.sentences import of_basis
from registry.explanation.standing import Standing
from registry.explanation.wording import Said, decimal_text, in_hundredths
from registry.peers.caveat import CAVEAT_CS, CAVEAT_EN, sentence_cs, sentence_en
from registry.profiles.domain import Area, Municipal, Peer
from registry.profiles.sentences import PLAIN, WEIGHTED
from registry.profiles.thresholds import nearest_thresholds
from registry.profiles.trends import index_trend, share_trends
from registry.profiles.wording import WAYS
from shared.sheets import Cell, Sheet, Table, decimal, text, whole

_YES = Said("ano", "yes")
_NO = Said("ne", "no")


def municipal_sheets(found: Municipal, empty: Mapping[str, Said]) -> Iterator[Sheet]:
    """Give the Index with what moved it, all years, and similar municipalities."""
    standing, change = found.explained.standing, found.explained.change
    yield Sheet(
        name=Said("Index a vysvětlení", "Index and explanation"),
        tables=[_indicators(standing), _effects(change), _thresholds(standing)],
        note=of_explained(found.explained),
    )
    yield Sheet(name=Said("Časové řady", "Time series"), tables=[_years(found.standings)])
    caveat = Said(CAVEAT_CS, CAVEAT_EN)
    yield Sheet(
        name=Said("Podobné obce", "Similar municipalities"),
        tables=[_peers(found.peers)],
        note=empty.get("peers", caveat),
    )


def area_sheets(area: Area, empty: Mapping[str, Said]) -> Iterator[Sheet]:
    """Give the bands of the municipalities by year with two means, and the municipalities."""
    yield Sheet(
        name=Said("Pásma indexu", "Bands of the Index"), tables=[_bands(area)], note=empty.get("area")
    )
    year = area.shown.year if area.shown else None
    of_year = Said(f"Index {year}", f"Index {year}") if year else Said("Index", "Index")
    members = Table(
        title=Said("Obce", "Municipalities"),
        columns=[
            text("Kód", "Code", 10),
            text("Obec", "Municipality", 32),
            whole("Obyvatel 15+", "Population 15+"),
            whole(of_year.cs, of_year.en),
            whole("Pásmo", "Band", 8),
        ],
        rows=[(m.code, m.name, m.population_15_plus, m.index, m.band) for m in area.members],
    )
    left_out = area.municipalities - len(area.members)
    note = Said(f"Další obce: {left_out}.", f"Further municipalities: {left_out}.") if left_out else None
    yield Sheet(name=Said("Obce", "Municipalities"), tables=[members], note=note)


def _indicators(standing: Standing | None) -> Table:
    rows: list[Sequence[Cell]] = []
    if standing is not None:
        for indicator, basis in zip(standing.method.indicators, standing.bases, strict=True):
            evidence = basis.evidence
            rows.append(
                (
                    Said(indicator.name_cs, indicator.name_en),
                    basis.points,
                    _rounded(evidence.share(indicator)) if evidence else None,
                    _rounded(evidence.reference(standing.method, indicator)) if evidence else None,
                    WAYS[basis.way],
                    basis.donor.municipality.name if basis.donor else None,
                    of_basis(indicator, basis),
                )
            )
    year = f" {standing.year}" if standing else ""
    return Table(
        title=Said(f"Ukazatele{year}", f"Indicators{year}"),
        columns=[
            text("Ukazatel", "Indicator", 44),
            whole("Body", "Points", 9),
            decimal("Podíl v %", "Share in %"),
            decimal("Srovnávací podíl v %", "Reference in %", 20),
            text("Původ bodů", "Origin of the points", 40),
            text("Převzato od", "Taken over from", 24),
            text("Slovy", "In words", 90),
        ],
        rows=rows,
    )


def _effects(change: Change | None) -> Table:
    rows: list[Sequence[Cell]] = []
    if change is not None:
        effects = in_hundredths({cause: change.total(*FACTORS[cause]) for cause in Cause})
        rows = [(LABELS[cause], _rounded(points, 2)) for cause, points in effects.items()]
        rows.append((Said("celkem", "together"), change.difference))
    years = f" {change.before.year}–{change.after.year}" if change else ""
    return Table(
        title=Said(f"Příčiny změny indexu{years}", f"Causes of the change{years}"),
        columns=[text("Příčina", "Cause", 44), decimal("Body", "Points", 9)],
        rows=rows,
    )


def _thresholds(standing: Standing | None) -> Table:
    nearest = nearest_thresholds(standing) if standing else []
    return Table(
        title=Said("Nejbližší hranice bodů", "Nearest bounds"),
        columns=[
            text("Ukazatel", "Indicator", 44),
            decimal("O kolik", "By", 9),
            text("Slovy", "In words", 90),
        ],
        rows=[
            (Said(each.indicator.name_cs, each.indicator.name_en), _rounded(each.by, 2), each.said)
            for each in nearest
        ],
    )


def _years(standings: Sequence[Standing]) -> Table:
    trends = share_trends(standings)
    shares = {
        (trend.indicator.code, point.year): _rounded(point.share)
        for trend in trends
        for point in trend.points
    }
    rows = []
    for step in index_trend(standings):
        result = step.result
        note = Said(step.break_cs or "", step.break_en or "") if step.break_before else None
        of_year = [shares.get((trend.indicator.code, result.year)) for trend in trends]
        rows.append((str(result.year), result.method, result.index, result.band, *of_year, note))
    return Table(
        title=Said("Index a podíly ukazatelů po letech", "Index and shares of the indicators by year"),
        columns=[
            text("Rok", "Year", 8),
            text("Metodika", "Method", 12),
            whole("Index", "Index", 8),
            whole("Pásmo", "Band", 8),
            *(
                decimal(f"{each.indicator.name_cs} (%)", f"{each.indicator.name_en} (%)", 20)
                for each in trends
            ),
            text("Zlom řady", "Break of the series", 60),
        ],
        rows=rows,
    )


def _peers(peers: Sequence[Peer]) -> Table:
    return Table(
        title=Said("Nejpodobnější obce", "Most similar municipalities"),
        columns=[
            text("Kód", "Code", 10),
            text("Obec", "Municipality", 28),
            text("Kraj", "Region", 24),
            whole("Obyvatel 15+", "Population 15+"),
            whole("Index", "Index", 8),
            whole("Pásmo", "Band", 8),
            text("Spolupráce s Agenturou", "Cooperation with the Agency", 22),
            decimal("Vzdálenost", "Distance"),
            text("V čem", "In what", 90),
        ],
        rows=[
            (
                each.code,
                each.name,
                each.region,
                each.population_15_plus,
                each.index,
                each.band,
                _YES if each.supported else _NO,
                each.candidate.distance,
                Said(sentence_cs(each.compared), sentence_en(each.compared)),
            )
            for each in peers
        ],
    )


def _bands(area: Area) -> Table:
    bands = area.years[-1].method.bands if area.years else ()
    names = [
        Said(
            f"{each.lowest}–{each.highest} ({each.name_cs})", f"{each.lowest}–{each.highest} ({each.name_en})"
        )
        for each in bands
    ]
    return Table(
        title=Said("Obce v pásmech indexu po letech", "Municipalities in bands of the Index by year"),
        columns=[
            text("Rok", "Year", 8),
            text("Metodika", "Method", 12),
            whole("Obcí", "Municipalities"),
            whole("Bez indexu", "Without Index"),
            whole("Obyvatel 15+", "Population 15+"),
            *(whole(each.cs, each.en, 20) for each in names),
            decimal(PLAIN.cs.capitalize(), PLAIN.en.capitalize(), 24),
            decimal(WEIGHTED.cs.capitalize(), WEIGHTED.en.capitalize(), 30),
        ],
        rows=[
            (
                str(each.year),
                each.method.code,
                each.line.municipalities,
                each.line.without_index,
                each.line.population_15_plus,
                *(counted.municipalities for counted in each.line.bands[: len(bands)]),
                *(None for _ in bands[len(each.line.bands) :]),
                _rounded(each.line.mean, 2),
                _rounded(each.line.weighted_mean, 2),
            )
            for each in area.years
        ],
    )


def _rounded(value: Fraction | None, places: int = 4) -> Decimal | None:
    """Return the number rounded half away from zero."""
    return None if value is None else Decimal(decimal_text(value, places))
