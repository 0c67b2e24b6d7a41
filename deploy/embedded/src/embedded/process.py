"""A child process with a log file; it never outlives us."""

import asyncio
import contextlib
import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from embedded.failure import CannotRun

PR_SET_PDEATHSIG = 1
PAUSE = 0.01


def free_port(preferred: int = 0) -> int:
    """Return the preferred port, or any free one where it is taken or 0."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotRun("There is no free TCP port on 127.0.0.1.")


def free_ports(count: int) -> list[int]:
    """Return so many free ports, no two the same: asked one by one, the system may give one twice."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _tether(death_signal: int) -> Callable[[], None]:
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_parent() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return die_with_parent


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, subprocess.SubprocessError) as reason:
        raise CannotRun(f"{name} could not be started: {reason}.") from reason


class Process:
    """Starts at once, in a session of its own so that Ctrl-C reaches only the runner."""

    def __init__(  # noqa: PLR0913 - what a process is started with, by name
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        death_signal: signal.Signals = signal.SIGKILL,
        user: int | None = None,
        gated: bool = False,
    ) -> None:
        """Start it; a gated one waits, after its imports, for `open_gate`."""
        self.name, self.log = name, log
        rotate(log)
        with log.open("wb") as output, _explained(name):
            self._popen = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if gated else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if environment is None else dict(environment),
                start_new_session=True,
                user=user,
                group=None if user is None else pwd.getpwuid(user).pw_gid,
                extra_groups=None if user is None else [],
                preexec_fn=_tether(death_signal),  # noqa: PLW1509 - nothing else sets the death signal
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def open_gate(self) -> None:
        if self._popen.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._popen.stdin.write(b"go\n")
                self._popen.stdin.close()

    @property
    def exit_code(self) -> int | None:
        return self._popen.poll()

    def tail(self, lines: int = 8) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wait(self, probe: Callable[[], bool], *, seconds: float = 30) -> None:
        """Block until the probe holds. Raises CannotRun when the process ends or the time is over."""
        deadline = time.monotonic() + seconds
        while not probe():
            self.check(deadline)
            time.sleep(PAUSE)

    async def until(self, probe: Callable[[], bool], *, seconds: float = 30) -> None:
        """Do as `wait` does, without blocking the event loop."""
        deadline = time.monotonic() + seconds
        while not probe():
            self.check(deadline)
            await asyncio.sleep(PAUSE)

    def finish(self, *, seconds: float = 120) -> int:
        """Block until it ended; return its exit code. One that takes too long is killed."""
        try:
            return self._popen.wait(seconds)
        finally:
            self.kill()

    async def finished(self) -> int:
        """Wait until it ended; return its exit code. Cancelled, it is killed."""
        try:
            while not self.ended():  # noqa: ASYNC110 - a pid wakes nobody
                await asyncio.sleep(PAUSE)
        finally:
            self.kill()
        return self._popen.returncode

    def check(self, deadline: float) -> None:
        if self.exit_code is not None:
            raise CannotRun(f"{self.name} ended with code {self.exit_code}; {self.story()}")
        if time.monotonic() > deadline:
            raise CannotRun(f"{self.name} did not become ready in time; {self.story()}")

    def story(self) -> str:
        """Where its log is, and how it ends; a full disk is named first."""
        tail = self.tail()
        full = "the disk is full; " if "No space left on device" in tail else ""
        return f"{full}its log {self.log} ends with:\n{tail}"

    def ended(self) -> bool:
        return self.exit_code is not None

    def stop(self, sign: signal.Signals = signal.SIGTERM, *, seconds: float = 20) -> None:
        """Ask, wait, and at last kill it and whatever it started."""
        if not self.ended():
            self._popen.send_signal(sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(seconds)
        self.kill()

    async def stopped(self, sign: signal.Signals = signal.SIGTERM, *, seconds: float = 20) -> None:
        """Do as `stop` does, without blocking the event loop."""
        if not self.ended():
            self._popen.send_signal(sign)
            deadline = time.monotonic() + seconds
            while not self.ended() and time.monotonic() < deadline:  # noqa: ASYNC110 - a pid wakes nobody
                await asyncio.sleep(PAUSE)
        self.kill()

    def kill(self) -> None:
        """End the whole session of the process: what it started may still be there."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()


def rotate(log: Path) -> None:
    """Keep the log of the run before."""
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
