"""A month of work from a table."""

import asyncio
from io import BytesIO
from typing import Any

import httpx
import openpyxl
import pytest

from shared.contracts.intake import ActivityRecorded
from tests.support.activities import two_towns, yesterday
from tests.support.registry import ADMINISTRATOR, CONSULTANT, code_of
from tests.support.service import ServiceUnderTest

HEAD = "druh;obce;datum;minuty;název;oblasti;místo;online;lidé"
GOOD = f"KON;567337;{yesterday()};90;Konzultace bydlení;BYD ZAM;Obecní úřad;ne;obyvatelé: 12; úředníci 3"
WEBINAR = f"vzdělávací akce;567337, 553697;{yesterday()};45;Webinář;;;ano;"


def a_file(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode("utf-8-sig")


def quoted(row: str) -> str:
    *cells, people = row.split(";", 8)
    return ";".join([*cells, f'"{people}"'])


async def sent(client: httpx.AsyncClient, content: bytes, **asked: str) -> httpx.Response:
    return await client.post("/activities/imports", content=content, params=asked)


@pytest.fixture
async def towns(registry: ServiceUnderTest) -> ServiceUnderTest:
    async with registry.client(ADMINISTRATOR) as client:
        await two_towns(client)
    return registry


async def test_a_month_is_written_down_at_once_and_once(towns: ServiceUnderTest) -> None:
    content = a_file(quoted(GOOD), quoted(WEBINAR))
    async with towns.client(CONSULTANT) as client:
        dry = (await sent(client, content, dry_run="true")).json()
        nothing = (await client.get("/activities")).json()["items"]
        done = await sent(client, content, file_name="listopad.csv")
        again = (await sent(client, content)).json()
        listed: list[dict[str, Any]] = (await client.get("/activities")).json()["items"]
    assert done.status_code == 200, done.text
    assert (dry["accepted"], dry["id"], nothing) == (2, None, [])
    assert done.json()["changes"] == {"recorded": 2, "known": 0}
    assert again["changes"] == {"recorded": 0, "known": 2}
    by_title = {each["title"]: each for each in listed}
    consultation = by_title["Konzultace bydlení"]
    assert consultation["people"] == [
        {"role": "resident", "count": 12, "minutes": 90},
        {"role": "official", "count": 3, "minutes": 90},
    ]
    assert (consultation["areas"], consultation["online"]) == (["BYD", "ZAM"], False)
    assert (by_title["Webinář"]["kind"], by_title["Webinář"]["online"]) == ("VZA", True)
    assert len(by_title["Webinář"]["unit_ids"]) == 2
    assert len(await towns.told(ActivityRecorded)) == 2


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (f"XYZ;567337;{yesterday()};90;Název;;;;", "druh", "XYZ"),
        (f"KON;567338;{yesterday()};90;Název;;;;", "obce", "567338"),
        (f"KON;;{yesterday()};90;Název;;;;", "obce", None),
        ("KON;567337;31. 2. 2026;90;Název;;;;", "datum", "31. 2. 2026"),
        ("KON;567337;2999-01-01;90;Název;;;;", "datum", None),
        (f"KON;567337;{yesterday()};;Název;;;;", "minuty", None),
        (f"KON;567337;{yesterday()};1441;Název;;;;", "minuty", "1441"),
        (f"KON;567337;{yesterday()};1e99999999;Název;;;;", "minuty", "1e99999999"),
        (f"KON;567337;{yesterday()};NaN;Název;;;;", "minuty", "NaN"),
        (f"KON;567337;{yesterday()};;Název;;;;", None, None),
        (f"KON;567337;{yesterday()};90;;;;;", "název", None),
        (f"KON;567337;{yesterday()};90;{'x' * 201};;;;", "název", "x" * 200),
        (f"KON;567337;{yesterday()};90;Název;NIC;;;", "oblasti", "NIC"),
        (f"KON;567337;{yesterday()};90;Název;;;možná;", "online", "možná"),
        (f"KON;567337;{yesterday()};90;Název;;;;Jana Nováková", "lidé", None),
        ("KON;567337;2026-01-15;90;Název;;;;", "datum", None),
        (f"KON;500011;{yesterday()};90;Název;;;;", "obce", None),
    ],
)
async def test_a_bad_row_is_told_by_row_and_column_and_stops_the_whole_file(
    towns: ServiceUnderTest, row: str, column: str | None, value: str | None
) -> None:
    content = a_file(quoted(WEBINAR), row)
    async with towns.client(CONSULTANT) as client:
        refused = await sent(client, content)
        kept = await sent(client, content, on_bad_rows="keep-good")
        listed = (await client.get("/activities")).json()["items"]
    assert (refused.status_code, code_of(refused)) == (422, "rows-refused")
    (problem,) = refused.json()["problems"]
    assert (problem["row"], problem["value"]) == (3, value)
    assert column is None or problem["column"] == column
    assert "Nováková" not in refused.text
    assert (kept.status_code, kept.json()["changes"]) == (200, {"recorded": 1, "known": 0})
    assert len(listed) == 1


async def test_a_workbook_with_hours_is_taken_too(towns: ServiceUnderTest) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Druh", "Obce", "Datum", "Hodiny", "Název"])
    sheet.append(["MON", 567337, yesterday(), 1.5, "Monitoring"])
    out = BytesIO()
    book.save(out)
    async with towns.client(CONSULTANT) as client:
        done = await sent(client, out.getvalue())
        (found,) = (await client.get("/activities")).json()["items"]
    assert done.status_code == 200, done.text
    assert (found["kind"], found["minutes"]) == ("MON", 90)


async def test_the_same_file_twice_at_once_is_written_down_once(towns: ServiceUnderTest) -> None:
    content = a_file(quoted(GOOD), quoted(GOOD), quoted(WEBINAR))
    async with towns.client(CONSULTANT) as client:
        answers = await asyncio.gather(sent(client, content), sent(client, content))
        listed = (await client.get("/activities")).json()["items"]
    assert sorted(answer.json()["changes"]["recorded"] for answer in answers) == [0, 3]
    assert len(listed) == 3


async def test_a_table_without_the_needed_columns_is_refused(towns: ServiceUnderTest) -> None:
    async with towns.client(CONSULTANT) as client:
        refused = await sent(client, b"druh;datum\r\nKON;2026-11-01\r\n")
    assert (refused.status_code, code_of(refused)) == (422, "columns-missing")
