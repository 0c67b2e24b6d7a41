"""An edition of a source arrives: it is checked against what is known, and stored with its figures."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import polars as pl
from numpy.typing import NDArray

from registry.disclosure.use_cases import protect_vintage
from registry.receiving import Upload
from registry.statistics import figure_repository, repository
from registry.statistics.arrival import SIZE, check
from registry.statistics.cells import Values
from registry.statistics.domain import NewVintage, NoticedFigure, Series, SourceUnknown, VintageDetails
from registry.statistics.figures import Block, Content
from shared.contracts.registry import FiguresPublished, PublishedPart
from shared.transaction import Transaction

LOCK: Final = "statistics"
"""One import of figures at a time: ids of vintages are then in the order in which they are seen."""
PUBLICATION: Final = uuid5(NAMESPACE_URL, "urn:pospolu:vintage")
_YEARS_BACK: Final = 8
_MOST_PERIODS: Final = 24


async def store_vintage(
    tx: Transaction,
    source_code: str,
    content: Content,
    *,
    findings: Iterable[NoticedFigure],
    details: VintageDetails,
    upload: Upload,
) -> int:
    """Store an edition of a source with its findings, and what of it is hidden; return its id.

    Raises SourceUnknown.
    """
    source = await repository.source_of(tx.session, source_code)
    if source is None:
        raise SourceUnknown(source=source_code)
    series = await repository.all_series(tx.session)
    vintage = NewVintage(
        source=source,
        label=details.label or upload.name or source.name_cs,
        published_on=details.published_on,
        note=details.note,
        file_name=upload.name,
        file_digest=upload.digest,
        imported_by=tx.actor.id,
        imported_at=tx.now,
    )
    owned = {code for code, each in series.items() if each.source == source_code}
    id_ = await repository.add_vintage(tx.session, vintage, content, own_series=owned)
    await repository.add_findings(tx.session, id_, findings)
    await protect_vintage(tx, id_)
    tx.emit(_told(id_, vintage, content))
    return id_


def _told(id_: int, vintage: NewVintage, content: Content) -> FiguresPublished:
    parts = sorted(content.parts, key=lambda part: (part.series, part.period))
    return FiguresPublished(
        version=1,
        publication_id=uuid5(PUBLICATION, str(id_)),
        vintage_id=id_,
        source=vintage.source.code,
        published_on=vintage.published_on,
        parts=tuple(PublishedPart(series=part.series, period=part.period) for part in parts),
        digest=content.digest(),
    )


async def noticed_on_arrival(tx: Transaction, content: Content) -> list[NoticedFigure]:
    """Check figures that are about to be stored against those in force and against each other."""
    if not content.blocks:
        return []
    series = await repository.all_series(tx.session)
    periods = [block.period for block in content.blocks]
    wanted = {block.series for block in content.blocks} | {SIZE}
    wanted |= {whole for code in wanted if code in series and (whole := series[code].denominator)}
    first = min(periods)
    past = await figure_repository.past_figures(
        tx.session, wanted, since=date(first.year - _YEARS_BACK, 1, 1), until=max(periods)
    )
    known = _Known(past, content)
    return [
        noticed
        for block in content.blocks
        for noticed in check(
            block,
            series[block.series],
            past=known.past_of(block),
            whole=known.whole_of(block, series),
            size=known.aligned(block, SIZE, block.period.replace(month=1, day=1)),
        )
    ]


class _Known:
    """Figures by series and period: those that arrive stand before those in force."""

    def __init__(self, past: pl.DataFrame, content: Content) -> None:
        parts = past.partition_by("series", "period", as_dict=True, include_key=False)
        self._values: dict[tuple[str, date], pl.DataFrame] = {
            (str(series), period): part for (series, period), part in parts.items()
        }
        for block in content.blocks:
            figures = pl.DataFrame({"unit_id": list(block.unit_ids), "value": block.values})
            self._values[block.series, block.period] = figures

    def past_of(self, block: Block) -> NDArray[np.float64] | None:
        periods = sorted(
            period for series, period in self._values if series == block.series and period < block.period
        )[-_MOST_PERIODS:]
        columns = [self.aligned(block, block.series, period) for period in periods]
        found = [column for column in columns if column is not None]
        return np.column_stack(found) if found else None

    def whole_of(self, block: Block, series: Mapping[str, Series]) -> Values | None:
        denominator = series[block.series].denominator
        return self.aligned(block, denominator, block.period) if denominator else None

    def aligned(self, block: Block, series: str, period: date) -> Values | None:
        """Return the values of the units of the block in their order, NaN where there is none."""
        figures = self._values.get((series, period))
        if figures is None:
            return None
        units = pl.DataFrame({"unit_id": list(block.unit_ids)}, schema={"unit_id": pl.String})
        joined = units.join(figures, on="unit_id", how="left", maintain_order="left")
        return joined["value"].fill_null(np.nan).to_numpy()
