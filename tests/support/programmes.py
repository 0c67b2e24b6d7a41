"""The four projects whose outputs are published, as they are entered, and the documents that fulfil them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from evaluation.projects.repository import output_id
from shared.auth import Actor
from shared.contracts.base import Role
from shared.contracts.documents import DocumentKind, DocumentPublished, DocumentWithdrawn, OutputKind
from shared.contracts.registry import UnitKind, UnitRegistered
from tests.support.service import ServiceUnderTest
from tests.support.tokens import an_actor

ANALYST = an_actor(Role.ANALYST, affiliation="Agentura", sub="anna.analyticka")
OSTRAVA = uuid5(NAMESPACE_URL, "urn:pospolu:unit:municipality:554821")
OWNER = an_actor(
    Role.COORDINATOR, units=[OSTRAVA], affiliation="Statutární město Ostrava", sub="olga.ostravska"
)
Json = dict[str, object]


def a_unit(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:pospolu:unit:tested:{number}")


FORTY = tuple(a_unit(number) for number in range(1, 41))


def an_output(code: str, kind: OutputKind, target: int | None = 1, **changes: object) -> Json:
    return {"code": code, "title": f"Výstup {code}", "kind": kind.value, "target": target, **changes}


def a_key_activity(number: str, *outputs: Json, **changes: object) -> Json:
    return {
        "number": number,
        "title": f"Klíčová aktivita {number}",
        "starts_on": "2023-01-01",
        "ends_on": "2024-12-31",
        "outputs": list(outputs),
        **changes,
    }


def a_project_in(*key_activities: Json, **changes: object) -> Json:
    return {
        "programme": "OPZ+",
        "registration_number": "CZ.03.02.02/00/22_004/0000366",
        "title": "Rozvoj systému sociálního začleňování",
        "beneficiary": "Ministerstvo pro místní rozvoj",
        "starts_on": "2023-01-01",
        "ends_on": "2024-12-31",
        "key_activities": list(key_activities),
        **changes,
    }


def rssz() -> Json:
    """Return the project of 83 documents = 3 + 41 + 33 + 2 + 4, and of 60 participants above 40 hours."""
    return a_project_in(
        a_key_activity(
            "KA01",
            an_output("KA01-1", OutputKind.METHODOLOGY, title="Metodika tvorby PSZ"),
            an_output("KA01-2", OutputKind.METHODOLOGY, title="Kritéria kvality SZ s pilotním ověřením"),
            an_output("KA01-3", OutputKind.METHODOLOGY, title="Metodika monitoringu výsledků"),
        ),
        a_key_activity(
            "KA02",
            an_output("KA02-1", OutputKind.METHODOLOGY, title="Souborná metodika odborné podpory"),
            an_output("KA02-2", OutputKind.COUNSELLING_REPORT, 40, per_unit=True),
            activity_kinds=["ODP", "VZA"],
        ),
        a_key_activity(
            "KA03",
            an_output("KA03-1", OutputKind.ANALYSIS, 32),
            an_output("KA03-2", OutputKind.REPORT, title="Souhrnná a krajské zprávy"),
        ),
        a_key_activity("KA04", an_output("KA04-1", OutputKind.RECOMMENDATIONS, 2)),
        a_key_activity(
            "KA05",
            *(an_output(f"KA05-{number}", OutputKind.EVALUATION) for number in range(1, 5)),
        ),
        unit_ids=[str(unit) for unit in FORTY],
        document_target=83,
        participant_target=60,
        operator="more-than",
        attendance_unit="hour-60",
    )


RESEARCH = (25, 25, 50, 30, 8, 1, 50, 25, 6, 3)
"""Entry and situation analyses, researches, evaluations of KA4: 223 together."""


def systemic() -> Json:
    """Return the project of 2016–2022; its page prints the number with stray dots."""
    dates = {"starts_on": "2016-01-01", "ends_on": "2022-04-30"}
    outside = {"in_indicator": False}
    return a_project_in(
        a_key_activity(
            "1",
            an_output("1-1", OutputKind.PLAN, 25),
            an_output("1-2", OutputKind.PLAN, 25),
            an_output("1-3", OutputKind.PLAN, 40),
            **dates,
        ),
        a_key_activity(
            "2",
            an_output("2-1", OutputKind.MEASURE, 250, **outside),
            an_output("2-2", OutputKind.METHODOLOGY, 8),
            **dates,
        ),
        a_key_activity(
            "3",
            an_output("3-1", OutputKind.COMMUNICATION_PLAN, 50),
            an_output("3-2", OutputKind.METHODOLOGY, 1),
            an_output("3-3", OutputKind.MEDIA, 350, **outside),
            an_output("3-4", OutputKind.EVENT, 40, **outside),
            an_output("3-5", OutputKind.EVENT, 2, **outside),
            **dates,
        ),
        a_key_activity(
            "4",
            *(
                an_output(f"4-{at}", OutputKind.ANALYSIS if at < 6 else OutputKind.EVALUATION, target)
                for at, target in enumerate(RESEARCH, start=1)
            ),
            **dates,
        ),
        a_key_activity("5", an_output("5-1", OutputKind.ACTION_PLAN, 40), **dates),
        a_key_activity(
            "6",
            an_output("6-1", OutputKind.METHODOLOGY, 1),
            an_output("6-2", OutputKind.REPORT, 13),
            **dates,
        ),
        programme="OPZ",
        registration_number="CZ.03.2.63/0.0./0.0/15_030/0000605",
        title="Systémové zajištění sociálního začleňování",
        beneficiary="Úřad vlády ČR",
        beneficiary_ico="00006599",
        total_czk="298997803.50",
        participant_target=160,
        **dates,
    )


def innovation() -> Json:
    """Return the project without numeric targets. Its registration number is made up: the page tells none."""
    dates = {"starts_on": "2020-01-01", "ends_on": "2022-12-31"}
    return a_project_in(
        a_key_activity("KA1", an_output("KA1-1", OutputKind.OTHER, None, title="Zpravodaj INISZ"), **dates),
        programme="OPZ",
        registration_number="CZ.03.3.60/0.0/0.0/18_018/0000001",
        title="ASZ jako inovační aktér",
        beneficiary="Ministerstvo pro místní rozvoj",
        **dates,
    )


def ostrava() -> Json:
    """Return the city's own project: 85/10/5, one plan, twenty participants."""

    def key_activity(number: str, first: str, last: str, *outputs: Json) -> Json:
        return a_key_activity(number, *outputs, starts_on=first, ends_on=last)

    plan = an_output("KA2-1", OutputKind.PLAN, 1, title="4. komunitní plán")
    return a_project_in(
        key_activity("KA1", "2017-11-01", "2019-10-31"),
        key_activity("KA2", "2017-11-01", "2018-10-31", plan),
        key_activity("KA3", "2018-04-01", "2019-10-31"),
        key_activity("KA4", "2017-11-01", "2019-10-31"),
        key_activity("KA5", "2018-01-01", "2019-10-31"),
        programme="OPZ",
        registration_number="CZ.03.2.63/0.0/0.0/16_063/0006590",
        title="Společné plánování udržitelné sítě sociálních služeb v Ostravě",
        beneficiary="Statutární město Ostrava",
        beneficiary_ico="00845451",
        owner_unit_id=str(OSTRAVA),
        unit_ids=[str(OSTRAVA)],
        starts_on="2017-11-01",
        ends_on="2019-10-31",
        total_czk="3648425.00",
        sources=[
            {"name": "ESF", "share_percent": "85"},
            {"name": "Státní rozpočet", "share_percent": "10"},
            {"name": "Statutární město Ostrava", "share_percent": "5"},
        ],
        document_target=1,
        participant_target=20,
        support_units=["hour-60", "hour-45", "housing-month"],
    )


def units_registered(units: Sequence[UUID] = (*FORTY, OSTRAVA)) -> list[UnitRegistered]:
    return [
        UnitRegistered(
            version=1,
            unit_id=unit,
            kind=UnitKind.MUNICIPALITY,
            code=f"{500_000 + at}",
            name=f"Obec {at}",
            parent_id=None,
            valid_from=date(2000, 1, 1),
            valid_until=None,
        )
        for at, unit in enumerate(units)
    ]


async def entered(evaluation: ServiceUnderTest, body: Mapping[str, object]) -> UUID:
    """Enter a project with the units that it names, as the Agency."""
    await evaluation.hear(*units_registered())
    async with evaluation.client(ANALYST) as client:
        answer = await client.post("/projects", json=body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


def a_publication(project_id: UUID, code: str, number: int = 1, **changes: object) -> DocumentPublished:
    """Return a document that says which output it is, with its approval."""
    published = DocumentPublished(
        version=1,
        document_id=uuid5(project_id, f"document {code} {number}"),
        kind=DocumentKind.OTHER,
        title=f"Dokument {code}/{number}",
        plan_id=None,
        revision=None,
        unit_ids=(),
        media_type="application/pdf",
        size_bytes=100_000,
        digest="a" * 64,
        published_at=datetime(2024, 6, 1, 12, tzinfo=UTC),
        approved_by="Ředitel Odboru pro sociální začleňování",
        approved_on=date(2024, 5, 20),
        output_kind=OutputKind.METHODOLOGY,
        output_id=output_id(project_id, code),
    )
    return replace(published, **changes)  # type: ignore[arg-type]


def outputs_of(body: Mapping[str, object]) -> Iterator[Json]:
    activities = body["key_activities"]
    assert isinstance(activities, list)
    for activity in activities:
        yield from activity["outputs"]


def publications(project_id: UUID, body: Mapping[str, object]) -> list[DocumentPublished]:
    """Return as many documents as the project promised, each with a unit of its own where it is per unit."""
    return [
        a_publication(
            project_id,
            str(output["code"]),
            number,
            output_kind=OutputKind(str(output["kind"])),
            unit_ids=(FORTY[number - 1],) if output.get("per_unit") else (),
            published_at=datetime(2018, 6, 1, 12, tzinfo=UTC),
            approved_on=date(2018, 5, 20),
        )
        for output in outputs_of(body)
        for number in range(1, int(str(output["target"] or 0)) + 1)
    ]


def a_withdrawal(published: DocumentPublished, **changes: object) -> DocumentWithdrawn:
    withdrawn = DocumentWithdrawn(
        version=published.version + 1,
        document_id=published.document_id,
        withdrawn_at=datetime(2025, 3, 1, 9, tzinfo=UTC),
        reason="Příloha obsahovala jména klientů.",
    )
    return replace(withdrawn, **changes)  # type: ignore[arg-type]


async def progress_of(
    evaluation: ServiceUnderTest,
    project_id: UUID,
    as_of: str = "2026-01-01",
    *,
    actor: Actor | None = ANALYST,
) -> Json:
    async with evaluation.client(actor) as client:
        answer = await client.get(f"/projects/{project_id}/progress?as_of={as_of}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found
