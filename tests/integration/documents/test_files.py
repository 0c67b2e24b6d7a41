"""Filing, reading and finding of documents over HTTP."""

import os
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID, uuid4

import httpx
import pytest

from documents.files.schemas import DocumentList
from documents.outside import store_at
from documents.storage.receiving import LARGEST_BODY
from shared.auth import Actor
from shared.contracts.base import Role
from tests.support.documents import (
    MOST,
    OBRNICE,
    PlanningStandIn,
    a_snapshot,
    canonical,
    plan_approved,
    unit_registered,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ANALYST,
    BY_ROLE,
    CONSULTANT,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    MAYOR,
    PARTNER,
    SYSTEM,
)

PDF = b"%PDF-1.7 obsah"


async def file_one(
    documents: ServiceUnderTest,
    actor: Actor = CONSULTANT,
    *,
    content: bytes = PDF,
    name: str = "Zápis z jednání č. 3.pdf",
    media_type: str = "application/pdf",
    units: tuple[UUID, ...] = (OBRNICE,),
    headers: dict[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> httpx.Response:
    await documents.hear(unit_registered(), unit_registered(MOST, name="Most", code="567027"))
    data = {"title": "Zápis z jednání", "unit_ids": [str(unit) for unit in units], **(fields or {})}
    async with documents.client(actor, **(headers or {})) as client:
        return await client.post("/documents", data=data, files={"file": (name, content, media_type)})


async def add_one(
    documents: ServiceUnderTest, document_id: str, actor: Actor = COORDINATOR, *, content: bytes = b"druhy"
) -> httpx.Response:
    async with documents.client(actor) as client:
        return await client.post(
            f"/documents/{document_id}/versions",
            data={"label": "po připomínkách"},
            files={"file": ("b.pdf", content, "application/pdf")},
        )


async def get(
    documents: ServiceUnderTest, path: str, actor: Actor | None = CONSULTANT, **headers: str
) -> httpx.Response:
    async with documents.client(actor) as client:
        return await client.get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})


async def test_a_filed_document_is_a_draft_with_its_first_version(documents: ServiceUnderTest) -> None:
    filed = await file_one(documents, fields={"label": "návrh"})
    assert filed.status_code == 201, filed.text
    assert filed.headers["etag"] == '"1"'
    found = await get(documents, filed.headers["location"].removeprefix("http://test"))
    assert found.json()["state"] == "draft"
    assert found.json()["units"] == [{"id": str(OBRNICE), "name": "Obrnice"}]
    (version,) = found.json()["versions"]
    assert version["label"] == "návrh"
    assert version["file_name"] == "Zápis z jednání č. 3.pdf"
    assert version["digest"] == sha256(PDF).hexdigest()
    assert version["size_bytes"] == len(PDF)


@pytest.mark.parametrize("content", [PDF, PDF + os.urandom(3_000_000)], ids=len)
async def test_the_content_comes_back_byte_for_byte(documents: ServiceUnderTest, content: bytes) -> None:
    filed = await file_one(documents, content=content)
    answer = await get(documents, f"/documents/{filed.json()['document_id']}/versions/1/content")
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["etag"] == f'"{sha256(content).hexdigest()}"'
    assert answer.headers["repr-digest"] == f"sha-256=:{b64encode(sha256(content).digest()).decode()}:"
    assert answer.headers["content-disposition"] == (
        'inline; filename="Zapis z jednani c. 3.pdf"; '
        "filename*=UTF-8''Z%C3%A1pis%20z%20jedn%C3%A1n%C3%AD%20%C4%8D.%203.pdf"
    )


async def test_a_range_of_the_content_can_be_asked_for(documents: ServiceUnderTest) -> None:
    content = os.urandom(1_000_000)
    filed = await file_one(documents, content=content)
    path = f"/documents/{filed.json()['document_id']}/versions/1/content"
    part = await get(documents, path, range="bytes=10-19")
    tail = await get(documents, path, range="bytes=-5")
    assert (part.status_code, part.content) == (206, content[10:20])
    assert part.headers["content-range"] == "bytes 10-19/1000000"
    assert (tail.status_code, tail.content) == (206, content[-5:])
    beyond = await get(documents, path, range="bytes=1000000-")
    assert beyond.status_code == 416
    assert beyond.json()["type"].endswith(":range-outside")
    assert beyond.headers["content-range"] == "bytes */1000000"
    other = await get(documents, path, range="bytes=10-19", if_range='"another"')
    assert (other.status_code, len(other.content)) == (200, 1_000_000)


async def test_who_has_the_content_gets_no_second_copy(documents: ServiceUnderTest) -> None:
    filed = await file_one(documents)
    path = f"/documents/{filed.json()['document_id']}/versions/1/content"
    tag = (await get(documents, path)).headers["etag"]
    again = await get(documents, path, if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")


async def test_lists_say_the_kind_in_the_callers_language_and_where_a_document_and_its_files_are(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    filed = (await file_one(documents, fields={"kind": "ZAPIS"})).json()
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    draft = (await get(documents, f"/documents/{filed['document_id']}", accept_language="en")).json()
    assert (draft["kind_name"], draft["address"], draft["versions"][0]["address"]) == ("minutes", None, None)
    assert (await get(documents, draft["versions"][0]["content"])).content == PDF
    listed = await get(documents, "/documents?filter[kind]=PLAN", None)
    assert listed.headers["vary"] == "Accept-Language"
    DocumentList.model_validate_json(listed.content)
    (plan,) = listed.json()["items"]
    assert plan["kind_name"] == "schválený plán"
    newest = plan["latest_version"]
    assert plan["address"].endswith(f"/api/documents/publications/{plan['id']}")
    assert newest["address"] == f"{plan['address']}/versions/1"
    assert (await get(documents, newest["content"], None)).headers["content-type"] == "application/pdf"
    (docx,) = newest["formats"]
    served = await get(documents, docx["content"], None)
    assert served.headers["content-type"] == docx["media_type"]


async def test_a_published_file_may_be_kept_for_minutes_and_a_draft_may_not(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    filed = await file_one(documents)
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    plan, *_ = (await get(documents, "/documents?filter[kind]=PLAN", None)).json()["items"]
    public = await get(documents, f"/documents/{plan['id']}/versions/1/content", None)
    draft = await get(documents, f"/documents/{filed.json()['document_id']}/versions/1/content")
    assert public.headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert draft.headers["cache-control"] == "private, no-cache"


async def test_an_uploaded_page_can_run_nothing_in_our_name(documents: ServiceUnderTest) -> None:
    filed = await file_one(documents, content=b"<script>", name="x.html", media_type="text/html")
    answer = await get(documents, f"/documents/{filed.json()['document_id']}/versions/1/content")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("actor", [COORDINATOR, MAYOR, PARTNER, ANALYST, CONSULTANT])
async def test_a_draft_is_seen_by_its_unit_and_by_the_agency(
    documents: ServiceUnderTest, actor: Actor
) -> None:
    filed = (await file_one(documents)).json()
    assert (await get(documents, f"/documents/{filed['document_id']}", actor)).status_code == 200
    assert len((await get(documents, "/documents", actor)).json()["items"]) == 1


@pytest.mark.parametrize("actor", [None, COORDINATOR_OF_TRMICE, SYSTEM])
async def test_for_others_a_draft_does_not_exist(documents: ServiceUnderTest, actor: Actor | None) -> None:
    filed = (await file_one(documents)).json()
    address = f"/documents/{filed['document_id']}"
    assert (await get(documents, address, actor)).status_code == 404
    assert (await get(documents, f"{address}/versions/1/content", actor)).status_code == 404
    assert (await get(documents, "/documents", actor)).json()["items"] == []
    if actor:
        assert (await add_one(documents, filed["document_id"], actor)).status_code in {403, 404}


async def test_a_coordinator_files_only_with_his_own_unit(documents: ServiceUnderTest) -> None:
    assert (await file_one(documents, COORDINATOR)).status_code == 201
    foreign = await file_one(documents, COORDINATOR, units=(OBRNICE, MOST))
    assert foreign.status_code == 403
    assert foreign.json()["type"].endswith("unit-not-yours")
    assert (await file_one(documents, COORDINATOR, units=())).status_code == 403


@pytest.mark.parametrize("role", [Role.MAYOR, Role.PARTNER, Role.COMMISSIONER, Role.DIRECTOR, Role.SYSTEM])
async def test_other_roles_file_nothing(documents: ServiceUnderTest, role: Role) -> None:
    assert (await file_one(documents, BY_ROLE[role])).status_code == 403


async def test_nobody_files_without_a_login(documents: ServiceUnderTest) -> None:
    async with documents.client() as client:
        answer = await client.post("/documents", data={"title": "x"}, files={"file": ("a", b"a")})
    assert answer.status_code == 401


async def test_a_unit_that_we_do_not_know_is_refused(documents: ServiceUnderTest) -> None:
    answer = await file_one(documents, units=(OBRNICE, uuid4()))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/unit_ids/1"


async def test_a_version_is_added_by_people_of_the_unit(documents: ServiceUnderTest) -> None:
    filed = (await file_one(documents)).json()
    added = await add_one(documents, filed["document_id"])
    assert added.status_code == 201, added.text
    assert added.headers["location"].endswith("/versions/2/content")
    assert added.headers["etag"] == '"2"'
    found = (await get(documents, f"/documents/{filed['document_id']}")).json()
    assert [version["number"] for version in found["versions"]] == [2, 1]
    assert found["versions"][0]["label"] == "po připomínkách"


async def test_two_versions_added_at_once_get_numbers_of_their_own(documents: ServiceUnderTest) -> None:
    import asyncio

    filed = (await file_one(documents)).json()
    contents = [f"obsah {number}".encode() for number in range(4)]
    answers = await asyncio.gather(
        *(add_one(documents, filed["document_id"], content=content) for content in contents)
    )
    assert [answer.status_code for answer in answers] == [201] * 4
    assert sorted(answer.json()["added"]["number"] for answer in answers) == [2, 3, 4, 5]


async def test_nobody_uploads_into_an_approved_plan(
    documents: ServiceUnderTest, planning_stand_in: PlanningStandIn
) -> None:
    body = canonical(a_snapshot())
    planning_stand_in.serve(body)
    await documents.hear(plan_approved(body))
    plan, *_ = (await get(documents, "/documents?filter[kind]=PLAN")).json()["items"]
    answer = await add_one(documents, plan["id"])
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("document-is-rendered")


async def test_a_repeated_post_files_once(documents: ServiceUnderTest) -> None:
    key = {"Idempotency-Key": "zapis-3"}
    first = await file_one(documents, headers=key)
    second = await file_one(documents, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len((await get(documents, "/documents")).json()["items"]) == 1


async def test_a_file_above_the_limit_is_refused_by_what_it_announces(documents: ServiceUnderTest) -> None:
    async with documents.client(CONSULTANT) as client:
        answer = await client.post(
            "/documents",
            content=b"short",
            headers={
                "content-length": str(2 * 1024**3),
                "content-type": "multipart/form-data; boundary=x",
            },
        )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_file_that_grows_above_the_limit_is_refused(documents: ServiceUnderTest) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'

    async def endless() -> object:
        yield head
        for _ in range(LARGEST_BODY // 1_000_000 + 1):
            yield b"0" * 1_000_000

    async with documents.client(CONSULTANT) as client:
        answer = await client.post(
            "/documents",
            content=endless(),  # type: ignore[arg-type]
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"title": ""}, "/title"),
        ({"title": "a\0b"}, "/title"),
        ({"kind": "NONSENSE"}, "/kind"),
        ({"plan_id": "x"}, "/plan_id"),
        ({"unknown": "x"}, "/unknown"),
    ],
)
async def test_a_wrong_field_is_named(
    documents: ServiceUnderTest, fields: dict[str, str], pointer: str
) -> None:
    answer = await file_one(documents, fields=fields)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"{}", 415),
        ("application/json", b"{}", 422),
        ("application/json", b" " * 70_000, 413),
        ("multipart/form-data", b"", 422),
        ("multipart/form-data; boundary=x", b"nonsense", 422),
        ("multipart/form-data; boundary=x", b"--x--\r\n", 422),
    ],
)
async def test_a_body_that_is_no_upload_is_refused(
    documents: ServiceUnderTest, content_type: str, body: bytes, status: int
) -> None:
    async with documents.client(CONSULTANT) as client:
        answer = await client.post("/documents", content=body, headers={"content-type": content_type})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\smlouva.pdf", "", "\u202e.pdf", "ž" * 300 + ".pdf"]
)
async def test_a_hostile_file_name_is_only_a_name(documents: ServiceUnderTest, name: str) -> None:
    filed = await file_one(documents, name=name or " ")
    assert filed.status_code == 201, filed.text
    kept = filed.json()["added"]["file_name"]
    assert 0 < len(kept) <= 180
    assert not set(kept) & {"/", "\\", "\u202e", "\0"}


async def test_documents_are_found_by_kind_plan_unit_and_words(documents: ServiceUnderTest) -> None:
    plan_id = str(uuid4())
    await file_one(documents, fields={"title": "Vypořádání PŘIPOMÍNEK 100 %", "plan_id": plan_id})
    await file_one(documents, fields={"title": "Memorandum"}, units=(MOST,))
    for query, expected in {
        f"filter[plan]={plan_id}": ["Vypořádání PŘIPOMÍNEK 100 %"],
        f"filter[unit]={MOST}": ["Memorandum"],
        "filter[kind]=OTHER": ["Memorandum", "Vypořádání PŘIPOMÍNEK 100 %"],
        "filter[kind]=PLAN": [],
        "q=pripominek": ["Vypořádání PŘIPOMÍNEK 100 %"],
        "q=100 %25": ["Vypořádání PŘIPOMÍNEK 100 %"],
        "q=%25": ["Vypořádání PŘIPOMÍNEK 100 %"],
        "q=_emorandum": [],
        f"q=memo&filter[unit]={OBRNICE}": [],
    }.items():
        answer = await get(documents, f"/documents?{query}")
        assert [item["title"] for item in answer.json()["items"]] == expected, query


async def test_pages_give_each_document_once(documents: ServiceUnderTest) -> None:
    for number in range(5):
        await file_one(documents, fields={"title": f"Zápis {number}"})
    seen, address = [], "/documents?limit=2"
    while address:
        page = await get(documents, address)
        seen += [item["title"] for item in page.json()["items"]]
        address = page.links["next"]["url"] if "next" in page.links else ""
    assert seen == [f"Zápis {number}" for number in (4, 3, 2, 1, 0)]


async def test_a_list_takes_at_most_two_statements(documents: ServiceUnderTest) -> None:
    for number in range(3):
        await file_one(documents, fields={"title": f"Zápis {number}"})
    with documents.counted_statements() as statements:
        await get(documents, "/documents", COORDINATOR)
    assert len(statements) <= 2


async def test_a_file_that_the_store_lost_is_our_fault(documents: ServiceUnderTest) -> None:
    filed = (await file_one(documents, content=b"lost")).json()
    store = store_at(documents.resources.settings.files_url)
    assert store.folder
    (store.folder / "sha256" / filed["added"]["digest"][:2] / filed["added"]["digest"][2:]).unlink()
    answer = await get(documents, f"/documents/{filed['document_id']}/versions/1/content")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
