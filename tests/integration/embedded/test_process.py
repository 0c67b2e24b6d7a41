"""Children end when they should, and never outlive the runner."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.failure import CannotRun
from embedded.postgres import Postgres
from embedded.process import Process, free_port
from embedded.programs import PostgresPrograms, find_postgres
from tests.support.processes import alive, eventually_gone

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
FAMILY = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}])
print(child.pid, flush=True)
child.wait()
"""
PARENT = """
import sys, time
from pathlib import Path
from embedded.nats import Nats
from embedded.postgres import Postgres
folder = Path(sys.argv[1])
postgres = Postgres(folder=folder / "postgres", logs=folder, password="x", durable=False)
postgres.start()
nats = Nats(folder=folder / "nats", logs=folder)
nats.start()
print(postgres.process.pid, nats.process.pid, flush=True)
time.sleep(600)
"""


def _python(code: str, log: Path) -> Process:
    return Process("child", [sys.executable, "-c", code], log=log)


def test_a_child_that_ignores_sigterm_is_killed(tmp_path: Path) -> None:
    child = _python(STUBBORN, tmp_path / "child.log")
    child.wait(lambda: "up" in child.tail())
    child.stop(seconds=0.2)
    assert child.exit_code == -signal.SIGKILL


def test_the_children_of_a_child_end_with_it(tmp_path: Path) -> None:
    child = _python(FAMILY, tmp_path / "child.log")
    child.wait(lambda: "up" in child.tail())
    grandchild = int(child.tail().splitlines()[0])
    child.stop()
    assert eventually_gone(grandchild)


def test_a_child_that_ends_before_it_is_ready_is_told_with_its_log(tmp_path: Path) -> None:
    child = _python("print('no such thing'); raise SystemExit(3)", tmp_path / "child.log")
    with pytest.raises(CannotRun, match=r"(?s)ended with code 3.*child\.log ends with:\nno such thing"):
        child.wait(lambda: False)


def test_a_full_disk_in_the_log_is_named_first(tmp_path: Path) -> None:
    child = _python("print('write: No space left on device'); raise SystemExit(1)", tmp_path / "child.log")
    with pytest.raises(CannotRun, match="the disk is full"):
        child.wait(lambda: False)


def test_servers_end_when_the_runner_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        servers = [int(part) for part in parent.stdout.readline().split()]
        assert len(servers) == 2
        assert all(alive(pid) for pid in servers)
        parent.kill()
    assert all(eventually_gone(pid) for pid in servers)


@pytest.mark.parametrize("major", [15, 18])
def test_each_postgresql_of_this_machine_starts_and_keeps_its_data(tmp_path: Path, major: int) -> None:
    try:
        programs = find_postgres(major)
    except CannotRun:
        pytest.skip(f"PostgreSQL {major} is not on this machine")
    for _ in range(2):
        server = Postgres(
            folder=tmp_path / "data", logs=tmp_path, password="x", programs=programs, durable=False
        )
        server.start()
        assert server.ready()
        server.stop()
        assert server.process is not None
        assert server.process.exit_code == 0
    assert not (tmp_path / "data.new").exists()


def test_an_initialisation_that_failed_leaves_no_half_of_a_folder(tmp_path: Path) -> None:
    initdb = tmp_path / "initdb"
    initdb.write_text("#!/bin/sh\necho 'initdb: error: No space left on device'\nexit 1\n")
    initdb.chmod(0o755)
    programs = PostgresPrograms(folder=tmp_path, major=15)
    server = Postgres(folder=tmp_path / "data", logs=tmp_path, password="x", programs=programs)
    with pytest.raises(CannotRun, match="could not be created: the disk is full"):
        server.start()
    assert not server.folder.exists()
    assert not list(tmp_path.glob("*.password"))


def test_a_free_port_is_another_one_when_the_preferred_is_taken() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
