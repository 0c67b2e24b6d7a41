"""What others made is parsed in a process of its own: little memory, little time, no environment."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Timer
from typing import Final, TypeVar

Answer = TypeVar("Answer")
OUT_OF_MEMORY: Final = 9
"""The status of a process that did not get by with the memory allowed."""
_HERE: Final = Path(__file__).parents[1]


def confine(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Limit the process that calls it; what it has is all that it will get."""
    for which, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def run_apart(
    module: str, argument: str, *, folder: Path, seconds: int, take: Callable[[Iterable[bytes]], Answer]
) -> tuple[Answer, int]:
    """Run a module, kill it after so many seconds, and return what was taken of its lines, and its status.

    `folder` is where its package lies: in an image packages lie in folders and are not installed.
    """
    process = subprocess.Popen(  # noqa: S603 - our own module, an argument that no shell sees
        [sys.executable, "-s", "-P", "-m", module, argument],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(map(str, (folder, _HERE)))},
    )
    clock = Timer(seconds, process.kill)
    clock.start()
    try:
        with process:
            answer = take(process.stdout or ())
    finally:
        clock.cancel()
    return answer, process.returncode
