"""Ostrava's fifth community plan (2019–2022) replayed: groups, consultation, settlement, council."""

from datetime import date

import httpx

from shared.contracts.consultation import ConsultationOpened
from shared.contracts.planning import PlanApproved, PlanKind
from tests.support.clock import on
from tests.support.ostrava import (
    AREAS,
    COORDINATOR,
    GROUPS,
    MAYOR,
    OSTRAVA,
    PEOPLE,
    call,
    members_as_csv,
    people_of,
    team_as_csv,
    the_tree,
)
from tests.support.planning import Json, PlanUnderWay, a_registered_unit, a_started_cooperation
from tests.support.service import ServiceUnderTest
from tests.support.tokens import CONSULTANT

TITLE = "5. komunitní plán sociálních služeb a souvisejících aktivit ve městě Ostrava 2019–2022"
WINDOW: Json = {
    "title": f"Připomínky k návrhu: {TITLE}",
    "opens_at": "2018-07-09T00:00:00+02:00",
    "closes_at": "2018-07-31T00:00:00+02:00",
    "channels": ["e-mail", "paper", "in-person"],
    "contact": "Odbor sociálních věcí a zdravotnictví",
    "paper_place": "Úřady městských obvodů",
}

IN_TIME = 10


async def test_ostrava_makes_its_fifth_community_plan(planning: ServiceUnderTest) -> None:
    with on("2018-05-02"):
        plan = await a_city_drafts_its_plan(planning)
        team = await two_hundred_people_sit_in_groups(planning, plan)
        await nine_areas_have_ten_managers(plan)
    consultation = await the_public_has_twenty_two_days(planning, plan)
    await what_came_late_is_kept_apart(planning, consultation)
    with on("2018-08-20"):
        assert (await plan.submit(COORDINATOR)).status_code == 200
        early = await approve(plan)
        assert early.json()["type"] == "urn:pospolu:problem:timely-comments-open"
        assert (await plan.post("return", MAYOR, reason="Nejdřív vypořádat.")).status_code == 200
    await every_comment_is_settled(planning, plan, consultation, team)
    await the_council_approves(planning, plan)


async def a_city_drafts_its_plan(planning: ServiceUnderTest) -> PlanUnderWay:
    """Draft a plan in nine areas; the cooperation with the Agency runs since July 2014."""
    await planning.hear(
        a_registered_unit(OSTRAVA, name="Ostrava"),
        a_started_cooperation(OSTRAVA, starts_on=date(2014, 7, 1)),
    )
    head: Json = {
        "kind": "KPSS",
        "title": TITLE,
        "vision": "Služby tam, kde je lidé potřebují.",
        "unit_ids": [str(OSTRAVA)],
        "valid_from": "2019-01-01",
        "valid_until": "2022-12-31",
    }
    drafted = await call(planning, "POST", "/plans", head)
    assert drafted.status_code == 201, drafted.text
    plan = PlanUnderWay(planning, drafted.json()["id"], drafted.headers["etag"])
    written = await plan.write_tree(the_tree(), COORDINATOR)
    assert written.status_code == 200, written.text
    found = (await plan.get(COORDINATOR, "/completeness")).json()
    assert found == {"complete": True, "missing": []}
    return plan


async def two_hundred_people_sit_in_groups(planning: ServiceUnderTest, plan: PlanUnderWay) -> str:
    """Set up ten groups and the management team from the lists that their managers keep."""
    for group, area in enumerate(GROUPS):
        body_id = await a_body(
            planning, plan, "working-group", f"Pracovní skupina {group + 1} ({area})", [area]
        )
        taken = await call(planning, "POST", f"/bodies/{body_id}/members/imports", members_as_csv(group))
        assert (taken.status_code, len(taken.json()["ids"])) == (200, 20), taken.text
    team = await a_body(planning, plan, "management-team", "Manažerský tým", list(AREAS))
    joined = await call(planning, "POST", f"/bodies/{team}/members/imports", team_as_csv())
    assert (joined.status_code, joined.json()["accepted"]) == (200, 21), joined.text
    bodies = (await call(planning, "GET", f"/bodies?filter[plan]={plan.id}")).json()["items"]
    groups = [each for each in bodies if each["kind"] == "working-group"]
    assert (len(groups), sum(each["members"] for each in groups)) == (10, 200)
    in_seven = await call(planning, "GET", "/bodies?filter[kind]=working-group&filter[area]=VII")
    assert len(in_seven.json()["items"]) == 2
    return team


async def a_body(
    planning: ServiceUnderTest, plan: PlanUnderWay, kind: str, name: str, areas: list[str]
) -> str:
    body: Json = {
        "kind": kind,
        "name": name,
        "unit_ids": [str(OSTRAVA)],
        "plan_id": plan.id,
        "areas": areas,
        "is_public": True,
        "starts_on": "2017-09-01",
    }
    made = await call(planning, "POST", "/bodies", body)
    assert made.status_code == 201, made.text
    body_id: str = made.json()["id"]
    return body_id


async def nine_areas_have_ten_managers(plan: PlanUnderWay) -> None:
    """Look at the managers as the plan and as the list of members know them, and at everybody involved."""
    areas = (await plan.get(COORDINATOR)).json()["areas"]
    assert [each["code"] for each in areas] == list(AREAS)
    assert (len(areas), sum(len(each["managers"]) for each in areas)) == (9, 10)
    managers = await call(plan.planning, "GET", f"/members?filter[unit]={OSTRAVA}&filter[role]=manager")
    assert len(managers.json()["items"]) == 10
    everybody: set[str] = set()
    page = f"/members?filter[unit]={OSTRAVA}&limit=200"
    cursor: str | None = ""
    while cursor is not None:
        found = (await call(plan.planning, "GET", f"{page}&cursor={cursor}" if cursor else page)).json()
        everybody |= {each["name"] for each in found["items"]}
        cursor = found["next"]
    assert everybody >= set(PEOPLE)
    assert len(everybody) == 200 + 1 + 10, (
        "two hundred in groups, who coordinates, the city's contact persons"
    )
    assert people_of(9)[-1] in everybody


async def the_public_has_twenty_two_days(planning: ServiceUnderTest, plan: PlanUnderWay) -> str:
    """Announce on the Friday before; officers enter what comes by e-mail, on paper and in person."""
    with on("2018-07-06"):
        made = await call(planning, "POST", "/consultations", {**WINDOW, "plan_id": plan.id})
        assert made.status_code == 201, made.text
        consultation_id: str = made.json()["id"]
        path = f"/consultations/{consultation_id}"
        opened = await call(planning, "POST", f"{path}/opening", version=made.headers["etag"])
        assert (opened.status_code, opened.json()["status"]) == (200, "announced")
        assert opened.json()["settle_by_on"] == "2018-09-15", "47 days after the last day"
        assert not [each for each in opened.json()["warnings"] if each["code"].startswith("window")]
    (told,) = await planning.told(ConsultationOpened)
    assert (told.closes_at - told.opens_at).days == 22
    with on("2018-07-12"):
        assert (await call(planning, "GET", path, actor=None)).json()["status"] == "open"
        assert (await call(planning, "GET", f"{path}/draft", actor=None)).status_code == 200
        on_the_web = await call(planning, "POST", f"{path}/comments", {"text": "Chybí jesle."}, actor=None)
        assert on_the_web.json()["type"] == "urn:pospolu:problem:channel-not-offered"
    family = await measure_in(plan, "VI")
    with on("2018-07-30", "21:30"):
        assert (await call(planning, "GET", path, actor=None)).json()["status"] == "open"
        for number in range(1, IN_TIME + 1):
            channel = ("e-mail", "paper", "in-person")[number % 3]
            entered = await enter(
                planning, consultation_id, number, channel, node_id=family if number == 1 else None
            )
            assert entered == {"number": number, "is_timely": True}
    with on("2018-07-30", "22:00"):
        assert (await call(planning, "GET", path, actor=None)).json()["status"] == "closed", (
            "midnight in Prague"
        )
    return consultation_id


async def enter(
    planning: ServiceUnderTest, consultation_id: str, number: int, channel: str, *, node_id: str | None = None
) -> Json:
    day = "2018-08-02" if number > IN_TIME else f"2018-07-{8 + 2 * number:02}"
    entry: Json = {
        "node_id": node_id,
        "text": f"Připomínka {number}: rozšířit služby pro rodiny.",
        "channel": channel,
        "submitter_kind": "provider",
        "submitter_name": PEOPLE[number],
        "sent_on": min(day, "2018-07-30"),
        "delivered_at": f"{day}T09:00:00+02:00",
    }
    made = await call(planning, "POST", f"/consultations/{consultation_id}/entries", entry)
    assert made.status_code == 201, made.text
    return {name: made.json()[name] for name in ("number", "is_timely")}


async def measure_in(plan: PlanUnderWay, area: str) -> str:
    problems = (await plan.get(COORDINATOR)).json()["problems"]
    problem = next(each for each in problems if each["area"] == area)
    measure: str = problem["goals"][0]["measures"][0]["id"]
    return measure


async def what_came_late_is_kept_apart(planning: ServiceUnderTest, consultation_id: str) -> None:
    """Enter a form delivered on 2 August; it has its number, and nobody must settle it."""
    with on("2018-08-02", "12:00"):
        assert await enter(planning, consultation_id, 11, "paper") == {"number": 11, "is_timely": False}
        path = f"/consultations/{consultation_id}"
        late = (await call(planning, "GET", f"{path}/comments?filter[timely]=false")).json()["items"]
        shown = (await call(planning, "GET", path, actor=None)).json()
    assert ([each["number"] for each in late], shown["comments"]) == ([11], 11)


async def every_comment_is_settled(
    planning: ServiceUnderTest, plan: PlanUnderWay, consultation_id: str, team: str
) -> None:
    """Accept one with a change of the measure in one step, reject one, note the others; the team approves."""
    path = f"/consultations/{consultation_id}"
    with on("2018-08-27"):
        plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
        change: Json = {
            "values": {"description": "Včetně jeslí a odlehčovacích služeb."},
            "plan_version": int(plan.etag.strip('"')),
        }
        decided: Json = {"settled_on": "2018-08-27", "body_id": team}
        for number, disposition in (
            (1, {"result": "accepted", "change": change, **decided}),
            (2, {"result": "rejected", "justification": "Služba je v síti kraje.", **decided}),
        ):
            settled = await call(
                planning, "PUT", f"{path}/comments/{number}/disposition", disposition, version='"0"'
            )
            assert settled.status_code == 200, settled.text
        version = (await call(planning, "GET", path)).headers["etag"]
        many: Json = {"numbers": list(range(3, 10)), "result": "noted", **decided}
        noted = await call(planning, "POST", f"{path}/dispositions", many, version=version)
        assert (noted.status_code, noted.json()["settled"]) == (200, 7), noted.text
        open_yet = await approve_settlement(planning, path)
        assert (open_yet.status_code, "10" in open_yet.json()["title"]) == (409, True)
        last: Json = {"result": "noted", **decided}
        assert (
            await call(planning, "PUT", f"{path}/comments/10/disposition", last, version='"0"')
        ).status_code == 200
    with on("2018-09-05"):
        approved = await approve_settlement(planning, path)
        assert (approved.status_code, approved.json()["status"]) == (200, "settled"), approved.text
        summed = (await call(planning, "GET", f"{path}/settlement")).json()
    counts = {
        name: summed[name]
        for name in ("comments", "accepted", "rejected", "noted", "late_waiting", "overdue")
    }
    assert counts == {
        "comments": 11, "accepted": 1, "rejected": 1, "noted": 8, "late_waiting": 1, "overdue": 0
    }  # fmt: skip


async def approve_settlement(planning: ServiceUnderTest, path: str) -> httpx.Response:
    version = (await call(planning, "GET", path)).headers["etag"]
    body: Json = {"body": "Manažerský tým", "approved_on": "2018-08-27"}
    return await call(planning, "POST", f"{path}/settlement", body, actor=MAYOR, version=version)


async def approve(plan: PlanUnderWay, approved_on: str = "2018-08-20") -> httpx.Response:
    return await plan.approve(
        MAYOR, body="Zastupitelstvo města Ostravy", approved_on=approved_on, resolution_number="1/2018"
    )


async def the_council_approves(planning: ServiceUnderTest, plan: PlanUnderWay) -> None:
    """Freeze the plan with what the public changed in it, and tell all that follows."""
    with on("2018-12-12"):
        plan.etag = (await plan.get(COORDINATOR)).headers["etag"]
        assert (await plan.submit(COORDINATOR)).status_code == 200
        approved = await approve(plan, "2018-12-12")
        assert approved.status_code == 200, approved.text
    (told,) = await planning.told(PlanApproved)
    assert (told.kind, told.unit_ids, told.revision) == (PlanKind.KPSS, (OSTRAVA,), 1)
    assert (told.approved_on, told.valid_from, told.valid_until) == (
        date(2018, 12, 12), date(2019, 1, 1), date(2022, 12, 31),
    )  # fmt: skip
    assert len(told.indicators) == 2 * 9
    frozen = (await plan.get(None, "/revisions/1")).json()
    family = next(each for each in frozen["problems"] if each["area"] == "VI")
    assert family["goals"][0]["measures"][0]["description"] == "Včetně jeslí a odlehčovacích služeb."
    assert (await plan.get(CONSULTANT)).json()["status"] == "approved"
