"""`make import-points FILE=…`, `make import-index FILE=… YEAR=…`: a file into the running system."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import httpx

from embedded.demo_client import StepFailed, sign_in
from embedded.failure import CannotRun

PERSONA: Final = "administrator"
MOST_LINES: Final = 20
CHUNK: Final = 64 * 1024
SECONDS: Final = 600.0
"""The longest that the system may think of one file."""
ADDRESSES: Final = {
    "points": "/api/registry/geography/imports/points",
    "index": "/api/registry/index/imports/workbook",
}
USAGE: Final = {
    "points": "usage: make import-points FILE=path/to/points.geojson (or .csv)",
    "index": "usage: make import-index FILE=path/to/workbook.xlsx YEAR=2023",
}
COMPARED: Final = (
    "rows",
    "published",
    "equal",
    "different",
    "inherited",
    "inherited_equal",
    "inherited_out_of_range",
)
"""What the last line says of the Index, in this order, and `seconds` after it."""
What = Literal["points", "index"]
Json = Mapping[str, Any]


def bring(
    http: httpx.Client, base: str, what: What, file: Path, *, token: str, year: int | None = None
) -> tuple[Json, float]:
    """Send the file; return the answer and the seconds that the whole request took.

    Raises CannotRun with the title, the detail and the errors of a problem.
    """
    wanted = {"points": {"on_bad_rows": "keep-good"}, "index": {"year": str(year)}}[what]
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept-Language": "en",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(file.stat().st_size),
    }
    began = time.perf_counter()
    answer = http.post(
        f"{base}{ADDRESSES[what]}",
        params={"file_name": file.name, **wanted},
        headers=headers,
        content=_chunks(file),
        timeout=SECONDS,
    )
    seconds = time.perf_counter() - began
    if answer.status_code != httpx.codes.OK:
        raise CannotRun("\n".join(refusal(answer)))
    found: Json = answer.json()
    return found, round(seconds, 3)


def refusal(answer: httpx.Response) -> Iterator[str]:
    """Give the lines of a problem detail: its title, its detail, what is wrong in the file and where."""
    if "json" not in answer.headers.get("content-type", ""):
        yield f"{answer.status_code} {answer.text[:200]}"
        return
    problem = answer.json()
    yield f"{answer.status_code} {problem.get('title', '')}"
    if problem.get("detail"):
        yield str(problem["detail"])
    for error in problem.get("errors", []):
        yield f"  {error.get('pointer', '')}: {error.get('detail', '')}"
    yield from row_problems(problem.get("problems", []))


def row_problems(problems: Sequence[Json]) -> Iterator[str]:
    """Give a line for each of the first bad rows, in English and in Czech, and how many more there are."""
    for problem in problems[:MOST_LINES]:
        column = f", column “{problem['column']}”" if problem.get("column") else ""
        value = f" [{problem['value']}]" if problem.get("value") is not None else ""
        yield f"  row {problem['row']}{column}{value}: {problem['en']} / {problem['cs']}"
    if len(problems) > MOST_LINES:
        yield f"  … and {len(problems) - MOST_LINES} more"


def points_told(report: Json, seconds: float) -> Iterator[str]:
    """Give the lines about an import of points; the last is one JSON object."""
    yield from row_problems(report["problems"])
    changes = report["changes"]
    found = {
        "rows": report["rows"],
        "accepted": report["accepted"],
        "refused": report["refused"],
        "changed": changes["added"] + changes["changed"],
        "seconds": seconds,
    }
    yield json.dumps(found)


def index_told(answer: Json, seconds: float) -> Iterator[str]:
    """Give the lines about an import of the Index: who differs from what was published; last one JSON object.

    Where no method applies to the year nothing is computed, and nothing compared.
    """
    report, comparison = answer["report"], answer["comparison"]
    yield from row_problems(report["problems"])
    if comparison is None:
        yield f"  no method of the Index applies to {answer['year']}: nothing is computed"
        comparison = {**dict.fromkeys(COMPARED, 0), "rows": report["rows"], "differences": []}
    for each in comparison["differences"]:
        yield difference(each)
    yield json.dumps({**{name: comparison[name] for name in COMPARED}, "seconds": seconds})


def difference(each: Json) -> str:
    """Return a line about a municipality whose computed Index is not the published one."""
    line = f"  {each['code']} {each['name']}: published {each['published']}, computed {each['computed']}"
    for name, giver in (("donor", each["donor"]), ("second nearest", each["second_nearest"])):
        if giver is not None:
            away = "" if giver["distance_m"] is None else f", {float(giver['distance_m']):.0f} m"
            line += f"; {name} {giver['code']} {giver['name']}{away} → {giver['index']}"
    return line


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="embedded.imports", description=__doc__)
    port = os.environ.get("POSPOLU_PORT", "8000")
    parser.add_argument("what", choices=sorted(ADDRESSES))
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--year", default="", help="the year of the data in a workbook of the Index")
    parser.add_argument("--base", default=os.environ.get("POSPOLU_URL", f"http://127.0.0.1:{port}"))
    parser.add_argument("--issuer", default=os.environ.get("OIDC_ISSUER"), help="default: <base>/identity")
    parser.add_argument("--token", default=os.environ.get("POSPOLU_TOKEN"), help="default: sign in here")
    options = parser.parse_args(arguments)
    is_year = len(options.year) == 4 and options.year.isdecimal() and options.year.isascii()
    if not options.file or (options.what == "index" and not is_year):
        parser.exit(2, f"{USAGE[options.what]}\n")
    if not Path(options.file).is_file():
        parser.exit(2, f"failed: there is no file {options.file}\n{USAGE[options.what]}\n")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    base, file = options.base.rstrip("/"), Path(options.file)
    try:
        with httpx.Client(timeout=30, trust_env=False) as http:
            token = options.token or sign_in(http, options.issuer or f"{base}/identity", PERSONA)
            print(
                f"{file.name} ({file.stat().st_size:,} bytes) → {base}{ADDRESSES[options.what]}", flush=True
            )
            year = int(options.year) if options.year else None
            answer, seconds = bring(http, base, options.what, file, token=token, year=year)
    except (CannotRun, StepFailed) as reason:
        sys.exit(f"failed: {reason}")
    except httpx.ConnectError:
        sys.exit(f"failed: nothing answers at {base}; start it with `make run`.")
    except httpx.HTTPError as reason:
        sys.exit(f"failed: {type(reason).__name__}: {reason}")
    told = points_told if options.what == "points" else index_told
    for line in told(answer, seconds):
        print(line)


if __name__ == "__main__":
    main()
