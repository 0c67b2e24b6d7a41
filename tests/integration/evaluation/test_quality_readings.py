"""Several raters read the criteria of a cooperation, each for himself; then they agree."""

import asyncio

from shared.contracts.quality import QualityAssessed
from shared.contracts.registry import ThematicArea
from tests.support.quality import (
    COOPERATION,
    EVA,
    LEVELS,
    OLGA,
    PETR,
    SET,
    a_description,
    agreed,
    id_of,
    open_reading,
    opened,
    ratings,
)
from tests.support.service import ServiceUnderTest
from tests.support.tokens import COORDINATOR, COORDINATOR_OF_TRMICE

NOW = {"BYD-1": 3, "BYD-2": 2, "DLU-1": None}


async def test_a_rater_sees_no_levels_of_others_before_his_own_are_sealed(
    evaluation: ServiceUnderTest,
) -> None:
    await evaluation.hear(a_description())
    reading = await opened(evaluation)
    await reading.rate(EVA, NOW)
    written = await reading.write(PETR, {"BYD-1": 1})
    assert (written.status_code, written.json()["version"], written.headers["etag"]) == (200, 1, '"1"')

    for actor in (PETR, OLGA):
        for what in ("/sheets", "/reliability"):
            blind = await reading.get(what, actor=actor)
            assert (blind.status_code, blind.json()["type"].rpartition(":")[2]) == (409, "sheets-are-blind")
            assert blind.json()["state"] == "open"
        own = (await reading.get("/sheet", actor=actor)).json()
        assert [each["level"] for each in own["ratings"]] == ([1] if actor is PETR else [])
    assert [(await reading.get(actor=actor)).json()["own_sheet"] for actor in (EVA, PETR, OLGA)] == [
        "sealed",
        "draft",
        None,
    ]
    assert "Doloženo" not in (await reading.get(actor=PETR)).text

    assert (await reading.write(PETR, NOW | {"BYD-1": 2}, version=1)).status_code == 200
    assert (await reading.post("sheet/sealing", actor=PETR)).status_code == 200
    seen = (await reading.get("/sheets", actor=PETR)).json()["items"]
    assert [each["rater"] for each in seen] == [EVA.id, PETR.id]

    assert (await reading.post("cancellation", {"reason": "Číst se bude znovu."})).status_code == 200
    assert (await reading.get("/sheets", actor=OLGA)).status_code == 409
    assert (await reading.get("/sheets", actor=PETR)).status_code == 200


async def test_a_sheet_is_sealed_once_complete_and_never_changes_then(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    reading = await opened(evaluation)
    assert (await reading.post("sheet/sealing", version=0)).json()["type"].endswith("sheet-missing")
    await reading.write(
        EVA, {"BYD-1": 4, "BYD-2": 3, "DLU-1": None}, justification="", not_assessed_reason=""
    )
    refused = await reading.post("sheet/sealing")
    assert refused.status_code == 409
    assert sorted((each["pointer"], each["code"]) for each in refused.json()["errors"]) == [
        ("/ratings/0/justification", "justification-missing"),
        ("/ratings/1/justification", "justification-missing"),
        ("/ratings/2/not_assessed_reason", "reason-missing"),
    ]
    assert (await reading.write(EVA, NOW, version=0)).status_code == 412
    await reading.write(EVA, NOW, version=1)
    sealings = await asyncio.gather(*(reading.post("sheet/sealing", version=2) for _ in range(2)))
    assert sorted(answer.status_code for answer in sealings) == [200, 409]
    assert (await reading.write(EVA, LEVELS, version=3)).json()["type"].endswith("sheet-is-sealed")


async def test_what_raters_agreed_on_is_told_once_with_its_shift(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    reading = await opened(evaluation)
    assert (await reading.post("closing")).json()["type"].endswith("too-few-sheets")
    await reading.rate(EVA, NOW)
    await reading.rate(PETR, NOW | {"BYD-2": 4})
    assert (await reading.agree(NOW)).json()["allowed_moves"] == ["rating", "closing", "cancellation"]
    await reading.close()

    found = (await reading.get("/reliability")).json()
    assert (found["kappa_linear"], found["criteria"][0]["code"]) == ("0.0000", "BYD-2")
    assert [(each["code"], each["levels"], each["range"]) for each in found["criteria"]] == [
        ("BYD-2", [2, 4], 2),
        ("BYD-1", [3, 3], 0),
        ("DLU-1", [], None),
    ]
    lonely = await reading.agree(NOW, by=[EVA])
    assert [(each["pointer"], each["code"]) for each in lonely.json()["errors"]] == [
        ("/levels/1/minority_note", "minority-note-missing")
    ]
    note = "Bytová komise se schází a výsledky se používají."
    answers = await asyncio.gather(*(reading.agree(NOW, by=[EVA], minority_note=note) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) in ([200, 409], [200, 412])

    (told,) = await evaluation.told(QualityAssessed)
    assert (told.cooperation_id, told.entry, told.version, str(told.shift)) == (COOPERATION, 1, 3, "1.00")
    assert (told.improved, told.unchanged, told.worsened, told.not_assessed) == (1, 1, 0, 1)
    assert [(each.criterion, each.baseline, each.level) for each in told.levels] == [
        ("BYD-1", 1, 3),
        ("BYD-2", 2, 2),
        ("DLU-1", None, None),
    ]
    assert EVA.id not in str(told)
    assert told.levels[0].area is ThematicArea.BYD


async def test_a_unit_reads_what_was_agreed_of_it_and_no_logins(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    reading = await opened(evaluation)
    assert (await reading.get(actor=COORDINATOR)).status_code == 404
    async with evaluation.client(COORDINATOR) as client:
        of_set = (await client.get(f"/criteria-sets/{SET}")).json()
        assert [(each["code"], each["baseline"]) for each in of_set["criteria"]] == list(LEVELS.items())
        assert of_set["readings"] == []
    for rater in (EVA, PETR):
        await reading.rate(rater, NOW)
    await reading.close()
    await reading.agree(NOW)

    mine = (await reading.get(actor=COORDINATOR)).json()
    assert [each["level"] for each in mine["levels"]] == [3, 2, None]
    assert mine["agreements"][0]["raters_agreed"] == 2
    assert EVA.id not in str(mine)
    assert (await reading.get("/sheets", actor=COORDINATOR)).status_code == 403
    assert (await reading.get(actor=COORDINATOR_OF_TRMICE)).status_code == 404
    assert (await reading.get()).json()["agreements"][0]["agreed_by"] == [EVA.id, PETR.id]
    async with evaluation.client(COORDINATOR_OF_TRMICE) as client:
        for address in (f"/criteria-sets/{SET}", f"/quality-shifts/{COOPERATION}"):
            assert (await client.get(address)).status_code == 404
        for address in ("/criteria-sets", "/quality-readings", "/quality-shifts"):
            assert (await client.get(address)).json()["items"] == []


async def test_a_correction_is_a_new_entry_and_what_was_said_stays(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    reading = await agreed(evaluation, NOW)
    body = {"agreed_by": [EVA.id, PETR.id], "levels": ratings({"BYD-2": 3}), "reason": "Přehlédnutý zápis."}
    same = await reading.post("correction", body | {"levels": ratings({"BYD-2": 2})})
    assert (same.status_code, same.json()["type"].rpartition(":")[2]) == (422, "nothing-corrected")
    assert (await reading.post("correction", body)).json()["entries"] == 2

    found = (await reading.get()).json()
    assert [each["level"] for each in found["levels"]] == [3, 3, None]
    assert [each["reason"] for each in found["agreements"]] == ["", "Přehlédnutý zápis."]
    first, second = await evaluation.told(QualityAssessed)
    assert (str(first.shift), str(second.shift), second.entry) == ("1.00", "1.50", 2)
    assert (await reading.post("cancellation", {"reason": "omyl"})).status_code == 409


async def test_one_reading_of_a_set_is_under_way_and_the_next_is_later(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    at_once = await asyncio.gather(*(open_reading(evaluation) for _ in range(2)))
    assert sorted(answer.status_code for answer in at_once) == [201, 409]
    async with evaluation.client(EVA) as client:
        (running,) = (await client.get("/quality-readings?filter[status]=open")).json()["items"]
        cancelled = await client.post(
            f"/quality-readings/{running['id']}/cancellation",
            json={"reason": "Nesprávná sada."},
            headers={"If-Match": '"1"'},
        )
    assert cancelled.json()["allowed_moves"] == []

    assert (await open_reading(evaluation, on="2099-01-01")).json()["type"].endswith("read-in-the-future")
    assert (await open_reading(evaluation, on="2023-12-31")).json()["type"].endswith("read-before-the-start")
    await agreed(evaluation, NOW, phase="final", on="2026-02-02")
    same_day = await open_reading(evaluation, phase="final", on="2026-02-02")
    assert same_day.json()["type"].endswith("read-no-later-than-the-last")
    assert (await open_reading(evaluation, on="2026-03-02")).json()["type"].endswith("phase-is-over")


async def test_a_change_is_measured_against_the_level_agreed_last(evaluation: ServiceUnderTest) -> None:
    await evaluation.hear(a_description())
    await agreed(evaluation, NOW)
    reading = await opened(evaluation, phase="final", on="2026-03-14")
    await reading.write(EVA, {"BYD-1": 3, "BYD-2": 3, "DLU-1": 1}, justification="")
    refused = await reading.post("sheet/sealing")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/ratings/1/justification"]
    unknown = await reading.write(EVA, {"ZAM-1": 1}, version=1)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (
        422,
        "/ratings/0/criterion_id",
    )
    assert (await reading.write(EVA, {"BYD-1": 5}, version=1)).status_code == 422
    assert str(id_of("BYD-1")) in (await reading.get("/sheet")).text
