"""Lists of members: taken in from CSV or XLSX, with a problem for each bad row, whole or not at all."""

from io import BytesIO

import httpx
import pytest
import xlsxwriter

from shared.auth import Actor
from tests.support.partnerships import BodyAtWork, a_body_at_work, a_chair
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE

GOOD = (
    "Jméno;Organizace;Role;E-mail;Od\r\n"
    "Šárka Nováková;Společně, z. s.;člen;sarka@spolecne.example;1. 2. 2024\r\n"
    ";;;;\r\n"
    "Čeněk Řehoř;Úřad práce;Manažerka;;2024-03-01\r\n"
)
BAD = (
    "jmeno,organizace,role,telefon,od,do\r\n"
    "Šárka Nováková,Společně,člen,+420 777 123 456,2024-02-01,\r\n"
    ",Společně,člen,,2024-02-01,\r\n"
    "Čeněk Řehoř,Úřad práce,vedoucí,volejte,31. 2. 2024,\r\n"
    "Šárka Nováková,Společně,člen,,2025-01-01,\r\n"
    "Eva Krátká,Charita,,,2024-05-05,2024-05-04\r\n"
    "Jan Druhý,Obec,předseda,,2024-05-05,\r\n"
)


async def send(
    body: BodyAtWork, content: bytes, query: str = "", actor: Actor = COORDINATOR, language: str = "cs"
) -> httpx.Response:
    async with body.planning.client(actor) as client:
        return await client.post(
            f"/bodies/{body.id}/members/imports{query}",
            content=content,
            headers={"Content-Type": "application/octet-stream", "Accept-Language": language},
        )


async def names_in(body: BodyAtWork) -> list[str]:
    items = (await body.get(f"/members?filter[body]={body.id}")).json()["items"]
    return [each["name"] for each in items]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250"])
async def test_a_list_is_taken_in_after_a_dry_run_that_does_nothing(
    planning: ServiceUnderTest, encoding: str
) -> None:
    body = await a_body_at_work(planning)
    checked = await send(body, GOOD.encode(encoding), "?dry_run=true")
    assert checked.status_code == 200, checked.text
    assert checked.json() == {"dry_run": True, "rows": 2, "accepted": 2, "problems": [], "ids": []}
    assert await names_in(body) == []
    taken = await send(body, GOOD.encode(encoding))
    assert (taken.status_code, len(taken.json()["ids"])) == (200, 2)
    members = (await body.get(f"/members?filter[body]={body.id}", COORDINATOR)).json()["items"]
    assert [(each["name"], each["role"], each["starts_on"]) for each in members] == [
        ("Čeněk Řehoř", "manager", "2024-03-01"),
        ("Šárka Nováková", "member", "2024-02-01"),
    ]
    again = await send(body, GOOD.encode(encoding))
    assert again.json()["type"] == "urn:pospolu:problem:members-refused"


async def test_every_bad_row_is_named_with_its_column_and_nobody_is_taken_in(
    planning: ServiceUnderTest,
) -> None:
    body = await a_body_at_work(planning, a_chair())
    checked = (await send(body, BAD.encode(), "?dry_run=true")).json()
    assert (checked["rows"], checked["accepted"]) == (6, 1)
    assert [(each["row"], each["column"], each["code"]) for each in checked["problems"]] == [
        (3, "name", "missing"),
        (4, "role", "enum"),
        (4, "phone", "string_pattern_mismatch"),
        (4, "starts_on", "date_from_datetime_parsing"),
        (5, None, "mandate-overlaps"),
        (6, "ends_on", "mandate-ends-before-it-begins"),
        (7, None, "body-has-its-chair"),
    ]
    assert checked["problems"][0]["detail"] == "Povinný údaj chybí."
    refused = await send(body, BAD.encode())
    assert (refused.status_code, len(refused.json()["errors"])) == (422, 7)
    assert await names_in(body) == ["Karel Starosta"]


async def test_a_workbook_is_taken_in_like_a_text_and_days_may_be_said_for_all(
    planning: ServiceUnderTest,
) -> None:
    body = await a_body_at_work(planning)
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Členové")
        sheet.write_row(0, 0, ["Name", "Organisation", "Phone"])
        sheet.write_row(1, 0, ["Šárka Nováková", "Společně, z. s.", "777123456"])
    assert (await send(body, file.getvalue())).status_code == 422, "nobody said since when"
    taken = await send(body, file.getvalue(), "?starts_on=2024-06-01")
    assert taken.status_code == 200, taken.text
    assert await names_in(body) == ["Šárka Nováková"]


async def test_a_list_that_is_none_is_refused_and_so_is_who_may_not_send_it(
    planning: ServiceUnderTest,
) -> None:
    body = await a_body_at_work(planning)
    for content, code in (
        (b"", "member-column-missing"),
        (b"Organizace\r\nObec\r\n", "member-column-missing"),
        ("Jméno;Rodné číslo\r\nEva;1\r\n".encode(), "member-column-unknown"),
        ("Jméno\r\n".encode(), "member-list-empty"),
        (("Jméno\r\n" + "Eva\r\n" * 501).encode(), "member-list-too-long"),
        (b"PK\x03\x04 no workbook", "workbook-not-readable"),
    ):
        refused = await send(body, content, "?starts_on=2024-01-01")
        assert (refused.status_code, refused.json()["type"]) == (422, f"urn:pospolu:problem:{code}")
    assert (await send(body, GOOD.encode(), actor=COORDINATOR_OF_TRMICE)).status_code == 404
