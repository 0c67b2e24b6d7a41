"""The numbers of a project on a day: target, actual, forecast for outputs, key activities and indicators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from evaluation.projects.conversion import Operator
from evaluation.projects.domain import DOCUMENTS, PARTICIPANTS, Programme
from evaluation.projects.forecast import forecast
from shared.contracts.documents import OutputKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSum:
    """Documents of one output by their standing."""

    id: UUID
    code: str
    title: str
    kind: OutputKind
    target: int | None
    per_unit: bool
    in_indicator: bool
    counted: int
    incomplete: int
    withdrawn: int
    not_yet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitySum:
    id: UUID
    number: str
    title: str
    starts_on: date
    ends_on: date
    outputs: tuple[OutputSum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Persons of a project until a day: `counted` are above the threshold; None is too few to be told."""

    registered: int | None
    supported: int | None
    counted: int | None
    hours: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSums:
    """What the database gives of a project on a day."""

    id: UUID
    programme: Programme
    registration_number: str
    title: str
    starts_on: date
    ends_on: date
    owner_unit_id: UUID | None
    document_target: int | None
    participant_target: int | None
    threshold_hours: int
    operator: Operator
    people: People
    key_activities: tuple[ActivitySum, ...]

    @property
    def documents(self) -> int:
        """Return how many written documents are published and approved."""
        outputs = [output for each in self.key_activities for output in each.outputs]
        return sum(output.counted for output in outputs if output.in_indicator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`missing` is what the target still wants, never less than nothing; None without a target.

    `actual` is None where it is too small to be told, and then nothing that follows from it is told either.
    """

    target: int | None
    actual: int | None
    missing: int | None
    forecast: int | None
    fulfilled: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of the programme with the code that the programme gives it."""

    code: str
    progress: Progress


def progress(target: int | None, actual: int | None, *, starts_on: date, ends_on: date, on: date) -> Progress:
    if actual is None:
        return Progress(target=target, actual=None, missing=None, forecast=None, fulfilled=None)
    return Progress(
        target=target,
        actual=actual,
        missing=None if target is None else max(0, target - actual),
        forecast=forecast(actual, starts_on=starts_on, ends_on=ends_on, on=on),
        fulfilled=None if target is None else actual >= target,
    )


FEWEST: Final = 10
"""Of fewer people than these the public learns nothing: somebody who knows one of them would learn more."""
HOURS_STEP: Final = 10


def told_until(day: date) -> date:
    """Return the last day of the month before: from day to day the hours of one person would show.

    Before the first month of the calendar there is none: its first day is returned, on which nobody was.
    """
    first = day.replace(day=1)
    return first if first == date.min else first - timedelta(days=1)


def for_the_public(people: People) -> People:
    """Hide numbers of fewer than ten, hours of fewer than ten people, and cut hours off to tens."""
    is_told = (people.supported or 0) >= FEWEST and people.hours is not None
    whole = int((people.hours or "0:00").partition(":")[0]) // HOURS_STEP * HOURS_STEP
    return People(
        registered=_unless_few(people.registered),
        supported=_unless_few(people.supported),
        counted=_unless_few(people.counted),
        hours=f"{whole}:00" if is_told else None,
    )


def _unless_few(count: int | None) -> int | None:
    return None if count is not None and 0 < count < FEWEST else count


def of_output(output: OutputSum, activity: ActivitySum, *, on: date) -> Progress:
    return progress(
        output.target, output.counted, starts_on=activity.starts_on, ends_on=activity.ends_on, on=on
    )


def of_activity(activity: ActivitySum, *, on: date) -> Progress:
    return _together(activity.outputs, starts_on=activity.starts_on, ends_on=activity.ends_on, on=on)


def of_project(project: ProjectSums, *, on: date) -> Progress:
    outputs = [output for each in project.key_activities for output in each.outputs]
    return _together(outputs, starts_on=project.starts_on, ends_on=project.ends_on, on=on)


def _together(outputs: Iterable[OutputSum], *, starts_on: date, ends_on: date, on: date) -> Progress:
    """Sum the outputs that have a target; more of one never makes up for what is missing of another."""
    promised = [(each.target, each.counted) for each in outputs if each.target is not None]
    actual = sum(counted for _, counted in promised)
    missing = sum(max(0, target - counted) for target, counted in promised)
    return Progress(
        target=sum(target for target, _ in promised) if promised else None,
        actual=actual,
        missing=missing if promised else None,
        forecast=forecast(actual, starts_on=starts_on, ends_on=ends_on, on=on),
        fulfilled=missing == 0 if promised else None,
    )


def indicators(project: ProjectSums, *, on: date) -> tuple[Indicator, Indicator]:
    """Return the documents (80500, 805000) and the participants (60000, 600000)."""
    of_project_time = partial(progress, starts_on=project.starts_on, ends_on=project.ends_on, on=on)
    return (
        Indicator(
            code=DOCUMENTS[project.programme],
            progress=of_project_time(project.document_target, project.documents),
        ),
        Indicator(
            code=PARTICIPANTS[project.programme],
            progress=of_project_time(project.participant_target, project.people.counted),
        ),
    )
