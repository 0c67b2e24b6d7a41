"""What was taken from statistics is checked by what the registry publishes: asked outside any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from evaluation.registry import figures
from evaluation.sources import repository
from evaluation.sources.domain import ANSWERED_WITHIN, Taken, doubt_of
from evaluation.values.figures import Figure
from evaluation.values.use_cases import quoted_of
from shared.contracts.registry import FiguresPublished
from shared.settings import Settings
from shared.transaction import Transaction
from shared.working_days import working_days_after

UNITS_AT_ONCE: Final = 100


class EditionNotToldYet(Exception):  # noqa: N818 - the fact that stopped us; it may pass
    """The registry cannot be asked, or answers from a state older than the edition that it told of."""


class TakenMeanwhile(Exception):  # noqa: N818 - the same
    """A value of other units, or of an older period, was taken between the question and its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the registry told of a series: of which units, since which day, and how far it was."""

    unit_ids: frozenset[UUID]
    since: date
    vintage: int
    figures: tuple[Figure, ...]

    def covers(self, taken: Taken) -> bool:
        return self.since <= taken.since and self.unit_ids >= {each.unit_id for each in taken.figures}


async def fetch_figures(event: FiguresPublished, settings: Settings) -> Mapping[str, Answer]:
    """Ask for the series of an edition, of those units alone of which values were taken.

    Raises EditionNotToldYet, which may pass.
    """
    concerned = await repository.read_taken(settings.database_url, _series(event))
    asked = sorted({each.series for each in concerned})
    return {
        series: await _answer(settings, event, [each for each in concerned if each.series == series])
        for series in asked
    }


def _series(event: FiguresPublished) -> set[str]:
    return {part.series for part in event.parts}


async def _answer(settings: Settings, event: FiguresPublished, concerned: Sequence[Taken]) -> Answer:
    units = sorted({figure.unit_id for each in concerned for figure in each.figures})
    since = min(each.since for each in concerned)
    series = concerned[0].series
    known: list[Figure] = []
    reached = []
    for at in range(0, len(units), UNITS_AT_ONCE):
        batch = units[at : at + UNITS_AT_ONCE]
        told = await figures(settings.registry_url, series, batch, since=since)
        if told is None or told.vintages.get(event.vintage_id) != event.digest:
            raise EditionNotToldYet(series, event.vintage_id)
        quoted = quoted_of(series, told)
        known += quoted.figures or ()
        reached.append(quoted.vintage)
    return Answer(unit_ids=frozenset(units), since=since, vintage=min(reached), figures=tuple(known))


async def recheck(tx: Transaction, event: FiguresPublished, answers: Mapping[str, Answer]) -> None:
    """Doubt the values that the figures in force contradict; no value is changed by it.

    An answer older than another that was heard changes nothing. Raises TakenMeanwhile.
    """
    heard = dict.fromkeys(_series(event), event.vintage_id)
    heard |= {series: max(event.vintage_id, answer.vintage) for series, answer in answers.items()}
    newest = await repository.reach(tx.session, heard)
    current = [series for series, vintage in heard.items() if newest[series] == vintage]
    doubts, sound = [], []
    for each in await repository.taken_of(tx.session, current):
        answer = answers.get(each.series)
        if answer is None or not answer.covers(each):
            raise TakenMeanwhile(each.series)
        doubt = doubt_of(each, answer.figures)
        if doubt is None:
            sound.append(each.obligation_id)
        else:
            doubts.append(doubt)
    await repository.forget_doubts(tx.session, sound)
    due_on = working_days_after(tx.today, ANSWERED_WITHIN)
    await repository.doubt(tx.session, doubts, now=tx.now, due_on=due_on)
