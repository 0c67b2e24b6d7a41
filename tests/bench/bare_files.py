"""The floor of files: Starlette streams a body into the store and back; no hash, no fsync, no database."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta

import obstore
import uvicorn
from obstore.store import LocalStore, ObjectStore, from_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

URL = os.environ["BENCH_FILES_URL"]
KEY = "floor"
CHUNK = 256 * 1024
STORE: ObjectStore = (
    LocalStore.from_url(URL, mkdir=True)
    if URL.startswith("file://")
    else from_url(URL, client_options={"timeout": timedelta(minutes=5), "allow_http": True})
)


async def take(request: Request) -> Response:
    await obstore.put_async(STORE, KEY, request.stream(), max_concurrency=2)
    return Response(status_code=204)


async def give(_: Request) -> Response:
    found = await obstore.get_async(STORE, KEY)

    async def chunks() -> AsyncIterator[bytes]:
        async for chunk in found.stream(min_chunk_size=CHUNK):
            yield bytes(chunk)

    return StreamingResponse(chunks(), headers={"Content-Length": str(found.meta["size"])})


app = Starlette(routes=[Route("/", take, methods=["PUT"]), Route("/", give)])

if __name__ == "__main__":
    port = int(os.environ["BENCH_PORT"])
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
