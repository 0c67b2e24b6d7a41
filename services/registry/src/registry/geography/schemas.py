"""JSON of places: points, boundaries, and GeoJSON of many units (RFC 7946)."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from shared.contracts.registry import UnitKind
from shared.http import ApiModel, DecimalText

Degrees = Annotated[DecimalText, Field(examples=["15.6768130"])]
Metres = Annotated[DecimalText, Field(examples=["-743011.72"])]
Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""GeoJSON has numbers where we have texts."""
Coordinates = list[Number] | list[list[list[Number]]] | list[list[list[list[Number]]]]


class GeometryJson(ApiModel):
    """A geometry in degrees of WGS 84: longitude, then latitude."""

    type: Literal["Point", "Polygon", "MultiPolygon"]
    coordinates: Coordinates


class PointOut(ApiModel):
    """The definition point in degrees of WGS 84 and in metres of the national grid (S-JTSK, EPSG:5514)."""

    longitude: Degrees
    latitude: Degrees
    x: Metres
    y: Metres
    source: str


class UnitGeometry(ApiModel):
    unit_id: UUID
    point: PointOut | None
    boundary: GeometryJson | None


class FeatureProperties(ApiModel):
    id: UUID
    code: str | None
    name: str
    kind: UnitKind


class UnitFeature(ApiModel):
    type: Literal["Feature"]
    id: UUID
    geometry: GeometryJson
    properties: FeatureProperties


class UnitFeatures(ApiModel):
    """A GeoJSON FeatureCollection; units without a point, or without a boundary, are left out."""

    type: Literal["FeatureCollection"]
    features: list[UnitFeature]
