"""Official boards over HTTP, and feeds of what was published."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

import httpx

from documents.files.domain import Metadata
from shared.contracts.documents import DocumentKind
from shared.http import today
from tests.support.documents import OBRNICE, unit_registered
from tests.support.published import MEMORANDUM, a_published_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, COORDINATOR, COORDINATOR_OF_TRMICE

BOARD = {
    "code": "obrnice",
    "unit_id": str(OBRNICE),
    "title": "Úřední deska obce Obrnice",
    "operator": "Obec Obrnice",
    "operator_ico": "00266086",
}


async def a_board(documents: ServiceUnderTest, **changes: object) -> httpx.Response:
    await documents.hear(unit_registered())
    async with documents.client(ADMINISTRATOR) as client:
        return await client.post("/boards", json={**BOARD, **changes})


async def posted(documents: ServiceUnderTest, board_id: str, **changes: object) -> httpx.Response:
    body = {"document_id": str(MEMORANDUM), "number": 1, **changes}
    async with documents.client(COORDINATOR) as client:
        return await client.post(f"/boards/{board_id}/postings", json=body)


async def hanging(documents: ServiceUnderTest, code: str = "obrnice") -> list[str]:
    async with documents.client() as client:
        answer = await client.get(f"/boards/{code}/board.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    return [each["název"]["cs"] for each in json.loads(answer.content)["informace"]]


async def test_what_a_coordinator_posts_hangs_as_open_data_until_it_is_taken_down(
    documents: ServiceUnderTest,
) -> None:
    board = (await a_board(documents)).json()
    about = Metadata(reference_number="MMR-7/2026")
    document = await a_published_document(documents, about=about)
    answers = await asyncio.gather(*(posted(documents, board["id"]) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (made,) = [answer for answer in answers if answer.status_code == 201]
    assert made.json()["state"] == "hanging"
    assert await hanging(documents) == [document.title]
    place = made.headers["location"]
    async with documents.client(COORDINATOR_OF_TRMICE, **{"If-Match": '"1"'}) as client:
        assert (await client.post(f"{place}/removal", json={"reason": "omyl"})).status_code == 403
    async with documents.client(COORDINATOR) as client:
        assert (await client.post(f"{place}/removal", json={"reason": "omyl"})).status_code == 428
    async with documents.client(COORDINATOR, **{"If-Match": '"1"'}) as client:
        taken = await client.post(f"{place}/removal", json={"reason": "omyl"})
        assert (taken.json()["state"], taken.json()["taken_down_on"]) == ("taken-down", today().isoformat())
        assert (await client.post(f"{place}/removal", json={"reason": "omyl"})).status_code == 412
    assert await hanging(documents) == []
    assert (await posted(documents, board["id"])).status_code == 201
    async with documents.client() as client:
        listed = (await client.get(f"/boards/{board['id']}/postings")).json()["items"]
        only = {"filter[state]": "hanging"}
        still = (await client.get(f"/boards/{board['id']}/postings", params=only)).json()["items"]
    assert [each["state"] for each in listed] == ["hanging", "taken-down"]
    assert [each["state"] for each in still] == ["hanging"]


async def test_only_what_is_public_may_hang(documents: ServiceUnderTest) -> None:
    board = (await a_board(documents)).json()
    await a_published_document(documents, published=False)
    for wrong in ({}, {"number": 9}, {"document_id": str(UUID(int=5))}):
        refused = await posted(documents, board["id"], **wrong)
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "version-not-public")
    assert (await posted(documents, str(UUID(int=5)))).status_code == 404
    assert (await posted(documents, board["id"], posted_on="2020-01-01")).status_code == 422


async def test_what_hung_until_its_day_may_hang_again_once_at_a_time(documents: ServiceUnderTest) -> None:
    board = (await a_board(documents)).json()
    await a_published_document(documents)
    until = (today() + timedelta(days=3)).isoformat()
    assert (await posted(documents, board["id"], remove_on=until)).status_code == 201
    after = (today() + timedelta(days=4)).isoformat()
    later = await asyncio.gather(*(posted(documents, board["id"], posted_on=after) for _ in range(2)))
    assert sorted(answer.status_code for answer in later) == [201, 409]
    before = await posted(documents, board["id"], posted_on=until)
    assert (before.status_code, before.json()["type"].rpartition(":")[2]) == (409, "already-posted")


async def test_a_board_is_one_of_its_unit_and_its_operator_is_checked(documents: ServiceUnderTest) -> None:
    first = await a_board(documents)
    assert first.status_code == 201
    assert (await a_board(documents)).json()["type"].endswith("board-taken")
    assert (await a_board(documents, code="jina")).json()["type"].endswith("board-taken")
    assert (await a_board(documents, code="agentura", unit_id=None)).status_code == 201
    assert (await a_board(documents, code="agentura-2", unit_id=None)).status_code == 409
    assert (await a_board(documents, operator_ico="00266087")).status_code == 422
    assert (await a_board(documents, code="nikde", unit_id=str(UUID(int=3)))).status_code == 422
    changed = {name: value for name, value in BOARD.items() if name not in {"code", "unit_id"}}
    async with documents.client(ADMINISTRATOR, **{"If-Match": '"1"'}) as client:
        place = first.headers["location"]
        answer = await client.put(place, json=changed | {"page": "https://obrnice.test/deska"})
        assert (answer.json()["code"], answer.json()["version"]) == ("obrnice", 2)
        assert (await client.put(place, json=changed)).status_code == 412
        assert (await client.get(place)).json()["page"] == "https://obrnice.test/deska"
        assert len((await client.get("/boards")).json()["items"]) == 2
        assert (await client.get("/boards/nikde/board.jsonld")).status_code == 404


async def test_feeds_tell_what_was_published_last_and_whether_anything_is_new(
    documents: ServiceUnderTest,
) -> None:
    await a_published_document(documents)
    await a_published_document(
        documents,
        document_id=UUID(int=8),
        title="Metodika",
        kind=DocumentKind.METOD,
        contents=((b"metodika", "application/pdf", "metodika.pdf"),),
    )
    await a_published_document(documents, document_id=UUID(int=9), published=False)
    async with documents.client(CONSULTANT) as client:
        rss = await client.get("/feeds/documents.rss", params={"filter[kind]": "METOD"})
        atom = await client.get("/feeds/documents.atom", params={"filter[unit]": str(OBRNICE)})
        known = {"If-None-Match": atom.headers["etag"]}
        assert (await client.get("/feeds/documents.atom", headers=known)).status_code == 200
        same = await client.get("/feeds/documents.atom", params={"filter[unit]": str(OBRNICE)}, headers=known)
        assert same.status_code == 304
    titles = [item.findtext("title") for item in ET.fromstring(rss.content).iter("item")]  # noqa: S314
    assert titles == ["Metodika (1. vydání)"]
    (link,) = (item.findtext("link") for item in ET.fromstring(rss.content).iter("item"))  # noqa: S314
    assert (link or "").endswith(f"/publications/{UUID(int=8)}/versions/1")
    assert len(ET.fromstring(atom.content).findall("{http://www.w3.org/2005/Atom}entry")) == 2  # noqa: S314
