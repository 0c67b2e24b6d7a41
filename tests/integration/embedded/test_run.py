"""`make run` from the first line to the last: ready, used, stopped, killed, begun again."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from embedded.demo import play
from tests.support.embedded_run import EmbeddedRun
from tests.support.processes import descendants, eventually_gone


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


@pytest.fixture(scope="module")
def run(data: Path) -> Iterator[EmbeddedRun]:
    started = EmbeddedRun(data).until_ready()
    yield started
    children = descendants(started.pid)
    started.send(signal.SIGTERM)
    code, said = started.ended()
    assert (code, "stopped" in said) == (0, True), said
    assert len(children) >= 4
    assert all(eventually_gone(pid) for pid in children)


def test_it_says_where_everything_is_and_then_ready(run: EmbeddedRun) -> None:
    said = "".join(run.lines)
    assert run.lines[-1].startswith("ready")
    for expected in (f"{run.base}/api/documents/docs", "/identity/", "coordinator-obrnice", "PostgreSQL"):
        assert expected in said


def test_the_first_page_shows_every_part_without_javascript(run: EmbeddedRun) -> None:
    page = httpx.get(f"{run.base}/", headers={"Accept-Language": "cs"})
    assert page.text.count('class="well"') == 7
    assert page.text.count('class="ill"') == 0
    assert page.text.count("/docs") == 4
    assert 'href="/workflow?lang=cs"' in page.text


def test_the_first_page_speaks_the_language_that_is_asked_for(run: EmbeddedRun) -> None:
    english = httpx.get(f"{run.base}/", headers={"Accept-Language": "en"})
    switched = httpx.get(f"{run.base}/?lang=cs", headers={"Accept-Language": "en"})
    odd = httpx.get(f"{run.base}/", params={"lang": "<script>"}, headers={"Accept-Language": "cs"})
    assert [page.headers["content-language"] for page in (english, switched, odd)] == ["en", "cs", "cs"]
    assert "<script>" not in odd.text


def test_the_page_may_run_no_script_but_its_own(run: EmbeddedRun) -> None:
    policy = httpx.get(f"{run.base}/").headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_workflow_is_shown_as_a_picture_and_as_a_table(run: EmbeddedRun) -> None:
    page = httpx.get(f"{run.base}/workflow?lang=en").text
    assert "<svg" in page
    assert "<table" in page
    assert "set_up_monitoring" in page


def test_the_story_of_the_demo_ends_well(run: EmbeddedRun) -> None:
    told: list[str] = []
    places = play(run.base, f"{run.base}/identity", told.append)
    assert len(told) == 43
    assert "1-1 whole" in told[-3]
    opened = {what: httpx.get(place, follow_redirects=True) for what, place in places.items()}
    assert {what: answer.status_code for what, answer in opened.items()} == dict.fromkeys(places, 200)
    assert "Pospolu – co je nového v Obrnicích" in opened["letters that came"].text


def test_a_second_run_on_the_same_folder_is_refused(run: EmbeddedRun, data: Path) -> None:
    code, said = EmbeddedRun(data).ended()
    assert code == 1
    assert said == f"error: Another run (process {run.pid}) uses {data.resolve()}: stop it first.\n"


def test_a_taken_port_is_told_in_one_sentence_and_nothing_is_begun(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = EmbeddedRun(tmp_path / "data", port=port).ended()
    assert code == 1
    assert said.startswith(f"error: Port {port} cannot be used (Address already in use)")
    assert said.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_the_data_outlive_a_killed_runner_whose_children_do_not(tmp_path: Path) -> None:
    first = EmbeddedRun(tmp_path / "data").until_ready()
    children = descendants(first.pid)
    first.send(signal.SIGKILL)
    first.ended()
    assert len(children) >= 4
    assert all(eventually_gone(pid) for pid in children)
    again = EmbeddedRun(tmp_path / "data").until_ready()
    regions = httpx.get(f"{again.base}/api/registry/units", params={"filter[kind]": "region"}).json()["items"]
    assert len(regions) == 14
    (worker,) = [pid for pid in descendants(again.pid) if _command(pid).endswith("worker")]
    os.kill(worker, signal.SIGKILL)
    code, said = again.ended()
    assert code == 1
    assert "error: worker ended by itself with code -9: its log" in said
    assert all(eventually_gone(pid) for pid in children)


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
