"""HTTP of offers and of needs."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import StringConstraints

from planning.offers import list_repository, use_cases
from planning.offers.domain import ExchangeForm, Need, NeedStatus, Offer
from planning.offers.list_repository import NeedFilters, OfferFilters
from planning.offers.matching import Match, ranked
from planning.offers.refusals import NeedUnknown, OfferUnknown
from planning.offers.schemas import (
    MatchesOut,
    MatchOut,
    NeedIn,
    NeedList,
    NeedOut,
    OfferIn,
    OfferList,
    OfferOut,
    OfferState,
    OfferUnit,
    OfferVersion,
    WithdrawalIn,
)
from shared.contracts.base import Role
from shared.contracts.registry import ThematicArea
from shared.http import (
    AGENCY,
    Caller,
    ExpectedVersion,
    Page,
    Reads,
    Storable,
    Tx,
    allow,
    etag,
    language_of,
    public,
    router,
    today,
)
from shared.names import pattern_of

offers = router("/peer-offers", tag="peers")
needs = router("/peer-needs", tag="peers")

_WRITE: Final = allow(Role.COORDINATOR, Role.MAYOR, Role.CONSULTANT)
_READ: Final = allow(Role.COORDINATOR, Role.MAYOR, *AGENCY)
MOST_MATCHES: Final = 20
Words = Annotated[
    Annotated[str, StringConstraints(min_length=2, max_length=100), Storable] | None,
    Query(description="Words in their order, whatever their case and diacritics"),
]
OfArea = Annotated[ThematicArea | None, Query(alias="filter[area]")]
OfUnit = Annotated[UUID | None, Query(alias="filter[unit]")]


@offers.get("", response_model=OfferList, dependencies=[public()])
async def list_peer_offers(  # noqa: PLR0913
    reads: Reads,
    page: Page,
    *,
    area: OfArea = None,
    unit: OfUnit = None,
    form: Annotated[ExchangeForm | None, Query(alias="filter[form]")] = None,
    state: Annotated[OfferState, Query(alias="filter[state]")] = OfferState.OPEN,
    q: Words = None,
) -> Response:
    """List what units can show to others, in Czech order."""
    filters = OfferFilters(
        of_area=area is not None, of_unit=unit is not None, of_form=form is not None, by_text=q is not None
    )
    return await reads.page(
        list_repository.offers(filters),
        page,
        area=area and area.value,
        unit_id=unit,
        form=form and form.value,
        state=state.value,
        pattern=pattern_of(q or ""),
        **_now(),
    )


@offers.get("/{offer_id}", response_model=OfferOut, dependencies=[public()])
async def get_peer_offer(reads: Reads, offer_id: UUID) -> Response:
    found = await reads.one(list_repository.OFFER, offer_id=offer_id, **_now())
    if found is None:
        raise OfferUnknown
    return found


@offers.post("", status_code=201, dependencies=[_WRITE])
async def make_peer_offer(tx: Tx, body: OfferIn, request: Request, response: Response) -> OfferVersion:
    """Offer to show others what works here."""
    offer = await use_cases.make_offer(tx, body.offer(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{offer.id}"
    return _state(offer, response)


@offers.put("/{offer_id}", dependencies=[_WRITE])
async def change_peer_offer(
    tx: Tx, offer_id: UUID, body: OfferIn, expected: ExpectedVersion, response: Response
) -> OfferVersion:
    """Say all of an offer anew; the unit stays."""
    return _state(await use_cases.change_offer(tx, body.offer(offer_id), expected=expected), response)


@offers.post("/{offer_id}/withdrawal", dependencies=[_WRITE])
async def withdraw_peer_offer(
    tx: Tx, offer_id: UUID, body: WithdrawalIn, expected: ExpectedVersion, response: Response
) -> OfferVersion:
    """Withdraw an offer; exchanges that were agreed go on."""
    offer = await use_cases.withdraw_offer(tx, offer_id, expected=expected, reason=body.reason)
    return _state(offer, response)


@needs.get("", response_model=NeedList, dependencies=[_READ])
async def list_peer_needs(
    reads: Reads,
    caller: Caller,
    page: Page,
    *,
    area: OfArea = None,
    unit: OfUnit = None,
    status: Annotated[NeedStatus, Query(alias="filter[status]")] = NeedStatus.OPEN,
) -> Response:
    """List what units want to learn, in Czech order; closed needs for their units and the Agency."""
    filters = NeedFilters(of_area=area is not None, of_unit=unit is not None)
    asked = {"area": area and area.value, "unit_id": unit, "status": status.value}
    return await reads.page(list_repository.needs(filters), page, **asked, **caller.sees())


@needs.get("/{need_id}", response_model=NeedOut, dependencies=[_READ])
async def get_peer_need(reads: Reads, caller: Caller, need_id: UUID) -> Response:
    found = await reads.one(list_repository.NEED, need_id=need_id, **caller.sees())
    if found is None:
        raise NeedUnknown
    return found


@needs.get("/{need_id}/matches", dependencies=[_READ])
async def match_peer_need(reads: Reads, caller: Caller, request: Request, need_id: UUID) -> MatchesOut:
    """Suggest offers of other units for a need of one's own, the best first, with the reasons."""
    row = await reads.row(list_repository.COMPARED, need_id=need_id, **caller.sees())
    if row is None:
        raise NeedUnknown
    need, unit_kind = list_repository.compared(row)
    rows = await reads.rows(list_repository.CANDIDATES, area=need.area.value, unit_id=need.unit_id, **_now())
    found = ranked(need, unit_kind, map(list_repository.candidate_of, rows))
    language = language_of(request)
    return MatchesOut(items=tuple(_match(each, language) for each in found[:MOST_MATCHES]))


@needs.post("", status_code=201, dependencies=[_WRITE])
async def tell_peer_need(tx: Tx, body: NeedIn, request: Request, response: Response) -> OfferVersion:
    """Say what one's unit wants to learn from others."""
    need = await use_cases.tell_need(tx, body.need(tx.new_id()))
    response.headers["Location"] = f"{request.url.path}/{need.id}"
    return _state(need, response)


@needs.put("/{need_id}", dependencies=[_WRITE])
async def change_peer_need(
    tx: Tx, need_id: UUID, body: NeedIn, expected: ExpectedVersion, response: Response
) -> OfferVersion:
    """Say all of a need anew; the unit stays."""
    return _state(await use_cases.change_need(tx, body.need(need_id), expected=expected), response)


@needs.post("/{need_id}/closure", dependencies=[_WRITE])
async def close_peer_need(
    tx: Tx, need_id: UUID, body: WithdrawalIn, expected: ExpectedVersion, response: Response
) -> OfferVersion:
    """Close a need; exchanges that were agreed go on."""
    need = await use_cases.close_need(tx, need_id, expected=expected, reason=body.reason)
    return _state(need, response)


def _match(match: Match, language: str) -> MatchOut:
    offer = match.candidate
    return MatchOut(
        offer_id=offer.offer_id,
        unit=OfferUnit(id=offer.unit_id, name=offer.unit_name),
        title=offer.title,
        forms=offer.forms,
        is_verified=offer.is_verified,
        free_this_year=offer.free,
        score=match.score,
        reasons=tuple(reason.cs if language == "cs" else reason.en for reason in match.reasons),
    )


def _now() -> dict[str, object]:
    day = today()
    return {"today": day, "year": day.year}


def _state(kept: Offer | Need, response: Response) -> OfferVersion:
    response.headers.update(etag(kept.version))
    return OfferVersion(id=kept.id, version=kept.version, status=kept.status.value)
