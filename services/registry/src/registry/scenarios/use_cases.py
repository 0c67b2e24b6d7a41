"""What is done with what-if: ask, keep the question with a name, ask it again."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from registry.exclusion import repository as index
from registry.exclusion.domain import EditionUnknown
from registry.exclusion.frame import Edition, Inputs
from registry.scenarios import repository
from registry.scenarios.amending import Positions, Touched, amend, change_figures
from registry.scenarios.domain import (
    Change,
    MunicipalityWithoutIndex,
    NothingToChange,
    Question,
    ScenarioNameTaken,
    SupportOutOfScale,
    Visibility,
    expect_something,
)
from registry.scenarios.outcome import Move, Outcome, compare, recompute, summary_of
from shared.reads import Reader
from shared.transaction import Transaction

Area = Sequence[str] | None
"""The codes of the municipalities that a change concerns; None: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came out, of which editions: `base` is compared to, `source` gave the figures and the rule."""

    question: Question
    base: Edition
    source: Edition
    areas: Sequence[Area]
    touched: Sequence[Touched]
    outcome: Outcome


async def ask(reads: Reader, question: Question) -> Answer:
    """Compute the country anew from the editions in force; nothing is kept.

    Raises EditionUnknown, and what is wrong with the question, with a pointer to where.
    """
    expect_something(question)
    base = await _edition(reads, question.year, question.method)
    source = base
    if question.other_method is not None:
        source = await _edition(reads, question.year, question.other_method)
    areas = [
        await _area(reads, change, source.inputs, f"/changes/{number}")
        for number, change in enumerate(question.changes)
    ]
    return await _answer(question, base, source, areas)


async def ask_again(reads: Reader, question: Question, kept: "Kept") -> Answer:
    """Compute a kept scenario from the editions that it was kept with, in the areas as they were then.

    A municipality that got another code, or was closed back in time, since then is left out of them.
    """
    base = await index.stored_edition(reads, kept.computation_id)
    source = await index.stored_edition(reads, kept.other_computation_id)
    if base is None or source is None:
        raise EditionUnknown(year=question.year)
    return await _answer(question, base, source, kept.areas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What of a scenario is needed to ask it again."""

    computation_id: int
    other_computation_id: int
    areas: Sequence[Area]


async def listed(
    reads: Reader, answer: Answer, *, limit: int, offset: int
) -> tuple[list[Move], Mapping[UUID, str]]:
    """Return a part of those that move, with their names at the end of the year."""
    moves = list(answer.outcome.moves[offset : offset + limit])
    ids = [move.unit_id for move in moves]
    return moves, await repository.names(reads, ids, on=date(answer.question.year, 12, 31))


async def keep(
    tx: Transaction,
    answer: Answer,
    *,
    name: str,
    note: str,
    visibility: Visibility,
    question: Mapping[str, object],
) -> UUID:
    """Keep a question with its answer. Raises ScenarioNameTaken where the caller has one of that name."""
    id_ = tx.new_id()
    values = {
        "id": id_,
        "name": name,
        "note": note,
        "visibility": visibility.value,
        "owner": tx.actor.id,
        "affiliation": tx.actor.affiliation,
        "year": answer.question.year,
        "method": answer.base.method.code,
        "computation_id": answer.base.computation_id,
        "other_computation_id": answer.source.computation_id,
        "results_digest": answer.base.results_digest,
        "question": dict(question),
        "areas": [None if area is None else list(area) for area in answer.areas],
        "summary": summary_of(answer.outcome),
        "outcome_digest": answer.outcome.digest,
        "created_at": tx.now,
    }
    if not await repository.add(tx.session, values):
        raise ScenarioNameTaken(pointer="/name", name=name)
    return id_


async def _edition(reads: Reader, year: int, method: str | None) -> Edition:
    found = await index.edition(reads, year=year, method=method)
    if found is None:
        raise EditionUnknown(year=year)
    return found


async def _area(reads: Reader, change: Change, inputs: Inputs, pointer: str) -> Area:
    places = {unit_id: at for at, unit_id in enumerate(inputs.unit_ids)}
    if change.within is not None:
        found = await repository.municipalities(reads, change.within, on=date(inputs.year, 12, 31))
        codes = sorted(inputs.codes[places[unit_id]] for unit_id in found if unit_id in places)
        if not codes:
            raise NothingToChange(pointer=f"{pointer}/within")
        return codes
    if not change.municipalities:
        return None
    for number, unit_id in enumerate(change.municipalities):
        if unit_id not in places:
            raise MunicipalityWithoutIndex(pointer=f"{pointer}/municipalities/{number}", unit_id=unit_id)
    return sorted({inputs.codes[places[unit_id]] for unit_id in change.municipalities})


async def _answer(question: Question, base: Edition, source: Edition, areas: Sequence[Area]) -> Answer:
    """Compute in a thread: others are served meanwhile."""
    highest = base.method.highest_index
    for number, threshold in enumerate(question.support):
        if threshold > highest:
            raise SupportOutOfScale(pointer=f"/support/{number}", threshold=threshold, highest=highest)
    touched, outcome = await asyncio.to_thread(_compute, question, base, source, areas)
    return Answer(question=question, base=base, source=source, areas=areas, touched=touched, outcome=outcome)


def _compute(
    question: Question, base: Edition, source: Edition, areas: Sequence[Area]
) -> tuple[list[Touched], Outcome]:
    method = amend(source.method, question.thresholds, question.state_weight)
    changes = [
        (change, _positions(source.inputs, area))
        for change, area in zip(question.changes, areas, strict=True)
    ]
    inputs, touched = change_figures(method, source.inputs, changes)
    results = recompute(method, inputs, source, hold_reference=question.hold_reference)
    return touched, compare(base, source, results, method=method, support=question.support)


def _positions(inputs: Inputs, area: Area) -> Positions:
    if area is None:
        return np.arange(len(inputs.codes))
    places = {code: at for at, code in enumerate(inputs.codes)}
    return np.array([places[code] for code in area if code in places], dtype=np.int64)
