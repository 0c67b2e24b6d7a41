"""HTTP of disclosure: what is hidden by which rule, what was released, and protection for others."""

from typing import Annotated

import numpy as np
from fastapi import Query, Response
from pydantic import Field

from registry.disclosure import repository, use_cases
from registry.disclosure.domain import CountsDoNotFit, LeafUnknown, MarksDoNotFit, NameTwice, TableTooLarge
from registry.disclosure.lattice import Dimension, Table, crossed
from registry.disclosure.schemas import (
    DimensionIn,
    EarlierIn,
    PolicyList,
    ProtectedOut,
    ReleaseList,
    SumIn,
    SumOut,
    TableIn,
)
from registry.disclosure.system import Mark, Released
from shared.contracts.base import Role
from shared.http import Day, InDigits, Page, Reads, Title, Tx, allow, logged_in, public, router

disclosure = router("/disclosure", tag="disclosure")

MOST_CELLS = 1000
"""With overlapping groups without any order this takes some five seconds; ten times more take minutes."""
_ASK = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT, Role.COORDINATOR, Role.EVALUATOR, Role.SYSTEM)


@disclosure.get("/policies", response_model=PolicyList, dependencies=[public()])
async def list_policies(reads: Reads, page: Page) -> Response:
    """Tell from which count on the figures of each source are shown."""
    return await reads.page(repository.POLICIES, page)


@disclosure.get("/releases", response_model=ReleaseList, dependencies=[logged_in()])
async def list_releases(
    reads: Reads,
    page: Page,
    series: Annotated[Title | None, Query(alias="filter[series]")] = None,
    period: Annotated[Day | None, Query(alias="filter[period]")] = None,
    vintage: Annotated[
        Annotated[int, Field(ge=1, le=2**31 - 1), InDigits] | None, Query(alias="filter[vintage]")
    ] = None,
) -> Response:
    """List the latest first."""
    asked = {"series": series, "period": period, "vintage": vintage}
    given = {name: value for name, value in asked.items() if value is not None}
    return await reads.page(repository.releases(frozenset(given)), page, **given)


@disclosure.post("/protection", response_model=ProtectedOut, dependencies=[_ASK])
async def protect_table(body: TableIn) -> ProtectedOut:
    """Protect a table; nothing of it is kept."""
    table = _table(body.dimensions, body.counts, "")
    earlier = [_released(each, f"/earlier/{number}") for number, each in enumerate(body.earlier)]
    return ProtectedOut.of(await use_cases.protect_table(table, body.suppress_below, earlier))


@disclosure.post("/sums", response_model=SumOut, dependencies=[_ASK])
async def answer_for_sum(tx: Tx, body: SumIn) -> SumOut:
    """Tell the sum of figures of a protected source over any units, where it tells nothing new."""
    answer = await use_cases.answer_for_sum(
        tx, series=body.series, period=body.period, unit_ids=frozenset(body.unit_ids)
    )
    return SumOut.of(answer)


def _released(body: EarlierIn, pointer: str) -> Released:
    table = _table(body.dimensions, body.counts, pointer)
    if len(body.marks) != len(table.cells):
        raise MarksDoNotFit(pointer=f"{pointer}/marks", expected=len(table.cells), found=len(body.marks))
    marks = np.array([Mark[mark.name] for mark in body.marks], dtype=np.int8)
    return Released(table=table, marks=marks, k=body.suppress_below)


def _table(dimensions: list[DimensionIn], counts: list[int], pointer: str) -> Table:
    shape = [len(dimension.leaves) for dimension in dimensions]
    nodes = int(np.prod([len(each.leaves) + len(each.groups) for each in dimensions]))
    if nodes > MOST_CELLS:
        raise TableTooLarge(pointer=f"{pointer}/dimensions", cells=nodes, most=MOST_CELLS)
    if len(counts) != int(np.prod(shape)):
        raise CountsDoNotFit(pointer=f"{pointer}/counts", expected=int(np.prod(shape)), found=len(counts))
    found = [_dimension(each, f"{pointer}/dimensions/{number}") for number, each in enumerate(dimensions)]
    return crossed(found, np.array(counts, dtype=np.int64).reshape(shape))


def _dimension(body: DimensionIn, pointer: str) -> Dimension:
    names = [*body.leaves, *(group.name for group in body.groups)]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise NameTwice(pointer=pointer, name=name)
    known = set(body.leaves)
    for number, group in enumerate(body.groups):
        unknown = next((leaf for leaf in group.leaves if leaf not in known), None)
        if unknown is not None:
            raise LeafUnknown(pointer=f"{pointer}/groups/{number}/leaves", group=group.name, leaf=unknown)
    return Dimension(leaves=body.leaves, groups={group.name: group.leaves for group in body.groups})
