"""HTTP of the catalogue of indicators; everybody may read what is counted and how."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from evaluation.definitions import repository, use_cases
from evaluation.definitions.kinds import PARTS, Kind, ValueSource
from evaluation.definitions.refusals import DefinitionUnknown
from evaluation.definitions.schemas import (
    DefinitionCode,
    DefinitionDetail,
    DefinitionIn,
    DefinitionList,
    DefinitionState,
    DimensionOut,
    EditionIn,
)
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea
from shared.http import ExpectedVersion, Page, Reads, Title, Tx, allow, etag, public, router
from shared.names import pattern_of

definitions = router("/definitions", tag="definitions")
dimensions = router("/dimensions", tag="definitions")
METHODOLOGISTS = allow(Role.EVALUATOR, Role.ANALYST, Role.ADMINISTRATOR)


def _filters(
    area: Annotated[ThematicArea | None, Query(alias="filter[area]")] = None,
    kind: Annotated[Kind | None, Query(alias="filter[kind]")] = None,
    value_source: Annotated[ValueSource | None, Query(alias="filter[value_source]")] = None,
    q: Annotated[Title | None, Query(description="Words of the code, the names or the source")] = None,
) -> dict[str, object]:
    asked = {"area": area, "kind": kind, "value_source": value_source, "q": q and pattern_of(q)}
    return {name: value for name, value in asked.items() if value is not None}


@definitions.get("", response_model=DefinitionList, dependencies=[public()])
async def list_definitions(
    reads: Reads, page: Page, filters: Annotated[dict[str, object], Depends(_filters)]
) -> Response:
    """By Czech name, each in its newest edition."""
    return await reads.page(repository.catalogue(frozenset(filters)), page, **filters)


@definitions.get("/{code}", response_model=DefinitionDetail, dependencies=[public()])
async def get_definition(reads: Reads, code: DefinitionCode) -> Response:
    """Give all editions, the oldest first: what was meant when an old value was reported."""
    found = await reads.one(repository.one_definition(), code=code)
    if found is None:
        raise DefinitionUnknown
    return found


@definitions.post("", status_code=201, dependencies=[METHODOLOGISTS])
async def define_indicator(
    tx: Tx, body: DefinitionIn, request: Request, response: Response
) -> DefinitionState:
    defined = await use_cases.define_indicator(
        tx, body.code, body.content(), valid_from=body.valid_from, reason=body.reason
    )
    response.headers["Location"] = f"{request.url.path}/{defined.code}"
    response.headers.update(etag(defined.version))
    return DefinitionState.of(defined)


@definitions.post("/{code}/editions", status_code=201, dependencies=[METHODOLOGISTS])
async def redefine_indicator(
    tx: Tx,
    code: DefinitionCode,
    body: EditionIn,
    expected: ExpectedVersion,
    *,
    request: Request,
    response: Response,
) -> DefinitionState:
    """Say anew what is counted; values that were reported stay under the words of their time."""
    defined = await use_cases.redefine_indicator(
        tx,
        code,
        body.content(),
        valid_from=body.valid_from,
        reason=body.reason,
        bridge=body.bridge.bridge(),
        expected=expected,
    )
    response.headers["Location"] = request.url.path.removesuffix("/editions")
    response.headers.update(etag(defined.version))
    return DefinitionState.of(defined)


@dimensions.get("", dependencies=[public()])
async def list_dimensions() -> list[DimensionOut]:
    """List by what values are broken down, as the European Social Fund asks for it."""
    return [DimensionOut.of(each, parts) for each, parts in PARTS.items()]
