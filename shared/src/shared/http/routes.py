"""The edge of the transaction: a route's answer leaves only after its transaction has committed.

A dependency cannot do it: it sees neither the answer, which has to be kept for a repeated POST, nor
a failure to serialise it. So the dependency opens the transaction and the route class commits it.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from shared.database import AUDIT
from shared.errors import Invalid
from shared.http.edge import BODY_LIMIT
from shared.http.idempotency import Repeated, keep_answer, refuse_or_repeat
from shared.http.identity import Caller
from shared.logs import correlation_id
from shared.transaction import Transaction, write_events


class UnknownParameter(Invalid):
    cs = "Parametr „{name}“ tato adresa nezná."
    en = "This address knows no parameter “{name}”."


class Route(APIRoute):
    """Commits after the answer is made and before it is sent; rolls back when anything raises."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handle = super().get_route_handler()
        known = {
            field.alias
            for field in get_flat_params(self.dependant)
            if isinstance(field.field_info, params.Query)
        }

        async def handle_and_commit(request: Request) -> Response:
            unknown = sorted(request.query_params.keys() - known)
            if unknown:
                raise UnknownParameter(name=unknown[0], known=sorted(known), pointer=f"query/{unknown[0]}")
            async with AsyncExitStack() as sessions:
                if self.max_body_size is not None:
                    request.scope[BODY_LIMIT] = self.max_body_size
                request.state.sessions = sessions
                request.state.tx = None
                try:
                    response = await handle(request)
                except Repeated as repeated:
                    return repeated.answer
                tx: Transaction | None = request.state.tx
                if tx is not None:
                    await _finish(tx, request, response, action=self.name)
                return response

        return handle_and_commit


async def _finish(tx: Transaction, request: Request, response: Response, *, action: str) -> None:
    await write_events(tx)
    await keep_answer(tx, request, response)
    if request.method != "GET":
        await _note_in_audit(tx, request, response, action=action)
    await tx.session.commit()


async def _note_in_audit(tx: Transaction, request: Request, response: Response, *, action: str) -> None:
    await tx.session.execute(
        insert(AUDIT)
        .inline()
        .values(
            at=tx.now,
            actor=tx.actor.id,
            affiliation=tx.actor.affiliation,
            action=action,
            path=request.url.path,
            status=response.status_code,
            correlation_id=tx.correlation_id,
        )
    )


async def _transaction(request: Request, caller: Caller) -> Transaction:
    engine = request.app.state.resources.engine
    session = AsyncSession(engine, expire_on_commit=False, autoflush=False)
    await request.state.sessions.enter_async_context(session)
    tx = Transaction(session=session, now=datetime.now(UTC), actor=caller, correlation_id=correlation_id())
    await refuse_or_repeat(tx, request)
    request.state.tx = tx
    return tx


Tx = Annotated[Transaction, Depends(_transaction)]


def router(prefix: str, *, tag: str) -> APIRouter:
    """Return a router whose routes end their transaction at the edge."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=Route)
