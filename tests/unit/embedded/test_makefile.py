"""The first commands of somebody who has just cloned the project."""

import os
import subprocess
from pathlib import Path

import pytest

COMMANDS = "run demo token import-points import-index test check bench format lock docs clean install help"
TARGETS = set(COMMANDS.split())


def test_make_alone_lists_what_can_be_done() -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    said = subprocess.run(["make"], env=environ, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in said.splitlines()} == TARGETS
    assert all(len(line.split()) > 3 for line in said.splitlines())


def _fetch(tmp_path: Path, *programs: str) -> subprocess.CompletedProcess[str]:
    """Run the script where only these programs are, and a python3 that says no to everything."""
    path = tmp_path / "bin"
    path.mkdir()
    for name, code in (("python3", 1), ("git", 1)):
        if name in programs:
            (path / name).write_text(f"#!/bin/sh\nexit {code}\n")
            (path / name).chmod(0o755)
    for name in ("mkdir", "rm", "ln", "dirname"):
        (path / name).symlink_to(Path("/bin") / name)
    command = ["/bin/sh", "deploy/embedded/fetch-uv.sh", str(tmp_path / "uv")]
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_without_python_the_package_to_install_is_named(tmp_path: Path) -> None:
    done = _fetch(tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt install python3" in done.stderr


def test_where_uv_cannot_be_fetched_the_package_that_helps_is_named(tmp_path: Path) -> None:
    done = _fetch(tmp_path, "python3", "git")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("path", ["Makefile", "deploy/embedded/fetch-uv.sh"])
def test_no_package_index_is_named(path: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    for trace in ("pypi", "pythonhosted", "--index", "--extra-index", "--find-links"):
        assert trace not in text.replace("github.com/pypa/pip", "")
