"""Packages for records management: what is in them, that they stay the same, and what comes back."""

import asyncio
import hashlib
import io
import zipfile
from datetime import timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

import httpx
import pytest
from sqlalchemy import event, text

from documents.files.domain import Metadata
from documents.filing import domain
from documents.filing.domain import Wanted
from documents.filing.package import NAMESPACE
from documents.filing.use_cases import pack
from documents.outside import store_at
from documents.storage.store import key_of
from shared.auth import Actor
from shared.contracts.base import Role
from shared.http import today
from tests.support.documents import MOST, OBRNICE
from tests.support.interleaving import somebody_waits
from tests.support.published import DOCX, MEMORANDUM, PDF, a_published_document
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, COORDINATOR, MAYOR, SYSTEM, an_actor

TWO_FORMATS = ((b"%PDF-1.7 a", PDF, "Memorandum 100 %.pdf"), (b"PK docx", DOCX, "Memorandum.docx"))
NAMES = {"d": NAMESPACE}


async def packed(documents: ServiceUnderTest, **wanted: object) -> httpx.Response:
    async with documents.client(CONSULTANT) as client:
        return await client.post("/filings", json=wanted)


async def opened(documents: ServiceUnderTest, place: str) -> zipfile.ZipFile:
    async with documents.client(SYSTEM) as client:
        first, second = await client.get(f"{place}/content"), await client.get(f"{place}/content")
    assert first.status_code == 200
    assert first.content == second.content
    return zipfile.ZipFile(io.BytesIO(first.content))


async def test_a_package_is_a_bag_whose_every_file_has_its_digest_and_metadata(
    documents: ServiceUnderTest,
) -> None:
    about = Metadata(reference_number="MMR-7/2026", file_mark="SZ-1/2026", approved_by="Rada obce <Obrnice>")
    await a_published_document(documents, contents=TWO_FORMATS, about=about)
    made = await packed(documents, unit_id=str(OBRNICE), published_from=today().isoformat())
    assert (made.status_code, made.json()["item_count"]) == (201, 1)
    bag = await opened(documents, made.headers["location"])
    manifest = bag.read("manifest-sha256.txt")
    assert hashlib.sha256(manifest).hexdigest() == made.json()["digest"]
    lines = [line.partition("  ") for line in manifest.decode().splitlines()]
    listed = {path.replace("%25", "%"): digest for digest, _, path in lines}
    payload = [name for name in bag.namelist() if name.startswith("data/")]
    assert sorted(listed) == sorted(payload)
    assert {hashlib.sha256(bag.read(name)).hexdigest() for name in payload} == set(listed.values())
    tags = bag.read("tagmanifest-sha256.txt").decode()
    assert hashlib.sha256(bag.read("bag-info.txt")).hexdigest() in tags
    (metadata,) = [name for name in payload if name.endswith("metadata.xml")]
    told = ET.fromstring(bag.read(metadata))  # noqa: S314
    assert told.findtext(".//d:CisloJednaci", namespaces=NAMES) == "MMR-7/2026"
    assert told.findtext(".//d:SpisovaZnacka", namespaces=NAMES) == "SZ-1/2026"
    assert told.findtext(".//d:Schvalil", namespaces=NAMES) == "Rada obce <Obrnice>"
    assert told.findtext(".//d:UzemniCelek", namespaces=NAMES) == "Obrnice"
    parts = [part.text for part in told.iterfind(".//d:NazevSouboru", NAMES)]
    assert parts == ["01-Memorandum 100 %.pdf", "02-Memorandum.docx"]


async def test_a_file_beyond_two_gibibytes_can_be_packed(
    documents: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_published_document(documents, contents=((b"%PDF-1.7 " + b"a" * 4_000, PDF, "Velké.pdf"),))
    place = (await packed(documents)).headers["location"]
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 3_000)
    assert (await opened(documents, place)).testzip() is None


async def test_a_package_says_the_disposal_of_the_rule_in_force(documents: ServiceUnderTest) -> None:
    async with documents.transaction() as tx:
        rule = (
            "INSERT INTO retention_rule (id, kind, valid_from, mark, years, trigger, source, created_at,"
            " created_by, version) VALUES (gen_random_uuid(), 'MEMO', '2020-01-01', 'A', 10, 'published',"
            " 'plán', now(), 'x', 1)"
        )
        await tx.session.execute(text(rule))
    await a_published_document(documents)
    bag = await opened(documents, (await packed(documents)).headers["location"])
    (metadata,) = [name for name in bag.namelist() if name.endswith("metadata.xml")]
    told = ET.fromstring(bag.read(metadata))  # noqa: S314
    regime = [part.text for part in told.iterfind(".//d:SkartacniRezim/*", NAMES)]
    assert regime == ["A", "10", "zveřejnění dokumentu"]


async def test_a_version_is_handed_over_once_unless_it_is_asked_for_again(
    documents: ServiceUnderTest,
) -> None:
    await a_published_document(documents)
    await a_published_document(documents, document_id=UUID(int=9), published=False)
    answers = await asyncio.gather(packed(documents), packed(documents))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (empty,) = [answer for answer in answers if answer.status_code == 409]
    assert empty.json()["type"].endswith("nothing-to-file")
    assert (await packed(documents, again=True)).json()["item_count"] == 1
    assert (await packed(documents, again=True, unit_id=str(MOST))).status_code == 409
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert (await packed(documents, again=True, published_from=tomorrow)).status_code == 409
    backwards = {"published_from": tomorrow, "published_until": today().isoformat()}
    assert (await packed(documents, **backwards)).status_code == 422
    async with documents.client(MAYOR) as client:
        assert (await client.post("/filings", json={})).status_code == 403
    async with documents.client(ADMINISTRATOR) as client:
        of_one = await client.get("/filings", params={"filter[document]": str(MEMORANDUM)})
        assert len(of_one.json()["items"]) == 2


async def test_who_waits_for_a_package_of_others_packs_what_comes_after_it(
    documents: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(domain, "MOST_ITEMS", 1)
    await a_published_document(documents)
    await a_published_document(documents, document_id=UUID(int=9))
    wanted = Wanted(unit_id=None, published_from=None, published_until=None, again=False)
    async with documents.transaction(actor=CONSULTANT) as tx:
        first = await pack(tx, wanted)
        second = asyncio.create_task(packed(documents))
        await somebody_waits(documents)
    answer = await second
    assert (answer.status_code, answer.json()["item_count"]) == (201, 1)
    assert answer.json()["id"] != str(first.id)
    assert (await packed(documents)).status_code == 409


async def test_a_town_packs_what_is_its_own_for_its_own_office(documents: ServiceUnderTest) -> None:
    await a_published_document(documents)
    other = await a_published_document(documents, document_id=UUID(int=9))
    async with documents.transaction() as tx:
        moved = text("UPDATE document SET unit_ids = ARRAY[CAST(:unit AS uuid)] WHERE id = :id")
        await tx.session.execute(moved, {"unit": MOST, "id": other.id})
    elsewhere = an_actor(Role.COORDINATOR, units=[MOST], sub="coordinator-of-most")
    system = an_actor(Role.SYSTEM, units=[OBRNICE], sub="records-of-obrnice")

    async def asked(actor: Actor, method: str, place: str, body: object = None) -> httpx.Response:
        async with documents.client(actor, **{"If-Match": '"1"'}) as client:
            return await client.request(method, place, json=body)

    for body in ({}, {"office_id": str(MOST)}, {"unit_id": str(OBRNICE)}):
        refused = await asked(COORDINATOR, "POST", "/filings", body)
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:pospolu:problem:office-not-yours")
    assert (await packed(documents)).json()["item_count"] == 2, "the Agency's own"
    own = {"office_id": str(OBRNICE)}
    answers = await asyncio.gather(*(asked(COORDINATOR, "POST", "/filings", own) for _ in range(2)))
    assert sorted(each.status_code for each in answers) == [201, 409]
    (made,) = [each for each in answers if each.status_code == 201]
    assert (made.json()["item_count"], made.json()["office_id"]) == (1, str(OBRNICE))
    place = made.headers["location"]
    item = {"document_id": str(MEMORANDUM), "number": 1, "records_identifier": "OBR1"}
    for actor, status in ((COORDINATOR, 200), (system, 200), (elsewhere, 404)):
        for where in ("", "/content"):
            assert (await asked(actor, "GET", place + where)).status_code == status
    noted = {"items": [item]}
    assert (await asked(elsewhere, "POST", f"{place}/acknowledgement", noted)).status_code == 404
    assert (await asked(system, "POST", f"{place}/acknowledgement", noted)).status_code == 200
    for actor, count in ((COORDINATOR, 1), (system, 1), (elsewhere, 0), (CONSULTANT, 2), (SYSTEM, 2)):
        assert len((await asked(actor, "GET", "/filings")).json()["items"]) == count, actor


async def test_no_transaction_is_open_while_the_archive_is_put_together(documents: ServiceUnderTest) -> None:
    await a_published_document(documents)
    place = (await packed(documents)).headers["location"]
    begun: list[object] = []
    listener = begun.append
    engine = documents.resources.engine.sync_engine
    event.listen(engine, "begin", listener)
    await opened(documents, place)
    event.remove(engine, "begin", listener)
    assert begun == []


async def test_what_records_management_answers_is_noted_once(documents: ServiceUnderTest) -> None:
    await a_published_document(documents)
    place = (await packed(documents)).headers["location"]
    item = {"document_id": str(MEMORANDUM), "number": 1, "records_identifier": "MMR00X01"}

    async def told(version: int, **changes: object) -> httpx.Response:
        async with documents.client(SYSTEM, **{"If-Match": f'"{version}"'}) as client:
            return await client.post(f"{place}/acknowledgement", json={"items": [item | changes]})

    foreign = await told(1, number=2)
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/items/0")
    assert (await told(1)).json() == {"acknowledged": 1, "version": 2}
    assert (await told(1)).status_code == 412
    assert (await told(2)).json() == {"acknowledged": 1, "version": 2}
    assert (await told(2, records_identifier="JINY")).json()["known"] == "MMR00X01"
    async with documents.client(ADMINISTRATOR) as client:
        detail = (await client.get(place)).json()
        assert [each["records_identifier"] for each in detail["contents"]] == ["MMR00X01"]
        assert detail["contents"][0]["title"].startswith("Memorandum")
        waiting = await client.get("/filings", params={"filter[waiting]": "true"})
        assert waiting.json()["items"] == []


async def test_a_package_whose_file_was_disposed_of_says_so(documents: ServiceUnderTest) -> None:
    content = b"%PDF-1.7 pryc"
    await a_published_document(documents, contents=((content, PDF, "Pryč.pdf"),))
    place = (await packed(documents)).headers["location"]
    folder = store_at(documents.resources.settings.files_url).folder
    assert folder is not None
    (folder / key_of(hashlib.sha256(content).hexdigest())).unlink()
    async with documents.client(CONSULTANT) as client:
        gone = await client.get(f"{place}/content")
    assert (gone.status_code, gone.json()["file_name"]) == (409, "Pryč.pdf")
