"""What both sides agreed to becomes binding: locked with a digest, the edition before it superseded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from registry.descriptions.domain import Description
from registry.descriptions.refusals import (
    AgreedAfterItsEnd,
    AgreedNoLaterThanTheLast,
    DescriptionIsIncomplete,
)
from registry.descriptions.steps import PROCEDURE, Move, Status
from shared.canonical import canonical_json, digest
from shared.contracts.intake import BaselineLevel, CooperationDescribed

_ONE_DAY: Final = timedelta(days=1)


def settle(
    description: Description, *, memorandum_id: UUID, others: Sequence[Description]
) -> tuple[Description, Description | None, CooperationDescribed]:
    """Lock what both sides agreed to; the edition in force before it is superseded, its last day set.

    Raises AgreedAfterItsEnd, AgreedNoLaterThanTheLast.
    """
    on = max(agreement.agreed_on for agreement in description.agreements)
    starts_on, ends_on = _days_of(description)
    if on > ends_on:
        raise AgreedAfterItsEnd(description.facts, on=on, ends_on=ends_on)
    since = max(on, starts_on)
    superseded = _superseded(description, since, others)
    agreed = replace(
        description,
        status=PROCEDURE.after(description.status, Move.AGREE),
        memorandum_id=memorandum_id,
        agreed_on=on,
        in_force_from=since,
        in_force_until=ends_on,
    )
    agreed = replace(agreed, digest=digest(canonical_json(_locked(agreed))))
    return agreed, superseded, _told(agreed)


def _superseded(description: Description, since: date, others: Sequence[Description]) -> Description | None:
    found = None
    for other in others:
        if other.id == description.id or other.in_force_from is None or other.in_force_until is None:
            continue
        if other.in_force_until < other.in_force_from:
            continue
        movable = other.status is Status.AGREED and other.in_force_from < since
        if other.in_force_until >= since and not movable:
            raise AgreedNoLaterThanTheLast(
                description.facts, starts_on=since, held_until=other.in_force_until
            )
        if other.status is Status.AGREED:
            last_day = min(other.in_force_until, since - _ONE_DAY)
            found = replace(
                other, status=Status.SUPERSEDED, in_force_until=last_day, version=other.version + 1
            )
    return found


def _days_of(description: Description) -> tuple[date, date]:
    """Return the days of a complete description: nothing incomplete is ever proposed."""
    starts_on, ends_on = description.content.starts_on, description.content.ends_on
    if starts_on is None or ends_on is None:
        raise DescriptionIsIncomplete(description.facts, count=1)
    return starts_on, ends_on


def _locked(description: Description) -> dict[str, object]:
    """Return what the parties agreed on: the digest is over this, which is published, and nothing else."""
    return {
        "cooperation_id": description.cooperation_id,
        "unit_id": description.unit_id,
        "memorandum_id": description.memorandum_id,
        "domain": description.domain,
        "edition": description.edition,
        "content": description.content,
        "baseline": description.baseline,
        "agreements": [
            {"side": each.side, "name": each.name, "function": each.function, "agreed_on": each.agreed_on}
            for each in description.agreements
        ],
    }


def _told(description: Description) -> CooperationDescribed:
    starts_on, ends_on = _days_of(description)
    return CooperationDescribed(
        description_id=description.id,
        version=description.version,
        cooperation_id=description.cooperation_id,
        unit_id=description.unit_id,
        domain=description.domain,
        edition=description.edition,
        areas=description.content.areas,
        starts_on=starts_on,
        ends_on=ends_on,
        baseline=tuple(
            BaselineLevel(area=item.area, criterion=item.code, level=item.level)
            for item in description.baseline
        ),
        digest=description.digest or "",
    )
