"""Imports over HTTP: who may, how a file comes in, what is noted of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from registry.receiving import LARGEST_FILE
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.registry import UnitRegistered
from tests.support import workbooks
from tests.support.files import a_csv, an_item
from tests.support.imports import ANALYST, counted, sent, taken_over
from tests.support.registry import (
    ADMINISTRATOR,
    CONSULTANT,
    COORDINATOR,
    OBRNICE,
    code_of,
    decided_on,
    registered,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor, headers_of
from tests.support.workbooks import a_workbook

FILE = a_csv([an_item("567337", "Obrnice"), an_item("556912", "Želechovice")])
EVALUATOR = an_actor(Role.EVALUATOR, sub="hana.hodnotici")
SYSTEM = an_actor(Role.SYSTEM, sub="integrace")


async def nothing_stands(registry: ServiceUnderTest) -> None:
    """Fail unless the registry is as empty as before."""
    async with registry.client(ADMINISTRATOR) as client:
        assert (await client.get("/units")).json()["items"] == []
        assert (await client.get("/imports")).json()["items"] == []
    assert await registry.told(UnitRegistered) == []


@pytest.mark.parametrize(
    ("actor", "status"),
    [(None, 401), (COORDINATOR, 403), (CONSULTANT, 403), (ANALYST, 200), (ADMINISTRATOR, 200), (SYSTEM, 200)],
)
async def test_administrators_analysts_and_systems_import(
    registry: ServiceUnderTest, actor: Actor | None, status: int
) -> None:
    async with registry.client(actor) as client:
        assert (await sent(client, "code-list", FILE)).status_code == status


@pytest.mark.parametrize(
    ("actor", "status"),
    [(None, 401), (COORDINATOR, 403), (EVALUATOR, 403), (CONSULTANT, 200), (ANALYST, 200)],
)
async def test_the_log_is_read_by_those_who_care_for_the_data(
    registry: ServiceUnderTest, actor: Actor | None, status: int
) -> None:
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", FILE)
    async with registry.client(actor) as client:
        assert (await client.get("/imports")).status_code == status
        assert (await client.get(f"/imports/{report['id']}")).status_code == status


async def test_the_log_lists_the_latest_first_and_by_kind(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        first = await taken_over(client, "code-list", FILE, file_name="číselník.csv")
        second = await taken_over(client, "code-list", FILE)
        page = (await client.get("/imports", params={"limit": "1"})).json()
        rest = (await client.get("/imports", params={"limit": "1", "cursor": page["next"]})).json()
        other = (await client.get("/imports", params={"filter[kind]": "ruian"})).json()
        one = (await client.get(f"/imports/{first['id']}")).json()
        missing = await client.get(f"/imports/{OBRNICE}")
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [second["id"], first["id"]]
    assert other["items"] == []
    assert missing.status_code == 404
    assert (one["file_name"], one["imported_by"], one["rows"]) == ("číselník.csv", "jan.analytik", 2)
    assert one["size_bytes"] == len(FILE)
    assert one["problems"] == []


async def test_a_page_of_the_log_takes_one_statement(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", FILE)
        with registry.counted_statements() as statements:
            await client.get("/imports")
    assert len(statements) == 1


async def test_a_dry_run_tells_what_would_be_and_leaves_nothing(registry: ServiceUnderTest) -> None:
    bad = a_csv([an_item("567337", "Obrnice"), an_item("567338", "Vadná")])
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", bad, dry_run="true")
    assert (report["id"], report["dry_run"]) == (None, True)
    assert (report["accepted"], report["refused"], counted(report)) == (1, 1, {"registered": 1})
    assert [problem["row"] for problem in report["problems"]] == [3]
    await nothing_stands(registry)


async def test_a_bad_file_is_refused_whole_unless_its_good_rows_are_wanted(
    registry: ServiceUnderTest,
) -> None:
    bad = a_csv([an_item("567337", "Obrnice"), an_item("567338", "Vadná")])
    async with registry.client(ANALYST) as client:
        answer = await sent(client, "code-list", bad)
    assert (answer.status_code, code_of(answer)) == (422, "rows-refused")
    assert answer.json()["refused"] == 1
    await nothing_stands(registry)


async def test_columns_of_a_workbook_may_stand_in_any_order(registry: ServiceUnderTest) -> None:
    row = an_item("567337", "Obrnice")
    columns = sorted(row, reverse=True)
    book = a_workbook([[column.upper() for column in columns], [row[column] for column in columns]])
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", book)
    assert counted(report) == {"registered": 1}


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: b"", "file-empty"),
        (lambda: b"x", "columns-missing"),
        (lambda: b"kodjaz;akrcis\n", "columns-missing"),
        (lambda: FILE.replace(b'"zkrtext"', b'"text"'), "column-twice"),
        (lambda: FILE.splitlines()[0], "code-list-unknown"),
        (lambda: a_csv([an_item("1", "Jiný", code_list="5")]), "code-list-unknown"),
        (lambda: a_workbook([["a"]], others=["b"]), "sheet-missing"),
        (lambda: workbooks.with_merged_cells([["a"]]), "cells-merged"),
        (lambda: workbooks.with_formulas([["a"]]), "formulas-found"),
        (workbooks.a_bomb, "sheet-too-large"),
        (workbooks.encrypted, "workbook-encrypted"),
        (workbooks.with_entities, "file-not-readable"),
        (lambda: FILE.replace(b"Obrnice", b"Obr\0nice"), "file-not-readable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_malformed_file_is_a_problem_detail_and_leaves_nothing(
    registry: ServiceUnderTest, build: Callable[[], bytes], code: str
) -> None:
    async with registry.client(ANALYST) as client:
        for what in ("code-list", "relations", "ruian"):
            answer = await sent(client, what, build())
            assert answer.status_code == 422
            assert answer.headers["content-type"] == "application/problem+json"
            if what == "code-list":
                assert code_of(answer) == code
    await nothing_stands(registry)


async def test_a_row_with_more_values_than_columns_is_a_bad_row(registry: ServiceUnderTest) -> None:
    wide = FILE.splitlines()
    wide[2] += b',"navic"'
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", b"\n".join(wide), on_bad_rows="keep-good")
    assert (counted(report), report["problems"][0]["row"]) == ({"registered": 1}, 3)


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def commas(megabytes: int) -> AsyncIterator[bytes]:
    for _ in range(megabytes):
        yield b"," * (1024 * 1024)


async def test_300_megabytes_are_refused_before_they_are_all_read(registry: ServiceUnderTest) -> None:
    async with registry.client(ANALYST) as client:
        answer = await client.post("/units/imports/code-list", content=commas(300))
        announced = await client.post(
            "/units/imports/code-list", content=b"x", headers={"Content-Length": str(LARGEST_FILE + 1)}
        )
    for each in (answer, announced):
        assert (each.status_code, code_of(each)) == (413, "too-large")
    await nothing_stands(registry)


async def test_nobody_uploads_without_a_login(registry: ServiceUnderTest) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield FILE

    async with registry.client() as client:
        answer = await client.post("/units/imports/code-list", content=body())
    assert (answer.status_code, read) == (401, 0)


async def test_an_upload_leaves_no_file_behind(
    registry: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", FILE)
        await sent(client, "code-list", b"a;b\n")
    assert files_in(tmp_path) == []


async def test_an_upload_that_breaks_off_leaves_no_file_and_is_no_fault_of_ours(
    registry: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told: list[Message] = []
    comes: list[Message] = [{"type": "http.request", "body": FILE, "more_body": True}]

    async def receive() -> Message:
        return comes.pop() if comes else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)

    headers = [(name.lower().encode(), value.encode()) for name, value in headers_of(ANALYST).items()]
    address = "/units/imports/code-list"
    request = {"type": "http", "method": "POST", "path": address, "query_string": b"", "headers": headers}
    await registry.app(request, receive, send)
    assert told[0]["status"] == 400
    assert files_in(tmp_path) == []
    await nothing_stands(registry)


@pytest.mark.parametrize(
    "asked",
    [
        {"dry_run": "1"},
        {"dry_run": "True"},
        {"on_bad_rows": "ignore"},
        {"file_name": ""},
        {"file_name": "a\0b"},
        {"force": "true"},
    ],
    ids=str,
)
async def test_an_order_that_is_not_understood_is_refused(
    registry: ServiceUnderTest, asked: dict[str, str]
) -> None:
    async with registry.client(ANALYST) as client:
        assert (await sent(client, "code-list", FILE, **asked)).status_code == 422
    await nothing_stands(registry)


async def test_an_import_sent_again_with_its_key_is_answered_and_not_repeated(
    registry: ServiceUnderTest,
) -> None:
    other = a_csv([an_item("567337", "Obrnice"), an_item("556912", "Jiné jméno")])
    assert len(other) == len(FILE)
    async with registry.client(ANALYST, **{"Idempotency-Key": "import-1"}) as client:
        first = await sent(client, "code-list", FILE)
        again = await sent(client, "code-list", FILE)
        another = await sent(client, "code-list", other)
        runs = (await client.get("/imports")).json()["items"]
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (another.status_code, code_of(another)) == (422, "idempotency-key-reused")
    assert len(runs) == 1


async def test_of_imports_at_once_each_sees_what_the_one_before_has_written(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ANALYST) as client:
        reports = await asyncio.gather(*(taken_over(client, "code-list", FILE) for _ in range(4)))
    assert sorted(str(counted(report)) for report in reports) == [
        "{'registered': 2}",
        *["{'unchanged': 2}"] * 3,
    ]
    assert len(await registry.told(UnitRegistered)) == 2


async def test_an_import_beside_decisions_of_people_loses_none_of_them(registry: ServiceUnderTest) -> None:
    renamed = a_csv([an_item("567337", "Obrnice u Mostu")])

    async def decide(client: httpx.AsyncClient, version: int) -> int:
        body = {"changes_on": "2000-01-01", "ico": "00266094"}
        answer = await client.patch(f"/units/{OBRNICE}", json=body, headers=decided_on(version))
        return answer.status_code

    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        decided, report = await asyncio.gather(decide(client, 1), taken_over(client, "code-list", renamed))
        if decided == 412:  # the import was first
            decided = await decide(client, 2)
        unit = (await client.get(f"/units/{OBRNICE}")).json()
    assert (decided, counted(report)) == (200, {"changed": 1})
    assert (unit["name"], unit["ico"], unit["version"]) == ("Obrnice u Mostu", "00266094", 3)
