"""The peer of the read path: Starlette, an asyncpg pool, the same statement, its bytes returned."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from planning.plans.repository import WHOLE, plans_query
from shared.paging import PageRequest, cursor_of
from shared.reads import JSON, Query

PLAN_ID = UUID(os.environ["BENCH_PLAN_ID"])
LIST: Query = plans_query(of_kind=False, of_status=False, of_unit=False)
PAGE = PageRequest(limit=50, cursor=None)


async def plan(request: Request) -> Response:
    sql, inner = WHOLE.one
    arguments = inner.arguments({"plan_id": PLAN_ID, "agency": True, "units": []})
    row = await request.app.state.pool.fetchrow(sql, *arguments)
    return Response(row[0], media_type=JSON)


async def plans(request: Request) -> Response:
    sql, inner = LIST.first_page
    arguments = inner.arguments({"agency": True, "units": [], "_limit": 51})
    rows = await request.app.state.pool.fetch(sql, *arguments)
    items = ",".join(row[0] for row in rows[:50])
    return Response(f'{{"items":[{items}],"next":"{cursor_of(list(rows[49])[1:])}"}}', media_type=JSON)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(os.environ["BENCH_DATABASE_URL"], min_size=1, max_size=4)
    yield
    await app.state.pool.close()


app = Starlette(routes=[Route("/plan", plan), Route("/list", plans)], lifespan=lifespan)

if __name__ == "__main__":
    port = int(os.environ["BENCH_PORT"])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
