"""JSON of similar municipalities."""

from uuid import UUID

from pydantic import Field

from registry.peers.domain import Likeness, Support
from shared.http import ApiModel, DecimalText


class PeerFeature(ApiModel):
    """What is compared and what it weighs; logarithmic where multiples matter, not differences."""

    code: str
    name_cs: str
    name_en: str
    weight: int
    logarithmic: bool


class PeerMunicipality(ApiModel):
    """A municipality with its Index, never without its size beside it."""

    unit_id: UUID
    code: str
    name: str
    region: str
    population_15_plus: int
    size_class: str = Field(examples=["1001–2000"])
    index: int | None
    band: int | None
    supported: bool = Field(description="Itself, or as a member of an association, at any time")


class ComparedOut(ApiModel):
    """`apart`: standard deviations between them, positive where the similar one has more."""

    feature: str
    own: DecimalText | None
    peer: DecimalText | None
    apart: DecimalText | None
    likeness: Likeness


class PeerOut(ApiModel):
    municipality: PeerMunicipality
    distance: DecimalText
    compared: list[ComparedOut]
    sentence_cs: str
    sentence_en: str


class PeersOut(ApiModel):
    """The nearest first. The caveat belongs beside every use of the list."""

    year: int
    method: str
    computation_id: int
    supported: Support
    municipality: PeerMunicipality
    features: list[PeerFeature]
    peers: list[PeerOut]
    caveat_cs: str
    caveat_en: str
