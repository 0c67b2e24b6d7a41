"""`make import-points`, `make import-index`: what they say of good files, of bad ones, of nothing there."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.imports import COMPARED, difference, index_told, row_problems
from tests.support.embedded_run import EmbeddedRun
from tests.support.geography import a_csv_of_points, a_feature, a_geojson

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data"
WORKBOOK = PUBLISHED / "index-2023-half-published.xlsx"
POINTS = PUBLISHED / "ruian-definition-points-2019.geojson"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    started = EmbeddedRun(tmp_path_factory.mktemp("imports") / "data").until_ready()
    yield started.base
    started.send(signal.SIGTERM)
    started.ended()


def told(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "embedded.imports", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def last_line(done: subprocess.CompletedProcess[str]) -> dict[str, float]:
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_points_are_imported_and_the_last_line_says_what_became_of_them(base: str, tmp_path: Path) -> None:
    file = tmp_path / "body obcí.geojson"
    file.write_bytes(a_geojson(a_feature(), a_feature("553697", 13.99, 50.64), a_feature("553698")))
    done = told("points", str(file), "--base", base)
    found = last_line(done)
    assert list(found) == ["rows", "accepted", "refused", "changed", "seconds"]
    assert [found[name] for name in ("rows", "accepted", "refused", "changed")] == [3, 2, 1, 2]
    assert "row 4, column “code” [553698]" in done.stdout
    again = tmp_path / "again.csv"
    again.write_bytes(a_csv_of_points())
    assert last_line(told("points", str(again), "--base", base))["changed"] == 0


def test_a_file_that_is_refused_tells_why_and_fails(base: str, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text("Obec;Latitude\nObrnice;50.5\n", encoding="utf-8")
    done = told("points", str(file), "--base", base)
    assert done.returncode == 1
    assert done.stderr.startswith("failed: 422 The file has no column")
    denied = told("points", str(file), "--base", base, "--token", "not.a.token")
    assert (denied.returncode, denied.stderr[:11]) == (1, "failed: 401")


def test_a_published_workbook_is_imported_and_compared_with_what_is_computed(base: str) -> None:
    if not WORKBOOK.exists() or not POINTS.exists():
        pytest.skip(f"{WORKBOOK} and {POINTS} do not lie beside the checkout")
    assert last_line(told("points", str(POINTS), "--base", base))["refused"] == 0
    done = told("index", str(WORKBOOK), "--year", "2023", "--base", base)
    found = last_line(done)
    assert list(found) == [*COMPARED, "seconds"]
    assert [found[name] for name in ("rows", "different", "inherited", "inherited_out_of_range")] == [
        6258,
        0,
        4890,
        0,
    ]
    assert found["published"] == found["equal"] + found["inherited_equal"] + len(done.stdout.splitlines()) - 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("points",), 2, "usage: make import-points FILE="),
        (("index", "x.xlsx"), 2, "usage: make import-index FILE="),
        (("index", "x.xlsx", "--year", "letos"), 2, "usage: make import-index FILE="),
        (("points", "nowhere.csv"), 2, "there is no file nowhere.csv"),
        (("points", __file__, "--base", "http://127.0.0.1:1"), 1, "nothing answers at http://127.0.0.1:1"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = told(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_only_the_first_bad_rows_are_told_and_the_rest_is_counted() -> None:
    problems = [{"row": n, "column": None, "value": None, "cs": "Chyba.", "en": "Wrong."} for n in range(25)]
    lines = list(row_problems(problems))
    assert lines[0] == "  row 0: Wrong. / Chyba."
    assert lines[20:] == ["  … and 5 more"]


def test_a_municipality_that_differs_is_told_with_its_donor_and_distance() -> None:
    each = {"code": "559393", "name": "Přehýšov", "published": 3, "computed": 1}
    donor = {"code": "559351", "name": "Nýřany", "distance_m": "1942.78", "index": 1}
    second = {"code": "558966", "name": "Heřmanova Huť", "distance_m": "2832.51", "index": 3}
    alone = difference({**each, "donor": None, "second_nearest": None})
    assert alone == "  559393 Přehýšov: published 3, computed 1"
    told_all = difference({**each, "donor": donor, "second_nearest": second})
    assert told_all == (
        f"{alone}; donor 559351 Nýřany, 1943 m → 1; second nearest 558966 Heřmanova Huť, 2833 m → 3"
    )


def test_a_year_to_which_no_method_applies_is_told_so() -> None:
    answer = {"year": 1995, "report": {"rows": 7, "problems": []}, "comparison": None}
    lines = list(index_told(answer, 0.5))
    assert "no method of the Index applies to 1995" in lines[0]
    assert json.loads(lines[1]) == {**dict.fromkeys(COMPARED, 0), "rows": 7, "seconds": 0.5}
