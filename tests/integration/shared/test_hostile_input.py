"""Wrong callers and wrong bodies: the answer is a problem detail that names our fault nowhere."""

import json

import pytest
from joserfc.jwk import ECKey

from tests.support.hostile import DEPTH, HEAD, JSON, Body, assert_problem, draft, send
from tests.support.planning import a_draft, a_head, an_approved_plan
from tests.support.service import ServiceUnderTest
from tests.support.tokens import (
    ANALYST,
    COORDINATOR,
    COORDINATOR_OF_TRMICE,
    OBRNICE,
    a_token,
)

GIGABYTES_2 = 2 * 1024**3
MEGABYTES_10 = 10_000_000


@pytest.mark.parametrize(
    "token",
    [
        "garbage",
        "a.b.c",
        a_token(expires_in=-3600),
        a_token(issuer="https://another.test"),
        a_token(audience="another"),
        a_token(key=ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)),
        a_token()[:-4] + "AAAA",
        "x" * 100_000,
    ],
    ids=["garbage", "dots", "expired", "issuer", "audience", "key", "signature", "long"],
)
@pytest.mark.parametrize("path", ["/plans", f"/plans/{OBRNICE}/steps"])
async def test_a_wrong_token_is_refused_even_where_none_is_needed(
    planning: ServiceUnderTest, token: str, path: str
) -> None:
    async with planning.client(Authorization=f"Bearer {token}") as client:
        answer = await client.get(path)
    assert_problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_no_login_is_401_and_another_role_403(planning: ServiceUnderTest) -> None:
    async with planning.client() as client:
        assert_problem(await client.post("/plans", json=a_head()), 401, code="token-missing")
    answer = await send(planning, "POST", "/plans", actor=ANALYST, json=a_head())
    assert_problem(answer, 403, code="role-not-allowed")


async def test_a_draft_of_another_unit_does_not_exist_for_the_caller(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    for path in ("", "/completeness"):
        assert_problem(await plan.get(COORDINATOR_OF_TRMICE, path), 404)
    async with planning.client() as client:
        assert_problem(await client.get(f"/plans/{plan.id}"), 404, code="plan-unknown")
    patch = {"json": {"title": "Cizí"}, "headers": {"If-Match": plan.etag}}
    answer = await send(planning, "PATCH", f"/plans/{plan.id}", actor=COORDINATOR_OF_TRMICE, **patch)
    assert_problem(answer, 404, code="plan-unknown")
    assert (await plan.get(COORDINATOR)).status_code == 200


async def test_an_approved_plan_of_another_unit_is_seen_and_not_changed(planning: ServiceUnderTest) -> None:
    plan = await an_approved_plan(planning)
    assert (await plan.get(COORDINATOR_OF_TRMICE)).status_code == 200
    answer = await send(
        planning,
        "POST",
        f"/plans/{plan.id}/closure",
        actor=COORDINATOR_OF_TRMICE,
        json={"closed_on": "2026-12-31", "reason": "Cizí"},
        headers={"If-Match": plan.etag},
    )
    assert_problem(answer, 403, code="unit-not-yours")


async def test_ten_megabytes_of_json_are_too_large(planning: ServiceUnderTest) -> None:
    assert_problem(await draft(planning, b'{"title": "' + b"a" * MEGABYTES_10 + b'"}'), 413, code="too-large")


async def test_a_body_that_announces_no_length_is_cut_off_at_the_limit(planning: ServiceUnderTest) -> None:
    body = Body(chunks=1000)
    answer = await send(planning, "POST", "/plans", content=body, headers=JSON)
    assert_problem(answer, 413, code="too-large")
    assert body.read * 100_000 <= planning.resources.settings.max_body_bytes + 200_000


async def test_two_gigabytes_are_refused_when_they_are_announced(
    planning: ServiceUnderTest, documents: ServiceUnderTest
) -> None:
    for service, path, kind in (
        (planning, "/plans", "application/json"),
        (documents, "/documents", "multipart/form-data; boundary=b"),
    ):
        body = Body(chunks=1000)
        headers = {"Content-Type": kind, "Content-Length": str(GIGABYTES_2)}
        answer = await send(service, "POST", path, content=body, headers=headers)
        assert_problem(answer, 413, code="too-large")
        assert body.read <= 1


@pytest.mark.parametrize(
    "body",
    ["[" * DEPTH, "[" * DEPTH + "]" * DEPTH, '{"a":' * DEPTH + "1" + "}" * DEPTH],
    ids=["open", "lists", "objects"],
)
async def test_deep_nesting_is_refused(planning: ServiceUnderTest, body: str) -> None:
    assert_problem(await draft(planning, body), 400, 422)


@pytest.mark.parametrize("content", ["a\0b", "\ud800", "a\udfff"], ids=["nul", "high", "low"])
@pytest.mark.parametrize("field_name", ["title", "vision", "a\ud800", "a\0"])
async def test_text_that_no_database_can_store_is_refused(
    planning: ServiceUnderTest, content: str, field_name: str
) -> None:
    body = json.dumps(a_head(**{field_name: content}))
    assert_problem(await draft(planning, body), 422, code="malformed")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"null",
        b"[]",
        b'"text"',
        b'{"title": "\xff\xfe"}',
        HEAD.replace("PSZ", "\ud83d").encode("utf-8", "surrogatepass"),
        json.dumps(a_head(), ensure_ascii=False).encode("cp1250", "replace"),
        b'{"title": NaN}',
        b'{"title": -Infinity}',
        b'{"title": 1e999999}',
        b'{"title": ' + b"9" * 10_000 + b"}",
        HEAD.replace('"2026-01-01"', '"0000-00-00"').encode(),
        HEAD.replace('"2026-01-01"', "253402300800000").encode(),
        HEAD.replace('"kind"', '"unknown": 1, "kind"').encode(),
    ],
)
async def test_a_body_that_is_not_what_was_asked_for_is_refused(
    planning: ServiceUnderTest, body: bytes
) -> None:
    assert_problem(await draft(planning, body), 400, 422)


async def test_of_a_key_that_comes_twice_each_value_must_be_valid_or_the_last_one_counts(
    planning: ServiceUnderTest,
) -> None:
    plan = await a_draft(planning)
    body = b'{"title": "Prvni", "title": "Druhy"}'
    headers = {**JSON, "If-Match": plan.etag}
    answer = await send(planning, "PATCH", f"/plans/{plan.id}", content=body, headers=headers)
    assert answer.status_code == 200
    assert (await plan.get()).json()["title"] == "Druhy"
    assert_problem(await draft(planning, b'{"kind": "PSZ", "kind": "?"}'), 422, code="malformed")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
async def test_json_under_another_name_is_refused(planning: ServiceUnderTest, kind: str) -> None:
    answer = await send(planning, "POST", "/plans", content=HEAD, headers={"Content-Type": kind})
    assert_problem(answer, 415, 422)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_an_upload_that_is_none_is_refused(documents: ServiceUnderTest, kind: str) -> None:
    answer = await send(documents, "POST", "/documents", content=b"--", headers={"Content-Type": kind})
    assert_problem(answer, 415, 422)


async def test_a_body_that_is_no_json_is_told_as_a_whole_and_each_fault_once(
    planning: ServiceUnderTest,
) -> None:
    answer = await draft(planning, '{"title": ')
    assert_problem(answer, 422)
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("", "json_invalid")]
    plan = await a_draft(planning)
    at = f"/plans/{plan.id}/problems/{OBRNICE}/evidence"
    answer = await send(planning, "POST", at, json={"measure": "points", "title": "Index"})
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/measure"]


async def test_an_instant_in_a_refusal_is_written_as_machines_write_it(planning: ServiceUnderTest) -> None:
    plan = await a_draft(planning)
    window = {"opens_at": "2026-11-24T08:00:00+01:00", "closes_at": "2026-11-24T08:00:00+01:00"}
    body = {"plan_id": plan.id, "title": "Připomínky", **window}
    answer = await send(planning, "POST", "/consultations", json=body)
    assert_problem(answer, 422, code="closes-before-it-opens")
    assert answer.json()["closes_at"] == "2026-11-24T07:00:00+00:00"
    assert (
        answer.json()["title"]
        == "Lhůta pro připomínky musí skončit později, než začne (24.\xa011.\xa02026 08:00)."
    )
