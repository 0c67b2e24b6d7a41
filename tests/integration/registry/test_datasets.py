"""Open data over HTTP: the same rows in four formats, narrowed, in order, sent only when they changed."""

from datetime import date

import pytest

from registry.datasets.catalogue import DATASETS
from registry.datasets.domain import Filter
from tests.support.datasets import (
    TITLE,
    Row,
    an_open_country,
    as_floats,
    download,
    read_csv,
    read_ndjson,
    read_parquet,
    read_xlsx,
)
from tests.support.disclosure import SERIES, TOWNS, released_figures, some_towns
from tests.support.service import ServiceUnderTest

YEARS = ("2022", "2023")


@pytest.fixture
async def country(registry: ServiceUnderTest) -> ServiceUnderTest:
    await an_open_country(registry)
    return registry


async def rows(service: ServiceUnderTest, dataset_id: str, **asked: str) -> list[Row]:
    dataset = DATASETS[dataset_id]
    async with service.client() as client:
        return read_csv(dataset, (await download(client, dataset, "csv", **asked)).content)


async def test_four_formats_hold_the_same_rows(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        for dataset in DATASETS.values():
            told = read_csv(dataset, (await download(client, dataset, "csv")).content)
            assert told, dataset.id
            assert read_ndjson(dataset, (await download(client, dataset, "ndjson")).content) == told
            assert read_parquet(dataset, (await download(client, dataset, "parquet")).content) == told
            book = read_xlsx(dataset, (await download(client, dataset, "xlsx")).content)
            assert as_floats(dataset, book) == as_floats(dataset, told), dataset.id


async def test_the_key_of_a_dataset_is_unique_and_what_is_required_is_there(
    country: ServiceUnderTest,
) -> None:
    for dataset in DATASETS.values():
        found = await rows(country, dataset.id)
        keys = [tuple(row[name] for name in dataset.key) for row in found]
        assert len(set(keys)) == len(keys), dataset.id
        missing = [
            column.name
            for column in dataset.columns
            if column.required
            for row in found
            if row[column.name] is None
        ]
        assert missing == [], dataset.id


async def test_a_dataset_without_rows_has_its_headings(registry: ServiceUnderTest) -> None:
    async with registry.client() as client:
        for dataset in DATASETS.values():
            csv = await download(client, dataset, "csv")
            assert csv.text == ",".join(column.name for column in dataset.columns) + "\r\n"
            assert read_ndjson(dataset, (await download(client, dataset, "ndjson")).content) == []
            assert read_parquet(dataset, (await download(client, dataset, "parquet")).content) == []
            assert read_xlsx(dataset, (await download(client, dataset, "xlsx")).content) == []


async def test_years_are_narrowed_and_together_make_the_whole(country: ServiceUnderTest) -> None:
    for dataset in DATASETS.values():
        if Filter.YEAR in dataset.filters:
            whole = await rows(country, dataset.id)
            parts = [await rows(country, dataset.id, year=year) for year in YEARS]
            assert all(parts), dataset.id
            assert sorted(map(repr, whole)) == sorted(repr(row) for part in parts for row in part)
            assert await rows(country, dataset.id, year="2021") == []


async def test_the_method_and_the_series_narrow(country: ServiceUnderTest) -> None:
    assert await rows(country, "index-results", method="ISV-2020") == await rows(country, "index-results")
    assert await rows(country, "index-results", method="NEZNAMA") == []
    found = await rows(country, "figures", series="EXE", year="2023")
    assert {(row["series"], row["period"]) for row in found} == {("EXE", date(2023, 1, 1))}
    assert len(found) == 60


async def test_a_filter_that_a_dataset_does_not_know_is_refused(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        answer = await client.get("/datasets/units.csv", params={"year": "2023"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "query/year"
    assert "„units“" in answer.text


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "ndjson", "json"])
async def test_a_dataset_that_is_not_there_is_not_found(registry: ServiceUnderTest, form: str) -> None:
    async with registry.client() as client:
        assert (await client.get(f"/datasets/persons.{form}")).status_code == 404


async def test_names_stand_in_czech_order(country: ServiceUnderTest) -> None:
    regions = [row["unit_name"] for row in await rows(country, "units") if row["unit_kind"] == "region"]
    assert regions.index("Hlavní město Praha") < regions.index("Jihočeský kraj")
    assert (
        regions.index("Kraj Vysočina") < regions.index("Královéhradecký kraj") < regions.index("Zlínský kraj")
    )


async def test_a_unit_has_its_superior_unit_beside_it(country: ServiceUnderTest) -> None:
    (found,) = [row for row in await rows(country, "units") if row["unit_code"] == "CZ0425"]
    assert (found["parent_kind"], found["parent_code"], found["parent_name"]) == (
        "region",
        "CZ042",
        "Ústecký kraj",
    )


async def test_the_day_asked_for_decides_who_belongs_cooperates_and_has_a_plan(
    country: ServiceUnderTest,
) -> None:
    for dataset_id, before, after in (
        ("memberships", "2019-12-31", "2020-01-01"),
        ("cooperations", "2021-12-31", "2022-01-01"),
        ("plans", "2022-12-31", "2023-01-01"),
    ):
        assert await rows(country, dataset_id, as_of=before) == [], dataset_id
        assert await rows(country, dataset_id, as_of=after) == await rows(country, dataset_id) != []
    assert await rows(country, "figures", as_of="2000-01-01") == []
    for day in ("0001-01-01", "9999-12-31"):
        assert await rows(country, "plans", as_of=day) == []
        await rows(country, "figures", as_of=day)


async def test_points_of_indicators_make_the_index(country: ServiceUnderTest) -> None:
    points: dict[object, int] = {}
    for row in await rows(country, "index-indicators", year="2023"):
        scores = [row[name] for name in ("score_absolute", "score_share", "score_quotient")]
        assert row["points"] == sum(score for score in scores if isinstance(score, int))
        points[row["unit_id"]] = points.get(row["unit_id"], 0) + int(str(row["points"]))
    results = await rows(country, "index-results", year="2023")
    assert {row["unit_id"]: row["index"] for row in results} == points
    counted = await rows(country, "index-bands", year="2023")
    assert sum(int(str(row["municipalities"])) for row in counted) == len(results)


async def test_a_method_tells_its_thresholds(country: ServiceUnderTest) -> None:
    (found,) = [row for row in await rows(country, "index-methods") if row["indicator"] == "PNB"]
    assert [str(found[name]) for name in ("parts", "share_first", "share_second", "quotient_first")] == [
        *("12", "2.1", "3", "1.8")
    ]
    assert found["inheritable"] is False


async def test_the_same_data_are_the_same_bytes_and_are_not_sent_twice(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        for form in ("csv", "xlsx", "parquet", "ndjson"):
            first = await client.get(f"/datasets/units.{form}")
            again = await client.get(f"/datasets/units.{form}")
            assert first.content == again.content, form
            tag = first.headers["etag"]
            kept = await client.get(f"/datasets/units.{form}", headers={"If-None-Match": f'"x", {tag}'})
            assert (kept.status_code, kept.content, kept.headers["etag"]) == (304, b"", tag)
        tags = {
            (await client.get("/datasets/units.csv", params=p)).headers["etag"]
            for p in ({}, {"dialect": "excel"})
        }
        assert len(tags) == 2


async def test_a_file_says_what_it_is(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        answer = await client.get(
            "/datasets/index-results.csv", params={"year": "2023", "method": "ISV-2020"}
        )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    name = "pospolu-index-results-2023-ISV-2020.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-length"] == str(len(answer.content))


async def test_for_excel_there_are_czech_headings_semicolons_and_commas(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        answer = await client.get("/datasets/definition-points.csv", params={"dialect": "excel"})
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, first = text.split("\r\n")[:2]
    assert "Zeměpisná délka [°]" in heading.split(";")
    longitude = first.split(";")[4]
    assert "," in longitude
    assert 12 < float(longitude.replace(",", ".")) < 19
    assert float(first.split(";")[6].replace(",", ".")) < 0  # no apostrophe before a negative number


async def test_a_text_like_a_formula_stays_a_text(country: ServiceUnderTest) -> None:
    assert {row["title"] for row in await rows(country, "plans")} == {TITLE}
    async with country.client() as client:
        excel = (await client.get("/datasets/plans.csv", params={"dialect": "excel"})).content.decode(
            "utf-8-sig"
        )
        book = read_xlsx(DATASETS["plans"], (await download(client, DATASETS["plans"], "xlsx")).content)
    assert "'=HYPERLINK" in excel
    assert {row["title"] for row in book} == {TITLE}


async def test_hidden_counts_are_hidden_in_every_format(registry: ServiceUnderTest) -> None:
    await some_towns(registry)
    await released_figures(registry, {TOWNS[0]: 3, TOWNS[1]: 4, TOWNS[2]: 40, TOWNS[3]: 0})
    dataset = DATASETS["figures"]
    async with registry.client() as client:
        for form, read in (
            ("csv", read_csv),
            ("ndjson", read_ndjson),
            ("parquet", read_parquet),
            ("xlsx", read_xlsx),
        ):
            content = (await download(client, dataset, form, series=SERIES)).content
            found = {row["unit_code"]: row for row in read(dataset, content)}
            hidden = found[TOWNS[0]]
            assert (hidden["value"], hidden["status"], hidden["shown"]) == (None, "suppressed", "< 5"), form
            assert float(str(found[TOWNS[2]]["value"])) == 40


async def test_a_file_takes_one_statement(country: ServiceUnderTest) -> None:
    async with country.client() as client:
        for address, most in (("/datasets/index-results.csv", 1), ("/datasets", 1), ("/catalogue.jsonld", 0)):
            with country.counted_statements() as statements:
                assert (await client.get(address)).status_code == 200
            assert len(statements) <= most, statements
