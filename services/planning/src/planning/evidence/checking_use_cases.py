"""What the registry tells of what is cited: fetched outside any transaction, then the links are judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final
from uuid import UUID

from planning.evidence import repository
from planning.evidence.domain import OF_INDEX, Citation, Evidence, Measure, StepKind
from planning.evidence.freshness import Point, Told, judge, key_of, together
from planning.evidence.refusals import RegistryMovedOn
from planning.registry import NotConfigured, Registry, RegistrySilent, ToldIndex, ToldSeries
from shared.contracts.registry import FiguresPublished, IndexPublished
from shared.settings import Settings
from shared.transaction import Transaction

UNITS_AT_ONCE: Final = 100
Answers = Mapping[str | None, Told]
"""What the registry told by series; None is the Index."""


class EditionNotToldYet(Exception):  # noqa: N818 - the fact that stopped us; it may pass
    """The registry answers from a state older than the edition that it told of, or of another content."""


class CitedMeanwhile(Exception):  # noqa: N818 - the same
    """A unit, or an older period, was cited between the question and its answer: it is asked again."""


def cited_series(citation: Citation) -> str | None:
    """Return the series that is asked for; None is the Index, which has no series."""
    return None if citation.measure in OF_INDEX else citation.series


def question_of(citation: Citation) -> tuple[str | None, UUID | None, date | None]:
    """Return what the registry is asked of a citation; equal questions have equal answers."""
    return cited_series(citation), citation.unit_id, citation.period


def parts_until(event: FiguresPublished) -> dict[str | None, date]:
    """Return the last period of each series of an edition: who cites a later one is not concerned."""
    until: dict[str | None, date] = {}
    for part in event.parts:
        until[part.series] = max(part.period, until.get(part.series, part.period))
    return until


def year_until(event: IndexPublished) -> dict[str | None, date]:
    return {None: date(event.year, 12, 31)}


async def fetch_figures(event: FiguresPublished, settings: Settings) -> Answers:
    """Ask for the series of an edition, of those units alone of which they are cited.

    Raises `RegistrySilent`, `EditionNotToldYet`: either may pass.
    """
    answers: dict[str | None, Told] = {}
    cited = await repository.read_citing(settings.database_url, parts_until(event))
    for series, units in groupby(cited, key=lambda each: each.series):
        told = [
            await _figures(settings, series or "", batch, since=since, event=event)
            for batch, since in _batches(units)
        ]
        answers[series] = together(told)
    return answers


async def fetch_index(event: IndexPublished, settings: Settings) -> Answers:
    """Ask for the Index of the cited units, or only how far the registry is; raises as `fetch_figures`."""
    until = year_until(event)
    cited = await repository.read_citing(settings.database_url, until)
    if not cited and not settings.registry_url:
        return {}
    batches = list(_batches(cited)) or [([], until[None])]
    told = [await _index(settings, batch, since=since, event=event) for batch, since in batches]
    return {None: together(told)}


async def fetch_cited(citation: Citation, settings: Settings) -> Told | None:
    """Ask for what one citation cites; None where the registry cannot be asked now."""
    if citation.unit_id is None or citation.period is None:
        return None
    series = cited_series(citation)
    try:
        if series is None:
            return await _index(settings, [citation.unit_id], since=citation.period)
        return await _figures(settings, series, [citation.unit_id], since=citation.period)
    except (RegistrySilent, NotConfigured):
        return None


def _batches(cited: Iterable[repository.Cited]) -> Iterator[tuple[list[UUID], date]]:
    units = list(cited)
    for first in range(0, len(units), UNITS_AT_ONCE):
        batch = units[first : first + UNITS_AT_ONCE]
        yield [each.unit_id for each in batch], min(each.since for each in units)


async def _figures(
    settings: Settings,
    series: str,
    unit_ids: list[UUID],
    *,
    since: date,
    event: FiguresPublished | None = None,
) -> Told:
    told = await Registry(settings.registry_url).figures(series, unit_ids, since=since)
    known = told.vintages if told is not None else {}
    if event is not None and known.get(event.vintage_id) != event.digest:
        raise EditionNotToldYet(series, event.vintage_id)
    return _of_series(told, unit_ids, since=since)


async def _index(
    settings: Settings, unit_ids: list[UUID], *, since: date, event: IndexPublished | None = None
) -> Told:
    told = await Registry(settings.registry_url).index(unit_ids, since=since)
    if event is not None and not any(_is_told(told, event)):
        raise EditionNotToldYet(event.method, event.year, event.version)
    return _of_index(told, unit_ids, since=since)


def _is_told(told: ToldIndex, event: IndexPublished) -> Iterator[bool]:
    for edition in told.editions:
        if (edition.method, edition.year) == (event.method, event.year):
            same = edition.version == event.version and edition.digest == event.digest
            yield same or edition.version > event.version


def _of_series(told: ToldSeries | None, unit_ids: Iterable[UUID], *, since: date) -> Told:
    points: dict[UUID, list[Point]] = {unit_id: [] for unit_id in unit_ids}
    for each in told.points if told is not None else ():
        point = Point(
            period=each.period,
            vintage=each.vintage,
            in_force=each.in_force,
            values={key_of(Measure.FIGURE, None): each.value},
        )
        points[each.unit_id].append(point)
    monthly = told is not None and told.periodicity == "month"
    return Told(position=told.position if told else 0, since=since, points=points, monthly=monthly)


def _of_index(told: ToldIndex, unit_ids: Iterable[UUID], *, since: date) -> Told:
    points: dict[UUID, list[Point]] = {unit_id: [] for unit_id in unit_ids}
    for each in told.points:
        values = {key_of(Measure.INDEX, None): each.index, key_of(Measure.BAND, None): each.band}
        values |= {key_of(Measure.COMPONENT, code): scored for code, scored in each.components.items()}
        point = Point(
            period=date(each.year, 1, 1),
            vintage=each.vintage,
            in_force=each.in_force,
            values={key: None if value is None else Decimal(value) for key, value in values.items()},
            method=each.method,
        )
        points[each.unit_id].append(point)
    return Told(position=told.position, since=since, points=points, every_vintage=False)


async def recheck(
    tx: Transaction, until: Mapping[str | None, date], answers: Answers, *, at_least: int = 0
) -> None:
    """Judge the links that a new edition concerns; an answer older than the last one changes nothing.

    `at_least` is how far the registry is for sure, of series that nobody cited. Raises `CitedMeanwhile`.
    """
    reached = {series: max(at_least, told.position) for series, told in answers.items()}
    await repository.reach(tx.session, {**dict.fromkeys(until, at_least), **reached})
    cited = await repository.citing(tx.session, until)
    for series, units in groupby(cited, key=lambda each: each.series):
        told = answers.get(series)
        if told is None or not all(_is_answered(each, told) for each in units):
            raise CitedMeanwhile(series)
        links = await repository.lock_citing(tx.session, series, until=until[series])
        current = [link for link in links if link.position <= told.position]
        await _judge(tx, current, told)
        checked = [link.id for link in current]
        await repository.note_checked(tx.session, checked, position=told.position, now=tx.now)


def _is_answered(cited: repository.Cited, told: Told) -> bool:
    return cited.unit_id in told.points and cited.since >= told.since


async def _judge(tx: Transaction, links: Sequence[Evidence], told: Told) -> None:
    """Save those of which something else holds now, however many in the same two statements."""
    changed = [
        replace(after, version=before.version + 1)
        for before in links
        if (after := judged(before, told)).citation != before.citation or after.judgement != before.judgement
    ]
    await repository.save(tx.session, changed, now=tx.now)
    await repository.add_steps(tx, changed, StepKind.CHECKED)


def judged(link: Evidence, told: Told) -> Evidence:
    """Return the link with what the answer says of it, under the version that it has."""
    citation, judgement = judge(link.citation, link.upheld, told)
    return replace(link, citation=citation, judgement=judgement, position=told.position)


async def expect_newest(tx: Transaction, citation: Citation, told: Told | None) -> None:
    """Raise `RegistryMovedOn` where an edition came after the answer; who hears of it next waits for us."""
    if citation.unit_id is None:
        return
    series = cited_series(citation)
    heard = await repository.reach(tx.session, {series: told.position if told else 0})
    if told is not None and told.position < heard[series]:
        raise RegistryMovedOn
