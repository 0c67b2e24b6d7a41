"""HTTP of bodies and of their members."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from planning.partnerships import list_repository, use_cases
from planning.partnerships.domain import Body, BodyKind, Mandate, MemberRole
from planning.partnerships.list_repository import Filters, MemberFilters
from planning.partnerships.refusals import BodyUnknown, MandateUnknown
from planning.partnerships.schemas import (
    Area,
    BodyIn,
    BodyList,
    BodyOut,
    BodyState,
    DissolutionIn,
    ErasureIn,
    MandateEndIn,
    MandateState,
    MemberIn,
    MemberList,
    MemberOut,
    MembersIn,
    TakenOut,
)
from shared.contracts.base import Role
from shared.http import (
    Caller,
    Day,
    ExpectedVersion,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    public,
    router,
    today,
)
from shared.names import pattern_of

bodies = router("/bodies", tag="partnerships")
members = router("/members", tag="partnerships")

_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)
_ERASE: Final = allow(Role.ADMINISTRATOR)
_OFFICE: Final = frozenset({Role.COORDINATOR, Role.MAYOR})
"""Roles of a unit's own people who may read contacts; a partner of the unit may not."""
Words = Annotated[
    Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None,
    Query(description="Words in their order, whatever their case and diacritics"),
]
OfUnit = Annotated[UUID | None, Query(alias="filter[unit]")]
AsOf = Annotated[Day | None, Query(description="The state on this day")]


@bodies.post("", status_code=201, dependencies=[_WRITE])
async def set_up_body(tx: Tx, body: BodyIn, request: Request, response: Response) -> BodyState:
    """Set up a partnership, a team or a group of one or more units."""
    made = await use_cases.set_up_body(tx, body.body(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{made.id}"
    return _state(made, response)


@bodies.get("", response_model=BodyList, dependencies=[public()])
async def list_bodies(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    unit: OfUnit = None,
    plan: Annotated[UUID | None, Query(alias="filter[plan]")] = None,
    kind: Annotated[BodyKind | None, Query(alias="filter[kind]")] = None,
    area: Annotated[Area | None, Query(alias="filter[area]")] = None,
    q: Words = None,
    as_of: AsOf = None,
) -> Response:
    """List bodies in Czech order with the number of their members: public ones, and those of one's units."""
    filters = Filters(
        of_unit=unit is not None,
        of_plan=plan is not None,
        of_kind=kind is not None,
        of_area=area is not None,
        by_text=q is not None,
        on_a_day=as_of is not None,
    )
    return await reads.page(
        list_repository.bodies(filters),
        page,
        unit_id=unit,
        plan_id=plan,
        kind=kind.value if kind else None,
        area=area,
        pattern=pattern_of(q or ""),
        day=as_of or today(),
        **caller.sees(),
    )


@bodies.get("/{body_id}", response_model=BodyOut, dependencies=[public()])
async def get_body(reads: Reads, caller: Caller, body_id: UUID, as_of: AsOf = None) -> Response:
    found = await reads.one(list_repository.BODY, body_id=body_id, day=as_of or today(), **caller.sees())
    if found is None:
        raise BodyUnknown
    return found


@bodies.put("/{body_id}", dependencies=[_WRITE])
async def change_body(
    tx: Tx, body_id: UUID, body: BodyIn, expected: ExpectedVersion, response: Response
) -> BodyState:
    """Say all of the body anew."""
    return _state(await use_cases.change_body(tx, body.body(body_id), expected=expected), response)


@bodies.post("/{body_id}/dissolution", dependencies=[_WRITE])
async def dissolve_body(
    tx: Tx, body_id: UUID, body: DissolutionIn, expected: ExpectedVersion, response: Response
) -> BodyState:
    """End a body and the mandates in it; everything stays readable."""
    ended = await use_cases.dissolve_body(
        tx, body_id, last_day=body.ends_on, reason=body.reason, expected=expected
    )
    return _state(ended, response)


@bodies.post("/{body_id}/members", status_code=201, dependencies=[_WRITE])
async def give_mandates(tx: Tx, body_id: UUID, body: MembersIn) -> TakenOut:
    """Take members in, one or a whole list: all of them or none."""
    wanted = [each.mandate(tx.new_id(), body_id) for each in body.members]
    await use_cases.give_mandates(tx, body_id, wanted)
    return TakenOut(ids=tuple(each.id for each in wanted))


@members.get("", response_model=MemberList, dependencies=[public()])
async def list_members(  # noqa: PLR0913
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    body: Annotated[UUID | None, Query(alias="filter[body]")] = None,
    unit: OfUnit = None,
    role: Annotated[MemberRole | None, Query(alias="filter[role]")] = None,
    q: Words = None,
    as_of: AsOf = None,
) -> Response:
    """List members in Czech order; strangers see who is in a public body today, without contacts."""
    filters = MemberFilters(
        of_body=body is not None,
        of_unit=unit is not None,
        of_role=role is not None,
        by_text=q is not None,
        on_a_day=as_of is not None,
    )
    return await reads.page(
        list_repository.members(filters),
        page,
        body_id=body,
        unit_id=unit,
        role=role.value if role else None,
        pattern=pattern_of(q or ""),
        day=as_of,
        **_close_reader(caller),
    )


@members.get("/{mandate_id}", response_model=MemberOut, dependencies=[public()])
async def get_member(reads: Reads, caller: Caller, mandate_id: UUID) -> Response:
    found = await reads.one(list_repository.MEMBER, mandate_id=mandate_id, **_close_reader(caller))
    if found is None:
        raise MandateUnknown
    return found


@members.put("/{mandate_id}", dependencies=[_WRITE])
async def correct_mandate(
    tx: Tx, mandate_id: UUID, body: MemberIn, expected: ExpectedVersion, response: Response
) -> MandateState:
    """Say all of a membership anew: a name, a contact, a role, the days."""
    wanted = body.mandate(mandate_id, mandate_id)
    return _standing(await use_cases.correct_mandate(tx, wanted, expected=expected), response)


@members.post("/{mandate_id}/end", dependencies=[_WRITE])
async def end_mandate(
    tx: Tx, mandate_id: UUID, body: MandateEndIn, expected: ExpectedVersion, response: Response
) -> MandateState:
    """Let a member leave: the mandate ends, nothing is deleted."""
    ended = await use_cases.end_mandate(
        tx, mandate_id, ends_on=body.ends_on, reason=body.reason, expected=expected
    )
    return _standing(ended, response)


@members.post("/{mandate_id}/erasure", dependencies=[_ERASE])
async def erase_member(
    tx: Tx, mandate_id: UUID, body: ErasureIn, expected: ExpectedVersion, response: Response
) -> MandateState:
    """Forget the person after the time of retention, or when the person asks for it."""
    erased = await use_cases.erase_member(tx, mandate_id, ground=body.ground, expected=expected)
    return _standing(erased, response)


def _close_reader(caller: Caller) -> dict[str, object]:
    close = list(caller.units) if caller.has_any(_OFFICE) else []
    me = None if caller.is_anonymous else caller.id
    return {**caller.sees(), "close_units": close, "caller": me, "today": today()}


def _state(body: Body, response: Response) -> BodyState:
    response.headers.update(etag(body.version))
    return BodyState.model_validate(body)


def _standing(mandate: Mandate, response: Response) -> MandateState:
    response.headers.update(etag(mandate.version))
    return MandateState.model_validate(mandate)
