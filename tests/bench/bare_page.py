"""The floor of a page: Starlette and uvicorn, bytes that are there already."""

import os
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PAGE = Path(os.environ["BENCH_PAGE"]).read_bytes()


async def page(_: Request) -> Response:
    return Response(PAGE, media_type="application/json")


app = Starlette(routes=[Route("/page", page)])

if __name__ == "__main__":
    port = int(os.environ["BENCH_PORT"])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
