"""HTTP of the story of a unit: what a new colleague reads on the first day."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Response

from registry.stories import repository
from registry.stories.domain import StoryUnknown
from registry.stories.schemas import Part, StoryOut
from shared.contracts.base import Role
from shared.http import Caller, Day, Page, Reads, allow, router

stories = router("/stories", tag="stories")

_READ: Final = allow(
    *(Role.ADMINISTRATOR, Role.CONSULTANT, Role.ANALYST, Role.EVALUATOR, Role.DIRECTOR),
    *(Role.COORDINATOR, Role.MAYOR),
)
_PARTS: Final = frozenset({"activity", "correspondence", "decision"})


@stories.get("/{unit_id}", response_model=StoryOut, dependencies=[_READ])
async def tell_story(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit_id: UUID,
    part: Annotated[Part | None, Query(alias="filter[part]")] = None,
    happened_from: Annotated[Day | None, Query(alias="filter[from]")] = None,
    happened_until: Annotated[Day | None, Query(alias="filter[until]")] = None,
) -> Response:
    """Tell activities, correspondence and decisions of a unit in one thread, the latest first."""
    known = await reads.row(repository.KNOWN, unit_id=unit_id)
    if known is None or not caller.may_see([unit_id]):
        raise StoryUnknown
    query = repository.story(
        parts=frozenset({part}) if part else _PARTS,
        since=happened_from is not None,
        until=happened_until is not None,
    )
    return await reads.page(
        query,
        page,
        unit_id=unit_id,
        happened_from=happened_from,
        happened_until=happened_until,
        **caller.sees(),
    )
