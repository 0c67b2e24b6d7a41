"""What lists, sums and files of the log of activities are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import StringConstraints

from registry.activities.domain import ActivityStatus
from registry.activities.list_repository import Filters
from shared.contracts.intake import ExpertActivityKind
from shared.contracts.registry import ThematicArea
from shared.http import Caller, Day, Storable, today


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filters of a request and their values."""

    filters: Filters
    values: Mapping[str, object]


async def _asked(  # noqa: PLR0913, PLR0917
    caller: Caller,
    unit: Annotated[UUID | None, Query(alias="filter[unit]")] = None,
    kind: Annotated[ExpertActivityKind | None, Query(alias="filter[kind]")] = None,
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    held_from: Annotated[Day | None, Query(alias="filter[from]")] = None,
    held_until: Annotated[Day | None, Query(alias="filter[until]")] = None,
    person: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=255), Storable] | None,
        Query(alias="filter[person]", description="Who of the Agency took part; `me` is the caller"),
    ] = None,
    region: Annotated[
        UUID | None, Query(alias="filter[region]", description="A unit in which the units lie today")
    ] = None,
    status: Annotated[ActivityStatus, Query(alias="filter[status]")] = ActivityStatus.RECORDED,
) -> Asked:
    filters = Filters(
        of_unit=unit is not None,
        of_kind=kind is not None,
        of_area=area is not None,
        since=held_from is not None,
        until=held_until is not None,
        of_person=person is not None,
        in_region=region is not None,
    )
    values = {
        **caller.sees(),
        "unit_id": unit,
        "kind": kind.value if kind else None,
        "area": area.value if area else None,
        "held_from": held_from,
        "held_until": held_until,
        "person": caller.id if person == "me" else person,
        "within": region,
        "day": today(),
        "status": status.value,
    }
    return Asked(filters=filters, values=values)


Question = Annotated[Asked, Depends(_asked)]
