"""The public record: acts in their order, days signed once, stamps by a real authority."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from documents.outside import NotConfigured, signer_of, tsa_of
from documents.proving.auditing import main as audit
from documents.proving.proof import proves
from documents.proving.signing import KeyNotUsable, Signer, development_signer, signer_from
from documents.proving.stamps import stamp_faults
from documents.proving.timestamping import StampRefused, TimeStampAuthority, authority_at
from documents.proving.verifier import program
from documents.proving.verify import KEYS, check_files, fingerprint_of
from documents.record.bundle import Bundle
from documents.record.use_cases import enter_own_acts, sign_days, stamp
from shared.contracts.base import Role
from shared.contracts.documents import DocumentPublished, DocumentWithdrawn
from shared.contracts.evaluation import RecommendationIssued
from shared.contracts.planning import PlanClosed
from shared.contracts.registry import CooperationStarted
from shared.settings import Environment
from tests.contracts.examples import EXAMPLES
from tests.support.record import SIGNER
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, an_actor
from tests.support.tsa import Authority

CLOSED, ISSUED, STARTED = EXAMPLES[PlanClosed], EXAMPLES[RecommendationIssued], EXAMPLES[CooperationStarted]
ANALYST = an_actor(Role.ANALYST)


async def signed(documents: ServiceUnderTest, *, in_days: int = 1, signer: Signer = SIGNER) -> list[Bundle]:
    async with documents.transaction() as tx:
        tx.now += timedelta(days=in_days)
        return await sign_days(tx, signer)


async def stamped(documents: ServiceUnderTest, authority: TimeStampAuthority) -> int:
    async with documents.transaction() as tick:
        return await stamp(tick, authority)


async def put_due(documents: ServiceUnderTest) -> None:
    async with documents.transaction() as tx:
        due = "UPDATE record_bundle SET stamp_due_at = now() - interval '1 hour', stamp_attempts = 100"
        await tx.session.execute(text(due))


async def downloaded(documents: ServiceUnderTest) -> dict[str, bytes]:
    """Return what an auditor downloads."""
    async with documents.client() as client:
        listed = (await client.get("/record/bundles", params={"limit": 200})).json()["items"]
        files = {
            f"{each['number']:06}.ndjson": (
                await client.get(f"/record/bundles/{each['number']}/content")
            ).content
            for each in listed
        }
        return files | {KEYS: (await client.get("/record/keys")).content}


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    server = Authority(tmp_path)
    yield server
    server.stop()


async def test_acts_of_all_services_are_entered_once_in_unbroken_order_and_their_day_is_signed(
    documents: ServiceUnderTest,
) -> None:
    told = [*await documents.hear(CLOSED), *await documents.hear(ISSUED), *await documents.hear(STARTED)]
    await documents.hear_again(told)
    assert await signed(documents, in_days=0) == []
    (bundle,) = await signed(documents)
    assert await signed(documents) == []
    files = await downloaded(documents)
    heads, faults = check_files(files, [SIGNER.public_key])
    assert (faults, [(head.number, head.first, head.count) for head in heads]) == ([], [(1, 1, 3)])
    content = files["000001.ndjson"]
    assert b"sealed" in content
    assert ISSUED.text.encode() not in content  # type: ignore[attr-defined]
    async with documents.client() as client:
        answer = await client.get("/record/bundles/1/content")
        assert answer.headers["etag"] == f'"{bundle.digest}"'
        known = {"If-None-Match": answer.headers["etag"]}
        assert (await client.get("/record/bundles/1/content", headers=known)).status_code == 304
        assert (await client.get("/record")).json() == {
            "acts": 3,
            "not_signed": 0,
            "bundles": 1,
            "head_digest": bundle.head_digest,
            "not_stamped": 1,
        }
        assert (await client.get("/record/bundles/2")).status_code == 404
        assert (await client.get("/record/bundles/1/stamp")).json()["type"].endswith("not-stamped")
        verifier = await client.get("/record/verifier")
        assert verifier.content == program()
        assert 'filename="verify.pyz"' in verifier.headers["content-disposition"]
        (key,) = (await client.get("/record/keys")).json()["keys"]
        assert key["fingerprint"] == fingerprint_of(SIGNER.public_key)
        types = (await client.get("/record/types")).json()["items"]
    assert {each["disclosed"] for each in types} == {True, False}


async def test_what_is_sealed_shows_its_place_and_digest_alone_but_to_the_agency(
    documents: ServiceUnderTest,
) -> None:
    await documents.hear(CLOSED)
    await documents.hear(ISSUED)
    async with documents.client() as client:
        sealed, act = (await client.get("/record/acts")).json()["items"]
        assert (sealed["position"], sealed["type"], sealed["subject_id"]) == (2, None, None)
        assert (act["position"], act["type"], act["bundle"]) == (1, CLOSED.type, None)
        assert (await client.get("/record/acts/2")).json()["body"] is None
        by_type = await client.get("/record/acts", params={"filter[type]": ISSUED.type})
        assert by_type.json()["items"] == []
        of_unit = await client.get("/record/acts", params={"filter[unit]": str(CLOSED.unit_ids[0])})  # type: ignore[attr-defined]
        assert [each["position"] for each in of_unit.json()["items"]] == [1]
        assert (await client.get("/record/acts/3")).status_code == 404
        waiting = await client.get("/record/acts/1/proof", headers={"Accept-Language": "cs"})
        assert waiting.status_code == 409
        assert "teprve uzavře" in waiting.json()["title"]
    await signed(documents)
    async with documents.client() as client:
        with documents.counted_statements() as statements:
            proof = await client.get("/record/acts/1/proof")
        assert sum("record_act.body" in each for each in statements) == 1, "of the act alone"
        assert proves(proof.content, [SIGNER.public_key])
        assert (await client.get("/record/acts/2/proof")).status_code == 404
    async with documents.client(ANALYST) as client:
        whole = (await client.get("/record/acts/2")).json()
        assert json.loads(whole["body"])["data"]["text"] == ISSUED.text  # type: ignore[attr-defined]
        assert proves((await client.get("/record/acts/2/proof")).content)


async def test_two_workers_that_close_a_day_at_once_make_one_bundle(documents: ServiceUnderTest) -> None:
    await documents.hear(CLOSED)
    made = await asyncio.gather(signed(documents), signed(documents), documents.hear(STARTED))
    assert sorted(map(len, made[:2])) == [0, 1]
    await signed(documents, in_days=2)
    heads, faults = check_files(await downloaded(documents))
    assert faults == []
    assert sum(head.count for head in heads) == 2


async def test_an_act_that_comes_once_its_day_was_closed_goes_into_the_next_one(
    documents: ServiceUnderTest,
) -> None:
    await documents.hear(CLOSED)
    await signed(documents)
    await documents.hear(STARTED)
    async with documents.client() as client:
        late, first = (await client.get("/record/acts")).json()["items"]
    assert late["received_on"] > first["received_on"]
    new = Signer(development_signer()._key)
    (second,) = await signed(documents, in_days=2, signer=new)
    assert second.number == 2
    heads, faults = check_files(await downloaded(documents))
    assert (faults, [head.key for head in heads]) == ([], [SIGNER.key_id, new.key_id])


async def test_an_act_that_must_not_be_public_is_withheld_and_the_record_stays_whole(
    documents: ServiceUnderTest,
) -> None:
    await documents.hear(CLOSED)
    await documents.hear(ISSUED)
    await signed(documents)
    async with documents.client() as client:
        before = await client.get("/record/bundles/1/content")
        proof = (await client.get("/record/acts/1/proof")).content
    reason = {"reason": "Název obsahoval osobní údaj."}
    async with documents.client(ANALYST, **{"If-Match": '"1"'}) as client:
        assert (await client.post("/record/acts/1/withholding", json=reason)).status_code == 403
    async with documents.client(ADMINISTRATOR, **{"If-Match": '"1"'}) as client:
        decided = [client.post("/record/acts/1/withholding", json=reason) for _ in range(2)]
        assert sorted(each.status_code for each in await asyncio.gather(*decided)) == [200, 412]
        sealed = await client.post("/record/acts/2/withholding", json=reason)
        assert (sealed.status_code, sealed.json()["type"]) == (409, "urn:pospolu:problem:act-not-disclosed")
        assert (await client.post("/record/acts/9/withholding", json=reason)).status_code == 404
    files = await downloaded(documents)
    assert check_files(files, [SIGNER.public_key])[1] == []
    assert str(CLOSED.aggregate_id).encode() not in files["000001.ndjson"]
    assert proves(proof, [SIGNER.public_key]), "who has the proof has it for good"
    async with documents.client() as client:
        act = await client.get("/record/acts/1")
        assert (act.json()["body"], act.json()["type"], act.headers["etag"]) == (None, None, '"2"')
        assert act.json()["withheld_reason"] == reason["reason"]
        known = {"If-None-Match": before.headers["etag"]}
        after = await client.get("/record/bundles/1/content", headers=known)
        assert (after.status_code, after.headers["cache-control"]) == (200, "public, no-cache")
        bundle = (await client.get("/record/bundles/1")).json()
        assert (f'"{bundle["digest"]}"', bundle["size_bytes"]) == (after.headers["etag"], len(after.content))
        assert (await client.get("/record/acts/1/proof")).status_code == 404
    async with documents.client(ADMINISTRATOR, **{"If-Match": '"2"'}) as client:
        assert (await client.get("/record/acts/1")).json()["body"] is not None
        again = await client.post("/record/acts/1/disclosure")
        assert (again.status_code, again.headers["etag"]) == (200, '"3"')
    async with documents.client(ADMINISTRATOR, **{"If-Match": '"3"'}) as client:
        assert (await client.post("/record/acts/1/disclosure")).status_code == 409
    assert (await downloaded(documents))["000001.ndjson"] == before.content


async def test_a_withdrawal_is_found_by_the_units_of_what_was_withdrawn(documents: ServiceUnderTest) -> None:
    published, withdrawn = EXAMPLES[DocumentPublished], EXAMPLES[DocumentWithdrawn]
    assert published.aggregate_id == withdrawn.aggregate_id
    async with documents.transaction() as tx:
        tx.emit(published)
        tx.emit(withdrawn)
    async with documents.transaction() as tx:
        await enter_own_acts(tx)
    (unit, *_) = published.unit_ids  # type: ignore[attr-defined]
    async with documents.client() as client:
        found = (await client.get("/record/acts", params={"filter[unit]": str(unit)})).json()["items"]
    assert [each["type"] for each in found] == [DocumentWithdrawn.type, DocumentPublished.type]


async def test_what_documents_itself_told_is_entered_too(documents: ServiceUnderTest) -> None:
    async with documents.transaction() as tx:
        tx.emit(EXAMPLES[DocumentPublished])
        tx.emit(CLOSED)
    for _ in range(2):
        async with documents.transaction() as tx:
            await enter_own_acts(tx)
    async with documents.client() as client:
        listed = (await client.get("/record/acts")).json()["items"]
    assert [each["type"] for each in listed] == [DocumentPublished.type]


async def test_a_changed_act_in_the_database_is_named_by_the_downloaded_record(
    documents: ServiceUnderTest,
) -> None:
    await documents.hear(CLOSED)
    await documents.hear(STARTED)
    await signed(documents)
    async with documents.transaction() as tx:
        changed = "UPDATE record_act SET body = replace(body, '2026', '2027') WHERE position = 2"
        await tx.session.execute(text(changed))
    (fault,) = check_files(await downloaded(documents))[1]
    assert (fault.code, fault.position) == ("act-changed", 2)


async def test_bundles_are_stamped_by_an_authority_that_may_be_away(
    documents: ServiceUnderTest, authority: Authority, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await documents.hear(CLOSED)
    (bundle,) = await signed(documents)
    await put_due(documents)
    client_of = authority_at(authority.url, authority.roots)
    authority.is_away = True
    assert await stamped(documents, client_of) == 0
    authority.is_away = False
    assert await stamped(documents, client_of) == 0, "it is put off"
    await put_due(documents)
    await asyncio.gather(stamped(documents, client_of), stamped(documents, client_of))
    async with documents.client() as client:
        answer = await client.get("/record/bundles/1/stamp")
        assert (await client.get("/record/bundles/1")).json()["stamped_at"] is not None
        assert (await client.get("/record")).json()["not_stamped"] == 0
    assert authority.verify(answer.content, bundle.head_digest)
    assert not authority.verify(answer.content, "00" * 32)
    files = await downloaded(documents)
    files |= {"000001.tsr": answer.content}
    assert check_files(files)[1] == []
    (name,), roots = [each for each in files if each.endswith(".ndjson")], authority.roots.encode()
    assert stamp_faults(files, [name], roots) == []
    (fault,) = stamp_faults(files, [name], authority.another_root().encode())
    assert (fault.code, fault.bundle) == ("stamp-not-trusted", name)
    changed = {name: b"x" + files[name]}
    damaged = {"000001.tsr": answer.content[:-200] + bytes(200)}
    nothing = {"000001.tsr": b""}
    for other in (changed, damaged, nothing):
        assert len(stamp_faults(files | other, [name], roots)) == 1
    record = tmp_path / "record"
    record.mkdir()
    for each, content in files.items():
        (record / each).write_bytes(content)
    trusted = [str(record), "--key", SIGNER.public_key, "--strict", "--language", "en", "--roots"]
    assert audit([*trusted, str(tmp_path / "root.pem")]) == 0
    assert "time-stamps: 1 checked, bundles without one: 0" in capsys.readouterr().out
    assert audit([*trusted, str(tmp_path / "other.pem")]) == 1
    assert "the time-stamp is not of an authority whose root" in capsys.readouterr().out


async def test_an_answer_that_is_no_stamp_of_what_was_asked_is_refused(authority: Authority) -> None:
    asked = authority_at(authority.url, authority.roots)
    first, _ = await asked.stamp(b"one")
    for answer in (first, b"nothing", b"0" * 100_000):
        authority.other_answer = answer
        with pytest.raises(StampRefused):
            await asked.stamp(b"one")
    authority.other_answer = None
    stranger = authority_at(authority.url, authority.another_root())
    with pytest.raises(StampRefused):
        await stranger.stamp(b"one")


def test_a_key_is_pem_or_thirty_two_bytes_and_production_has_one(documents: ServiceUnderTest) -> None:
    settings = documents.resources.settings
    assert signer_of(settings).key_id == development_signer().key_id
    assert tsa_of(settings) is None
    with pytest.raises(NotConfigured):
        signer_of(settings.model_copy(update={"pospolu_environment": Environment.PRODUCTION}))
    for bad in ("", "not base64", "AAAA", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"):
        with pytest.raises(KeyNotUsable):
            signer_from(bad)
