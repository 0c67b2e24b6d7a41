"""No file of the repository shows the machine that it was written on."""

from pathlib import Path

import pytest

from tests.architecture.guards.sources import ROOT
from tests.architecture.guards.tracked import traces, tracked_files


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = tracked_files(ROOT)
    assert len(found) > 100
    assert list(traces(found)) == []


@pytest.mark.parametrize(
    "parts",
    [
        ("cp /wo", "rk/main/x ."),
        ("cd ~; cat /ro", "ot/.profile"),
        ("see /ho", "me/jana/pospolu"),
        ("--index", "-url https://mirror.test/simple"),
        ("extra-index", "-url = https://mirror.test/simple"),
        ("[[tool.uv.", "index]]"),
        ("curl https://py", "pi.org/simple"),
        ("https://files.python", "hosted.org/x.whl"),
        ("https://packages.", "office.internal/x"),
        ("<<<<", "<<< HEAD"),
        ("-----BEGIN PRIVATE", " KEY-----\n" + "a" * 60),
    ],
)
def test_a_trace_is_found(parts: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "Makefile"
    path.write_text("first line\n" + "".join(parts) + "\n")
    (found,) = traces([path])
    assert found.startswith("Makefile:2: ")


@pytest.mark.parametrize(
    "line",
    ["/api/planning/plans", "--no-index", "cd ${HOME}/work", "/var/lib/postgresql", "http://localhost:8000"],
)
def test_what_is_no_trace_is_not_found(line: str, tmp_path: Path) -> None:
    path = tmp_path / "Makefile"
    path.write_text(f"{line}\n")
    assert list(traces([path])) == []


def test_a_binary_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"\xff\xfe\x00")
    assert list(traces([path])) == []


def test_an_archive_without_git_is_read_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").touch()
    assert tracked_files(tmp_path) == [tmp_path / "docs" / "page.md"]
