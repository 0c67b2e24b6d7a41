"""The past of every municipality out of the editions of the Index, and why some of it cannot be used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import numpy as np

from registry.exclusion.frame import CONFIDENTIAL, Edition, Way
from registry.forecasts.backtest import LEAST_HISTORY
from registry.forecasts.panel import UNKNOWN, Flags, Panel, Whole, runs_of

_POPULATION = "POP15"


class Reason(StrEnum):
    """Why something of a municipality is not forecast."""

    HISTORY_TOO_SHORT = "history-too-short"
    TERRITORY_CHANGED = "territory-changed"
    CONFIDENTIAL = "confidential"
    NOT_KNOWN = "not-known"
    NO_SCHOOL = "no-school"
    INDICATOR_MISSING = "indicator-missing"
    DONOR_MISSING = "donor-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is not forecast: `indicator` is its position, None for the Index.

    `years` is for how many years in a row, up to the last, it has been known.
    """

    municipality: int
    indicator: int | None
    reason: Reason
    years: int


def panel_of(editions: Sequence[Edition], *, changed: Mapping[UUID, int]) -> Panel:
    """Put the municipalities of the last edition beside one another through all years.

    What came before the year in which a territory `changed` describes another territory: not known.
    """
    last = editions[-1]
    positions = {unit_id: i for i, unit_id in enumerate(last.inputs.unit_ids)}
    indicators = last.method.indicators
    shape = (len(positions), len(indicators), len(editions))
    numerators, denominators = np.full(shape, UNKNOWN), np.full(shape, UNKNOWN)
    index = np.full((len(positions), len(editions)), UNKNOWN)
    for t, edition in enumerate(editions):
        here = [i for i, unit_id in enumerate(edition.inputs.unit_ids) if unit_id in positions]
        there = [positions[edition.inputs.unit_ids[i]] for i in here]
        numerators[there, :, t] = edition.inputs.numerators[here]
        denominators[there, :, t] = edition.inputs.denominators[here]
        index[there, t] = edition.results.index[here]
    for unit_id, year in changed.items():
        if unit_id in positions:
            before = max(year - editions[0].inputs.year, 0)
            numerators[positions[unit_id], :, :before] = UNKNOWN
            denominators[positions[unit_id], :, :before] = UNKNOWN
            index[positions[unit_id], :before] = UNKNOWN
    codes = tuple(indicator.denominator for indicator in indicators)
    size_by = codes.index(_POPULATION) if _POPULATION in codes else 0
    return Panel(
        first_year=editions[0].inputs.year,
        unit_ids=last.inputs.unit_ids,
        regions=last.inputs.regions,
        parts=tuple(indicator.parts for indicator in indicators),
        denominator_codes=codes,
        numerators=numerators,
        denominators=denominators,
        population=denominators[:, size_by],
        index=index,
    )


def gaps(editions: Sequence[Edition], panel: Panel, *, changed: Mapping[UUID, int]) -> Iterator[Gap]:
    """Give what is not forecast of any indicator, with the reason."""
    last = editions[-1]
    moved = np.array([unit_id in changed for unit_id in panel.unit_ids], dtype=bool)
    heirs = np.array([way is not Way.OWN for way in last.results.ways], dtype=bool)
    for i, indicator in enumerate(last.method.indicators):
        known = (panel.numerators[:, i] >= 0) & (panel.denominators[:, i] >= 0)
        runs = runs_of(known)[:, -1]
        for municipality in np.flatnonzero(runs < LEAST_HISTORY).tolist():
            years = int(runs[municipality])
            reason = Reason.TERRITORY_CHANGED if moved[municipality] else Reason.HISTORY_TOO_SHORT
            if not years:
                hidden = _is_hidden(panel, municipality, i)
                nothing = (
                    Reason.NO_SCHOOL if indicator.inheritable and heirs[municipality] else Reason.NOT_KNOWN
                )
                reason = Reason.CONFIDENTIAL if hidden else nothing
            yield Gap(municipality=municipality, indicator=i, reason=reason, years=years)


def _is_hidden(panel: Panel, municipality: int, i: int) -> bool:
    newest = (panel.numerators[municipality, i, -1], panel.denominators[municipality, i, -1])
    return CONFIDENTIAL in newest


def index_gaps(
    editions: Sequence[Edition], panel: Panel, found: Sequence[Gap], *, donors: Whole
) -> Iterator[Gap]:
    """Give the municipalities whose Index is not forecast, because something that it stands on is not."""
    missing: Flags = np.zeros(panel.numerators.shape[:2], dtype=bool)
    for gap in found:
        missing[gap.municipality, gap.indicator] = True
    runs = runs_of(panel.index >= 0)[:, -1]
    inheritable = editions[-1].method.inheritable
    for municipality in range(len(panel.unit_ids)):
        reason = _index_reason(missing, municipality, inheritable, int(donors[municipality]))
        if reason is None and runs[municipality] < LEAST_HISTORY:
            reason = Reason.HISTORY_TOO_SHORT if runs[municipality] else Reason.NOT_KNOWN
        if reason is not None:
            yield Gap(municipality=municipality, indicator=None, reason=reason, years=int(runs[municipality]))


def _index_reason(missing: Flags, municipality: int, inheritable: int | None, donor: int) -> Reason | None:
    own = np.flatnonzero(missing[municipality]).tolist()
    if not own:
        return None
    if own != [inheritable]:
        return Reason.INDICATOR_MISSING
    if donor < 0 or missing[donor, inheritable]:
        return Reason.DONOR_MISSING
    return None
