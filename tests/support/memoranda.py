"""Builders for memoranda and descriptions of cooperation: as dataclasses, as JSON, and through the API."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import httpx

from registry.calls import methodology_repository
from registry.calls.methodology import Methodology
from registry.descriptions.content import BaselineItem, Content, Result
from registry.descriptions.domain import Description
from registry.descriptions.steps import Status as DescriptionStatus
from registry.memoranda.content import AgencyParty, Party, Reason, Side, Signature
from registry.memoranda.domain import Edition
from registry.memoranda.steps import Status
from registry.units.codes import unit_id
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.documents import DocumentRef
from shared.contracts.intake import CooperationDomain
from shared.contracts.registry import ThematicArea, UnitKind
from tests.support.registry import decided_on
from tests.support.service import ServiceUnderTest
from tests.support.tokens import ADMINISTRATOR, CONSULTANT, DIRECTOR, an_actor

JIHLAVA = unit_id(UnitKind.MUNICIPALITY, "586846")
OSTRAVA = unit_id(UnitKind.MUNICIPALITY, "554821")
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DOCUMENT = UUID("019a1c2e-7b1a-7c3d-8e4f-0000000000d0")
TEXT = {"document_id": str(DOCUMENT), "file_name": "memorandum.pdf", "digest": DIGEST}
METHODOLOGY = "KPSV21/1.0"
FIVE_AREAS = ("DLU", "BEZ", "ZAM", "ZDR", "BYD")
"""On what Ostrava agreed under KPSV 2021+."""
MAYOR = an_actor(Role.MAYOR, units=[JIHLAVA, OSTRAVA], affiliation="Město", sub="mayor", name="Jan Starosta")
COORDINATOR = an_actor(
    Role.COORDINATOR, units=[JIHLAVA, OSTRAVA], affiliation="Město", sub="coordinator", name="Eva Sociální"
)
NEIGHBOUR = an_actor(Role.COORDINATOR, units=[UUID(int=7)], affiliation="Jiné město", sub="neighbour")

Json = dict[str, object]


def a_signature(side: Side, on: date = date(2021, 12, 14), by: str = "") -> Signature:
    return Signature(
        side=side,
        name=f"Podpis {side.value}",
        function="starosta",
        signed_on=on,
        recorded_by=by or side.value,
    )


def an_edition(
    status: Status = Status.DRAFT,
    number: int = 1,
    agency_party: AgencyParty = AgencyParty.MINISTRY,
    reason: Reason = Reason.FIRST,
    signatures: tuple[Signature, ...] = (),
    concluded_on: date | None = None,
    in_force_until: date | None = None,
) -> Edition:
    return Edition(
        id=UUID(int=number),
        unit_id=JIHLAVA,
        edition=number,
        version=number,
        status=status,
        reason=reason,
        agency_party=agency_party,
        application_id=None,
        document=DocumentRef(document_id=DOCUMENT, file_name="memorandum.pdf", digest=DIGEST),
        unit_party=Party(name="Jihlava", ico="00286010") if concluded_on else None,
        signatures=signatures,
        concluded_on=concluded_on,
        in_force_until=in_force_until,
        digest=DIGEST if concluded_on else None,
    )


def an_item(
    area: ThematicArea = ThematicArea.BYD, code: str = "BYD-1", level: int | None = 1
) -> BaselineItem:
    return BaselineItem(
        area=area,
        code=code,
        name="Obec má koncepci",
        level=level,
        not_assessed_reason="" if level is not None else "Podklady nebyly k dispozici",
        justification="Zdůvodnění",
        assessed_on=date(2022, 3, 1) if level is not None else None,
        assessor="Agentura",
        evidence=(),
    )


def a_content(areas: tuple[ThematicArea, ...] = (ThematicArea.BYD,), **changes: object) -> Content:
    values: Json = {
        **dict.fromkeys(("methodology", "focus", "responsibilities", "unit_activities"), "text"),
        **dict.fromkeys(("agency_activities", "outputs", "evaluation", "revision"), "text"),
        "starts_on": date(2022, 4, 1),
        "ends_on": date(2025, 3, 31),
        "areas": areas,
        "results": tuple(
            Result(area=area, text="Výsledek", target="10 domácností", due_on=date(2024, 12, 31))
            for area in areas
        ),
        **changes,
    }
    return Content(**values)  # type: ignore[arg-type]


def a_description(
    status: DescriptionStatus = DescriptionStatus.DRAFT,
    content: Content | None = None,
    baseline: tuple[BaselineItem, ...] | None = None,
    number: int = 1,
    authors: tuple[str, ...] = ("consultant",),
) -> Description:
    return Description(
        id=UUID(int=number),
        cooperation_id=UUID(int=99),
        unit_id=OSTRAVA,
        domain=CooperationDomain.SOCIAL_INCLUSION,
        edition=number,
        version=1,
        status=status,
        content=a_content() if content is None else content,
        baseline=(an_item(),) if baseline is None else baseline,
        authors=authors,
    )


def a_result_json(area: str, **changes: object) -> Json:
    due = {"due_on": "2024-12-31"}
    return {"area": area, "text": "Zabydlené domácnosti", "target": "60 domácností", **due, **changes}


def a_baseline_json(area: str, **changes: object) -> Json:
    return {
        "area": area,
        "code": f"{area}-1",
        "name": "Obec má koncepci a řídí se jí",
        "level": 1,
        "assessed_on": "2022-03-01",
        "assessor": "Agentura, odbor sociálního začleňování",
        **changes,
    }


def a_description_json(areas: tuple[str, ...] = FIVE_AREAS) -> Json:
    return {
        "methodology": METHODOLOGY,
        "focus": "Dluhy, bezpečnost, zaměstnanost, zdraví a bydlení",
        "responsibilities": "Město řídí, Agentura metodicky podporuje",
        "unit_activities": "Vede lokální partnerství",
        "agency_activities": "Výzkum, poradenství, evaluace",
        "outputs": "Vstupní analýza a plán sociálního začleňování",
        "evaluation": "Ročně, kritérii kvality",
        "revision": "Dodatkem na návrh kterékoli strany",
        "starts_on": "2022-04-01",
        "ends_on": "2025-03-31",
        "areas": list(areas),
        "results": [a_result_json(area) for area in areas],
        "baseline": [a_baseline_json(area) for area in areas],
    }


async def sent(
    client: httpx.AsyncClient, address: str, version: int, body: Mapping[str, object]
) -> httpx.Response:
    return await client.post(address, json=dict(body), headers=decided_on(version))


async def done(client: httpx.AsyncClient, address: str, version: int, **body: object) -> Json:
    """Decide and expect that it was done; return what came out of it."""
    answer = await sent(client, address, version, body)
    assert answer.status_code in {200, 201}, answer.text
    found: Json = answer.json()
    return found


async def registered_towns(registry: ServiceUnderTest) -> None:
    """Register Jihlava and Ostrava, and the methodology that descriptions follow."""
    async with registry.client(ADMINISTRATOR) as client:
        for code, name in (("586846", "Jihlava"), ("554821", "Ostrava")):
            unit = {"kind": "municipality", "code": code, "name": name, "valid_from": "1990-11-24"}
            assert (await client.post("/units", json=unit)).status_code == 201
    methodology = Methodology(
        name="KPSV21",
        edition="1.0",
        title_cs="Metodika KPSV 2021+",
        title_en="Methodology of KPSV 2021+",
        valid_from=date(2021, 6, 7),
        valid_until=None,
        decided_by="rozhodnutí ministryně",
        source="",
        rules=(),
    )
    async with registry.transaction() as tx:
        await methodology_repository.add(tx.session, [methodology])


async def drafted_memorandum(
    registry: ServiceUnderTest,
    unit: UUID,
    draft: Mapping[str, object] | None = None,
    *,
    by: Actor = CONSULTANT,
) -> str:
    """Begin an edition and return its address."""
    async with registry.client(by) as client:
        answer = await client.post(
            "/memoranda", json={"unit_id": str(unit), "document": TEXT, **(draft or {})}
        )
    assert answer.status_code == 201, answer.text
    address: str = answer.headers["Location"]
    return address


async def concluded_memorandum(
    registry: ServiceUnderTest,
    unit: UUID,
    *,
    adopted_on: str = "2018-12-10",
    unit_signed_on: str = "2019-02-21",
    agency_signed_on: str = "2019-02-21",
    **draft: object,
) -> str:
    """Conclude an edition with days of the past, as the Agency writes history down; return its address."""
    address = await drafted_memorandum(registry, unit, draft)
    resolution = {"number": "97/18-ZM", "adopted_on": adopted_on}
    unit_side = {"side": "unit", "name": "Karolína Koubová", "function": "primátorka", "on": unit_signed_on}
    agency_side = {"side": "agency", "name": "David Beňák", "function": "ředitel", "on": agency_signed_on}
    async with registry.client(CONSULTANT) as consultant, registry.client(DIRECTOR) as director:
        await done(consultant, f"{address}/approval", 1, resolution=resolution, on=adopted_on)
        await done(consultant, f"{address}/signatures", 2, **unit_side)
        await done(director, f"{address}/signatures", 3, **agency_side)
    return address


async def cooperation_of(registry: ServiceUnderTest, unit: UUID, **changes: object) -> str:
    """Prepare a cooperation under KPSV 2021+ and return its id."""
    body = {"unit_id": str(unit), "regime": "KPSV21", "on": "2022-01-10", **changes}
    async with registry.client(CONSULTANT) as client:
        answer = await client.post("/cooperations", json=body)
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def drafted_description(
    registry: ServiceUnderTest,
    cooperation_id: str,
    changes: Mapping[str, object] | None = None,
    *,
    by: Actor = COORDINATOR,
) -> str:
    """Begin the first edition with Ostrava's five areas, or with what is changed; return its address."""
    about = {"cooperation_id": cooperation_id, "domain": "social-inclusion"}
    body = {**about, **a_description_json(), **(changes or {})}
    async with registry.client(by) as client:
        answer = await client.post("/descriptions", json=body)
    assert answer.status_code == 201, answer.text
    address: str = answer.headers["Location"]
    return address


async def agreed_description(
    registry: ServiceUnderTest, address: str, version: int = 1, on: str = "2022-03-21"
) -> Json:
    """Propose it and let both sides agree on the day; return what was agreed."""
    async with registry.client(CONSULTANT) as consultant, registry.client(DIRECTOR) as director:
        await done(consultant, f"{address}/proposal", version, on=on)
        unit_side = {"side": "unit", "name": "Jan Starosta", "function": "primátor", "on": on}
        await done(consultant, f"{address}/agreements", version + 1, **unit_side)
        agency_side = {"side": "agency", "name": "Martin Šimáček", "function": "ředitel", "on": on}
        return await done(director, f"{address}/agreements", version + 2, **agency_side)
