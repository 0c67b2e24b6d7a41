"""A person counts once in a project, from the day on which the hours are enough; every hour is explained."""

import asyncio
import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from evaluation.participants.attendance_repository import save_newer
from evaluation.participants.attendance_use_cases import import_attendance
from evaluation.participants.domain import Entry
from evaluation.participants.hours import crossed_on
from evaluation.projects.conversion import Limit, SupportUnit
from tests.support.interleaving import somebody_waits
from tests.support.participants import (
    KEY,
    an_activity,
    an_entry,
    hours_and_days,
    people_of,
    registered,
    supported,
)
from tests.support.programmes import ANALYST, OWNER, Json, entered, ostrava, progress_of, rssz
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR


def counted(progress: Json) -> object:
    indicators = progress["indicators"]
    assert isinstance(indicators, list)
    assert indicators[1]["code"] in {"60000", "600000"}
    return indicators[1]["progress"]["actual"]


async def in_ostrava(evaluation: ServiceUnderTest, **changes: object) -> UUID:
    return await entered(evaluation, {**ostrava(), **changes})


async def post(
    evaluation: ServiceUnderTest, address: str, body: object = None, version: int | None = None
) -> tuple[int, Json]:
    headers = {"If-Match": f'"{version}"'} if version else {}
    async with evaluation.client(ANALYST) as client:
        answer = await client.post(address, json=body, headers=headers)
    found: Json = answer.json()
    return answer.status_code, found


async def test_twenty_persons_reach_forty_hours_and_those_of_39_59_do_not(
    evaluation: ServiceUnderTest,
) -> None:
    project = await in_ostrava(evaluation)
    for number in range(22):
        person = await registered(evaluation, project, f"osoba{number:02}-7f3a9c", actor=OWNER)
        last = 0 if number < 20 else -1
        await supported(evaluation, project, person, 1200, 1200 + last, actor=OWNER)
    progress = await progress_of(evaluation, project, "2019-12-31")
    assert counted(progress) == 20
    assert progress["people"] == {"registered": 22, "supported": 22, "counted": 20, "hours": "879:58"}
    assert counted(await progress_of(evaluation, project, "2018-01-01")) == 0
    assert counted(await progress_of(evaluation, project, "2018-01-02")) == 20
    above = await people_of(evaluation, project, "&filter[counted]=true&as_of=2019-12-31", actor=OWNER)
    assert set(hours_and_days(above)) == {("40:00", "2018-01-02")}
    below = await people_of(evaluation, project, "&filter[counted]=false", actor=OWNER)
    assert hours_and_days(below) == [("39:59", None)] * 2
    evaluation.statements.clear()
    async with evaluation.client(OWNER) as client:
        address = f"/projects/{project}/participants"
        one = (await client.get(f"{address}/{above[0]['id']}")).json()
        assert len(evaluation.statements) == 1
        cards = (await client.get(f"{address}/cards.csv")).text.splitlines()
        records = (await client.get(f"{address}/records.csv")).text.splitlines()
    assert [(each["hours"], each["supported_on"]) for each in one["support"]] == [
        ("20:00", "2018-01-01"),
        ("20:00", "2018-01-02"),
    ]
    assert len(cards) == 23
    assert sum(";ano;2018-01-02;60000" in line for line in cards) == 20
    assert len(records) == 45
    more = {**ostrava(), "operator": "more-than", "threshold_valid_from": "2018-01-01"}
    async with evaluation.client(OWNER) as client:
        await client.put(f"/projects/{project}", json=more, headers={"If-Match": '"1"'})
    assert counted(await progress_of(evaluation, project, "2019-12-31")) == 0, "40:00 is not over forty"


async def test_one_person_counts_in_each_of_two_projects_and_once_in_each(
    evaluation: ServiceUnderTest,
) -> None:
    first, second = await in_ostrava(evaluation), await entered(evaluation, rssz())
    for project, first_on in ((first, date(2018, 1, 1)), (second, date(2023, 2, 1))):
        person = await registered(evaluation, project)
        await supported(evaluation, project, person, 1440, 1000, first=first_on)
        body = {"key": KEY, "role": "resident", "legal_basis": "consent"}
        both = await asyncio.gather(
            *(post(evaluation, f"/projects/{project}/participants", body) for _ in range(2))
        )
        assert [status for status, _ in both] == [409, 409]
        assert both[0][1]["type"] == "urn:pospolu:problem:participant-registered"
    assert (
        counted(await progress_of(evaluation, first)) == counted(await progress_of(evaluation, second)) == 1
    )
    async with evaluation.transaction() as tx:
        digests = (await tx.session.execute(text("SELECT DISTINCT key_digest FROM participant"))).all()
    assert len(digests) == 2, "nobody joins the projects by the digest"


async def test_a_second_registration_of_a_person_is_merged_and_counted_once(
    evaluation: ServiceUnderTest,
) -> None:
    project = await in_ostrava(evaluation)
    first, second = [await registered(evaluation, project, key) for key in ("prvni-77aa01", "druhy-88bb02")]
    await supported(evaluation, project, first, 1200)
    await supported(evaluation, project, second, 1200, first=date(2018, 5, 5))
    assert counted(await progress_of(evaluation, project)) == 0
    address = f"/projects/{project}/participants"
    both = await asyncio.gather(
        post(evaluation, f"{address}/{second}/merger", {"same_as": first}, 1),
        post(evaluation, f"{address}/{first}/merger", {"same_as": second}, 1),
    )
    assert sorted(status for status, _ in both) == [200, 409]
    (person,) = await people_of(evaluation, project)
    assert (person["hours"], person["counted_on"]) == ("40:00", "2018-05-05")
    async with evaluation.client(ANALYST) as client:
        support = (await client.get(f"{address}/{person['id']}")).json()["support"]
    assert {each["participant_id"] for each in support} == {first, second}


async def test_a_correction_is_an_entry_and_no_entry_is_ever_changed(evaluation: ServiceUnderTest) -> None:
    project = await in_ostrava(evaluation)
    person = await registered(evaluation, project)
    entry, _ = await supported(evaluation, project, person, 1400, 1000)
    address = f"/projects/{project}/participants/{person}"
    body = {"entry_id": entry, "amount": 1399, "reason": "Přestávka."}
    both = await asyncio.gather(*(post(evaluation, f"{address}/corrections", body) for _ in range(2)))
    assert sorted(status for status, _ in both) == [201, 409]
    assert hours_and_days(await people_of(evaluation, project)) == [("39:59", None)]
    back = await post(evaluation, f"{address}/corrections", {**body, "amount": 1440, "reason": "Omyl."})
    assert (back[0], back[1]["amount"]) == (201, 41)
    assert hours_and_days(await people_of(evaluation, project)) == [("40:40", "2018-01-02")]
    day = {"supported_on": "2018-01-01", "kind": "training", "amount": 1}
    assert (await post(evaluation, f"{address}/support", day))[1]["status"] == 409
    with pytest.raises(IntegrityError, match="never changed"):
        async with evaluation.transaction() as tx:
            await tx.session.execute(text("UPDATE support_entry SET amount = 1"))


async def test_lessons_and_months_of_housing_count_where_the_call_recognises_them(
    evaluation: ServiceUnderTest,
) -> None:
    project = await in_ostrava(evaluation)
    person = await registered(evaluation, project)
    await supported(evaluation, project, person, 1, 1, unit="housing-month")
    await supported(evaluation, project, person, 225, 225, unit="hour-45", first=date(2018, 3, 1))
    assert hours_and_days(await people_of(evaluation, project)) == [("40:00", "2018-03-02")]
    hours_alone = {**ostrava(), "support_units": ["hour-60"]}
    async with evaluation.client(OWNER) as client:
        refused = await client.put(f"/projects/{project}", json=hours_alone, headers={"If-Match": '"1"'})
    assert refused.json()["type"] == "urn:pospolu:problem:support-unit-in-use"


async def test_whoever_withdraws_stays_counted_and_whoever_is_erased_leaves_sums(
    evaluation: ServiceUnderTest,
) -> None:
    project = await in_ostrava(evaluation)
    person = await registered(evaluation, project)
    await supported(evaluation, project, person, 1200, 1200, 60)
    address = f"/projects/{project}/participants/{person}"
    early = await post(evaluation, f"{address}/withdrawal", {"withdrawn_on": "2018-01-02"}, 1)
    assert early[1]["type"] == "urn:pospolu:problem:supported-since"
    assert (await post(evaluation, f"{address}/withdrawal", {"withdrawn_on": "2018-01-03"}, 1))[0] == 200
    late = await post(
        evaluation, f"{address}/support", {"supported_on": "2018-01-04", "kind": "other", "amount": 5}
    )
    assert late[1]["allowed_moves"] == ["support", "correction", "merger", "erasure"]
    assert (await post(evaluation, f"{address}/erasure", version=1))[0] == 412
    assert (await post(evaluation, f"{address}/erasure", version=2))[0] == 200
    for as_of, count in (("2018-01-01", 0), ("2018-01-02", 1), ("2019-01-01", 1)):
        assert counted(await progress_of(evaluation, project, as_of)) == count
    (left,) = await people_of(evaluation, project)
    assert (left["key"], left["hours"], left["counted_on"]) == (None, "41:00", "2018-01-02")
    again = {"key": KEY, "role": "resident", "legal_basis": "consent"}
    refused = await post(evaluation, f"/projects/{project}/participants", again)
    assert refused[1]["type"] == "urn:pospolu:problem:key-was-erased"
    async with evaluation.transaction() as tx:
        found = await tx.session.execute(text("SELECT count(*) FROM support_entry WHERE origin <> 'erasure'"))
        assert found.scalar_one() == 0


async def test_attendance_comes_by_itself_and_follows_the_corrections_of_the_registry(
    evaluation: ServiceUnderTest,
) -> None:
    project = await entered(evaluation, rssz())
    first = an_activity((KEY, 240), ("jina-osoba-42f7", 120))
    await evaluation.hear(first, an_activity((KEY, 90), number=2, held_on=date(2023, 5, 5)))
    assert set(hours_and_days(await people_of(evaluation, project))) == {("5:30", None), ("2:00", None)}
    moved = an_activity((KEY, 200), version=3, held_on=date(2023, 6, 1))
    await evaluation.hear(moved, first, an_activity((KEY, 1), version=2))
    people = await people_of(evaluation, project)
    assert {each["key"]: each["hours"] for each in people} == {KEY: "4:50", "jina-osoba-42f7": "0:00"}
    await evaluation.hear(an_activity((KEY, 200), version=4, struck_out=True))
    assert {each["hours"] for each in await people_of(evaluation, project)} == {"1:30", "0:00"}
    assert await post(evaluation, f"/projects/{project}/attendance") == (
        200,
        {"activities": 2, "entries": 0},
    )
    elsewhere = an_activity((KEY, 60), number=3, unit_ids=(UUID(int=9),))
    await evaluation.hear(elsewhere, an_activity((KEY, 60), number=4, held_on=date(2022, 12, 31)))
    assert {each["hours"] for each in await people_of(evaluation, project)} == {"1:30", "0:00"}


async def test_attendance_heard_before_the_project_is_taken_once_by_two_at_once(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(*(an_activity((KEY, 480), number=n, held_on=date(2023, 5, n)) for n in range(1, 7)))
    project = await entered(evaluation, rssz())
    assert await people_of(evaluation, project) == []
    both = await asyncio.gather(
        *(post(evaluation, f"/projects/{project}/attendance") for _ in range(2)),
        evaluation.hear(an_activity((KEY, 400), version=2, held_on=date(2023, 5, 1))),
    )
    assert len(both) == 3
    assert hours_and_days(await people_of(evaluation, project)) == [("46:40", "2023-05-06")]


async def test_who_was_erased_comes_back_by_no_event(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, rssz())
    await evaluation.hear(an_activity((KEY, 300)))
    (person,) = await people_of(evaluation, project)
    address = f"/projects/{project}/participants/{person['id']}/erasure"
    assert (await post(evaluation, address, version=1))[0] == 200
    await evaluation.hear(an_activity((KEY, 480), version=2))
    (left,) = await people_of(evaluation, project)
    assert (left["key"], left["hours"]) == (None, "5:00")
    async with evaluation.transaction() as tx:
        kept = await tx.session.execute(text("SELECT count(*) FROM attendance"))
        assert kept.scalar_one() == 0


async def test_an_erasure_waits_for_an_event_about_the_same_person(evaluation: ServiceUnderTest) -> None:
    project = await entered(evaluation, rssz())
    await evaluation.hear(an_activity((KEY, 300)))
    (person,) = await people_of(evaluation, project)
    address = f"/projects/{project}/participants/{person['id']}/erasure"
    async with evaluation.transaction() as hearing:
        assert await save_newer(hearing.session, [an_activity((KEY, 360), version=2)])
        erasing = asyncio.create_task(post(evaluation, address, version=1))
        await somebody_waits(evaluation)
        await import_attendance(hearing, [an_activity((KEY, 420), version=3)])
    assert (await erasing)[0] == 200
    (left,) = await people_of(evaluation, project)
    assert (left["key"], left["hours"]) == (None, "7:00")
    async with evaluation.transaction() as tx:
        kept = await tx.session.execute(text("SELECT count(*) FROM attendance"))
        assert kept.scalar_one() == 0


async def test_a_merger_and_an_erasure_at_once_leave_no_key_of_the_person(
    evaluation: ServiceUnderTest,
) -> None:
    """Whoever is first, nobody waits for ever, and what is one person then is erased as one."""
    project = await in_ostrava(evaluation)
    for number in range(6):
        first, second = [
            await registered(evaluation, project, f"osoba{number}{part}-7f3a9c") for part in "ab"
        ]
        for person in (first, second):
            await supported(evaluation, project, person, 1200)
        address = f"/projects/{project}/participants"
        merged, erased = await asyncio.gather(
            post(evaluation, f"{address}/{second}/merger", {"same_as": str(first)}, 1),
            post(evaluation, f"{address}/{first}/erasure", version=1),
        )
        assert (erased[0], merged[0]) in {(200, 200), (200, 409)}
        left = {each["id"]: each for each in await people_of(evaluation, project)}
        if merged[0] == 200:
            assert (left[str(first)]["key"], left[str(first)]["hours"]) == (None, "40:00")
            assert str(second) not in left
        else:
            assert (left[str(first)]["key"], left[str(first)]["hours"]) == (None, "20:00")
            assert left[str(second)]["hours"] == "20:00"


async def test_only_who_keeps_a_project_sees_its_participants(evaluation: ServiceUnderTest) -> None:
    project = await in_ostrava(evaluation)
    person = await registered(evaluation, project)
    address = f"/projects/{project}/participants"
    async with evaluation.client(COORDINATOR) as client:
        for path in (address, f"{address}/{person}", f"{address}/cards.csv", f"{address}/records.csv"):
            assert (await client.get(path)).status_code == 404
        body = {"key": "dalsi-osoba-91c", "role": "resident", "legal_basis": "consent"}
        assert (await client.post(address, json=body)).status_code == 403
    async with evaluation.client() as client:
        assert (await client.get(address)).status_code == 401
    other = await entered(evaluation, rssz())
    async with evaluation.client(ANALYST) as client:
        assert (await client.get(f"/projects/{other}/participants/{person}")).status_code == 404


async def test_the_database_finds_the_same_day_of_crossing_as_the_rules(evaluation: ServiceUnderTest) -> None:
    chance = random.Random(6)  # noqa: S311 - the same persons in every run
    project = await in_ostrava(evaluation)
    entries: dict[object, list[Entry]] = {}
    for number in range(12):
        key = f"nahoda{number:02}-5d1e"
        amounts = [chance.randint(1, 1000) for _ in range(chance.randint(1, 9))]
        person = await registered(evaluation, project, key)
        await supported(evaluation, project, person, *amounts, first=date(2018, 1, 1), unit="hour-45")
        entries[key] = [
            an_entry(amount, date(2018, 1, 1) + timedelta(days=at), SupportUnit.HOUR_45)
            for at, amount in enumerate(amounts)
        ]
    limits = [Limit(since=date.min, credit=7200)]
    first = await expect_as_by_rules(evaluation, project, entries, limits)
    for since, hours in ((date(2018, 1, 4), 60), (date(2018, 1, 8), 20)):
        await change_threshold(evaluation, project, hours, since)
        limits.append(Limit(since=since, credit=180 * hours))
        await expect_as_by_rules(evaluation, project, entries, limits)
    assert len(first) > 2


async def expect_as_by_rules(
    evaluation: ServiceUnderTest, project: UUID, entries: dict[object, list[Entry]], limits: list[Limit]
) -> set[object]:
    by_rules = {key: crossed_on(mine, limits=limits) for key, mine in entries.items()}
    found = {each["key"]: each["counted_on"] for each in await people_of(evaluation, project)}
    assert found == {key: day and day.isoformat() for key, day in by_rules.items()}
    return set(found.values())


async def change_threshold(
    evaluation: ServiceUnderTest, project: UUID, hours: int, since: date | None
) -> tuple[int, Json]:
    async with evaluation.client(ANALYST) as client:
        tag = (await client.get(f"/projects/{project}")).headers["etag"]
        body = ostrava() | {"threshold_hours": hours, "threshold_valid_from": since and since.isoformat()}
        answer = await client.put(f"/projects/{project}", json=body, headers={"If-Match": tag})
        shown: Json = (await client.get(f"/projects/{project}")).json()
    return answer.status_code, shown


async def test_another_threshold_moves_no_number_of_the_past(evaluation: ServiceUnderTest) -> None:
    project = await in_ostrava(evaluation)
    for number, minutes in enumerate((2400, 1800)):
        person = await registered(evaluation, project, f"clovek{number:02}-5d1e")
        await supported(evaluation, project, person, 1200, minutes - 1200, first=date(2018, 3, 1))

    async def counted(day: str) -> tuple[object, object]:
        found = await progress_of(evaluation, project, day)
        return found["threshold_hours"], found["people"]["counted"]  # type: ignore[index]

    assert await counted("2018-12-31") == (40, 1)
    assert (await change_threshold(evaluation, project, 60, None))[0] == 200
    assert (await change_threshold(evaluation, project, 60, date(2999, 1, 1)))[0] == 422
    assert (await counted("2018-12-31"), await counted("2199-12-31")) == ((40, 1), (60, 1))
    status, shown = await change_threshold(evaluation, project, 30, date(2019, 5, 1))
    told = [(each["valid_from"], each["hours"]) for each in shown["thresholds"]]  # type: ignore[attr-defined]
    assert (status, told) == (200, [(None, 40), ("2019-05-01", 30)])
    assert (await counted("2019-04-30"), await counted("2019-05-01")) == ((40, 1), (30, 2))
