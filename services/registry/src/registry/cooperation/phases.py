"""The phases of a cooperation in valid time: each day since it was prepared has exactly one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class Status(StrEnum):
    """Where a cooperation stands; the last two are final."""

    PREPARATION = "preparation"  # příprava
    ACTIVE = "active"  # aktivní
    SUSPENDED = "suspended"  # pozastavená
    EXIT = "exit"  # exit
    EX_POST = "ex-post"  # ex-post
    ENDED = "ended"  # ukončená
    CANCELLED = "cancelled"  # zrušená v přípravě


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """`until_on` is its last day; None for the last phase."""

    status: Status
    from_on: date
    until_on: date | None


def turned(phases: Iterable[Phase], status: Status, on: date, *, ends_on: date | None) -> tuple[Phase, ...]:
    """Return the phases with another one from a day on, in place of what was to come; then the end.

    A phase that is left without a day is gone, and so is one like the phase before it.
    """
    return _lined_up([*(turn for turn in _turns(phases) if turn[1] < on), (status, on)], ends_on)


def ending(phases: Iterable[Phase], ends_on: date | None) -> tuple[Phase, ...]:
    """Return the phases with another last day of the cooperation; None leaves it open."""
    return _lined_up(
        [(each.status, each.from_on) for each in phases if each.status is not Status.ENDED], ends_on
    )


def _turns(phases: Iterable[Phase]) -> list[tuple[Status, date]]:
    return [(each.status, each.from_on) for each in phases if each.status is not Status.ENDED]


def _lined_up(turns: list[tuple[Status, date]], ends_on: date | None) -> tuple[Phase, ...]:
    if ends_on is not None:
        turns = [turn for turn in turns if turn[1] <= ends_on]
        if ends_on < date.max:
            turns.append((Status.ENDED, ends_on + ONE_DAY))
    turns = [turn for i, turn in enumerate(turns) if i == 0 or turns[i - 1][0] is not turn[0]]
    following = [day - ONE_DAY for _, day in turns[1:]]
    return tuple(
        Phase(status=status, from_on=day, until_on=until)
        for (status, day), until in zip(turns, [*following, None], strict=True)
    )
