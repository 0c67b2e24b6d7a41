"""The JSON of releases and of the path from a comment to the text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from planning.consultations.domain import ConsultationStatus
from planning.publication.domain import NAMES_OF_TEXTS, Material, Texts, finds_in
from planning.publication.redaction import without
from planning.publication.use_cases import Redacted
from planning.settlement.change_schemas import BulkOut, ChangeOut
from planning.settlement.domain import Result
from shared.http import ApiModel, Count, ShortText, Storable
from shared.personal_data import NAMES, Found, PersonalData

Public = Annotated[str, StringConstraints(max_length=20_000), Storable]
Number = Annotated[Count, Field(ge=1, le=2_000_000_000)]


class ReleaseIn(ApiModel):
    """Texts with „[…]“ for what is left out; those not sent come out as they are."""

    text: Public | None = None
    proposed_wording: Public | None = None
    reasons: Public | None = None
    justification: Public | None = None
    despite: ShortText = Field(
        default="", description="Why what looks like personal data may stay, where it does"
    )

    def redacted(self) -> Redacted:
        return Redacted(**self.model_dump())


class ReleasesIn(ApiModel):
    numbers: Annotated[tuple[Number, ...], Field(min_length=1, max_length=1000)]


class ReleaseState(ApiModel):
    comment_id: UUID
    version: int


class FindOut(ApiModel):
    """`start` and `end` count characters from 0."""

    kind: PersonalData
    name: str
    start: int
    end: int


class TextOut(ApiModel):
    """A text, what looks like personal data in it, the text without that, and what was released."""

    original: str
    found: tuple[FindOut, ...]
    suggested: str
    released: str | None


class ReleaseOut(ApiModel):
    comment_id: UUID
    number: int
    version: int
    despite: str
    texts: Mapping[str, TextOut]

    @classmethod
    def of(cls, material: Material, language: str) -> "ReleaseOut":
        finds = finds_in(material.texts, material.names)
        release = material.release
        return cls(
            comment_id=material.comment_id,
            number=material.number,
            version=release.version,
            despite=release.despite,
            texts={
                name: _text(material.texts, release.texts, name, finds.get(name, ()), language)
                for name in NAMES_OF_TEXTS
            },
        )


def _text(
    texts: Texts, released: Texts | None, name: str, finds: tuple[Found, ...], language: str
) -> TextOut:
    original: str = getattr(texts, name)
    column = 0 if language == "cs" else 1
    return TextOut(
        original=original,
        found=tuple(
            FindOut(kind=each.kind, name=NAMES[each.kind][column], start=each.start, end=each.end)
            for each in finds
        ),
        suggested=without(original, finds),
        released=None if released is None else getattr(released, name),
    )


class ReleaseItem(ApiModel):
    comment_id: UUID
    number: int
    version: int
    is_released: bool
    despite: str
    released_at: datetime | None


class ReleaseList(ApiModel):
    items: tuple[ReleaseItem, ...]
    next: str | None


class ReleasesOut(BulkOut):
    """`settled` counts those released; the others say why they were not."""


class PublicationState(ApiModel):
    id: UUID
    version: int
    status: ConsultationStatus


class PathOut(ApiModel):
    """From a comment to the text: what was decided, and what the approved revision has of it.

    `revision` is None until the revision is approved; `since` is the difference of the node between the
    consulted draft and that revision, None where it ended as it was.
    """

    number: int
    result: Result | None
    decided: ChangeOut | None
    revision: int | None
    since: ChangeOut | None
    still_there: bool | None
