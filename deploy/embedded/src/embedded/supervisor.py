"""Keeps the children in order: first started is last stopped, and none is left behind."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from embedded.failure import CannotRun
from embedded.process import Process

WATCH_SECONDS = 0.1


@dataclass(slots=True)
class Supervisor:
    """What runs, in the order in which it was started, with the signal that stops it well."""

    _servers: list[tuple[Process, signal.Signals]] = field(default_factory=list)
    _services: list[tuple[Process, signal.Signals]] = field(default_factory=list)
    _stopping: bool = False

    def adopt_server(self, process: Process, stop_signal: signal.Signals) -> Process:
        """Take a server that the services need: it stops after them."""
        self._servers.append((process, stop_signal))
        return process

    def adopt(self, process: Process) -> Process:
        self._services.append((process, signal.SIGTERM))
        return process

    @property
    def _children(self) -> list[tuple[Process, signal.Signals]]:
        return [*self._servers, *self._services]

    async def watch(self) -> None:
        """Raise CannotRun as soon as any child ends by itself."""
        while True:
            for process, _ in self._children:
                if process.ended():
                    raise CannotRun(
                        f"{process.name} ended by itself with code {process.exit_code}: {process.story()}"
                    )
            await asyncio.sleep(WATCH_SECONDS)

    async def stop(self) -> None:
        self._stopping = True
        for process, stop_signal in reversed(self._children):
            await process.stopped(stop_signal)

    def kill(self) -> None:
        for process, _ in reversed(self._children):
            process.kill()

    async def run(self, start: Callable[["Supervisor"], Awaitable[None]]) -> None:
        """Start, watch until a signal comes, stop. A second signal while stopping ends them at once."""
        loop, work = asyncio.get_running_loop(), asyncio.create_task(self._work(start))

        def asked() -> None:
            if self._stopping:
                self.kill()
            work.cancel()

        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(sign, asked)
        try:
            await asyncio.wait({work})
            self._stopping = True
        finally:
            await self.stop()
        if not work.cancelled() and (reason := work.exception()):
            raise reason

    async def _work(self, start: Callable[["Supervisor"], Awaitable[None]]) -> None:
        """Start and watch at once: a child that dies while others start stops the start."""
        watching = asyncio.create_task(self.watch())
        starting = asyncio.ensure_future(start(self))
        try:
            await asyncio.wait({watching, starting}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
            await watching
        finally:
            starting.cancel()
            watching.cancel()
