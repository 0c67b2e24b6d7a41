"""The folder `.data/`: what the run must find again tomorrow, and what nobody else may read."""

import errno
import fcntl
import json
import os
import re
import secrets
import shutil
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from embedded.failure import CannotRun
from embedded.nats_users import SERVICES
from embedded.programs import PostgresPrograms, find_postgres

LAYOUT: Final = "1"
CLIENTS: Final = ("documents", "integrator")
MINIMUM_FREE_BYTES: Final = 300 * 1024 * 1024
POSTGRES_FOLDER = re.compile(r"postgres-(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Generated once; `databases` and `broker` by service, `clients` by OIDC client."""

    admin: str
    databases: dict[str, str]
    broker: dict[str, str]
    clients: dict[str, str]

    @classmethod
    def fresh(cls) -> "Secrets":
        def each() -> dict[str, str]:
            return {service: secrets.token_hex(24) for service in SERVICES}

        clients = {client: secrets.token_hex(24) for client in CLIENTS}
        return cls(admin=secrets.token_hex(24), databases=each(), broker=each(), clients=clients)


class Home:
    """Holds the lock as long as the process lives; the kernel lets go of it, however we end."""

    def __init__(self, folder: Path) -> None:
        """Raise CannotRun where the folder cannot be used; it is left as it was."""
        self.folder = folder.resolve()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = self._locked()
            self._check_layout()
            self.logs.mkdir(exist_ok=True, mode=0o700)
            self.files.mkdir(exist_ok=True, mode=0o700)
        except OSError as reason:
            raise CannotRun(explain(reason, self.folder)) from reason
        self._check_space()

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def mail(self) -> Path:
        return self.folder / "mail"

    def _locked(self) -> int:
        path = self.folder / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            owner = path.read_text().strip() or "unknown"
            raise CannotRun(f"Another run (process {owner}) uses {self.folder}: stop it first.") from None
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        return lock

    def _check_layout(self) -> None:
        marker = self.folder / "version"
        if not marker.exists():
            marker.write_text(f"{LAYOUT}\n")
        found = marker.read_text().strip()
        if found != LAYOUT:
            raise CannotRun(
                f"The data in {self.folder} have layout {found}, this program writes layout {LAYOUT}: "
                "move the folder away or use the program that made it."
            )

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < MINIMUM_FREE_BYTES:
            raise CannotRun(
                f"The disk of {self.folder} is full: {free // 2**20} MB are free, "
                f"{MINIMUM_FREE_BYTES // 2**20} MB are needed."
            )

    def postgres(self) -> tuple[PostgresPrograms, Path]:
        """Return the server that can read our data, or, where there are none yet, the first one found."""
        matches = (POSTGRES_FOLDER.fullmatch(path.name) for path in self.folder.iterdir())
        majors = sorted(int(match[1]) for match in matches if match)
        if not majors:
            programs = find_postgres()
            return programs, self.folder / f"postgres-{programs.major}"
        major = majors[-1]
        try:
            programs = find_postgres(major)
        except CannotRun:
            here = find_postgres()
            raise CannotRun(
                f"The data in {self.folder / f'postgres-{major}'} were made by PostgreSQL {major}, but this "
                f"machine has PostgreSQL {here.major}: install PostgreSQL {major} or move the folder away."
            ) from None
        return programs, self.folder / f"postgres-{major}"

    def secrets(self) -> Secrets:
        path = self.folder / "secrets.json"
        if path.exists():
            return Secrets(**json.loads(path.read_text()))
        if any(POSTGRES_FOLDER.fullmatch(each.name) for each in self.folder.iterdir()):
            raise CannotRun(f"The passwords of the database are gone: {path} is missing; put it back.")
        fresh = Secrets.fresh()
        content = {name: getattr(fresh, name) for name in Secrets.__slots__}
        unfinished = path.with_suffix(".new")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(content, indent=1))
        unfinished.rename(path)
        return fresh

    def record_key(self) -> Path:
        """Return where the key of the public record is; made once: what was signed before stays checkable."""
        path = self.folder / "record-key"
        if not path.exists():
            unfinished = path.with_suffix(".new")
            unfinished.touch(mode=0o600)
            unfinished.write_text(b64encode(secrets.token_bytes(32)).decode())
            unfinished.rename(path)
        return path


def explain(reason: OSError, folder: Path) -> str:
    """Say in one sentence what the operating system refused."""
    if reason.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk of {folder} is full: {reason.strerror}."
    if reason.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"The folder {folder} cannot be written: {reason.strerror} ({reason.filename})."
    return f"The folder {folder} cannot be used: {reason.strerror} ({reason.filename})."
