"""HTTP of revisions: the approved ones, the draft of the next, what changed between two, steps."""

import base64
import json
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import Field

from planning.plans import revision_use_cases as use_cases
from planning.plans.comparison import compare
from planning.plans.difference import Difference, as_content
from planning.plans.difference_text import groups_of, text_of
from planning.plans.domain import Plan
from planning.plans.draft_repository import edition_of, frozen_edition, names_in
from planning.plans.edition import HEAD, Edition
from planning.plans.refusals import DraftUnknown, PlanUnknown, RevisionUnknown
from planning.plans.repository import KNOWN
from planning.plans.revision_repository import COMPARED, DRAFT, REVISIONS, SNAPSHOT, STEPS, UNIT_NAMES
from planning.plans.revision_schemas import DifferenceOut, DraftOut, ReasonIn
from planning.plans.schemas import DraftState, PlanState, RevisionList, StepList
from shared.canonical import canonical_json
from shared.contracts.base import Role
from shared.http import (
    Caller,
    ExpectedVersion,
    InDigits,
    Page,
    Reads,
    Row,
    Tx,
    allow,
    etag,
    language_of,
    logged_in,
    public,
    router,
)

revisions = router("/plans", tag="plans")
AUTHORS = allow(Role.COORDINATOR, Role.CONSULTANT)
Number = Annotated[int, Field(ge=1, le=2_000_000_000), InDigits]
NumberOrDraft = Annotated[str, Field(pattern=r"^(draft|[1-9][0-9]{0,8})$")]
TEXTS: Final = {"application/json": {}, "text/plain": {"schema": {"type": "string"}}}


@revisions.post("/{plan_id}/revisions", status_code=201, dependencies=[AUTHORS])
async def begin_amendment(
    tx: Tx, plan_id: UUID, body: ReasonIn, expected: ExpectedVersion, request: Request, response: Response
) -> PlanState:
    """Begin the next revision of a plan in force. What is in force stays so until the next is approved."""
    plan = await use_cases.begin_amendment(tx, plan_id, expected=expected, reason=body.reason)
    response.headers["Location"] = request.url.path.removesuffix("revisions") + "draft"
    return _state(plan, response)


@revisions.post("/{plan_id}/discarding", dependencies=[AUTHORS])
async def discard_amendment(
    tx: Tx, plan_id: UUID, body: ReasonIn, expected: ExpectedVersion, response: Response
) -> PlanState:
    """Discard the draft of the next revision, whatever its state."""
    plan = await use_cases.discard_amendment(tx, plan_id, expected=expected, reason=body.reason)
    return _state(plan, response)


@revisions.get("/{plan_id}/draft", response_model=DraftOut, dependencies=[logged_in()])
async def get_draft(reads: Reads, caller: Caller, plan_id: UUID) -> Response:
    """Give the draft of the next revision with its whole tree."""
    found = await reads.one(DRAFT, plan_id=plan_id, **caller.sees())
    if found is None:
        raise DraftUnknown
    return found


@revisions.get(
    "/{plan_id}/difference",
    response_model=DifferenceOut,
    dependencies=[public()],
    responses={200: {"content": TEXTS, "description": "JSON, or sentences where plain text is accepted"}},
)
async def get_difference(
    reads: Reads,
    caller: Caller,
    request: Request,
    plan_id: UUID,
    *,
    from_number: Annotated[
        Number | None, Query(alias="from", description="By default the one in force")
    ] = None,
    to: Annotated[
        NumberOrDraft | None, Query(description="By default the draft, else the one in force")
    ] = None,
) -> Response:
    """Tell what changed between two revisions, or between a revision and the draft of the next one."""
    to_number = int(to) if to is not None and to != "draft" else None
    numbers = {"from_number": from_number, "to_number": to_number}
    row = await reads.row(COMPARED, plan_id=plan_id, **numbers, **caller.sees())
    if row is None:
        raise PlanUnknown
    if to == "draft" and row["content"] is None:
        raise DraftUnknown
    drafted = to == "draft" or (to is None and row["content"] is not None)
    if row["from_text"] is None or (row["to_text"] is None and not drafted):
        raise RevisionUnknown
    before = frozen_edition(row["from_text"])
    after = _drafted(row) if drafted else frozen_edition(row["to_text"])
    change = compare(before, after)
    headers = {"Vary": "Accept, Accept-Language, Authorization"}
    if "text/plain" in request.headers.get("accept", ""):
        names = await _names(reads, row, before, after)
        text = _text(
            change, (before, after), row, names=names, language=language_of(request), drafted=drafted
        )
        return Response(text, media_type="text/plain; charset=utf-8", headers=headers)
    told = "draft" if drafted else row["to_number"]
    content = as_content(change, **{"plan_id": str(plan_id), "from": row["from_number"], "to": told})
    return Response(canonical_json(content), media_type="application/json", headers=headers)


def _drafted(row: Row) -> Edition:
    return edition_of({name: row[name] for name in HEAD}, json.loads(row["content"]))


async def _names(reads: Reads, row: Row, before: Edition, after: Edition) -> dict[UUID, str]:
    """Return the names of units: as they are called now, else as a revision had them."""
    ids = list({*before.unit_ids, *after.unit_ids})
    now = {unit["id"]: unit["name"] for unit in await reads.rows(UNIT_NAMES, ids=ids)}
    return {**names_in(row["from_text"]), **now}


def _text(
    change: Difference,
    editions: tuple[Edition, Edition],
    row: Row,
    *,
    names: dict[UUID, str],
    language: str,
    drafted: bool,
) -> str:
    czech = language == "cs"
    old, new = row["from_number"], row["draft_revision"] if drafted else row["to_number"]
    title = editions[1].title
    if czech:
        heading = f"Změny plánu „{title}“: revize {old} → {new}{' (návrh)' if drafted else ''}"
    else:
        heading = f"Changes of the plan “{title}”: revision {old} → {new}{' (draft)' if drafted else ''}"
    groups = groups_of(change, *editions, language=language, names=names)
    return text_of(groups, title=heading, nothing="Nic se nemění." if czech else "Nothing changes.")


@revisions.get("/{plan_id}/steps", response_model=StepList, dependencies=[logged_in()])
async def list_steps(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List the steps in the life of a plan, the oldest first."""
    await _expect_known(reads, caller, plan_id)
    return await reads.page(STEPS, page, plan_id=plan_id, **caller.sees())


@revisions.get("/{plan_id}/revisions", response_model=RevisionList, dependencies=[public()])
async def list_revisions(reads: Reads, caller: Caller, page: Page, plan_id: UUID) -> Response:
    """List the approved revisions, the newest first."""
    await _expect_known(reads, caller, plan_id)
    return await reads.page(REVISIONS, page, plan_id=plan_id)


@revisions.get(
    "/{plan_id}/revisions/{number}",
    dependencies=[public()],
    responses={200: {"content": {"application/json": {}}, "description": "Canonical JSON, never changed"}},
)
async def get_revision(reads: Reads, plan_id: UUID, number: Number) -> Response:
    """Give the frozen text of an approved revision, byte for byte what its digest was made of."""
    row = await reads.row(SNAPSHOT, plan_id=plan_id, number=number)
    if row is None:
        raise PlanUnknown
    headers = {
        "ETag": f'"{row["digest"]}"',
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(row['digest'])).decode()}:",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    return Response(row["snapshot"], media_type="application/json", headers=headers)


async def _expect_known(reads: Reads, caller: Caller, plan_id: UUID) -> None:
    """Raise `PlanUnknown` rather than show an empty list of a plan that the caller may not know of."""
    if await reads.row(KNOWN, plan_id=plan_id, **caller.sees()) is None:
        raise PlanUnknown


def _state(plan: Plan, response: Response) -> PlanState:
    response.headers.update(etag(plan.version))
    draft = None
    if plan.draft is not None:
        draft = DraftState(revision=plan.draft.revision, status=plan.draft.status)
    return PlanState(
        id=plan.id, version=plan.version, status=plan.status, revision=plan.revision, draft=draft
    )
