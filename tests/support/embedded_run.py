"""Starts `python -m embedded run` as a user would, and watches what it says."""

import os
import subprocess
import sys
import time
from pathlib import Path

from embedded.process import free_port

START_SECONDS = 120


class EmbeddedRun:
    """One run on a data folder; `lines` are what it said until it was ready, or until it gave up."""

    def __init__(self, data: Path, *, port: int = 0) -> None:
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("POSPOLU_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "embedded", "run", "--port", str(self.port), "--data", str(data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            text=True,
        )
        self.lines: list[str] = []

    @property
    def pid(self) -> int:
        return self._process.pid

    def until_ready(self) -> "EmbeddedRun":
        assert self._process.stdout is not None
        deadline = time.monotonic() + START_SECONDS
        for line in self._process.stdout:
            self.lines.append(line)
            if line.startswith("ready"):
                return self
            assert time.monotonic() < deadline, "".join(self.lines)
        raise AssertionError("".join(self.lines))

    def send(self, sign: int) -> None:
        self._process.send_signal(sign)

    def ended(self, *, seconds: float = 60) -> tuple[int, str]:
        """Wait until it ended; return its exit code and what it said since it was ready."""
        said, _ = self._process.communicate(timeout=seconds)
        return self._process.returncode, said
