"""Wrong addresses, parameters, headers: the answer is a problem detail that names our fault nowhere."""

import base64

import pytest
from sqlalchemy import text

from tests.support.hostile import DEPTH, HEAD, JSON, Body, assert_problem, send
from tests.support.planning import a_draft
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    MAYOR,
    OBRNICE,
)

GIGABYTES_2 = 2 * 1024**3
MEGABYTES_10 = 10_000_000


def a_cursor(content: str) -> str:
    return base64.urlsafe_b64encode(content.encode()).decode()


@pytest.mark.parametrize(
    "query",
    [
        "nonsense=1",
        "limit=1&nonsense=",
        "filter=PSZ",
        "filter[nonsense]=1",
        "%00=1",
        "%ED%A0%80=1",
        "Limit=1",
    ],
)
async def test_an_unknown_parameter_is_refused(planning: ServiceUnderTest, query: str) -> None:
    assert_problem(await send(planning, "GET", f"/plans?{query}"), 422, code="unknown-parameter")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=many",
        "limit=" + "9" * 5000,
        "filter[kind]=%00",
        "filter[unit]=%ED%A0%80",
        "cursor=",
        "cursor=%00",
        "cursor=%C5%BE",
        "cursor=%ED%A0%80",
        "cursor=" + a_cursor("[]"),
        "cursor=" + a_cursor('["a"]'),
        "cursor=" + a_cursor('["\\u0000", "\\ud800"]'),
        "cursor=" + a_cursor('{"a": 1}'),
        "cursor=" + a_cursor("[" * 1400),
        "cursor=" + "a" * 5000,
    ],
)
async def test_a_parameter_that_makes_no_sense_is_refused(planning: ServiceUnderTest, query: str) -> None:
    assert_problem(await send(planning, "GET", f"/plans?{query}"), 422)


async def test_text_that_is_searched_for_may_be_anything_but_nul(documents: ServiceUnderTest) -> None:
    assert_problem(await send(documents, "GET", "/documents?q=%00"), 422)
    for words in ("%25_%5C", "%F0%9F%98%80", "%27%3B--", "%ED%A0%80"):
        assert (await send(documents, "GET", f"/documents?q={words}")).json()["items"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/plans/%00", 422),
        ("/plans/%ED%A0%80", 422),
        ("/plans/1", 422),
        (f"/plans/{OBRNICE}/revisions/{'9' * 30}", 422),
        (f"/plans/{OBRNICE}/revisions/{'9' * 5000}", 422),
        (f"/plans/{OBRNICE}/revisions/-1", 422),
        ("/plans/", 404),
        ("/nowhere", 404),
        ("/nowhere/%00%ff%0d%0aSet-Cookie:%20a=b", 404),
        ("/" + "a" * 60_000, 404),
    ],
    ids=lambda each: str(each)[:40],
)
async def test_an_address_that_does_not_exist_is_a_problem_detail(
    planning: ServiceUnderTest, path: str, status: int
) -> None:
    assert_problem(await send(planning, "GET", path), status)


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "DELETE", "PUT", "BREW"])
async def test_a_method_that_is_not_there_is_405_and_names_those_that_are(
    planning: ServiceUnderTest, method: str
) -> None:
    answer = await send(planning, method, "/plans")
    assert_problem(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If-Match", "*", 422),
        ("If-Match", "3", 422),
        ("If-Match", 'W/"3"', 422),
        ("If-Match", f'"{"9" * 30}"', 422),
        ("If-Match", '"7"', 412),
        ("Content-Length", "-1", 422),
    ],
)
async def test_a_header_that_makes_no_sense_is_refused(
    planning: ServiceUnderTest, header: str, value: str, status: int
) -> None:
    plan = await a_draft(planning)
    headers = {"If-Match": plan.etag, **JSON, header: value}
    body = b"{" if header == "Content-Length" else b"{}"
    answer = await send(planning, "PATCH", f"/plans/{plan.id}", content=body, headers=headers)
    assert_problem(answer, status)


async def test_a_decision_without_a_version_is_428(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    assert_problem(await send(planning, "PATCH", f"/plans/{plan.id}", json={}), 428)
    assert_problem(await send(planning, "POST", f"/plans/{plan.id}/submission"), 428)


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "ž".encode().decode("latin-1")])
async def test_an_idempotency_key_of_another_form_is_refused(planning: ServiceUnderTest, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode("latin-1")), (b"Content-Type", b"application/json")]
    answer = await send(planning, "POST", "/plans", content=HEAD, headers=headers)
    assert_problem(answer, 422, code="idempotency-key-malformed")


@pytest.mark.parametrize("offered", ["a b", "x" * 200, "a\tb", "<script>", 'a","level":"x'])
async def test_a_correlation_id_that_could_spoil_a_log_is_replaced(
    planning: ServiceUnderTest, offered: str
) -> None:
    answer = await send(planning, "GET", "/nowhere", headers={"X-Correlation-Id": offered})
    assert_problem(answer, 404)
    assert answer.headers["x-correlation-id"] != offered


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/plans", b"{}"),
        ("POST", "/plans", b"[" * DEPTH),
        ("POST", "/plans", b"a" * MEGABYTES_10),
        ("GET", "/nowhere", None),
        ("GET", "/plans?nonsense=1", None),
        ("GET", f"/plans/{OBRNICE}", None),
        ("DELETE", "/plans", None),
        ("POST", f"/plans/{OBRNICE}/submission", None),
    ],
)
async def test_a_problem_has_its_title_in_the_language_asked_for(
    planning: ServiceUnderTest, method: str, path: str, body: bytes | None
) -> None:
    titles = {}
    for language in ("cs", "en"):
        answer = await send(
            planning, method, path, content=body, headers={**JSON, "Accept-Language": f"{language}-XX,de;q=1"}
        )
        assert answer.headers["content-language"] == language
        titles[language] = answer.json()["title"]
    assert titles["cs"] != titles["en"]


async def test_nobody_without_the_role_makes_the_service_store_an_upload(documents: ServiceUnderTest) -> None:
    body = Body(chunks=100)
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await send(documents, "POST", "/documents", actor=MAYOR, content=body, headers=headers)
    assert_problem(answer, 403, code="role-not-allowed")
    assert body.read <= 1


async def test_a_parameter_that_the_database_cannot_hold_leaves_no_lock_behind(
    planning: ServiceUnderTest,
) -> None:
    assert_problem(await send(planning, "GET", f"/plans/{OBRNICE}/revisions/{'9' * 30}"), 422)
    async with planning.resources.engine.connect() as connection:
        held = await connection.scalars(
            text(
                "SELECT relation::regclass::text FROM pg_locks WHERE pid <> pg_backend_pid()"
                " AND relation IS NOT NULL"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
        assert list(held) == []
