"""Code lists of the statistical office, in both dialects."""

from datetime import date

import pytest

from registry.seed import seed
from shared.contracts.registry import UnitChanged, UnitClosed, UnitRegistered
from tests.support.files import FOR_EVER, Dialect, a_csv, an_item
from tests.support.imports import ANALYST, counted, sent, taken_over, unit_named
from tests.support.registry import ADMINISTRATOR, OBRNICE, cooperation_json, decided_on, registered
from tests.support.service import ServiceUnderTest

BOTH = pytest.mark.parametrize("dialect", list(Dialect))


@BOTH
async def test_a_code_list_is_taken_over_in_either_dialect(
    registry: ServiceUnderTest, dialect: Dialect
) -> None:
    rows = [
        an_item("567337", "Obrnice", dialect=dialect, obec_ul=""),
        an_item("556912", "Želechovice", date(2003, 1, 1), dialect=dialect, obec_ul=""),
    ]
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", a_csv(rows, dialect), file_name="CIS0043_CS.csv")
        unit = await unit_named(client, "Želechovice", "municipality")
    assert (report["rows"], report["accepted"], report["refused"]) == (2, 2, 0)
    assert counted(report) == {"registered": 2}
    assert (unit["code"], unit["csu_code"], unit["valid_from"]) == ("556912", "556912", "2003-01-01")
    assert {told.unit_id for told in await registry.told(UnitRegistered)} >= {OBRNICE}


@BOTH
async def test_an_expired_row_after_the_valid_one_does_not_win(
    registry: ServiceUnderTest, dialect: Dialect
) -> None:
    rows = [
        an_item("567337", "Obrnice u Mostu", date(2010, 1, 1), dialect=dialect),
        an_item("567337", "Obrnice", date(1993, 1, 1), date(2009, 12, 31), dialect=dialect),
    ]
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", a_csv(rows, dialect))
        now = (await client.get(f"/units/{OBRNICE}")).json()
        then = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2009-12-31"})).json()
    assert (now["name"], now["valid_until"], now["state_from"]) == ("Obrnice u Mostu", None, "2010-01-01")
    assert (then["name"], then["valid_from"]) == ("Obrnice", "2000-01-01")


async def test_the_same_file_again_is_noted_and_changes_nothing(registry: ServiceUnderTest) -> None:
    file = a_csv([an_item("567337", "Obrnice"), an_item("556912", "Želechovice")])
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", file)
        before = (await client.get(f"/units/{OBRNICE}")).json()
        again = await taken_over(client, "code-list", file)
        after = (await client.get(f"/units/{OBRNICE}")).json()
        runs = (await client.get("/imports")).json()["items"]
    assert counted(again) == {"unchanged": 2}
    assert before == after
    assert len(runs) == 2
    assert len({run["file_digest"] for run in runs}) == 1
    assert len(await registry.told(UnitRegistered)) == 2
    assert await registry.told(UnitChanged) == []


async def test_items_in_english_and_those_that_ended_before_2000_are_passed_over(
    registry: ServiceUnderTest,
) -> None:
    rows = [
        an_item("567337", "Obrnice"),
        an_item("567337", "Obrnice (EN)", language="EN"),
        an_item("556912", "Želechovice", date(1990, 1, 1), date(1999, 12, 31)),
    ]
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", a_csv(rows))
    assert report["rows"] == 2
    assert counted(report) == {"registered": 1, "not_kept": 1}


async def test_a_new_name_is_told_and_keeps_what_the_list_does_not_speak_of(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client, ico="00266094")
        file = a_csv([an_item("567337", "Obrnice u Mostu", date(2020, 1, 1))])
        report = await taken_over(client, "code-list", file)
        unit = (await client.get(f"/units/{OBRNICE}")).json()
    assert counted(report) == {"changed": 1}
    assert (unit["name"], unit["ico"], unit["state_from"]) == ("Obrnice u Mostu", "00266094", "2020-01-01")
    assert (unit["valid_from"], unit["version"]) == ("2000-01-01", 2)
    assert [told.name for told in await registry.told(UnitChanged)] == ["Obrnice u Mostu"]


async def test_a_name_to_come_is_neither_shown_nor_told_before_its_day(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        file = a_csv([an_item("567337", "Obrnice u Mostu", date(2999, 1, 1))])
        await taken_over(client, "code-list", file)
        now = (await client.get(f"/units/{OBRNICE}")).json()
        later = (await client.get(f"/units/{OBRNICE}", params={"as_of": "2999-01-01"})).json()
    assert (now["name"], later["name"]) == ("Obrnice", "Obrnice u Mostu")
    assert await registry.told(UnitChanged) == []


async def test_a_unit_that_the_list_ends_is_closed_and_may_come_back(registry: ServiceUnderTest) -> None:
    ended = an_item("567337", "Obrnice", last=date(2010, 6, 30))
    back = an_item("567337", "Obrnice", date(2015, 1, 1), FOR_EVER)
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        closing = await taken_over(client, "code-list", a_csv([ended]))
        closed = (await client.get(f"/units/{OBRNICE}")).json()
        opening = await taken_over(client, "code-list", a_csv([ended, back]))
        opened = (await client.get(f"/units/{OBRNICE}")).json()
        between = await client.get(f"/units/{OBRNICE}", params={"as_of": "2012-01-01"})
    assert (counted(closing), closed["valid_until"]) == ({"closed": 1}, "2010-06-30")
    assert (counted(opening), opened["valid_until"]) == ({"changed": 1}, None)
    assert between.status_code == 404
    assert [told.valid_until for told in await registry.told(UnitClosed)] == [date(2010, 6, 30)]
    assert [told.valid_until for told in await registry.told(UnitChanged)] == [None]


async def test_a_unit_that_cooperates_or_has_parts_is_not_closed_by_a_list(
    registry: ServiceUnderTest,
) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        other = await registered(client, code="556912", name="Želechovice")
        await registered(client, kind="city-part", code="500054", name="Část", parent_id=other.json()["id"])
        cooperation = await client.post("/cooperations", json=cooperation_json())
        assert cooperation.status_code == 201
        file = a_csv(
            [
                an_item("567337", "Obrnice", last=date(2026, 1, 31)),
                an_item("556912", "Želechovice", last=date(2026, 1, 31)),
            ]
        )
        report = await taken_over(client, "code-list", file, on_bad_rows="keep-good")
    assert [problem["row"] for problem in report["problems"]] == [2, 3]
    assert "spolupráce" in report["problems"][0]["cs"]
    assert "počet: 1" in report["problems"][1]["cs"]
    assert await registry.told(UnitClosed) == []


async def test_regions_and_districts_are_known_by_their_nuts_code_number_or_name(
    registry: ServiceUnderTest,
) -> None:
    async with registry.transaction() as tx:
        await seed(tx)
    regions = [an_item("3069", "Ústecký kraj", date(2000, 1, 1), code_list="100")]
    with_nuts = [an_item("40428", "Most", code_list="101", cznuts="CZ0425", kod_ruian="3508")]
    by_name = [an_item("40436", "Teplice", code_list="101")]
    unknown = [an_item("40999", "Nikde", code_list="101")]
    async with registry.client(ANALYST) as client:
        assert counted(await taken_over(client, "code-list", a_csv(regions))) == {"unchanged": 1}
        assert counted(await taken_over(client, "code-list", a_csv(with_nuts))) == {"changed": 1}
        assert counted(await taken_over(client, "code-list", a_csv(by_name))) == {"changed": 1}
        refused = await sent(client, "code-list", a_csv(unknown))
        most = await unit_named(client, "Most", "district")
        teplice = await unit_named(client, "Teplice", "district")
    assert (most["code"], most["csu_code"]) == ("CZ0425", "40428")
    assert (teplice["code"], teplice["csu_code"]) == ("CZ0426", "40436")
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["value"] == "40999"


async def test_a_pou_belongs_to_the_orp_with_which_its_code_begins(registry: ServiceUnderTest) -> None:
    orps = [an_item("4209", "Most", date(2003, 1, 1), code_list="65", kod_ruian="1066")]
    pous = [an_item("42091", "Most", date(2000, 1, 1), code_list="61")]
    async with registry.client(ANALYST) as client:
        await taken_over(client, "code-list", a_csv(orps))
        await taken_over(client, "code-list", a_csv(pous))
        orp = await unit_named(client, "Most", "orp")
        pou = await unit_named(client, "Most", "pou")
        before = await unit_named(client, "Most", "pou", as_of="2002-12-31")
    assert orp["ruian_code"] == "1066"
    assert pou["parent_id"] == orp["id"]
    assert before["parent_id"] is None


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (an_item("567338", "Obrnice"), "chodnota", "kontrolní číslici"),
        (an_item("56733", "Obrnice"), "chodnota", "tvar"),
        (an_item("", "Obrnice"), "chodnota", "chybí"),
        (an_item("567337", ""), "text", "chybí"),
        (an_item("567337", "Obrnice", last=date(1992, 1, 1)), "chodnota", "předchází"),
        ({**an_item("567337", "Obrnice"), "admplod": "loni"}, "admplod", "není datum"),
        ({**an_item("567337", "Obrnice"), "admnepo": "31.02.2020"}, "admnepo", "není datum"),
        (an_item("567337", "Obrnice", code_list="65"), "kodcis", "jiného číselníku"),
    ],
)
async def test_a_bad_row_is_told_by_row_and_column_and_refuses_all_or_itself(
    registry: ServiceUnderTest, row: dict[str, str], column: str, words: str
) -> None:
    file = a_csv([an_item("556912", "Želechovice"), row])
    async with registry.client(ANALYST) as client:
        refused = await sent(client, "code-list", file)
        nothing = (await client.get("/units")).json()["items"]
        kept = await taken_over(client, "code-list", file, on_bad_rows="keep-good")
        something = (await client.get("/units")).json()["items"]
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:pospolu:problem:rows-refused"
    assert nothing == []
    for report in (refused.json(), kept):
        (problem,) = report["problems"]
        assert (problem["row"], problem["column"]) == (3, column)
        assert words in problem["cs"]
        assert (report["rows"], report["refused"]) == (2, 1)
    assert [unit["name"] for unit in something] == ["Želechovice"]


async def test_states_of_one_unit_that_overlap_are_refused_together(registry: ServiceUnderTest) -> None:
    rows = [
        an_item("567337", "Obrnice", date(2000, 1, 1)),
        an_item("567337", "Obrnice u Mostu", date(2010, 1, 1)),
        an_item("556912", "Želechovice"),
    ]
    async with registry.client(ANALYST) as client:
        report = await taken_over(client, "code-list", a_csv(rows), on_bad_rows="keep-good")
    assert [problem["row"] for problem in report["problems"]] == [2, 3]
    assert counted(report) == {"registered": 1}


async def test_a_decision_of_today_is_not_undone_by_an_older_statement(registry: ServiceUnderTest) -> None:
    async with registry.client(ADMINISTRATOR) as client:
        await registered(client)
        changed = await client.patch(
            f"/units/{OBRNICE}",
            json={"changes_on": "2026-01-01", "name": "Obrnice nad Bílinou"},
            headers=decided_on(1),
        )
        assert changed.status_code == 200
        report = await taken_over(client, "code-list", a_csv([an_item("567337", "Obrnice")]))
        unit = (await client.get(f"/units/{OBRNICE}")).json()
    assert counted(report) == {"unchanged": 1}
    assert unit["name"] == "Obrnice nad Bílinou"
