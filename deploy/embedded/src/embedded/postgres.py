"""A PostgreSQL server in a folder of ours: initialise, start, stop."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from embedded.failure import CannotRun
from embedded.process import Process, free_port
from embedded.programs import PostgresPrograms, find_postgres

ADMIN = "pospolu"
AS_A_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


@dataclass(frozen=True, slots=True)
class Disguise:
    """PostgreSQL refuses to run as root: a user namespace, or else another user of the machine."""

    prefix: tuple[str, ...] = ()
    user: int | None = None

    @classmethod
    def needed(cls) -> "Disguise":
        """Return what this machine allows; nothing for an ordinary user."""
        if os.geteuid() != 0:
            return cls()
        probe = (*AS_A_USER, "true")
        if (
            shutil.which("unshare")
            and subprocess.run(probe, capture_output=True, check=False).returncode == 0
        ):
            return cls(prefix=AS_A_USER)
        for name in ("postgres", "nobody"):
            try:
                return cls(user=pwd.getpwnam(name).pw_uid)
            except KeyError:
                continue
        raise CannotRun("PostgreSQL does not run as root: start this as an ordinary user.")

    def own(self, path: Path) -> None:
        """Hand a file or folder over; raises CannotRun where that user cannot reach it."""
        if self.user is None:
            return
        for parent in path.parents:
            if not parent.stat().st_mode & stat.S_IXOTH:
                raise CannotRun(
                    f"PostgreSQL does not run as root, and another user may not enter {parent}: "
                    "start this as an ordinary user, or choose another folder with POSPOLU_DATA."
                )
        shutil.chown(path, self.user)


@dataclass(slots=True, kw_only=True)
class Postgres:
    """`folder` holds the data; `durable=False` is for tests, which may lose them."""

    folder: Path
    logs: Path
    password: str
    programs: PostgresPrograms = field(default_factory=find_postgres)
    port: int = field(default_factory=free_port)
    durable: bool = True
    disguise: Disguise = field(default_factory=Disguise.needed)
    process: Process | None = None

    def url(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    @property
    def initialised(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    @property
    def _new(self) -> Path:
        return self.folder.with_name(self.folder.name + ".new")

    def launch_initialisation(self) -> Process:
        """Make the folder beside its place; `finish_initialisation` moves it there: no half of one stays."""
        shutil.rmtree(self._new, ignore_errors=True)
        self._new.mkdir(parents=True, mode=0o700)
        if self.disguise.user is not None:
            self.folder.parent.chmod(0o711)
        self.disguise.own(self._new)
        secret = self._new.with_suffix(".password")
        secret.touch(mode=0o600)
        secret.write_text(self.password + "\n")
        self.disguise.own(secret)
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--username={ADMIN}"]
        if not self.durable:
            options.append("--no-sync")
        command = [
            *self.disguise.prefix,
            str(self.programs.folder / "initdb"),
            f"--pgdata={self._new}",
            f"--pwfile={secret}",
            *options,
        ]
        return Process("initdb", command, log=self.logs / "initdb.log", user=self.disguise.user)

    def finish_initialisation(self, process: Process) -> None:
        self._new.with_suffix(".password").unlink(missing_ok=True)
        if process.exit_code != 0:
            raise CannotRun(f"The database could not be created: {process.story()}")
        self._new.rename(self.folder)

    def occupied(self) -> bool:
        """Say whether a server of an earlier run is still stopping; a recycled pid does not fool us."""
        try:
            pid = (self.folder / "postmaster.pid").read_text().splitlines()[0]
            return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
        except (OSError, IndexError):
            return False

    def launch(self) -> Process:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "timezone": "UTC",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "jit": "off",
            **({} if self.durable else NOT_DURABLE),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = str(self.programs.folder / "postgres")
        command = [*self.disguise.prefix, server, "-D", str(self.folder), *options]
        log = self.logs / "postgres.log"
        self.process = Process(
            "PostgreSQL", command, log=log, death_signal=signal.SIGINT, user=self.disguise.user
        )
        return self.process

    def ready(self) -> bool:
        """Read what the server itself writes: its pid in line 1, its state in line 8 of its lock file."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        mine = self.process is not None and lines[:1] == [str(self.process.pid)]
        return mine and len(lines) > 7 and lines[7].strip() == "ready"

    def start(self) -> None:
        if not self.initialised:
            initdb = self.launch_initialisation()
            initdb.finish()
            self.finish_initialisation(initdb)
        process = self.launch()
        process.wait(self.ready)

    def stop(self) -> None:
        """Ask for a fast shutdown: SIGTERM would wait until the last client has gone."""
        if self.process is not None:
            self.process.stop(signal.SIGINT)
