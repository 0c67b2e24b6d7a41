"""One FastAPI application for each service, all of the same shape."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from shared.http.docs import add_docs
from shared.http.edge import Edge
from shared.http.events import events_feed
from shared.http.health import router as health
from shared.http.openapi import complete_openapi, name_of
from shared.http.problems import add_problem_handlers
from shared.metrics import Metrics
from shared.resources import Resources, open_resources
from shared.settings import Settings

PROBLEM = {
    "description": "Problem detail (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "instance", "trace_id"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "instance": {"type": "string"},
                    "trace_id": {"type": "string"},
                    "errors": {"type": "array", "items": {"type": "object"}},
                },
            }
        }
    },
}


def create_app(
    name: str,
    title: str,
    routers: Sequence[APIRouter],
    settings: Settings,
    *,
    resources: Resources | None = None,
) -> FastAPI:
    """Return the application; `resources` are opened by its lifespan unless they are given."""
    metrics = resources.metrics if resources else Metrics(name)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_resources(name, settings) as opened:
            opened.metrics = metrics
            app.state.resources = opened
            yield

    app = FastAPI(
        title=title,
        version="1",
        lifespan=None if resources else lifespan,
        middleware=[Middleware(Edge, metrics=metrics, max_body_bytes=settings.max_body_bytes)],
        root_path_in_servers=True,
        separate_input_output_schemas=False,
        responses={"4XX": PROBLEM, "5XX": PROBLEM},
        redirect_slashes=False,
        generate_unique_id_function=name_of,
        docs_url=None,
        redoc_url=None,
    )
    app.state.resources = resources
    add_problem_handlers(app)
    add_docs(app)
    feed = (events_feed(name),) if routers else ()
    all_routers = (*routers, *feed, health)
    for router in all_routers:
        app.include_router(router)
    complete_openapi(app, all_routers)
    return app
