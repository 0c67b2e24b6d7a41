"""JSON of tables of bands, and what a map and its legend hold."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal
from uuid import UUID

from pydantic import Field

from registry.averages.domain import Averaging, half_up
from registry.averages.wording import WORDS
from registry.bands.domain import GroupedBy, Line, Table
from registry.bands.spreadsheet import size_text
from registry.exclusion.method import Band
from registry.explanation.sizes import CLASSES
from shared.http import ApiModel, DecimalText


class BandDefinition(ApiModel):
    number: int
    lowest: int
    highest: int
    name_cs: str
    name_en: str


class SizeClassDefinition(ApiModel):
    """By population aged 15 or more; `highest` is null where there is no upper end."""

    number: int
    lowest: int
    highest: int | None
    name: str


class MeanOut(ApiModel):
    """A mean, rounded half up to two places, and what kind of mean it is."""

    averaging: Averaging
    name_cs: str
    name_en: str
    value: DecimalText | None

    @classmethod
    def of(cls, averaging: Averaging, mean: Fraction | None) -> "MeanOut":
        words = WORDS[averaging]
        value = half_up(mean) if mean is not None else None
        return cls(averaging=averaging, name_cs=words.cs, name_en=words.en, value=value)


class InBandOut(ApiModel):
    band: int
    municipalities: int
    population_15_plus: int


class OfSizeOut(ApiModel):
    """`bands`: municipalities of the size class by band, from the first."""

    size_class: int
    municipalities: int
    bands: list[int]
    mean: DecimalText | None


class GroupOut(ApiModel):
    unit_id: UUID
    code: str | None
    name: str


class LineOut(ApiModel):
    group: GroupOut | None
    municipalities: int
    without_index: int
    population_15_plus: int
    bands: list[InBandOut]
    size_classes: list[OfSizeOut]
    means: list[MeanOut]

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        return cls(
            group=GroupOut.model_validate(line.group) if line.group else None,
            municipalities=line.municipalities,
            without_index=line.without_index,
            population_15_plus=line.population_15_plus,
            bands=[InBandOut.model_validate(each) for each in line.bands],
            size_classes=[
                OfSizeOut(
                    size_class=each.size,
                    municipalities=each.municipalities,
                    bands=list(each.bands),
                    mean=half_up(each.mean) if each.mean is not None else None,
                )
                for each in line.sizes
            ],
            means=[
                MeanOut.of(Averaging.MEAN_OF_MUNICIPALITIES, line.mean),
                MeanOut.of(Averaging.WEIGHTED_BY_POPULATION, line.weighted_mean),
            ],
        )


class BandTableOut(ApiModel):
    """Groups in Czech order; `outside` are municipalities that belong to none; the total counts each once."""

    year: int
    method: str
    computation_id: int
    by: GroupedBy
    grouped_on: date
    bands: list[BandDefinition]
    size_classes: list[SizeClassDefinition]
    groups: list[LineOut]
    outside: LineOut | None
    total: LineOut

    @classmethod
    def of(  # noqa: PLR0913
        cls,
        table: Table,
        bands: Sequence[Band],
        *,
        year: int,
        method: str,
        computation_id: int,
        by: GroupedBy,
        grouped_on: date,
    ) -> "BandTableOut":
        return cls(
            year=year,
            method=method,
            computation_id=computation_id,
            by=by,
            grouped_on=grouped_on,
            bands=[BandDefinition.model_validate(band) for band in bands],
            size_classes=size_classes(),
            groups=[LineOut.of(line) for line in table.lines],
            outside=LineOut.of(table.outside) if table.outside else None,
            total=LineOut.of(table.total),
        )


def size_classes() -> list[SizeClassDefinition]:
    return [
        SizeClassDefinition(number=number, lowest=size.lowest, highest=size.highest, name=size_text(size))
        for number, size in enumerate(CLASSES, start=1)
    ]


class LegendItem(BandDefinition):
    colour: str = Field(examples=["#fee391"], description="Ordered by lightness for colour-blind readers")


class LegendOut(ApiModel):
    """How to draw the map: a colour for each band, one for an unknown Index, and the outline."""

    method: str
    bands: list[LegendItem]
    unknown_colour: str
    unknown_name_cs: str
    unknown_name_en: str
    outline_colour: str
    size_classes: list[SizeClassDefinition]
    source_of_colours: str


class PointGeometry(ApiModel):
    """A geometry of RFC 7946: a point, or a boundary where boundaries were asked for."""

    type: Literal["Point", "Polygon", "MultiPolygon"]
    coordinates: list[object]


class MapProperties(ApiModel):
    id: UUID
    code: str
    name: str
    index: int | None
    band: int | None
    band_name_cs: str | None
    band_name_en: str | None
    colour: str | None
    size_class: str | None
    population_15_plus: int | None


class MapFeature(ApiModel):
    type: Literal["Feature"]
    id: UUID
    geometry: PointGeometry
    properties: MapProperties


class MapOut(ApiModel):
    """GeoJSON with the edition and the number of municipalities without a place as foreign members."""

    type: Literal["FeatureCollection"]
    features: list[MapFeature]
    year: int
    method: str
    computation_id: int
    without_geometry: int
