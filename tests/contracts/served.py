"""A service served over real HTTP in a thread, on the database of the service under test."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from shared.http.app import create_app
from tests.support.service import ServiceUnderTest
from tests.support.tokens import a_verifier

PATIENCE_SECONDS = 10.0


@contextmanager
def served(service: ServiceUnderTest) -> Iterator[str]:
    """Give the address; the application has its own loop and its own connections."""
    known = service.service
    app = create_app(known.name, known.title, known.routers, service.resources.settings)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            _wait_for(f"{address}/health/live")
            app.state.resources.verifier = a_verifier()
            yield address
        finally:
            server.should_exit = True
            thread.join()


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            httpx.get(address, timeout=1).raise_for_status()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
        else:
            return
