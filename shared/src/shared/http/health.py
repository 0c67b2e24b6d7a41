"""Is it alive, is it ready, and the metrics: what container orchestration asks every few seconds."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from shared.http.identity import public

router = APIRouter(tags=["operations"], dependencies=[public()])


@router.get("/health/live")
async def live() -> dict[str, str]:
    """Answer as long as the process runs."""
    return {"status": "live"}


@router.get("/health/ready", responses={503: {"description": "The database does not answer"}})
async def ready(request: Request) -> Response:
    """Answer 200 when the database answers: without the broker decisions are still taken and kept."""
    try:
        await request.app.state.resources.pool.fetchval("SELECT 1", timeout=2)
    except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
        return JSONResponse({"status": "not ready", "database": type(error).__name__}, 503)
    return JSONResponse({"status": "ready", "database": "up"})


@router.get("/metrics", responses={200: {"content": {"text/plain": {}}}})
async def metrics(request: Request) -> Response:
    """Give the metrics in Prometheus's text format."""
    resources = request.app.state.resources
    text = await resources.metrics.render(resources.pool, resources.js)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")
