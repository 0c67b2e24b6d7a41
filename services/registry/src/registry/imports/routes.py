"""HTTP of the log of imports: read by those who care for the data."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from registry.imports import repository
from registry.imports.domain import ImportUnknown
from registry.imports.schemas import ImportList, ImportOut
from shared.contracts.base import Role
from shared.http import Page, Reads, allow, router

imports = router("/imports", tag="imports")

_READ = allow(Role.ADMINISTRATOR, Role.ANALYST, Role.CONSULTANT)


@imports.get("", response_model=ImportList, dependencies=[_READ])
async def list_imports(
    reads: Reads,
    page: Page,
    kind: Annotated[str | None, Query(alias="filter[kind]", pattern="^[a-z0-9-]{1,60}$")] = None,
) -> Response:
    """List the latest first."""
    return await reads.page(repository.imports(of_kind=kind is not None), page, kind=kind)


@imports.get("/{import_id}", response_model=ImportOut, dependencies=[_READ])
async def get_import(reads: Reads, import_id: UUID) -> Response:
    found = await reads.one(repository.ONE, id=import_id)
    if found is None:
        raise ImportUnknown
    return found
