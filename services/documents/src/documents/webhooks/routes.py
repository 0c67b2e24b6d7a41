"""HTTP of webhooks: systems keep their own, administrators see all."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response

from documents.outside import sealer_of
from documents.webhooks import list_repository, use_cases
from documents.webhooks.domain import Outcome
from documents.webhooks.refusals import WebhookUnknown
from documents.webhooks.schemas import (
    DeliveryAsked,
    DeliveryList,
    ReplayIn,
    SecretOut,
    WebhookCreated,
    WebhookIn,
    WebhookList,
    WebhookOut,
)
from shared.contracts.base import Role
from shared.http import Caller, ExpectedVersion, Page, Reads, Tx, allow, etag, router

webhooks = router("/webhooks", tag="webhooks")
INTEGRATORS: Final = allow(Role.SYSTEM, Role.ADMINISTRATOR)


def _reader(caller: Caller) -> dict[str, object]:
    return {"administrator": caller.has_any({Role.ADMINISTRATOR}), "caller": caller.id}


@webhooks.post("", status_code=201, response_model=WebhookCreated, dependencies=[INTEGRATORS])
async def subscribe_webhook(body: WebhookIn, tx: Tx, request: Request, response: Response) -> WebhookCreated:
    """Subscribe to events from now on; they come signed as Standard Webhooks says, in order, once by id."""
    settings = request.app.state.resources.settings
    webhook_id, secret = await use_cases.subscribe(
        tx, body.wanted(), settings=settings, sealer=sealer_of(settings)
    )
    response.headers.update(etag(1) | {"Cache-Control": "no-store"})
    response.headers["Location"] = f"{request.url.path}/{webhook_id}"
    return WebhookCreated(id=webhook_id, version=1, secret=secret)


@webhooks.get("", response_model=WebhookList, dependencies=[INTEGRATORS])
async def list_webhooks(reads: Reads, page: Page, caller: Caller) -> Response:
    return await reads.page(list_repository.WEBHOOKS, page, **_reader(caller))


@webhooks.get("/{webhook_id}", response_model=WebhookOut, dependencies=[INTEGRATORS])
async def get_webhook(reads: Reads, caller: Caller, webhook_id: UUID) -> Response:
    """Tell where it stands: what waits for it, since when it fails, when the next attempt is."""
    found = await reads.one(list_repository.WEBHOOK, id=webhook_id, **_reader(caller))
    if found is None:
        raise WebhookUnknown
    return found


@webhooks.put("/{webhook_id}", status_code=204, dependencies=[INTEGRATORS])
async def change_webhook(
    body: WebhookIn, tx: Tx, request: Request, webhook_id: UUID, version: ExpectedVersion
) -> Response:
    """Let it want something else; it goes on from where it stands."""
    settings = request.app.state.resources.settings
    await use_cases.change(tx, webhook_id, version, body.wanted(), settings=settings)
    return _changed(version)


@webhooks.delete("/{webhook_id}", status_code=204, dependencies=[INTEGRATORS])
async def remove_webhook(tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> Response:
    """Remove it with its journal."""
    await use_cases.unsubscribe(tx, webhook_id, version)
    return Response(status_code=204)


@webhooks.post("/{webhook_id}/pause", status_code=204, dependencies=[INTEGRATORS])
async def pause_webhook(tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> Response:
    """Send nothing more; what happens meanwhile waits, as long as events are kept."""
    await use_cases.pause(tx, webhook_id, version)
    return _changed(version)


@webhooks.post("/{webhook_id}/activation", status_code=204, dependencies=[INTEGRATORS])
async def activate_webhook(tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> Response:
    """Send all that waits, at once: after a pause, after it was disabled, or instead of the next attempt."""
    await use_cases.activate(tx, webhook_id, version)
    return _changed(version)


@webhooks.post("/{webhook_id}/replay", status_code=204, dependencies=[INTEGRATORS])
async def replay_webhook(body: ReplayIn, tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> Response:
    """Send again what was sent, from an event or an instant on, under the same ids."""
    await use_cases.replay(tx, webhook_id, version, event_id=body.event_id, since=body.since_at)
    return _changed(version)


@webhooks.post("/{webhook_id}/skip", status_code=204, dependencies=[INTEGRATORS])
async def skip_webhook_event(tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> Response:
    """Give up the event that holds up the others."""
    await use_cases.skip(tx, webhook_id, version)
    return _changed(version)


@webhooks.post("/{webhook_id}/secret", response_model=SecretOut, dependencies=[INTEGRATORS])
async def rotate_webhook_secret(
    tx: Tx, request: Request, response: Response, webhook_id: UUID, version: ExpectedVersion
) -> SecretOut:
    """Give a new secret; for a day both sign, so that nothing is refused meanwhile."""
    sealer = sealer_of(request.app.state.resources.settings)
    secret = await use_cases.rotate(tx, webhook_id, version, sealer=sealer)
    response.headers.update(etag(version + 1) | {"Cache-Control": "no-store"})
    return SecretOut(secret=secret, version=version + 1)


@webhooks.post(
    "/{webhook_id}/ping", status_code=202, response_model=DeliveryAsked, dependencies=[INTEGRATORS]
)
async def ping_webhook(tx: Tx, webhook_id: UUID, version: ExpectedVersion) -> DeliveryAsked:
    """Send a signed test event; what came of it is found among the deliveries."""
    return DeliveryAsked(id=await use_cases.ping(tx, webhook_id, version))


@webhooks.get("/{webhook_id}/deliveries", response_model=DeliveryList, dependencies=[INTEGRATORS])
async def list_webhook_deliveries(
    reads: Reads,
    page: Page,
    caller: Caller,
    webhook_id: UUID,
    *,
    outcome: Annotated[Outcome | None, Query(alias="filter[outcome]")] = None,
    event: Annotated[UUID | None, Query(alias="filter[event]")] = None,
) -> Response:
    """List attempts, the newest first: what was sent when, and what the receiver answered."""
    known = {"id": webhook_id, **_reader(caller)}
    if await reads.row(list_repository.IS_THERE, **known) is None:
        raise WebhookUnknown
    given = {"outcome": outcome and outcome.value, "event": event}
    query = list_repository.deliveries(*(name for name, value in given.items() if value is not None))
    return await reads.page(query, page, **given, **known)


@webhooks.post(
    "/{webhook_id}/deliveries/{delivery_id}/retry",
    status_code=202,
    response_model=DeliveryAsked,
    dependencies=[INTEGRATORS],
)
async def retry_webhook_delivery(
    tx: Tx, webhook_id: UUID, delivery_id: UUID, version: ExpectedVersion
) -> DeliveryAsked:
    """Send the event of a delivery once more under its id, beside the order of the others."""
    return DeliveryAsked(id=await use_cases.retry_one(tx, webhook_id, version, delivery_id))


def _changed(version: int) -> Response:
    return Response(status_code=204, headers=etag(version + 1))
